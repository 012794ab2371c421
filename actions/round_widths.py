"""How far do the indicators behind a candidate leave its marks open? Half-widths in marks, for the bands of ranks.

A criterion is linked to nodes of the framework and to themes. Each of these has a bracket in the candidate's dossier,
from what is assured to what could be at most once open answers are in. Its half, on the scale of the marks, times the
share of a mark that rests on indicators, is what each part leaves open; a criterion has the mean of its parts, each
counting alike. Without a dossier that the viewer may open, or without parts, nothing is added: the page says so.
Why so: docs/decisions/0021-indicators-in-a-jurys-bands.md.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from actions import house
from actions.access import Actor, NotKeptError, seen_of
from actions.judging_limits import number
from actions.round_facts import candidates
from actions.round_read import Seen
from actions.standing import Standing, standing
from scoring.award import Award, Criterion
from scoring.model import FloatArray


@dataclass(frozen=True, slots=True)
class Widths:
    """Half-widths of candidates with a dossier, in marks: each (candidate, one number a criterion)."""

    criteria: tuple[str, ...] = ()
    rows: tuple[tuple[str, tuple[float, ...]], ...] = ()

    def table(self, cities: Sequence[str], criteria: Sequence[str]) -> FloatArray:
        """Cities x criteria; 0 where nothing is known."""
        known = {
            (city, name): width
            for city, row in self.rows
            for name, width in zip(self.criteria, row, strict=True)
        }
        return np.array([[known.get((city, name), 0.0) for name in criteria] for city in cities])

    def said(self) -> Mapping[str, Mapping[str, float]]:
        """As a file keeps them: candidate -> criterion -> half-width."""
        return {city: dict(zip(self.criteria, row, strict=True)) for city, row in self.rows}

    @classmethod
    def read(cls, said: Mapping[str, Mapping[str, float]], criteria: Sequence[str]) -> Widths:
        """What a file keeps; KeyError, TypeError and ValueError for what is none."""
        rows = tuple((city, tuple(float(row[one]) for one in criteria)) for city, row in said.items())
        if not all(math.isfinite(one) and one >= 0 for _, row in rows for one in row):
            raise ValueError("a half-width is a number from 0 on")
        return cls(tuple(criteria), rows)


# Of whom no dossier is asked.
NO_WIDTHS = Widths()


def widths(actor: Actor, found: Seen) -> Widths:
    """The half-widths of the candidates whose dossiers the viewer may open, of those that she sees in the round."""
    if not found.viewer.declared:
        return NO_WIDTHS
    uploads = {one.id: one.upload_id for one in candidates(found.now) if one.upload_id}
    open_to_her = frozenset(seen_of(actor, tuple(uploads.values())))
    rows = (
        (candidate, _of_upload(found.award, upload_id))
        for candidate, upload_id in uploads.items()
        if upload_id in open_to_her
    )
    return Widths(
        tuple(one.id for one in found.award.criteria), tuple((one, row) for one, row in rows if row)
    )


def unlinked(award: Award) -> tuple[str, ...]:
    """The criteria to which no indicator with points speaks: without nodes, and without themes that have a score."""
    scored = {one.code for one in house.declaration().themes if one.role == "scored"}
    return tuple(one.id for one in award.criteria if not one.nodes and scored.isdisjoint(one.themes))


@lru_cache(maxsize=512)
def _of_upload(award: Award, upload_id: str) -> tuple[float, ...]:
    """One half-width a criterion; () for an upload that is not kept."""
    try:
        # What a dossier opens with: the first basket, with what the city says of itself.
        where = standing(upload_id, house.framework().baskets[0].id)
    except NotKeptError:
        return ()
    levels = award.marks.highest - award.marks.lowest
    one_point = levels / house.framework().rules.points_maximum
    return tuple(
        half_width(_brackets(where, one)) * one_point * number("indicators", "share")
        for one in award.criteria
    )


def _brackets(where: Standing, criterion: Criterion) -> tuple[tuple[float, float], ...]:
    """Assured and highest possible points of each part that speaks to a criterion."""
    return (
        *((where.number("assured", one), where.number("upper", one)) for one in criterion.nodes),
        *((where.theme("assured", one), where.theme("upper", one)) for one in criterion.themes),
    )


def half_width(brackets: Sequence[tuple[float, float]]) -> float:
    """The mean of half the brackets, in points: sum of (upper - assured) / 2 over their number; 0 for none.

    Parts without a score, which are outside the basket, are left out.
    """
    halves = [(upper - assured) / 2 for assured, upper in brackets if not math.isnan(upper - assured)]
    return sum(halves) / len(halves) if halves else 0.0
