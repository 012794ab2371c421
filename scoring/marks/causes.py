"""How much of what happened does each of several causes explain? Shares that add up, in no order.

Let v(S) be the outcome when only the causes in S have happened. Between kinds of causes each gets its Shapley
value: the mean of what it adds over all orders in which the kinds could have happened. Within a kind of up to
`EXACT` causes so does each cause (together the Owen value); in a larger kind a cause gets the mean of what it
adds first and what it adds last, and the rest of the kind is divided equally among its causes. Either way the
shares do not depend on any order and add up to the whole change.
Source: L. S. Shapley, A value for n-person games (1953); G. Owen, Values of games with a priori unions (1977);
T. S. H. Driessen and Y. Funaki, Coincidence of and collinearity between game theoretic solutions (1991).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from itertools import combinations
from math import factorial
from typing import TypeVar

import numpy as np

from scoring.model import FloatArray

# Up to so many causes of one kind all 2^n sets are met.
EXACT = 6

Cause = TypeVar("Cause", bound=Hashable)


def shares(
    kinds: Mapping[str, Sequence[Cause]], outcome: Callable[[frozenset[Cause]], FloatArray]
) -> dict[Cause, FloatArray]:
    """Every cause's share of outcome(all) - outcome(none), in arrays as `outcome` gives them.

    `kinds` has the causes of each kind, each cause once; a kind without causes is passed over. `outcome` is
    asked once for every set that is needed.
    """
    seen: dict[frozenset[Cause], FloatArray] = {}

    def worth(happened: frozenset[Cause]) -> FloatArray:
        if happened not in seen:
            seen[happened] = outcome(happened)
        return seen[happened]

    groups = [tuple(causes) for causes in kinds.values() if causes]
    found: dict[Cause, FloatArray] = {}
    for mine in groups:
        others = [group for group in groups if group is not mine]
        for size in range(len(others) + 1):
            often = factorial(size) * factorial(len(others) - size) / factorial(len(others) + 1)
            for before in combinations(others, size):
                base = frozenset(cause for group in before for cause in group)
                for cause, part in _within(mine, base, worth).items():
                    found[cause] = found[cause] + often * part if cause in found else often * part
    return found


def _within(
    causes: tuple[Cause, ...], base: frozenset[Cause], worth: Callable[[frozenset[Cause]], FloatArray]
) -> dict[Cause, FloatArray]:
    """What each cause of one kind adds when the causes of `base` have happened."""
    n, everything = len(causes), base.union(causes)
    found: dict[Cause, FloatArray] = {}
    if n > EXACT:
        for cause in causes:
            first = worth(base | {cause}) - worth(base)
            last = worth(everything) - worth(everything - {cause})
            found[cause] = (first + last) / 2
        left = worth(everything) - worth(base) - sum(found.values(), np.zeros_like(worth(base)))
        return {cause: part + left / n for cause, part in found.items()}
    for cause in causes:
        others = [one for one in causes if one != cause]
        parts = [
            factorial(size)
            * factorial(n - 1 - size)
            / factorial(n)
            * (worth(with_it | {cause}) - worth(with_it))
            for size in range(n)
            for with_it in (base.union(some) for some in combinations(others, size))
        ]
        found[cause] = sum(parts, np.zeros_like(worth(base)))
    return found
