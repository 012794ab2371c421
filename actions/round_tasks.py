"""The work list of a round in words: what is yours to do, where, and for whom the round waits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from actions import house
from actions.round_debts import (
    OWES_CANDIDATES,
    OWES_CONFLICTS,
    OWES_DAYS,
    OWES_DECISIONS,
    OWES_ELIGIBILITY,
    OWES_FEEDBACK,
    OWES_JUDGES,
    OWES_MARKS,
    OWES_REFERENCE,
    OWES_REVIEW,
    OWES_SEATS,
    OWES_VOTE,
    Debt,
    all_is_in,
    kept_from,
    others_debts,
    own_debts,
)
from actions.round_facts import BALLOT, dossiers, pairs
from actions.round_read import COMPUTER, Seen
from actions.round_rights import ASK, ASSIGN, DECLARE, ENTER, REVIEW, may_do
from actions.round_words import ROLES, phase_title
from locales import Speaker

# Where a thing is done: the page and its sign.
_PLACES: Mapping[str, tuple[str, str]] = {
    OWES_DAYS: ("", "event"),
    OWES_CANDIDATES: ("round_candidates", "location_city"),
    OWES_ELIGIBILITY: ("round_candidates", "location_city"),
    OWES_SEATS: ("round_jury", "group_add"),
    OWES_CONFLICTS: ("round_jury", "how_to_vote"),
    OWES_REVIEW: ("round_jury", "visibility"),
    OWES_JUDGES: ("round_assign", "assignment_ind"),
    OWES_REFERENCE: ("round_mark", "straighten"),
    OWES_MARKS: ("round_mark", "edit_note"),
    OWES_VOTE: ("round_meeting", "ballot"),
    OWES_DECISIONS: ("round_meeting", "gavel"),
    OWES_FEEDBACK: ("round_meeting", "outgoing_mail"),
}


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the work list: what is to be done, on which page ("" for the round's own), about which candidate."""

    text: str
    page: str
    icon: str
    candidate: str


@dataclass(frozen=True, slots=True)
class Way:
    """A page of the round on which the viewer can look or do something in this phase, owed or not."""

    label: str
    page: str
    icon: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody whom the round waits for, what for, and a reminder that can be sent to her as it is."""

    name: str
    role: str
    owes: str
    reminder: str


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done in a round: by the viewer, and by others; `answer` says both in short.

    `left_out` says of which cities the viewer is not told whether others' marks are in.
    """

    answer: str
    own: tuple[Task, ...]
    waiting: tuple[Waiting, ...]
    left_out: str


def work(found: Seen, language: str) -> Work:
    """The work list of the viewer in the phase that the round is in."""
    voice = house.voice(language)
    own = tuple(_task(found, one, voice) for one in own_debts(found))
    waiting = tuple(
        Waiting(
            name=seat.name,
            role=voice.say(ROLES[seat.role]),
            owes=voice.series(_together(found, debts, voice)),
            reminder=_reminder(found, seat.name, debts, voice),
        )
        for seat, debts in others_debts(found)
    )
    names = {one.id: one.name for one in dossiers(found.now)}
    hidden = [names[one] for one in kept_from(found)]
    left_out = (
        voice.say(
            "Of cities that you mark yourself you learn whether others' marks are in once yours are: {cities}",
            cities=voice.series(hidden),
        )
        if hidden
        else ""
    )
    return Work(_answer(found, own, waiting, voice), own, waiting, left_out)


def ways(found: Seen, language: str) -> tuple[Way, ...]:
    """Where else the viewer can go in this phase."""
    say = house.voice(language).say
    judges = any(seat == found.viewer.seat for seat, _ in pairs(found.now))
    offered = (
        (may_do(found, ENTER), say("Candidates and eligibility"), "round_candidates", "location_city"),
        (
            may_do(found, ENTER) or may_do(found, REVIEW) or may_do(found, DECLARE),
            say("Jury and conflicts"),
            "round_jury",
            "groups",
        ),
        (may_do(found, ASSIGN), say("Who judges whom"), "round_assign", "assignment_ind"),
        (judges and found.viewer.declared, say("The cities that I mark"), "round_mark", "edit_note"),
        (found.sees_results, say("What the marks say"), "round_results", "leaderboard"),
        (found.sees_results, say("Winners that the rules allow"), "round_slates", "emoji_events"),
        (may_do(found, ASK), say("The jury's meeting"), "round_meeting", "forum"),
    )
    return tuple(Way(label, page, icon) for open_now, label, page, icon in offered if open_now)


def _answer(found: Seen, own: Sequence[Task], waiting: Sequence[Waiting], voice: Speaker) -> str:
    """What is to be done now, in a sentence or two."""
    phase = phase_title(found, found.phase.id, voice.language)
    if own:
        mine = voice.plural("One thing is yours to do now.", "{count} things are yours to do now.", len(own))
    elif found.viewer.seat or found.viewer.role == COMPUTER:
        mine = voice.say("Nothing is yours to do at the moment.")
    else:
        mine = ""
    if waiting:
        more = voice.plural(
            "The round waits for one person.", "The round waits for {count} people.", len(waiting)
        )
    elif all_is_in(found) and found.phase.next:
        more = voice.say("All that {phase} asks for is in: the round can go on.", phase=phase)
    else:
        more = ""
    where = voice.say("The round is in its phase “{phase}”.", phase=phase)
    return " ".join(one for one in (where, mine, more) if one)


def _task(found: Seen, debt: Debt, voice: Speaker) -> Task:
    page, icon = _PLACES[debt.kind]
    about = debt.about if any(one.id == debt.about for one in dossiers(found.now)) else ""
    return Task(_OWN[debt.kind](voice, debt, _called(found, debt, voice)), page, icon, about)


def owed_texts(found: Seen, debts: Sequence[Debt], language: str) -> list[str]:
    """What the viewer owes, one text each."""
    return [_task(found, one, house.voice(language)).text for one in debts]


def _called(found: Seen, debt: Debt, voice: Speaker) -> str:
    """The name of what a debt is about: a city's, or a ballot's question, or else its cities."""
    named = {one.id: one.name for one in dossiers(found.now)}
    ballot = found.now.get((BALLOT, debt.about))
    if ballot is None:
        return named.get(debt.about, "")
    return str(ballot.said.get("question", "")) or voice.series([named[one] for one in ballot.about])


def _together(found: Seen, debts: Sequence[Debt], voice: Speaker) -> list[str]:
    """What somebody else owes, things of one kind together."""
    kinds = dict.fromkeys(one.kind for one in debts)
    told = []
    for kind in kinds:
        some = [one for one in debts if one.kind == kind]
        count = some[0].left if kind == OWES_CONFLICTS else len(some)
        names = voice.series([_called(found, one, voice) for one in some if one.about])
        told.append(_OTHERS[kind](voice, count, names))
    return told


def _reminder(found: Seen, name: str, debts: Sequence[Debt], voice: Speaker) -> str:
    """A few lines to somebody that can be sent as they are."""
    return voice.say(
        "Dear {name},\n“{round}” is in its phase “{phase}” and waits for you: {owes}. Thank you.",
        name=name,
        round=found.settings.name,
        phase=phase_title(found, found.phase.id, voice.language),
        owes=voice.series(_together(found, debts, voice)),
    )


_OWN: Mapping[str, Callable[[Speaker, Debt, str], str]] = {
    OWES_DAYS: lambda voice, debt, name: voice.say(
        "Set the days of this round below, under “What is set for this round”: eligibility is reckoned by them"
    ),
    OWES_CANDIDATES: lambda voice, debt, name: voice.say("Enter the candidate cities"),
    OWES_SEATS: lambda voice, debt, name: voice.plural(
        "Seat the jury: one more member who marks is needed",
        "Seat the jury: {count} more members who mark are needed",
        debt.left,
    ),
    OWES_ELIGIBILITY: lambda voice, debt, name: voice.plural(
        "Ask what is still open about the eligibility of one candidate",
        "Ask what is still open about the eligibility of {count} candidates",
        debt.left,
    ),
    OWES_CONFLICTS: lambda voice, debt, name: voice.plural(
        "Declare for one candidate whether you have a conflict",
        "Declare for {count} candidates whether you have a conflict",
        debt.left,
    ),
    OWES_REVIEW: lambda voice, debt, name: voice.plural(
        "Look at one pair in which a conflict may have been missed",
        "Look at {count} pairs in which a conflict may have been missed",
        debt.left,
    ),
    OWES_JUDGES: lambda voice, debt, name: voice.plural(
        "Assign jurors: one city has too few",
        "Assign jurors: {count} cities have too few",
        debt.left,
    ),
    OWES_REFERENCE: lambda voice, debt, name: voice.say(
        "Practise on the reference dossier {city}: {done} of {due} criteria answered",
        city=name,
        done=voice.number(debt.done),
        due=voice.number(debt.due),
    ),
    OWES_MARKS: lambda voice, debt, name: voice.say(
        "Mark {city}: {done} of {due} criteria answered",
        city=name,
        done=voice.number(debt.done),
        due=voice.number(debt.due),
    ),
    OWES_VOTE: lambda voice, debt, name: voice.say("Vote: {question}", question=name),
    OWES_DECISIONS: lambda voice, debt, name: voice.plural(
        "Decide about one city",
        "Decide about {count} cities",
        debt.left,
    ),
    OWES_FEEDBACK: lambda voice, debt, name: voice.plural(
        "Release the feedback to one city",
        "Release the feedback to {count} cities",
        debt.left,
    ),
}

_OTHERS: Mapping[str, Callable[[Speaker, int, str], str]] = {
    OWES_CONFLICTS: lambda voice, count, names: voice.plural(
        "a declaration for one candidate", "declarations for {count} candidates", count
    ),
    OWES_REFERENCE: lambda voice, count, names: voice.say(
        "marks of the reference dossier {cities}", cities=names
    ),
    OWES_MARKS: lambda voice, count, names: voice.say("marks of {cities}", cities=names),
    OWES_VOTE: lambda voice, count, names: voice.plural("a vote", "{count} votes", count),
}
