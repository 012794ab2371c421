"""What is said of a round wherever it is met: why something cannot be done, and what its members are called."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from actions import house
from actions.round_facts import AUDITOR, CHAIR, JUROR, SECRETARIAT, SUBSTITUTE
from actions.round_read import CITY, COMPUTER, PUBLIC, Seen
from actions.round_write import RoundError
from locales import mark

INVENTED = mark("Invented round (sample)")

# What somebody is in a round.
ROLES: Mapping[str, str] = {
    JUROR: mark("Juror"),
    CHAIR: mark("Chair"),
    SUBSTITUTE: mark("Substitute for the chair"),
    SECRETARIAT: mark("Secretariat"),
    AUDITOR: mark("Auditor"),
    COMPUTER: mark("This computer, for everybody"),
    CITY: mark("A city of this round"),
    PUBLIC: mark("Reader of the results"),
}

# By the kinds of actions.round_write.RoundError. Facts are numbers and names, filled in.
TROUBLES: Mapping[str, str] = {
    "meanwhile": mark(
        "Somebody else changed this while you were looking. Look at what counts now, then choose again."
    ),
    "name_missing": mark("A name is missing. Type one, then try again."),
    "country_unknown": mark("Choose a country from the list."),
    "region_unknown": mark("Choose one of the award's regions from the list."),
    "candidate_twice": mark(
        "A city of this name and country is in the round already. Change that one instead."
    ),
    "role_unknown": mark("Choose what this person is to be in the round."),
    "seated_already": mark("This person sits in the round already. A person has one seat in a round."),
    "weights_wrong": mark(
        "Weights are numbers from 0 upwards for each criterion, and at least one is above 0. Correct them above."
    ),
    "winners_wrong": mark(
        "The number of winners is a whole number from {least} to {most}; 0 is the award's own."
    ),
    "least_wrong": mark("The least number of jurors for a city is a whole number from {least} to {most}."),
    "minimum_wrong": mark("The least mark of a winner lies between {least} and {most}, as on the rubric."),
    "share_wrong": mark("The share of second checks lies between {least}% and {most}%."),
    "date_wrong": mark("This is no day. Choose one from the calendar."),
    "mark_wrong": mark("A mark lies between {least} and {most}, in steps of {step}."),
    "reason_missing": mark("A reason is due here. Say why in a few words, then keep it."),
    "criterion_unknown": mark("The award has no such criterion. Choose one from its list."),
    "conflict_unknown": mark("Choose one of the kinds of conflict, or that there is none."),
    "note_missing": mark("Say in a few words what the conflict is."),
    "nobody_to_assign": mark(
        "There is nobody to assign yet: seat jurors who may take cities, and enter candidates first."
    ),
    "pair_in_conflict": mark(
        "A juror cannot judge a city that she has a conflict with, or has not declared for yet. Take the tick away."
    ),
    "moved_meanwhile": mark("Somebody else has moved the round meanwhile. It stands now in: {phase}"),
    "verdict_unknown": mark("Choose what you found: supported, partly, not, or not found."),
    "where_missing": mark("Say on which page it stands, so that the next person finds it too."),
    "answer_unknown": mark("This answer is not in the dossier any more. Reload the page."),
    "not_from_here": mark("The round cannot go there from its present phase. Look where it stands now."),
    "text_missing": mark("There is nothing written yet. Write it down, then keep it."),
    "ballot_open": mark("A vote on the same is under way. Vote there, or close it first."),
    "ballot_closed": mark("This vote is closed and counted. Open a new one if the jury votes again."),
    "nobody_votes": mark("Nobody may vote on this: everybody who votes is outside for one of these cities."),
    "choice_unknown": mark("Choose one of the answers of this vote."),
    "decision_unknown": mark("Choose what is decided, then keep it."),
    "nothing_decided": mark("Nothing is decided about this city yet. Dissent follows a decision."),
    "ballot_still_open": mark("A vote is still under way. Close it first, then close the round."),
    "undecided": mark("Not decided yet: {cities}. Decide about each city, then close the round."),
    "winners_too_many": mark(
        "{count} cities receive the award, and at most {most} may. Decide otherwise about some of them first."
    ),
    "country_twice": mark(
        "These cities lie in one country, from which fewer may receive the award: {cities}. Decide otherwise first."
    ),
    "feedback_out": mark("This feedback is with the city already and stays as it is."),
    "past_winner": mark(
        "This city has received the award, and its block runs until {day}. Until then it may come in as a reference, "
        "not as a candidate. A namesake comes in under a name that tells the two apart."
    ),
    "fact_meanwhile": mark(
        "Somebody else answered this question while you were looking. Look at what counts now, then choose."
    ),
    "fact_unreadable": mark(
        "“{typed}” cannot be read as an answer to this question. Write a day as 2021-10-27, a month as 2021-10 or a "
        "year as 2021."
    ),
    "winner_unknown": mark("Choose one of the past winners from the list, or that it is none of them."),
    "winner_certain": mark(
        "Name and country are those of a past winner, so there is nothing to choose. A namesake is withdrawn and "
        "comes in again under a name that tells the two apart."
    ),
    "winner_first": mark("Say first whether this city is one of the past winners who may be meant."),
    "exception_needless": mark("There is nothing to decide here any more: look at how the rule stands now."),
    "exception_of_block": mark(
        "A past winner is no candidate before its block has ended, on {day}; no exception is made. It may come in as "
        "a reference."
    ),
    "not_withdrawn": mark("This city is in the round already."),
    "dossier_of_other": mark("This assessment is another city's. Choose one of the candidate's own city."),
}


def sentence(error: RoundError, say: Callable[..., str]) -> str:
    """Why something cannot be done in a round, as a sentence.

    Figures in it are small, whole or half: written alike in every language on offer.
    """
    facts = {name: value if isinstance(value, str) else f"{value:g}" for name, value in error.facts.items()}
    return say(TROUBLES[error.kind], **facts)


def phase_title(seen: Seen, phase: str, language: str) -> str:
    """What a phase is called in a language."""
    return seen.award.phase_words[language][phase].title


def role_of(seen: Seen, language: str) -> str:
    """What the viewer is in the round."""
    return house.voice(language).say(ROLES[seen.viewer.role])
