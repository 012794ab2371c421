"""In which order are cities discussed, so that as few people as possible leave the room and come back?

Everybody is in the room before the first city and after the last. Between two cities those move who are kept out of
one of them alone:

    comings and goings = |out of the first| + sum of |out of a city, xor out of the next| + |out of the last|

Cities with the same people outside stand together, so only the different sets are put in order: up to EXACT of them
by dynamic programming over subsets, beyond by always taking the nearest next one and then turning parts of the way
round for as long as that saves moves.
Source: M. Held and R. M. Karp, A dynamic programming approach to sequencing problems, Journal of SIAM 10 (1962);
G. A. Croes, A method for solving traveling-salesman problems, Operations Research 6 (1958).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

# So many different sets of people outside are put in order exactly; more would take too long.
EXACT = 9
_NOBODY: frozenset[str] = frozenset()


def moves(out: Sequence[frozenset[str]]) -> int:
    """How often somebody leaves or comes back where cities are discussed in this order."""
    whole = (_NOBODY, *out, _NOBODY)
    return sum(len(one ^ then) for one, then in pairwise(whole))


def discussion_order(out: Sequence[frozenset[str]]) -> tuple[int, ...]:
    """Positions in the order of fewest moves; among cities with the same people outside the order given is kept.

    `out` says for each city who is kept out of it.
    """
    sets = list(dict.fromkeys(out))
    way = _exact(sets) if len(sets) <= EXACT else _near(sets)
    return tuple(place for one in way for place, outside in enumerate(out) if outside == sets[one])


def _exact(sets: Sequence[frozenset[str]]) -> tuple[int, ...]:
    """The best way through all sets; of equally good ones the one that comes first by the numbers of the sets."""
    # (sets that are done, the last of them) -> moves so far and the way.
    best: dict[tuple[int, int], tuple[int, tuple[int, ...]]] = {
        (1 << one, one): (len(outside), (one,)) for one, outside in enumerate(sets)
    }
    for _ in range(len(sets) - 1):
        longer: dict[tuple[int, int], tuple[int, tuple[int, ...]]] = {}
        for (done, last), (count, way) in best.items():
            for then, outside in enumerate(sets):
                if done >> then & 1:
                    continue
                key = (done | 1 << then, then)
                found = (count + len(sets[last] ^ outside), (*way, then))
                if key not in longer or found < longer[key]:
                    longer[key] = found
        best = longer
    ends = ((count + len(sets[last]), way) for (_, last), (count, way) in best.items())
    return min(ends, default=(0, ()))[1]


def _near(sets: Sequence[frozenset[str]]) -> tuple[int, ...]:
    left, way, here = list(range(len(sets))), [], _NOBODY
    while left:
        then = min(left, key=lambda one: (len(sets[one] ^ here), one))
        left.remove(then)
        way.append(then)
        here = sets[then]
    shorter = True
    while shorter:
        shorter = False
        for first in range(len(way)):
            for last in range(first + 1, len(way)):
                turned = way[:first] + way[first : last + 1][::-1] + way[last + 1 :]
                if moves([sets[one] for one in turned]) < moves([sets[one] for one in way]):
                    way, shorter = turned, True
    return tuple(way)
