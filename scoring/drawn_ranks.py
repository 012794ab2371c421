"""What ranks do many draws give, and who is above whom in them? Kernels over published scores in whole grains."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

# Published scores as whole numbers, units x draws; equal ones are ties.
Grains = NDArray[np.int32]
Counts = NDArray[np.int64]


def wins(shown: Grains) -> Counts:
    """In how many columns each row is above each other row; rows x rows."""
    rows = shown.shape[0]
    counts = np.zeros((rows, rows), dtype=np.int64)
    for i in range(rows - 1):
        counts[i, i + 1 :] = np.count_nonzero(shown[i] > shown[i + 1 :], axis=1)
        counts[i + 1 :, i] = np.count_nonzero(shown[i] < shown[i + 1 :], axis=1)
    return counts


def add_counts(counts: NDArray[np.integer[Any]], values: Grains) -> None:
    """Adds to `counts` (rows x values 0, 1, ...) how often each row of `values` (rows x draws) holds each value."""
    lowest = values.min(axis=1, initial=counts.shape[1])
    for row, held, low in zip(counts, values - lowest[:, None], lowest.tolist(), strict=True):
        # Only where there is something: a row's scores take a small part of the scale, its ranks of all ranks.
        found = np.bincount(held)
        row[low : low + found.size] += found


def column_ranks(shown: Grains) -> NDArray[np.int32]:
    """The rank of every row in every column, 1 for the highest; rows x columns."""
    who, rank, bits = _ranked(shown)
    # Sorted back into the rows' order, the rank packed behind the row.
    who <<= who.dtype.type(bits)
    who |= rank
    who.sort(axis=1)
    who &= who.dtype.type((1 << bits) - 1)
    ranks = np.ascontiguousarray(who.T, dtype=np.int32)
    ranks += np.int32(1)
    return ranks


def _ranked(shown: Grains) -> tuple[NDArray[Any], NDArray[Any], int]:
    """Columns x places: which row stands at each place, best first, and its rank less 1.

    Both are whole numbers of one type, in which two of them fit beside each other; the third result is the
    bits that each takes.
    """
    rows = shown.shape[0]
    bits = max(int(rows - 1).bit_length(), 1)
    farthest = max(int(shown.max(initial=0)), -int(shown.min(initial=0)))
    size = max(farthest.bit_length() + bits + 1, 2 * bits)
    # Score and row packed into one number: sorting plain numbers is what processors do best.
    kind: type[np.int32] | type[np.int64] = np.int32 if size < 32 else np.int64
    place = np.arange(rows, dtype=kind)
    keys: NDArray[Any] = np.array(shown.T, dtype=kind, order="C")
    keys *= kind(-(1 << bits))
    keys += place
    keys.sort(axis=1)
    value = keys >> kind(bits)
    rank = np.zeros_like(keys)
    np.multiply(value[:, 1:] != value[:, :-1], place[1:], out=rank[:, 1:])
    np.maximum.accumulate(rank, axis=1, out=rank)
    keys &= kind((1 << bits) - 1)
    return keys, rank, bits
