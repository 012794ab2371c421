"""Which choice moves the scores and the ranking? Sobol indices of the choices that scoring.draws varies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scoring.drawn_ranks import column_ranks
from scoring.draws import (
    Common,
    Shares,
    Small,
    Start,
    carry,
    chunks,
    common,
    erring,
    errors,
    open_points,
    placed_points,
    streams,
    top,
)
from scoring.model import BoolArray, DrawSettings, FloatArray
from scoring.runs import WORKERS, batches, groups, put, room
from scoring.sobol import Sobol, sobol
from scoring.tally import Scale
from scoring.uncertainty import check

# What scoring.draws varies, in the order in which it is told.
CHOICES = ("weights", "goalposts", "other_rule", "missing", "evidence")


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """What drives the order of all units, and each unit's score; `choices` name the entries of the indices.

    `ranking` is about the mean number of places by which the ranked units move away from `usual`; None where
    fewer than two are ranked.
    """

    choices: tuple[str, ...]
    runs: int
    ranking: Sobol | None
    scores: Mapping[str, Sobol]


def varying(start: Start, settings: DrawSettings) -> tuple[str, ...]:
    """The choices that can change anything at all, for these answers and settings."""
    varies = {
        "weights": settings.weights > 0,
        "goalposts": settings.goalposts > 0 and bool(start.movable.any()),
        "other_rule": 0 < settings.other_rule < 1,
        "missing": settings.missing and not bool((start.answered | ~start.present).all()),
        "evidence": bool(start.half_width.any()),
    }
    return tuple(choice for choice in CHOICES if varies[choice])


def sensitivity(
    start: Start,
    usual: FloatArray,
    takes_part: BoolArray,
    decimals: int,
    settings: DrawSettings,
    of: tuple[str, ...] = (),
) -> Sensitivity:
    """Indices for the ranking of the units that take part and for the scores of the units named in `of`.

    `usual` are the ranks that stand when nothing is varied (units); `settings.draws` is the number of runs in
    all, shared among the samples. ValueError for settings that cannot be drawn or an unknown unit.
    """
    check(settings)
    strange = [unit for unit in of if unit not in start.units]
    if strange:
        raise ValueError(f"the draws hold no unit {strange[0]!r}")
    choices = varying(start, settings)
    if not choices:
        return Sensitivity((), 0, None, {})
    base = max(settings.draws // (len(choices) + 2), 2)
    chosen = [start.units.index(unit) for unit in of]
    rows = np.flatnonzero(takes_part)
    scale = Scale.of(start, decimals)
    shifts = np.empty((len(choices) + 2, base))
    scores = np.empty((len(choices) + 2, len(chosen), base))
    done = 0
    for whole in _samples(start, choices, replace(settings, draws=base)):
        here = slice(done, done + whole.shape[2])
        scores[:, :, here] = whole[:, chosen]
        for k, sample in enumerate(whole):
            if len(rows) > 1:
                ranks = column_ranks(scale.published(sample[rows]))
                shifts[k, here] = np.abs(ranks - usual[rows, None]).mean(axis=0)
        done += whole.shape[2]
    rng = np.random.Generator(np.random.SFC64([settings.seed, 1]))
    return Sensitivity(
        choices=choices,
        runs=base * (len(choices) + 2),
        ranking=_of(shifts, rng) if len(rows) > 1 else None,
        scores={unit: _of(scores[:, k], rng) for k, unit in enumerate(of)},
    )


def _of(outcomes: FloatArray, rng: np.random.Generator) -> Sobol:
    return sobol(outcomes[0], outcomes[1], outcomes[2:], rng)


def _samples(start: Start, choices: tuple[str, ...], settings: DrawSettings) -> Iterator[Small]:
    """Chunk by chunk the scores in sample A, sample B and each mixture; samples x units x draws."""
    rng_a, rng_b = (np.random.Generator(np.random.SFC64([settings.seed, k])) for k in (2, 3))
    of_a, of_b = streams(settings.seed, start.units), streams(settings.seed + 1, start.units)
    together = groups(start)
    with ThreadPoolExecutor(WORKERS) as pool:
        for count in chunks(settings.draws):
            a, b = common(start, settings, rng_a, count), common(start, settings, rng_b, count)
            whole = np.empty((len(choices) + 2, len(start.units), count), dtype=np.float32)
            jobs = [
                pool.submit(_Batch(start, rows, (a, b), shares, (of_a, of_b)).fill, choices, whole)
                for rows, shares in batches(start, together, (a, b), pool)
            ]
            for job in jobs:
                job.result()
            yield whole


@dataclass(frozen=True, eq=False)
class _Batch:
    """A few units in one chunk of both samples."""

    start: Start
    rows: NDArray[np.intp]
    drawn: tuple[Common, Common]
    ready: tuple[Future[Shares], ...]
    streams: tuple[list[np.random.Generator], ...]

    def fill(self, choices: tuple[str, ...], whole: Small) -> None:
        """Scores in A, B and each mixture, into their places in `whole`.

        What a mixture shares with A is not worked out again: weights and rules leave the leaves as they are.
        """
        (a, b), (of_a, of_b), rows = self.drawn, (one.result() for one in self.ready), self.rows
        figures, block = room(self.start, len(rows), whole.shape[2])
        placed = self._placed(block.shape)

        def points(which: int, drawn: Common) -> None:
            placed_points(self.start, rows, drawn, placed[which], block)

        def scores(shares: Shares, drawn: Common) -> Small:
            put(self.start, block, figures)
            carry(self.start, rows, shares, figures)
            return top(self.start, shares, drawn, figures)

        place = {choice: k + 2 for k, choice in enumerate(choices)}
        points(1, b)
        whole[1, rows] = scores(of_b, b)
        points(0, a)
        whole[0, rows] = scores(of_a, a)
        if "other_rule" in place:
            whole[place["other_rule"], rows] = top(self.start, of_a, replace(a, other=b.other), figures)
        if "weights" in place:
            whole[place["weights"], rows] = scores(of_b, a)
        if "missing" in place:
            open_points(self.start, rows, b, block)
            whole[place["missing"], rows] = scores(of_a, a)
        if "goalposts" in place:
            points(0, replace(a, start=b.start, stretch=b.stretch))
            whole[place["goalposts"], rows] = scores(of_a, a)
        if "evidence" in place:
            points(1, a)
            whole[place["evidence"], rows] = scores(of_a, a)

    def _placed(self, shape: tuple[int, ...]) -> tuple[Small, Small]:
        """Values with their errors, as places on the way, in A and B; each units x leaves x draws."""
        found = []
        for generators in self.streams:
            part = np.zeros(shape, dtype=np.float32)
            if self.start.half_width.any():
                errors(self.rows, generators, part)
            erring(self.start, self.rows, part)
            found.append(part)
        return found[0], found[1]
