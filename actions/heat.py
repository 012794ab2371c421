"""Many cities on all focus areas or all themes at once, as a heat map and as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from actions import house
from actions.access import Actor, see
from actions.candidates import Rows, city_ranks, gather, ordered, unit_labels
from actions.figures import NOTHING, band, points
from actions.standing import WITH_CLAIMS, Standing
from locales import mark
from reports.charts import Spec, heat_map
from reports.palette import palette
from scoring.rounding import published

# What the columns can be.
SUBJECTS: Mapping[str, str] = {"areas": mark("Focus areas"), "themes": mark("Themes")}


@dataclass(frozen=True, slots=True)
class Heat:
    """A heat map of assured scores with its description and table twin."""

    chart: Spec
    description: str
    table: Rows


def subjects(language: str) -> dict[str, str]:
    """The choices of what the columns are."""
    return {one: house.voice(language).say(text) for one, text in SUBJECTS.items()}


def heat(
    actor: Actor,
    upload_ids: tuple[str, ...],
    basket: str,
    subject: str,
    language: str,
    dark: bool,
    claims: str = WITH_CLAIMS,
) -> Heat:
    """The assured scores of some uploads on a subject of SUBJECTS. NotKeptError if one is not kept."""
    see(actor, *upload_ids)
    return _heat(upload_ids, basket, subject, language, dark, claims)


@lru_cache(maxsize=64)
def _heat(
    upload_ids: tuple[str, ...],
    basket: str,
    subject: str,
    language: str,
    dark: bool,
    claims: str = WITH_CLAIMS,
) -> Heat:
    where, say = gather(upload_ids, basket, claims), house.voice(language).say
    columns, read = _areas(where, language) if subject == "areas" else _themes(where, language)
    called, order, places = unit_labels(upload_ids, language), ordered(where, language), city_ranks(where)
    rows = [
        called[upload_ids[i]] if places[i] else say("{city}: profile only", city=called[upload_ids[i]])
        for i in order
    ]
    cells = [
        _cell(at, row, label, read(code, unit), language)
        for at, (unit, row) in enumerate(zip(order, rows, strict=True))
        for code, label in columns.items()
    ]
    titles = {
        "row": say("City"),
        "column": say("Focus area") if subject == "areas" else say("Theme"),
        "points": say("Assured"),
    }
    description = say(
        "Assured points of every city, one row each, in columns for {subject}; the table holds every number.",
        subject=subjects(language)[subject],
    )
    table = tuple(
        {
            say("City"): row,
            **{label: points(read(code, unit), language) for code, label in columns.items()},
        }
        for unit, row in zip(order, rows, strict=True)
    )
    return Heat(heat_map(cells, list(columns.values()), rows, titles, palette(dark)), description, table)


def _cell(at: int, row: str, column: str, value: float, language: str) -> Mapping[str, object]:
    reached = band(value)
    order = [one.id for one in house.framework().rules.bands]
    return {
        "row": at,
        "row_label": row,
        "column_label": column,
        "level": order.index(reached) if reached else None,
        "text": points(value, language),
        "short_text": house.voice(language).number(float(published(value, 0))) if reached else NOTHING,
    }


_Columns = tuple[dict[str, str], Callable[[str, int], float]]


def _areas(where: Standing, language: str) -> _Columns:
    words = house.framework().words[language]
    codes = [node.code for node in house.framework().at_level("focus_area")]
    return {code: f"{code} {words[code].short}" for code in codes}, lambda code, unit: where.number(
        "assured", code, unit
    )


def _themes(where: Standing, language: str) -> _Columns:
    words = house.declaration().words[language]
    codes = [theme.code for theme in house.declaration().themes if theme.role == "scored"]
    return {code: f"§{code} {words[code].short}" for code in codes}, lambda code, unit: where.theme(
        "assured", code, unit
    )
