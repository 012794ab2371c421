"""What does a run of an index choose? METHOD.toml, read whole or refused with its line.

Whatever it does not say stays as the framework says, or as the defaults below; every key stands in
docs/framework-format.md.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path

from indicators.index_leaves import NOTHING
from indicators.rules import INDEX_LEVEL_KEYS, MOST_POWER, SECTION_KEYS, section_draws
from indicators.settings import Section, Settings, read_settings
from indicators.tables import one_of
from indicators.units_table import DECIMALS, SEPARATORS, Layout
from indicators.vocabulary import Vocabulary
from scoring.model import DrawSettings

TOP_KEYS = ("basket", "decimals")
SINGLE_KEYS = {
    "data": ("separator", "decimal", "missing", "columns"),
    "missing": ("rule", "group"),
    "screening": ("available", "zeros", "level"),
    "outliers": ("skewness", "kurtosis", "points", "transforms", "shift"),
    "normalisation": ("scale", "parameters"),
    "uncertainty": SECTION_KEYS["uncertainty"],
}
REPEATED_KEYS = {
    "levels": INDEX_LEVEL_KEYS,
    "nodes": ("code", "weight", "weight_source"),
    "measurements": (
        "code",
        "scale",
        "direction",
        "lower",
        "upper",
        "parameters",
        "cut",
        "denominator",
        "factor",
    ),
    "weights": ("rule", "under", "level", "file"),
}
# What happens where a measurement has no column in the data.
ABSENT_COLUMNS = ("refuse", "blank")
# Rules that fill a blank from the units of the same group.
GROUP = "group_"
LARGEST = sys.float_info.max
MOST_POINTS = 1_000_000


@dataclass(frozen=True, slots=True)
class LevelChoice:
    """What is chosen for one level; None stays as it is."""

    place: Section
    name: str
    aggregation: str | None
    power: float | None
    coverage: float | None


@dataclass(frozen=True, slots=True)
class NodeChoice:
    """The weight chosen for one node, and where it comes from."""

    place: Section
    code: str
    weight: float
    weight_source: str


@dataclass(frozen=True, slots=True)
class MeasurementChoice:
    """What is chosen for one measurement, or for all (code ""); None stays as it is."""

    place: Section
    code: str
    scale: str | None = None
    direction: int | None = None
    lower: float | None = None
    upper: float | None = None
    parameters: str | None = None
    cut: bool | None = None
    denominator: str | None = None
    factor: float | None = None


@dataclass(frozen=True, slots=True)
class WeightsChoice:
    """A way of finding the weights of children: of those under a node, of those under a level, or of all."""

    place: Section
    rule: str
    under: str
    level: str
    file: str


@dataclass(frozen=True, slots=True)
class ScreeningChoice:
    """The least share of values and the largest share of zeros of a unit, on the whole and on a level's nodes."""

    place: Section
    available: float | None
    zeros: float | None
    level: str


@dataclass(frozen=True, slots=True)
class OutliersChoice:
    """When a measurement's outliers are treated, and how far."""

    skewness: float
    kurtosis: float
    points: int
    transforms: tuple[str, ...]
    shift: float


@dataclass(frozen=True, slots=True)
class Method:
    """All choices of one METHOD.toml."""

    place: Section | None = None  # the top of the file; None where there is no file
    basket: str = ""
    decimals: int | None = None
    layout: Layout = field(default_factory=Layout)
    missing: str = "leave_out"
    group: str = ""
    screening: ScreeningChoice | None = None
    outliers: OutliersChoice | None = None
    every: MeasurementChoice | None = None
    levels: tuple[LevelChoice, ...] = ()
    nodes: tuple[NodeChoice, ...] = ()
    measurements: tuple[MeasurementChoice, ...] = ()
    weights: tuple[WeightsChoice, ...] = ()
    draws: DrawSettings | None = None  # None: no uncertainty analysis


def read_method(path: Path, vocabulary: Vocabulary) -> Method:
    """The choices of a file; CatalogueError at the first key that is unknown or out of range."""
    settings = read_settings(path.parent, path.name)
    top = settings.top.only((*TOP_KEYS, *SINGLE_KEYS, *REPEATED_KEYS))
    rule, group = _missing(settings, vocabulary)
    every, draws = _single(settings, "normalisation"), _single(settings, "uncertainty")
    return Method(
        place=top,
        basket=top.text("basket", ""),
        decimals=top.whole("decimals", 0, 9) if "decimals" in top.values else None,
        layout=_layout(settings),
        missing=rule,
        group=group,
        screening=_screening(settings),
        outliers=_outliers(settings, vocabulary),
        every=_every(every, vocabulary) if every else None,
        levels=tuple(_level(one, vocabulary) for one in _repeated(settings, "levels", "name")),
        nodes=tuple(_node(one) for one in _repeated(settings, "nodes", "code")),
        measurements=tuple(
            _measurement(one, vocabulary) for one in _repeated(settings, "measurements", "code")
        ),
        weights=tuple(_weights(one, vocabulary) for one in _repeated(settings, "weights", "")),
        draws=section_draws(draws) if draws else None,
    )


def _layout(settings: Settings) -> Layout:
    section = _single(settings, "data")
    if section is None:
        return Layout()
    return Layout(
        separator=section.choice("separator", SEPARATORS, ""),
        decimal=section.choice("decimal", DECIMALS, "point"),
        missing=section.texts("missing") if section.values.get("missing") else (),
        blank_columns=section.choice("columns", ABSENT_COLUMNS, ABSENT_COLUMNS[0]) == ABSENT_COLUMNS[1],
    )


def _missing(settings: Settings, vocabulary: Vocabulary) -> tuple[str, str]:
    section = _single(settings, "missing")
    if section is None:
        return vocabulary.missing[0], ""
    rule = section.choice("rule", vocabulary.missing, vocabulary.missing[0])
    group = section.text("group", "")
    if rule.startswith(GROUP) and not group:
        raise section.fault(
            "rule", f'the rule "{rule}" needs group, the column that names each unit\'s group'
        )
    return rule, group


def _screening(settings: Settings) -> ScreeningChoice | None:
    section = _single(settings, "screening")
    if section is None:
        return None

    def limit(key: str) -> float | None:
        return section.number(key, 0, 1) if key in section.values else None

    return ScreeningChoice(section, limit("available"), limit("zeros"), section.text("level", ""))


def _outliers(settings: Settings, vocabulary: Vocabulary) -> OutliersChoice | None:
    section = _single(settings, "outliers")
    if section is None:
        return None
    usual = OutliersChoice(*vocabulary.outliers)
    transforms = usual.transforms
    if "transforms" in section.values:
        transforms = section.texts("transforms") if section.values["transforms"] else ()
    for name in transforms:
        if name not in vocabulary.transforms:
            known = one_of(vocabulary.transforms)
            raise section.fault(
                "transforms", f'the transform "{name}" is unknown; the transforms are {known}'
            )
    return OutliersChoice(
        section.number("skewness", 0, LARGEST, usual.skewness),
        section.number("kurtosis", 0, LARGEST, usual.kurtosis),
        section.whole("points", 0, MOST_POINTS, usual.points),
        transforms,
        section.number("shift", 1e-9, 1e9, usual.shift),
    )


def _every(section: Section, vocabulary: Vocabulary) -> MeasurementChoice:
    scale = section.choice("scale", vocabulary.normalisations)
    return MeasurementChoice(section, "", scale=scale, parameters=section.text("parameters", ""))


def _level(section: Section, vocabulary: Vocabulary) -> LevelChoice:
    named, values = section.text("name"), section.values
    aggregations = (*vocabulary.aggregations, *vocabulary.top_aggregations)
    return LevelChoice(
        section,
        named,
        section.choice("aggregation", aggregations) if "aggregation" in values else None,
        section.number("power", -MOST_POWER, MOST_POWER) if "power" in values else None,
        section.number("coverage", 0, 1) if "coverage" in values else None,
    )


def _node(section: Section) -> NodeChoice:
    weight = section.number("weight", 0, LARGEST)
    return NodeChoice(section, section.text("code"), weight, section.text("weight_source", ""))


def _measurement(section: Section, vocabulary: Vocabulary) -> MeasurementChoice:
    values = section.values

    def number(key: str, low: float = -LARGEST) -> float | None:
        return section.number(key, low, LARGEST) if key in values else None

    direction = section.whole("direction", -1, 1) if "direction" in values else None
    if direction == 0:
        raise section.fault("direction", "direction is 0 and must be 1 or -1")
    factor = number("factor", 0.0)
    if factor == 0:
        raise section.fault("factor", "factor must be above 0")
    scale = section.choice("scale", (*vocabulary.normalisations, NOTHING)) if "scale" in values else None
    return MeasurementChoice(
        place=section,
        code=section.text("code"),
        scale=scale,
        direction=direction,
        lower=number("lower"),
        upper=number("upper"),
        parameters=_text_or_empty(section, "parameters"),
        cut=section.flag("cut", False) if "cut" in values else None,
        denominator=_text_or_empty(section, "denominator"),
        factor=factor,
    )


def _weights(section: Section, vocabulary: Vocabulary) -> WeightsChoice:
    rule = section.choice("rule", vocabulary.weights)
    under, level, file = (section.text(key, "") for key in ("under", "level", "file"))
    if under and level:
        raise section.fault("level", "give under or level, not both")
    needs = rule in vocabulary.weights_from_files
    if needs and not file:
        raise section.fault("rule", f'the rule "{rule}" needs file, a CSV file beside this one')
    if file and not needs:
        raise section.fault("file", f'the rule "{rule}" reads no file')
    return WeightsChoice(section, rule, under, level, file)


def _text_or_empty(section: Section, key: str) -> str | None:
    """A text that may be empty, which takes something away; None where the key is left out."""
    if section.values.get(key) == "":
        return ""
    return section.text(key) if key in section.values else None


def _single(settings: Settings, name: str) -> Section | None:
    section = settings.section(name)
    return section.only(SINGLE_KEYS[name]) if section else None


def _repeated(settings: Settings, name: str, key: str) -> tuple[Section, ...]:
    sections = tuple(section.only(REPEATED_KEYS[name]) for section in settings.sections(name))
    seen: set[str] = set()
    for section in sections if key else ():
        if section.text(key) in seen:
            raise section.fault(key, f'{key} "{section.text(key)}" stands twice in [[{name}]]')
        seen.add(section.text(key))
    return sections
