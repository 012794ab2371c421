"""What a rule of eligibility says of a candidate, in words: what was found, the days, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from actions import house
from actions.round_eligibility import block_rule
from actions.round_read import Seen
from indicators.countries import country_name
from locales import Speaker, mark
from scoring.award import Award, EligibilityRule
from scoring.eligibility import ELIGIBLE, NOT_ELIGIBLE, OPEN, Answer
from scoring.eligibility_kinds import DOES_NOT_HOLD, ENDS_ON, HOLDS, NOBODY, NOT_KNOWN
from scoring.periods import Span

EXCEPTED, WITHDRAWN = "excepted", "withdrawn"


@dataclass(frozen=True, slots=True)
class Look:
    """How an answer looks: its word, its sign where there are no pictures, its picture and colour on a page."""

    word: str
    sign: str
    picture: str
    colour: str


ANSWERS: Mapping[str, Look] = {
    HOLDS: Look(mark("Met"), "●", "check_circle", "green"),
    DOES_NOT_HOLD: Look(mark("Does not hold"), "■", "block", "red"),
    ENDS_ON: Look(mark("Not before its day"), "▲", "event", "orange"),
    NOT_KNOWN: Look(mark("Not yet known"), "○", "radio_button_unchecked", "gray"),
    EXCEPTED: Look(mark("Exception"), "◆", "approval", "blue"),
}
STANDINGS: Mapping[str, Look] = {
    OPEN: Look(mark("Still open"), "○", "radio_button_unchecked", "gray"),
    NOT_ELIGIBLE: Look(mark("Not eligible"), "■", "block", "red"),
    ELIGIBLE: Look(mark("Eligible"), "●", "check_circle", "green"),
    WITHDRAWN: Look(mark("Withdrawn"), "–", "logout", "gray"),
}


@dataclass(frozen=True)
class Told:
    """Whom and what is told: the award, the language, and what candidates are called."""

    award: Award
    language: str
    names: Mapping[str, str]

    @property
    def voice(self) -> Speaker:
        """The speaker of the language."""
        return house.voice(self.language)


Telling = Callable[[Told, EligibilityRule, Answer], tuple[str, str]]


def look_of(answer: Answer) -> Look:
    """How an answer looks; an exception goes before what it is an exception from."""
    return ANSWERS[EXCEPTED if answer.exception is not None and answer.outcome != HOLDS else answer.outcome]


def found_and_next(told: Told, rule: EligibilityRule, answer: Answer) -> tuple[str, str]:
    """What was found for an answer, and what to do next ("" where there is nothing)."""
    found, then = _TELLING[rule.kind](told, rule, answer)
    return found, "" if answer.passes else then


def days_text(days: Span, told: Told) -> str:
    """A day, or the year or the days between which it lies."""
    if days.known:
        return told.voice.date(days.first)
    first, last = days.first, days.last
    if first.year == last.year and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year)
    return told.voice.say("{first} to {last}", first=told.voice.date(first), last=told.voice.date(last))


def option_text(award: Award, option: str, language: str) -> str:
    """What an answer that may be chosen is called."""
    return award.terms[language].get(f"option.{option}", option)


def winner_name(award: Award, city: str, language: str) -> str:
    """What a past winner is called."""
    return next((one.names.get(language, one.city) for one in award.past if one.city == city), city)


def commission_text(value: str, language: str) -> str:
    """The commission of a country, or that nobody nominated."""
    if value == NOBODY:
        return house.voice(language).say("nominated by nobody")
    return country_name(value, language)


def _one_of(told: Told, rule: EligibilityRule, answer: Answer) -> tuple[str, str]:
    say = told.voice.say
    if answer.outcome == NOT_KNOWN:
        return say("Not answered yet."), say("Answer it beside this.")
    text = option_text(told.award, answer.found.value, told.language)
    return (
        say("The answer: {answer}.", answer=text),
        say("Ask the city to put it right by the deadline, or decide on an exception."),
    )


def _at_least(told: Told, rule: EligibilityRule, answer: Answer) -> tuple[str, str]:
    say, voice = told.voice.say, told.voice
    if answer.outcome == NOT_KNOWN:
        return say("Not answered yet."), say("Answer it beside this.")
    found = say(
        "{value} against at least {least}.",
        value=voice.number(float(answer.found.value), 3, fixed=False),
        least=voice.number(rule.number or 0, 3, fixed=False),
    )
    return found, say("The city is below what the rule asks; decide on an exception, or withdraw it.")


def _longer_than(told: Told, rule: EligibilityRule, answer: Answer) -> tuple[str, str]:
    say, voice, found = told.voice.say, told.voice, answer.found
    if found.since is None or found.ends is None:
        return say("Not answered yet."), say("Enter the day, or the month or year as far as it is known.")
    since, ends = days_text(found.since, told), voice.date(found.ends)
    if answer.outcome == HOLDS:
        return say("Since {since}; the period was over after {ends}.", since=since, ends=ends), ""
    if answer.outcome == NOT_KNOWN:
        return (
            say(
                "Since {since}: whether the period is over hangs on the day. It ends on {ends} at the latest.",
                since=since,
                ends=ends,
            ),
            say("Ask for the exact day and enter it."),
        )
    return (
        say("Since {since}; this stands in the way up to and including {ends}.", since=since, ends=ends),
        say("The city may be a candidate in a later round; withdraw it, or decide on an exception."),
    )


def _after_award(told: Told, rule: EligibilityRule, answer: Answer) -> tuple[str, str]:
    say, found = told.voice.say, answer.found
    if answer.outcome == NOT_KNOWN:
        names = told.voice.listing([winner_name(told.award, one, told.language) for one in found.cities])
        return (
            say("Past winners who may be meant: {cities}.", cities=names),
            say("Say which of them it is, or that it is none of them."),
        )
    if found.award is None or found.since is None or found.ends is None:
        return say("No past winner of this name and country."), ""
    facts = {
        "city": winner_name(told.award, found.award.city, told.language),
        "day": days_text(found.since, told),
        "ends": told.voice.date(found.ends),
    }
    if answer.outcome == HOLDS:
        return say("{city} was awarded on {day}; its block ended on {ends}.", **facts), ""
    return (
        say("{city} was awarded on {day}; its block ends on {ends}.", **facts),
        say("Withdraw it and enter it as a reference: until that day it is no candidate."),
    )


def _member_state(told: Told, rule: EligibilityRule, answer: Answer) -> tuple[str, str]:
    say, found = told.voice.say, answer.found
    country = country_name(found.value, told.language)
    if answer.outcome == HOLDS:
        return say("{country}: a Member State on that day.", country=country), ""
    if answer.outcome == NOT_KNOWN:
        return say("The country is not in our list."), say("Check the country of this candidate.")
    if answer.outcome == ENDS_ON and found.ends is not None:
        ended = say(
            "{country}: no Member State up to and including {ends}.",
            country=country,
            ends=told.voice.date(found.ends),
        )
        return ended, say("Withdraw it, or decide on an exception.")
    return say("{country}: no Member State on that day.", country=country), say(
        "Withdraw it, or decide on an exception."
    )


def _at_most_per(told: Told, rule: EligibilityRule, answer: Answer) -> tuple[str, str]:
    say, found = told.voice.say, answer.found
    if not found.value:
        return say("Not answered yet."), say("Say which commission nominated the city.")
    if found.value == NOBODY:
        return say("Nominated by no commission."), ""
    facts = {
        "commission": commission_text(found.value, told.language),
        "cities": told.voice.listing([told.names.get(one, "") for one in found.candidates]),
        "most": told.voice.number(rule.number or 0),
    }
    if answer.outcome == HOLDS:
        return say("{commission}: {cities}. At most {most} may be nominated.", **facts), ""
    if answer.outcome == NOT_KNOWN:
        return (
            say("{commission}: {cities}. Others of that country have not said who nominated them.", **facts),
            say("Answer it for the other candidates of that country."),
        )
    return (
        say("Too many for {commission}: {cities}. At most {most} may be nominated.", **facts),
        say("Ask the commission which ones stand, and withdraw the others."),
    )


_TELLING: Mapping[str, Telling] = {
    "one_of": _one_of,
    "at_least": _at_least,
    "longer_than": _longer_than,
    "free_after_award": _after_award,
    "member_state": _member_state,
    "at_most_per": _at_most_per,
}


def needs_no_exception(found: Seen, rule: EligibilityRule, answer: Answer) -> bool:
    """Whether no exception is offered: the rule is met or waits for its answer, or a past winner's block may run."""
    block = block_rule(found.award)
    waiting = answer.outcome == NOT_KNOWN and not answer.found.value
    return answer.passes or waiting or (block is not None and rule.id == block.id)
