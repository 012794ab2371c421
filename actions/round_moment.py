"""How the candidates of a round stand at one moment, by what one viewer may see of it: the ranking's every ingredient.

All figures, the winners, the minutes and the package rest on this one moment. Cities go by their ids in the round,
jurors by their seats (by a sign a city where names are not shown).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from actions.judging_limits import limits, number
from actions.round_bars import bars
from actions.round_facts import candidates, conflicted, dossiers, given, seats
from actions.round_marks import weights
from actions.round_read import Seen
from scoring.award import SelectionRule
from scoring.marks.limits import Limits
from scoring.marks.moment import Moment, Standing
from scoring.marks.moment import standing as standing_at
from scoring.marks.sheet import Marks, marks_of
from scoring.model import BoolArray, FloatArray

# Of marks that bear no name, fewer than so many on one criterion of one city are not told.
FEWEST = int(number("small_cells", "fewest_marks"))


@dataclass(frozen=True, slots=True)
class Frame:
    """The jurors, cities and criteria that a moment speaks of; moments that are compared have the same."""

    jurors: tuple[str, ...]
    cities: tuple[str, ...]
    criteria: tuple[str, ...]


def moment_of(found: Seen) -> Moment | None:
    """The moment of now; None where no candidate and no mark is seen."""
    of = frame_of(found)
    return moment_in(found, of) if of else None


def moments_of(before: Seen, after: Seen) -> tuple[Moment, Moment] | None:
    """Two moments of one viewer with the same jurors, cities and criteria; None where neither has marks."""
    of = frame_of(before, after)
    return (moment_in(before, of), moment_in(after, of)) if of else None


def frame_of(*several: Seen) -> Frame | None:
    """Who stands in any of several moments: cities in the order in which they came, jurors as they were seated."""
    last = several[-1]
    within = {one.id for found in several for one in candidates(found.now)}
    cities = tuple(one.id for one in dossiers(last.now) if one.id in within)
    marking = {one.seat for found in several for one in given(found.now) if one.candidate in within}
    named = [one.id for one in seats(last.now) if one.id in marking]
    jurors = (*named, *sorted(marking - set(named)))
    if not cities or not jurors:
        return None
    return Frame(jurors, cities, tuple(one.id for one in last.award.criteria))


def moment_in(found: Seen, of: Frame) -> Moment:
    """The moment in a given frame: who is not there (yet, or any more) has no marks or is barred.

    Where names are not shown, too few marks on a criterion of a city are left out before anything is computed.
    """
    row, column, layer = (
        {name: n for n, name in enumerate(names)} for names in (of.jurors, of.cities, of.criteria)
    )
    values = np.full((len(of.jurors), len(of.cities), len(of.criteria)), np.nan)
    for one in given(found.now):
        if one.value is not None and one.candidate in column and one.criterion in layer:
            values[row[one.seat], column[one.candidate], layer[one.criterion]] = one.value
    recused = np.array([[conflicted(found.now, j, i) for i in of.cities] for j in of.jurors], dtype=bool)
    values[:, thin(found, of.jurors, values)] = np.nan
    marks = marks_of(of.jurors, of.cities, of.criteria, values, weights(found))
    return replace(
        Moment.of(marks),
        recused=recused,
        minima=minima(found),
        bars=bars(found, of.cities),
        adjust=found.settings.adjust,
    )


def nameless(found: Seen, jurors: tuple[str, ...]) -> BoolArray:
    """Which jurors stand there by a sign, because names are not shown."""
    named = {one.id for one in seats(found.now)}
    return np.array([one not in named for one in jurors], dtype=bool)


def thin(found: Seen, jurors: tuple[str, ...], values: FloatArray) -> BoolArray:
    """Cities x criteria: fewer than FEWEST marks, not all of them by jurors who are shown by name."""
    there = ~np.isnan(values)
    few: BoolArray = (there.sum(axis=0) < FEWEST) & there[nameless(found, jurors)].any(axis=0)
    return few


def counting(moment: Moment) -> Marks:
    """The marks that count at a moment: without those of recused jurors."""
    return moment.marks.without(moment.recused)


def standing(found: Seen) -> Standing | None:
    """Points and ranks of now; None where there is nothing to rank."""
    moment = moment_of(found)
    return standing_at(moment, limits_of(found)) if moment else None


def limits_of(found: Seen) -> Limits:
    """The limits by which marks are judged, drawn with the round's own seed."""
    return replace(limits(), seed=found.settings.seed)


def minima(found: Seen) -> FloatArray:
    """What each criterion asks of who is ranked: only a binding rule; NaN for none."""
    wanted = least_marks(found, binding=True)
    return np.array([wanted.get(one.id, np.nan) for one in found.award.criteria])


def least_marks(found: Seen, *, binding: bool) -> dict[str, float]:
    """Criterion -> the mark that a winner is to reach on it, by binding rules or by wishes."""
    of = {
        name: rule
        for rule in found.award.selection
        if rule.kind == "minimum"
        for name in ([one.id for one in found.award.criteria] if rule.of == "every" else [rule.of])
    }
    return {
        one.id: least
        for one in found.award.criteria
        if _binds(of.get(one.id)) == binding and (least := _least(found, of.get(one.id))) is not None
    }


def _binds(rule: SelectionRule | None) -> bool:
    # A minimum that the award does not know was set for this round on purpose.
    return rule is None or rule.binding


def _least(found: Seen, rule: SelectionRule | None) -> float | None:
    if found.settings.minimum is not None:
        return float(found.settings.minimum)
    return rule.number if rule else None
