"""The words of a city's years: why a line is cut, by which rules a year was judged, and what differs between rules."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from actions import house
from actions.figures import points
from actions.rule_sets import present_rules, rules_of
from actions.why_words import LESS, MORE
from actions.years import (
    BESIDE,
    OTHER_DEFINITION,
    OTHER_EDITION,
    OTHER_RULES,
    OWN,
    PRESENT,
    UNKNOWN_RULES,
    Break,
    CityYear,
)
from locales import mark
from scoring.model import Framework
from scoring.rounding import published
from scoring.trends import EVERYTHING

# The sign of a cut, in charts and tables.
CUT = "≠"
# A hash is told by its first digits.
_DIGITS = 10

_KINDS: Mapping[str, str] = {
    OTHER_EDITION: mark("Another edition was asked: {edition}."),
    UNKNOWN_RULES: mark("The rules changed, and those of before are no longer known here."),
    OTHER_DEFINITION: mark("It was defined anew in edition {edition}."),
    OTHER_RULES: mark("It was judged by other rules, those of edition {edition}."),
}
_RULES: Mapping[str, str] = {
    PRESENT: mark("Present rules on all years"),
    OWN: mark("Each year by its own rules"),
    BESIDE: mark("Both, side by side"),
}


def rules_name(choice: str, year: int, language: str) -> str:
    """What a choice of rules is called; `year` is the one whose rules they are."""
    say = house.voice(language).say
    return say(_RULES[choice]) if choice in _RULES else say("Rules of {year} on all years", year=year)


def code_name(code: str, language: str) -> str:
    """What breaks: a measurement by code and title, or everything."""
    if code == EVERYTHING:
        return house.voice(language).say("All measurements")
    words = house.framework().words[language].get(code)
    return f"{code} {words.title}" if words else code


def break_reason(one: Break, language: str) -> str:
    """Why a year cannot be compared with earlier ones."""
    return one.said or house.voice(language).say(_KINDS[one.kind], edition=one.edition)


def signed_points(value: float, language: str) -> str:
    """Points with their sign, at the published rounding."""
    rounded = published(value, house.framework().rules.published_decimals)
    sign = MORE if rounded > 0 else LESS if rounded < 0 else ""
    return sign + points(abs(float(rounded)), language)


def judged_by(one: CityYear, language: str) -> str:
    """By which rules a year was handed in, beside those that count now."""
    say = house.voice(language).say
    if one.submission is None:
        return say("{year} is not handed in: it is judged by the rules that count now.", year=one.year)
    facts = {"year": one.year, "edition": one.submission.edition, "rules": one.rules[:_DIGITS]}
    if one.rules == present_rules():
        return say(
            "{year} was handed in under the rules that count now: edition {edition}, {rules}.", **facts
        )
    if rules_of(one.rules) is None:
        return say(
            "{year} was handed in under edition {edition}, {rules}. These rules are not kept here, so that only the "
            "scores frozen then can be shown.",
            **facts,
        )
    return say(
        "{year} was handed in under other rules than those of now: edition {edition}, {rules}.", **facts
    )


@lru_cache(maxsize=32)
def rule_differences(then: Framework, language: str) -> tuple[Mapping[str, str], ...]:
    """What differs between earlier rules and those that count now: a row for each weight, goalpost and definition."""
    now = house.framework()
    say = house.voice(language).say
    rows: list[tuple[str, str, str, str]] = []
    for code in dict.fromkeys((*then.by_code, *now.by_code)):
        before, after = _judging(then, code, language), _judging(now, code, language)
        rows += [
            (code, what, before.get(what, "–"), after.get(what, "–"))
            for what in dict.fromkeys((*before, *after))
            if before.get(what) != after.get(what)
        ]
    return tuple(
        {
            say("Code"): code,
            say("What differs"): say(_JUDGING[what]),
            say("Then"): before,
            say("Now"): after,
        }
        for code, what, before, after in rows
    )


_JUDGING: Mapping[str, str] = {
    "weight": mark("Weight"),
    "lower": mark("Lower goalpost"),
    "upper": mark("Upper goalpost"),
    "unit": mark("Unit"),
    "role": mark("What it counts for"),
    "definition": mark("Definition"),
}


def _judging(framework: Framework, code: str, language: str) -> Mapping[str, str]:
    """What a node is judged by, as text: names of _JUDGING, nothing for a node that is not there."""
    node = framework.by_code.get(code)
    if node is None:
        return {}
    number = house.voice(language).number
    found = {"weight": number(node.weight, 4, fixed=False)}
    asked = node.measurement
    if asked is not None:
        found |= {
            name: number(value, 6, fixed=False)
            for name, value in (("lower", asked.lower), ("upper", asked.upper))
            if value is not None
        }
        used = language if language in framework.words else framework.languages[0]
        found |= {
            "unit": asked.unit,
            "role": asked.role,
            "definition": framework.words[used][code].definition,
        }
    return found
