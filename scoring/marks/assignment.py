"""Who should judge whom? At least so many jurors a city, nobody overloaded, no conflict, languages where possible.

First the pairs, exactly, as a binary programme: as few missing jurors as possible, then as few jurors without
the dossier's language, then loads as even as possible; what is still open is decided by numbers from the seed. Then
two pairs at a time are exchanged crosswise, which changes no load, where no rule or language suffers and the
second-smallest eigenvalue of the design (scoring.marks.design) grows, until no exchange of those tried helps.
The first step is exact, the second a heuristic: the connectedness it reaches is shown, not promised.
Source: K. R. Shah and B. K. Sinha, Theory of Optimal Designs (1989), chapter 1 (E-optimality); exchange: T. J.
Mitchell, An algorithm for the construction of D-optimal experimental designs, Technometrics 16 (1974).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.marks.design import Design, design, second
from scoring.model import BoolArray
from scoring.programme import Programme, Row, solve

# What chance decides weighs in whole numbers below this, and never as much as evenness.
_CHANCE = 8
# So many exchanges are tried for each pair; beyond, gains are small.
_TRIES = 6
_GAIN = 1e-9


@dataclass(frozen=True, eq=False)
class Assignment:
    """`assigned` is jurors x cities. `missing` (cities) is how many jurors a city lacks under the rules, and
    `unmatched` (jurors x cities) which assigned pairs lack the dossier's language. `design` is the quality.
    """

    assigned: BoolArray
    missing: NDArray[np.int64]
    unmatched: BoolArray
    design: Design


def assign(
    conflicts: BoolArray,
    languages: BoolArray,
    least: int,
    most_load: NDArray[np.int64],
    seed: int,
    fixed: BoolArray | None = None,
    everybody: BoolArray | None = None,
) -> Assignment:
    """Pairs for every city; all arrays but `most_load` (jurors) and `everybody` (cities) are jurors x cities.

    `conflicts` are never assigned. `languages` says who reads a city's dossier. `fixed` pairs stay whatever
    else happens; `everybody` marks cities judged by all without a conflict, as for calibration. Both count
    towards the load. The same input and seed give the same pairs. Cities that cannot have enough jurors
    have as many as can be, and say so in `missing`. Raises ValueError for shapes that do not fit, a number
    of jurors below 1, and a fixed pair that is a conflict or breaks a load limit, naming it by position.
    """
    pinned = _pinned(conflicts, languages, least, most_load, fixed, everybody)
    rng = np.random.Generator(np.random.SFC64(seed))
    assigned = _pairs(conflicts, languages, least, most_load, pinned, rng)
    assigned = _connect(assigned, conflicts, languages, most_load, pinned, rng)
    missing = np.maximum(least - assigned.sum(axis=0), 0).astype(np.int64)
    return Assignment(assigned, missing, assigned & ~languages, design(assigned))


def _pinned(
    conflicts: BoolArray,
    languages: BoolArray,
    least: int,
    most_load: NDArray[np.int64],
    fixed: BoolArray | None,
    everybody: BoolArray | None,
) -> BoolArray:
    jurors, cities = conflicts.shape
    if languages.shape != conflicts.shape or most_load.shape != (jurors,):
        raise ValueError(
            f"conflicts are {conflicts.shape}, languages {languages.shape} and loads {most_load.shape}; "
            "they must be jurors x cities, jurors x cities and jurors"
        )
    if least < 1:
        raise ValueError(f"every city needs at least 1 juror, not {least}")
    pinned = np.zeros((jurors, cities), dtype=bool) if fixed is None else fixed.copy()
    for j, i in np.argwhere(pinned & conflicts).tolist():
        raise ValueError(f"juror {j} is fixed for city {i} and has a conflict there; take one of them back")
    if everybody is not None:
        pinned |= everybody & ~conflicts
    for j in np.flatnonzero(pinned.sum(axis=1) > most_load).tolist():
        raise ValueError(
            f"juror {j} has {int(pinned[j].sum())} fixed cities and may have {int(most_load[j])}; raise the limit"
        )
    return pinned


def _pairs(
    conflicts: BoolArray,
    languages: BoolArray,
    least: int,
    most_load: NDArray[np.int64],
    pinned: BoolArray,
    rng: np.random.Generator,
) -> BoolArray:
    """The exact first step: one aim after the other, each held when the next is sought."""
    jurors, cities = conflicts.shape
    pairs = np.argwhere(~conflicts & ~pinned).tolist()
    need = np.maximum(least - pinned.sum(axis=0), 0).tolist()
    held = pinned.sum(axis=1).tolist()
    of_city: list[dict[int, float]] = [{} for _ in range(cities)]
    of_juror: list[dict[int, float]] = [{} for _ in range(jurors)]
    for x, (j, i) in enumerate(pairs):
        of_city[i][x] = of_juror[j][x] = 1.0
    # Then one variable for every juror that a city may lack, and one for every city that a juror may have.
    gaps = [(i, n) for i in range(cities) for n in range(need[i])]
    for x, (i, _) in enumerate(gaps, len(pairs)):
        of_city[i][x] = 1.0
    steps = [(j, n) for j in range(jurors) for n in range(held[j], min(int(most_load[j]), cities))]
    for x, (j, _) in enumerate(steps, len(pairs) + len(gaps)):
        of_juror[j][x] = -1.0
    rows = [Row(of, float(need[i]), float(need[i])) for i, of in enumerate(of_city) if of]
    rows += [Row(of, high=0.0) for of in of_juror if of]
    # A city's second gap costs more than its first, and a juror's next city more than the one before.
    gap, load = sum(need) * least + 1, _CHANCE * sum(need) + 1
    aims = (
        [0] * len(pairs) + [gap + n for _, n in gaps] + [0] * len(steps),
        [int(not languages[j, i]) for j, i in pairs] + [0] * (len(gaps) + len(steps)),
        [*rng.integers(0, _CHANCE, len(pairs)).tolist(), *(0 for _ in gaps), *(load * n for _, n in steps)],
    )
    taken: frozenset[int] = frozenset()
    for costs in aims:
        found = solve(Programme([float(cost) for cost in costs], rows, whole=True))
        assert found is not None  # a gap can be left open everywhere
        taken = found
        reached = sum(costs[x] for x in taken) + 0.5
        rows = [*rows, Row({x: float(cost) for x, cost in enumerate(costs) if cost}, high=reached)]
    assigned = pinned.copy()
    for x in taken:
        if x < len(pairs):
            assigned[tuple(pairs[x])] = True
    return assigned


def _connect(
    assigned: BoolArray,
    conflicts: BoolArray,
    languages: BoolArray,
    most_load: NDArray[np.int64],
    pinned: BoolArray,
    rng: np.random.Generator,
) -> BoolArray:
    """Exchanges that keep all rules and make the worst-known difference between jurors better known.

    While the design falls apart, a city may also pass to a juror with room; loads are then less even.
    """
    best, assigned = second(assigned[assigned.any(axis=1)]), assigned.copy()
    movable = np.argwhere(assigned & ~pinned)
    for a, b in rng.integers(0, max(len(movable), 1), (_TRIES * len(movable), 2)).tolist():
        (j, i), (k, h) = movable[a].tolist(), movable[b].tolist()
        if j == k or assigned[k, i] or conflicts[k, i]:
            continue
        crosswise = i != h and not assigned[j, h] and not conflicts[j, h]
        kept = int(languages[j, i]) + int(languages[k, h])
        tried = assigned.copy()
        tried[j, i], tried[k, i] = False, True
        if crosswise and int(languages[j, h]) + int(languages[k, i]) >= kept:
            tried[k, h], tried[j, h] = False, True
            moved = ((j, h), (k, i))
        elif best == 0 and languages[k, i] >= languages[j, i] and assigned[k].sum() < most_load[k]:
            moved = ((k, i), (k, h))
        else:
            continue
        found = second(tried[tried.any(axis=1)])
        if found > best + _GAIN:
            best, assigned = found, tried
            movable[a], movable[b] = moved
    return assigned
