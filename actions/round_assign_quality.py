"""How good is a plan of who judges whom? Enough jurors, even loads, languages, and whether severity can be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from actions import house
from actions.judging_limits import limits
from actions.round_pairs import Plan
from actions.round_read import Seen
from locales import mark

BETTER, WORSE, SAME = "better", "worse", "same"
_SIGNS: Mapping[str, str] = {BETTER: mark("▲ better"), WORSE: mark("▼ worse"), SAME: ""}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a plan: what it is called, what it is now and with the wishes, which way that is."""

    title: str
    help: str
    kept: str
    wished: str
    way: str
    word: str


@dataclass(frozen=True, slots=True)
class Quality:
    """Figures of a plan, what is missing from it as wished (each a sentence), and what severity could be told by it."""

    figures: tuple[Figure, ...]
    missing: tuple[str, ...]
    severity: str
    told_apart: bool


@dataclass(frozen=True, slots=True)
class _Measure:
    """A figure's number (more is better, or less is), and how it is written."""

    title: str
    help: str
    count: Callable[[Plan, int], float]
    more: bool
    digits: int = 0
    of_cities: bool = False


def _enough(plan: Plan, least: int) -> float:
    return float((plan.design.jurors >= least).sum())


def _over(plan: Plan, _least: int) -> float:
    most = np.array([one.most for one in plan.jurors], dtype=np.int64)
    return float((plan.design.load > most).sum())


def _spread(plan: Plan, _least: int) -> float:
    load = plan.design.load
    return float(load.max() - load.min()) if len(load) else 0.0


def _unread(plan: Plan, _least: int) -> float:
    return float((plan.assigned & ~plan.reads).sum())


def _groups(plan: Plan, _least: int) -> float:
    return float(plan.design.groups)


def _firm(plan: Plan, _least: int) -> float:
    return plan.design.second


_MEASURES: tuple[_Measure, ...] = (
    _Measure(
        mark("Cities covered"),
        mark("As many jurors as the round asks for each city at least."),
        _enough,
        more=True,
        of_cities=True,
    ),
    _Measure(
        mark("Load difference"),
        mark("The most cities that one juror has, less the fewest that one has."),
        _spread,
        more=False,
    ),
    _Measure(
        mark("Over the limit"),
        mark("Jurors with more cities than their seat allows."),
        _over,
        more=False,
    ),
    _Measure(
        mark("Wrong language"),
        mark("A juror who does not read the language of the dossier."),
        _unread,
        more=False,
    ),
    _Measure(
        mark("Groups"),
        mark(
            "Jurors hang together by cities that others of them judge too. In 1 group everybody can be compared "
            "with everybody."
        ),
        _groups,
        more=False,
    ),
    _Measure(
        mark("Firmness"),
        mark(
            "How well the least known difference between jurors is known: as well as if two jurors judged so "
            "many cities side by side. The larger, the better strictness is told from quality."
        ),
        _firm,
        more=True,
        digits=1,
    ),
)


def quality(found: Seen, present: Plan, wanted: Plan, language: str) -> Quality:
    """The figures of what is kept and of what is wished."""
    voice, least = house.voice(language), found.settings.least
    figures = []
    for one in _MEASURES:
        before, after = one.count(present, least), one.count(wanted, least)
        kept, wished = (_written(one, value, len(wanted.cities), language) for value in (before, after))
        # Of a plan without a single pair nothing is better or worse, but that no city is covered.
        begun = bool(present.assigned.any()) or one.of_cities
        way = SAME if kept == wished or not begun else BETTER if (after > before) == one.more else WORSE
        word = voice.say(_SIGNS[way]) if _SIGNS[way] else ""
        figures.append(Figure(voice.say(one.title), voice.say(one.help), kept, wished, way, word))
    apart, severity = _severity(wanted, language)
    return Quality(tuple(figures), _missing(wanted, least, language), severity, apart)


def _written(one: _Measure, value: float, cities: int, language: str) -> str:
    voice = house.voice(language)
    count = voice.number(value, one.digits)
    return (
        voice.say("{count} of {total}", count=count, total=voice.number(cities)) if one.of_cities else count
    )


def in_short(wanted: Plan, least: int, language: str) -> str:
    """The plan in a sentence or two."""
    voice, load = house.voice(language), wanted.design.load
    if not load.any():
        return voice.say("No city has a juror yet.")
    return voice.say(
        "{done} of {total} cities have at least {least} jurors. A juror has {fewest} to {most} cities.",
        done=voice.number(_enough(wanted, least)),
        total=voice.number(len(wanted.cities)),
        least=voice.number(least),
        fewest=voice.number(int(load.min())),
        most=voice.number(int(load.max())),
    )


def _missing(wanted: Plan, least: int, language: str) -> tuple[str, ...]:
    """What a plan lacks, the gravest first."""
    voice = house.voice(language)
    told = []
    short = [
        voice.say("{city} ({count})", city=one.name, count=voice.number(least - int(count)))
        for one, count in zip(wanted.cities, wanted.design.jurors, strict=True)
        if count < least
    ]
    if short:
        told.append(voice.say("Jurors missing: {cities}.", cities=voice.listing(short)))
    over = [one.name for one, load in zip(wanted.jurors, wanted.design.load, strict=True) if load > one.most]
    if over:
        told.append(voice.say("More cities than their seats allow: {names}.", names=voice.listing(over)))
    unread = [
        voice.say("{name} for {city}", name=wanted.jurors[j].name, city=wanted.cities[i].name)
        for j, i in np.argwhere(wanted.assigned & ~wanted.reads).tolist()
    ]
    if unread:
        told.append(voice.say("Does not read the dossier's language: {pairs}.", pairs=voice.listing(unread)))
    return tuple(told)


def _severity(wanted: Plan, language: str) -> tuple[bool, str]:
    """Whether strictness could be told from quality once everybody has marked, and why not."""
    voice, design, bounds = house.voice(language), wanted.design, limits()
    judging = design.load > 0
    if judging.sum() < 2:
        return False, voice.say(
            "Strict and lenient jurors cannot be told apart yet: fewer than two jurors have cities."
        )
    if not design.connected:
        groups = [
            voice.listing(
                [one.name for one, its in zip(wanted.jurors, design.group, strict=True) if its == number]
            )
            for number in range(design.groups)
        ]
        return False, voice.say(
            "Strict jurors cannot be told from weak cities between these groups, which share no city: {groups}. "
            "Give one juror a city of another group.",
            groups=voice.series(groups),
        )
    few = [
        one.name
        for one, load in zip(wanted.jurors, design.load, strict=True)
        if 0 < load < bounds.least_cities
    ]
    pairs, cities = int(design.load.sum()), int((design.jurors > 0).sum())
    # Marks beyond what the levels of cities and the differences between jurors use up.
    spare = pairs - cities - int(judging.sum()) + 1
    if int(judging.sum()) - len(few) < 2 or spare < bounds.least_freedom:
        return False, voice.say(
            "All jurors can be compared, but there are too few pairs to tell strictness from quality: marks will "
            "stay as given."
        )
    told = voice.say("All jurors can be compared: strictness can be told from quality.")
    if few:
        told = " ".join(
            (
                told,
                voice.plural(
                    "With fewer than {count} city these stay uncorrected: {names}.",
                    "With fewer than {count} cities these stay uncorrected: {names}.",
                    bounds.least_cities,
                    names=voice.listing(few),
                ),
            )
        )
    return True, told
