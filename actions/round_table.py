"""The table of a round that minutes and package show: place, points, rank band and means, city by city.

Worked out from what one viewer sees alone, by figures as published: the same round gives the same table, to the letter.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from actions.output import inert
from actions.round_decisions import decisions
from actions.round_facts import candidates
from actions.round_figures import figures_of
from actions.round_read import Seen
from actions.round_widths import Widths
from scoring.rounding import published


@dataclass(frozen=True, slots=True)
class Row:
    """One city: `rank` and `band` 0 where it is not ranked; `low` to `high` its ranks in most draws.

    `means` are one a criterion, None for none.
    """

    city: str
    name: str
    country: str
    rank: int
    points: float | None
    band: int
    low: int
    high: int
    means: tuple[float | None, ...]
    decision: str


def table_of(found: Seen, widths: Widths) -> tuple[Row, ...]:
    """The table in the order of the ranking, those without a rank last; () where there are no marks.

    `widths` are the half-widths that the bands hold besides jurors and weights.
    """
    of = figures_of(found, widths)
    if of is None:
        return ()
    moment = of.moment
    made = decisions(found)
    within = {one.id: one for one in candidates(found.now)}
    ranks = np.rint(of.bands.sure.rank)
    means = published(of.summary.mean[:, :-1], moment.decimals)
    rows = []
    for i in of.order.cities:
        city = within.get(moment.marks.cities[i])
        if city is None:
            continue
        ranked = bool(of.standing.rank[i])
        rows.append(
            Row(
                city=city.id,
                name=city.name,
                country=city.country,
                rank=int(of.standing.rank[i]),
                points=_figure(of.standing.points[i]),
                band=int(of.bands.band[i]),
                low=int(ranks[i, 0]) if ranked else 0,
                high=int(ranks[i, 2]) if ranked else 0,
                means=tuple(_figure(one) for one in means[i]),
                decision=made[city.id].decision if city.id in made else "",
            )
        )
    return tuple(rows)


def _figure(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def columns(criteria: Sequence[str]) -> tuple[str, ...]:
    """The names of the columns of `as_csv`."""
    start = ("city", "name", "country", "rank", "points", "band", "rank_from", "rank_to")
    return (*start, *(f"mean_{one}" for one in criteria), "decision")


def as_rows(rows: Sequence[Row]) -> tuple[tuple[str, ...], ...]:
    """The table as texts, cell by cell in the order of `columns`."""
    return tuple(
        (
            *(one.city, inert(one.name), one.country),
            str(one.rank or ""),
            _text(one.points),
            *(str(number or "") for number in (one.band, one.low, one.high)),
            *(_text(mean) for mean in one.means),
            one.decision,
        )
        for one in rows
    )


def _text(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def as_csv(rows: Sequence[Row], criteria: Sequence[str]) -> bytes:
    """The table as a CSV file, in UTF-8."""
    kept = io.StringIO(newline="")
    writer = csv.writer(kept, lineterminator="\n")
    writer.writerow(columns(criteria))
    writer.writerows(as_rows(rows))
    return kept.getvalue().encode()
