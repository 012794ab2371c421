"""The judging rules of a framework: levels, baskets and numbers, read from framework.toml."""

from __future__ import annotations

import math
from dataclasses import dataclass

from indicators.settings import Section, Settings
from indicators.tables import CatalogueError
from scoring.model import Band, Basket, DrawSettings, EvidenceGrade, Level, Rules

AGGREGATIONS = ("arithmetic", "geometric")
TEXT_STATUSES = ("published", "reconstructed", "own")
# What a section that is left out stands for: no figure is ever too old, no claim is accepted.
NEVER_TOO_OLD = 9999
# Beyond it a power mean is the smallest or the largest child to the last digit.
MOST_POWER = 50.0
TOP_KEYS = (
    "id",
    "edition",
    "root",
    "languages",
    "text_status",
    "levels",
    "baskets",
    "points",
    "remit",
    "ages",
    "bands",
    "evidence_grades",
    "uncertainty",
)
SECTION_KEYS = {
    "levels": ("name", "aggregation", "coverage"),
    "baskets": ("id", "includes"),
    "points": (
        "maximum",
        "ladder_levels",
        "ladder_step",
        "geometric_floor",
        "geometric_level",
        "published_decimals",
    ),
    "remit": ("level", "cap_level", "cap_overall"),
    "ages": ("badge_over", "refused_over"),
    "bands": ("id", "from"),
    "evidence_grades": ("id", "weak", "half_width"),
    "uncertainty": ("draws", "seed", "weights", "goalposts", "other_rule", "low", "high"),
}
# More draws tell nothing that a reader could see, and would take minutes.
MOST_DRAWS = 1_000_000


# What an index may say of a level besides, and what it has where a key is left out. Without a floor a 0 wipes
# out all the rest under a geometric mean, as in the formula.
INDEX_LEVEL_KEYS = ("name", "aggregation", "power", "coverage")
INDEX_EDITION, INDEX_LANGUAGE, INDEX_MAXIMUM = "1", "en", 100.0
# As many decimals as tell a thousandth of full points: 1 of 100, 3 of 1.
INDEX_FIGURES = 3
ALL = "all"


@dataclass(frozen=True, slots=True)
class Manner:
    """How a folder is read: which rules of joining it may name (some on the highest level alone), and whether keys
    may be left out.
    """

    aggregations: tuple[str, ...] = AGGREGATIONS
    top_aggregations: tuple[str, ...] = ()
    loose: bool = False


STRICT = Manner()


@dataclass(frozen=True, slots=True)
class Head:
    """What framework.toml says: who the framework is, its levels, baskets and rules."""

    id: str
    edition: str
    root: str
    languages: tuple[str, ...]
    text_status: str
    levels: tuple[Level, ...]
    baskets: tuple[Basket, ...]
    rules: Rules


def read_head(settings: Settings, manner: Manner = STRICT) -> Head:
    """The head of a framework; CatalogueError at the first key that is missing, unknown or out of range.

    A loose one has no root where the key is left out, and no basket where none is named.
    """
    top = settings.top.only(TOP_KEYS)
    levels = _levels(settings, manner)
    named = "languages" in top.values or not manner.loose
    return Head(
        id=top.text("id"),
        edition=top.text("edition", INDEX_EDITION if manner.loose else None),
        root=top.text("root", "" if manner.loose else None),
        languages=top.texts("languages") if named else (INDEX_LANGUAGE,),
        text_status=top.choice("text_status", TEXT_STATUSES, TEXT_STATUSES[-1] if manner.loose else None),
        levels=levels,
        baskets=_baskets(settings, manner),
        rules=_rules(settings, levels, manner),
    )


def _levels(settings: Settings, manner: Manner) -> tuple[Level, ...]:
    keys = INDEX_LEVEL_KEYS if manner.loose else SECTION_KEYS["levels"]
    sections = tuple(section.only(keys) for section in settings.sections("levels"))
    if len(sections) < 2:
        raise settings.top.fault("levels", "[[levels]] must name two levels at least, the whole first")
    _differ(sections, "name")
    lowest = sections[-1]
    if "aggregation" in lowest.values:
        raise lowest.fault("aggregation", "the lowest level has nothing to join, so it has no aggregation")
    return tuple(
        Level(
            name=section.text("name"),
            aggregation="" if section is lowest else _aggregation(section, manner, section is sections[0]),
            coverage=section.number("coverage", 0, 1) if "coverage" in section.values else None,
            power=section.number("power", -MOST_POWER, MOST_POWER, default=1.0),
        )
        for section in sections
    )


def _aggregation(section: Section, manner: Manner, highest: bool) -> str:
    names = (*manner.aggregations, *manner.top_aggregations)
    name = section.choice("aggregation", names, AGGREGATIONS[0] if manner.loose else None)
    if name in manner.top_aggregations and not highest:
        raise only_on_top(section, name)
    if ("power" in section.values) != (name == "power"):
        if name == "power":
            raise section.fault("aggregation", "a power mean needs its exponent, such as power = 0.5")
        raise section.fault("power", f'only the aggregation "power" takes a power, not "{name}"')
    return name


def only_on_top(section: Section, name: str) -> CatalogueError:
    """The error to raise where an aggregation that compares units stands below the highest level."""
    return section.fault(
        "aggregation",
        f'the aggregation "{name}" compares units with each other, so it can stand on the highest level alone',
    )


def _baskets(settings: Settings, manner: Manner) -> tuple[Basket, ...]:
    sections = _sections(settings, "baskets")
    if not sections and manner.loose:
        return ()
    if not sections:
        raise settings.top.fault("baskets", "[[baskets]] must name one basket at least")
    _differ(sections, "id")
    return tuple(Basket(section.text("id"), section.texts("includes")) for section in sections)


def _rules(settings: Settings, levels: tuple[Level, ...], manner: Manner) -> Rules:
    points = _section(settings, "points")
    if points is None and not manner.loose:
        raise settings.top.fault("points", "the section [points] is missing")
    points = points or Section(settings.file, 0, "[points]", {}, {})
    inner = tuple(level.name for level in levels[:-1])
    maximum = points.number("maximum", 1, 1_000_000, default=INDEX_MAXIMUM if manner.loose else None)
    decimals = max(0, INDEX_FIGURES - math.floor(math.log10(maximum))) if manner.loose else None
    ladder_levels = points.whole("ladder_levels", 0, 100, default=0)
    ladder_step = points.number("ladder_step", 0, maximum, default=0.0)
    if ladder_levels * ladder_step != (maximum if ladder_levels else 0):
        raise points.fault("ladder_step", "ladder_levels times ladder_step must give the maximum")
    geometric_level = points.choice("geometric_level", inner, default="") or None
    needs_floor = geometric_level is not None or any(level.aggregation == "geometric" for level in levels)
    given = not manner.loose or "geometric_floor" in points.values
    if needs_floor and given and not points.number("geometric_floor", 0, maximum):
        raise points.fault("geometric_floor", "geometric_floor must be above 0")
    remit = _section(settings, "remit")
    ages = _section(settings, "ages")
    badge_age = ages.whole("badge_over", 0, NEVER_TOO_OLD) if ages else NEVER_TOO_OLD
    return Rules(
        points_maximum=maximum,
        ladder_levels=ladder_levels,
        ladder_step=ladder_step,
        geometric_floor=points.number("geometric_floor", 0, maximum, 0.0),
        geometric_level=geometric_level,
        published_decimals=points.whole("published_decimals", 0, 9, decimals),
        remit_level=remit.choice("level", inner) if remit else None,
        remit_cap_level=remit.number("cap_level", 0, 1) if remit else 0.0,
        remit_cap_overall=remit.number("cap_overall", 0, 1) if remit else 0.0,
        badge_age=badge_age,
        refused_age=ages.whole("refused_over", badge_age, NEVER_TOO_OLD) if ages else NEVER_TOO_OLD,
        bands=_bands(settings, maximum),
        evidence_grades=_evidence_grades(settings),
        uncertainty=_uncertainty(settings),
    )


def _bands(settings: Settings, maximum: float) -> tuple[Band, ...]:
    sections = _sections(settings, "bands")
    _differ(sections, "id")
    bands = tuple(Band(section.text("id"), section.number("from", 0, maximum)) for section in sections)
    if bands and bands[0].start != 0:
        raise sections[0].fault("from", "the first band must start from 0")
    for lower, upper, section in zip(bands, bands[1:], sections[1:], strict=False):
        if upper.start <= lower.start:
            raise section.fault("from", f'band "{upper.id}" must start above band "{lower.id}"')
    return bands


def _evidence_grades(settings: Settings) -> tuple[EvidenceGrade, ...]:
    sections = _sections(settings, "evidence_grades")
    _differ(sections, "id")
    return tuple(
        EvidenceGrade(
            section.text("id"), section.flag("weak", False), section.number("half_width", 0.0, 1.0, 0.0)
        )
        for section in sections
    )


def _uncertainty(settings: Settings) -> DrawSettings:
    section = _section(settings, "uncertainty")
    return section_draws(section) if section else DrawSettings()


def section_draws(section: Section) -> DrawSettings:
    """What an uncertainty analysis varies, from a section [uncertainty]; a key that is left out has its default."""
    usual = DrawSettings()
    return DrawSettings(
        draws=section.whole("draws", 1, MOST_DRAWS, usual.draws),
        seed=section.whole("seed", 0, 2**31 - 1, usual.seed),
        weights=section.number("weights", 0, 0.99, usual.weights),
        goalposts=section.number("goalposts", 0, 0.49, usual.goalposts),
        other_rule=section.number("other_rule", 0, 1, usual.other_rule),
        low=section.number("low", 0, 0.49, usual.low),
        high=section.number("high", 0.51, 1, usual.high),
    )


def _section(settings: Settings, name: str) -> Section | None:
    section = settings.section(name)
    return section.only(SECTION_KEYS[name]) if section else None


def _sections(settings: Settings, name: str) -> tuple[Section, ...]:
    return tuple(section.only(SECTION_KEYS[name]) for section in settings.sections(name))


def _differ(sections: tuple[Section, ...], key: str) -> None:
    seen: set[str] = set()
    for section in sections:
        value = section.text(key)
        if value in seen:
            raise section.fault(key, f'{key} "{value}" stands twice')
        seen.add(value)
