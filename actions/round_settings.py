"""What is set for a round, as a form shows it, and what came of changing it in two windows at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from actions import house
from actions.access import Actor
from actions.round_read import Seen
from actions.round_rights import ENTER, may_do
from actions.round_setup import change_settings
from actions.round_write import RoundError
from locales import Speaker, mark

# What the days of an award are called; days that another award names itself keep their name.
DATES: Mapping[str, str] = {
    "deadline": mark("Last day for candidatures"),
    "conferred": mark("Day on which the award is conferred"),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form: weights by criterion, days by name, shares in per cent."""

    name: str
    weights: Mapping[str, float]
    winners: int
    least: int
    minimum: float | None
    adjust: bool
    second_percent: int
    dates: Mapping[str, dt.date | None]


@dataclass(frozen=True, slots=True)
class Form:
    """The form as it is to be drawn: what counts now, what the award itself says, and whether it may be changed.

    `criteria` and `dates` name the rows, `award_winners` (0: no number) and
    `award_minimum` (None: no least mark) are the award's own; `marks` are the lowest, the highest and the step.
    """

    version: int
    now: Typed
    criteria: Mapping[str, str]
    dates: Mapping[str, str]
    award_winners: int
    award_minimum: float | None
    marks: tuple[float, float, float]
    changeable: bool


def settings_form(found: Seen, language: str) -> Form:
    """The settings of a round as they count now."""
    say, award, kept = house.voice(language).say, found.award, found.settings
    named = award.criterion_words[language]
    own = _own_weights(found)
    return Form(
        version=kept.version,
        now=Typed(
            name=kept.name,
            weights={one: kept.weights.get(one, 0.0) for one in own} if kept.weights else own,
            winners=kept.winners,
            least=kept.least,
            minimum=kept.minimum,
            adjust=kept.adjust,
            second_percent=round(kept.second_share * 100),
            dates={name: _day(kept.dates.get(name, ""), award.dates[name]) for name in award.dates},
        ),
        criteria={one: named[one].title for one in own},
        dates={name: say(DATES[name]) if name in DATES else name for name in award.dates},
        award_winners=int(_bound(found, "winners") or 0),
        award_minimum=_bound(found, "minimum"),
        marks=(award.marks.lowest, award.marks.highest, award.marks.step),
        changeable=may_do(found, ENTER),
    )


def _own_weights(found: Seen) -> dict[str, float]:
    """The award's own weights, so that a criterion of the mean weight weighs 1: easier to type than shares."""
    criteria = found.award.criteria
    whole = sum(one.weight for one in criteria)
    return {one.id: round(one.weight * len(criteria) / whole, 4) for one in criteria}


def _day(written: str, otherwise: dt.date) -> dt.date:
    return dt.date.fromisoformat(written) if written else otherwise


def _bound(found: Seen, kind: str) -> float | None:
    """The number of the award's own rule of a kind, None where it has none."""
    bounds = (one for one in found.award.selection if one.kind == kind and one.of in ("", "every"))
    return next((one.number for one in bounds), None)


def keep_settings(actor: Actor, found: Seen, base: int, typed: Typed) -> None:
    """Keep what stands in the form, on top of the version that it was drawn from.

    Weights that are the award's own are kept as such. NotAllowedError, RoundError, MeanwhileError, StoreError.
    """
    if not 0 <= typed.second_percent <= 100:
        raise RoundError("share_wrong", least=0, most=100)
    if None in typed.dates.values():
        raise RoundError("date_wrong")
    own = _own_weights(found)
    changes: dict[str, object] = {
        "name": typed.name.strip(),
        "weights": {} if dict(typed.weights) == own else dict(typed.weights),
        "winners": typed.winners,
        "least": typed.least,
        "minimum": typed.minimum,
        "adjust": typed.adjust,
        "second_share": typed.second_percent / 100,
        "dates": {name: day.isoformat() for name, day in typed.dates.items() if day is not None},
    }
    change_settings(actor, found.round.id, found.viewer.seat, base, changes)


def differences(found: Seen, typed: Typed, language: str) -> list[dict[str, str]]:
    """Where what is typed differs from what counts now: rows of a table with both beside each other."""
    voice = house.voice(language)
    form = settings_form(found, language)
    counts, mine = settings_rows(form, form.now, voice), settings_rows(form, typed, voice)
    heads = (voice.say("What"), voice.say("Counts now"), voice.say("Typed here"))
    return [
        dict(zip(heads, (name, counts[name], mine[name]), strict=True))
        for name in counts
        if counts[name] != mine[name]
    ]


def settings_rows(form: Form, typed: Typed, voice: Speaker) -> dict[str, str]:
    """Settings as words: what is set -> how."""
    say, number = voice.say, voice.number
    own = say("{value} (the award's own)", value=number(form.award_winners))
    whole = sum(typed.weights.values()) or 1.0
    if typed.minimum is not None:
        minimum = number(typed.minimum, 1, fixed=False)
    elif form.award_minimum is not None:
        minimum = say("{value} (the award's own)", value=number(form.award_minimum, 1, fixed=False))
    else:
        minimum = say("none")
    rows = {
        say("Name of the round"): typed.name,
        say("Winners sought"): number(typed.winners) if typed.winners else own,
        say("Least number of jurors for a city"): number(typed.least),
        say("Least mark of a winner on each criterion"): minimum,
        say("Marks corrected for strict and mild jurors"): say("yes") if typed.adjust else say("no"),
        say("Evidence looked at by a second person"): voice.percent(typed.second_percent / 100),
    }
    for name, day in typed.dates.items():
        rows[form.dates[name]] = voice.date(day) if day else say("none")
    for name, weight in typed.weights.items():
        rows[say("Weight of: {criterion}", criterion=form.criteria[name])] = voice.percent(weight / whole, 1)
    return rows
