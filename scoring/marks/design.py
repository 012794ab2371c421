"""Can severity be told from quality? Who marked whom as a graph, and how firmly it hangs together.

With z the jurors of a city, the information about the jurors' differences is C = sum over cities of
diag(z) - z z' / n. Its smallest eigenvalue is 0; the second is 0 exactly where the graph falls apart, and
otherwise the larger the better the worst-known difference is known (E-optimality).
Source: J. A. Eccleston and A. Hedayat, On the theory of connected designs, Annals of Statistics 2 (1974).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.model import BoolArray, FloatArray


@dataclass(frozen=True, eq=False)
class Design:
    """`load` is the number of each juror's cities, `jurors` that of each city's jurors.

    `group` (jurors) numbers the parts into which the graph falls, 0 for the first juror's, -1 for a juror
    without cities. `shared` is jurors x jurors: the cities they have in common. `second` is the
    second-smallest eigenvalue of C.
    """

    load: NDArray[np.int64]
    jurors: NDArray[np.int64]
    group: NDArray[np.int64]
    shared: NDArray[np.int64]
    second: float

    @property
    def groups(self) -> int:
        """Into how many parts the graph falls; 1 is connected."""
        return int(self.group.max(initial=-1)) + 1

    @property
    def connected(self) -> bool:
        """Whether any two jurors hang together by cities that others marked too."""
        return self.groups == 1


def design(reached: BoolArray) -> Design:
    """The design of who marked whom, jurors x cities; jurors without cities take no part in it."""
    load, count = reached.sum(axis=1), reached.sum(axis=0)
    shared = reached.astype(np.int64) @ reached.T.astype(np.int64)
    group = np.full(len(reached), -1, dtype=np.int64)
    for j in np.flatnonzero(load):
        if group[j] < 0:
            mine = np.zeros(len(reached), dtype=bool)
            mine[j] = True
            while True:
                grown = np.asarray((shared[mine] > 0).any(axis=0))
                if (grown == mine).all():
                    break
                mine = grown
            group[mine] = group.max(initial=-1) + 1
    return Design(load.astype(np.int64), count.astype(np.int64), group, shared, second(reached[load > 0]))


def information(reached: BoolArray) -> FloatArray:
    """C, jurors x jurors."""
    z = reached[:, reached.any(axis=0)].astype(float)
    matrix: FloatArray = np.diag(z.sum(axis=1)) - (z / z.sum(axis=0)) @ z.T
    return matrix


def second(reached: BoolArray) -> float:
    """The second-smallest eigenvalue of C; 0 with fewer than two jurors."""
    if len(reached) < 2:
        return 0.0
    value = float(np.linalg.eigvalsh(information(reached))[1])
    return value if value > 1e-9 else 0.0
