"""Two to four cities in detail: what differs most comes first."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from actions import house
from actions.access import Actor, see
from actions.candidates import Rows, gather, unit_labels
from actions.figures import NOTHING, band_name, bracket, points, share
from actions.standing import WITH_CLAIMS, Standing
from reports.charts import SHAPES, SIGNS, Spec, several
from reports.palette import palette
from scoring.rounding import published

# As many cities as there are shapes that can be told apart.
MOST = len(SHAPES)
# Features beyond the largest differences add length, not insight.
FEATURES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Differences:
    """One level of the tree, rows with the largest spread first: chart, its description and table twin."""

    chart: Spec | None
    description: str
    table: Rows


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Everything shown about two to four cities, in words; `caption` says which sign is which city."""

    caption: str
    figures: Rows
    areas: Differences
    features: Differences


def side_by_side(
    actor: Actor,
    upload_ids: tuple[str, ...],
    basket: str,
    language: str,
    dark: bool,
    claims: str = WITH_CLAIMS,
) -> SideBySide:
    """Some uploads in detail, at most MOST (ValueError for more). NotKeptError if one is not kept."""
    see(actor, *upload_ids)
    return _side_by_side(upload_ids, basket, language, dark, claims)


@lru_cache(maxsize=64)
def _side_by_side(
    upload_ids: tuple[str, ...], basket: str, language: str, dark: bool, claims: str = WITH_CLAIMS
) -> SideBySide:
    where = gather(upload_ids, basket, claims)
    called = [unit_labels(upload_ids, language)[one] for one in upload_ids]
    areas = [node.code for node in house.framework().at_level("focus_area")]
    features = [node.code for node in house.framework().at_level("feature")]
    say = house.voice(language).say
    return SideBySide(
        caption="   ".join(f"{sign} {name}" for sign, name in zip(SIGNS, called, strict=False)),
        figures=tuple(_figures(where, unit, name, language) for unit, name in enumerate(called)),
        areas=_differences(
            where,
            by_spread(where, areas),
            called,
            say("Focus area"),
            say("Focus areas with the assured points of each city, the largest difference first."),
            language,
            dark,
        ),
        features=_differences(
            where,
            [code for code in by_spread(where, features) if spread(where, code) > 0][:FEATURES_SHOWN],
            called,
            say("Feature"),
            say("Features with the assured points of each city, the largest differences first."),
            language,
            dark,
        ),
    )


def spread(where: Standing, code: str) -> float:
    """How far apart the cities' published assured points are on a node; NaN if fewer than two have any."""
    values = [where.number("assured", code, unit) for unit in range(len(where.uploads))]
    shown = [float(published(one, _decimals())) for one in values if not math.isnan(one)]
    return float(published(max(shown) - min(shown), _decimals())) if len(shown) > 1 else math.nan


def by_spread(where: Standing, codes: Sequence[str]) -> list[str]:
    """The nodes with the largest spread first, equal ones in the framework's order, those without one last."""
    apart = {code: spread(where, code) for code in codes}
    return sorted(codes, key=lambda code: (math.isnan(apart[code]), -apart[code]))


def _decimals() -> int:
    return house.framework().rules.published_decimals


def _figures(where: Standing, unit: int, name: str, language: str) -> Mapping[str, str]:
    say, root = house.voice(language).say, where.scores.nodes[0]
    assured, upper = where.number("assured", root, unit), where.number("upper", root, unit)
    ranked = bool(where.scores.ranked[unit])
    return {
        say("City"): f"{SIGNS[unit]} {name}",
        say("Level"): band_name(assured, language) if ranked else NOTHING,
        say("Assured"): points(assured, language),
        say("Reported"): points(where.number("reported", root, unit), language),
        say("Bracket"): bracket(assured, upper, language),
        say("Answered"): share(where.number("coverage", root, unit), language),
    }


def _differences(
    where: Standing,
    codes: Sequence[str],
    called: Sequence[str],
    row_title: str,
    description: str,
    language: str,
    dark: bool,
) -> Differences:
    say, words = house.voice(language).say, house.framework().words[language]
    rows = [
        {
            "label": f"{code} {words[code].short}",
            "spread_text": say("{points} apart", points=points(spread(where, code), language)),
        }
        for code in codes
    ]
    marks = [
        {
            "row": at,
            "city": unit,
            "name": name,
            "points": where.number("assured", code, unit),
            "text": points(where.number("assured", code, unit), language),
        }
        for at, code in enumerate(codes)
        for unit, name in enumerate(called)
        if not math.isnan(where.number("assured", code, unit))
    ]
    titles = {
        "axis": say("points, 0 to 100"),
        "row": row_title,
        "city": say("City"),
        "points": say("Assured"),
    }
    table = tuple(
        {
            row_title: f"{code} {words[code].title}",
            **{
                f"{SIGNS[unit]} {name}": points(where.number("assured", code, unit), language)
                for unit, name in enumerate(called)
            },
            say("Difference"): points(spread(where, code), language),
        }
        for code in codes
    )
    return Differences(several(rows, marks, titles, palette(dark)) if rows else None, description, table)
