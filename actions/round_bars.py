"""Whom a rule of eligibility keeps out of a ranking: one named bar a rule, and those who are out of the round.

What cannot be settled from the facts keeps nobody out; who is open stays in and is told so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from actions.round_eligibility import standings
from actions.round_read import Seen
from scoring.eligibility import OPEN
from scoring.eligibility_kinds import NOT_KNOWN
from scoring.model import BoolArray

# The bar of who has withdrawn, beside the award's rules.
WITHDRAWN = "withdrawn"


def bars(found: Seen, cities: Sequence[str]) -> Mapping[str, BoolArray]:
    """Rule -> which of some candidates it keeps out; rules that keep nobody out are left out, withdrawn ones last."""
    of = standings(found)
    told: dict[str, BoolArray] = {}
    for rule in found.award.eligibility:
        out = [
            city in of
            and not of[city].answer(rule.id).passes
            and of[city].answer(rule.id).outcome != NOT_KNOWN
            for city in cities
        ]
        if any(out):
            told[rule.id] = np.array(out)
    gone = np.array([city not in of for city in cities], dtype=bool)
    return {**told, WITHDRAWN: gone} if gone.any() else told


def still_open(found: Seen) -> frozenset[str]:
    """The candidates of whom only unknown facts stand in the way."""
    return frozenset(candidate for candidate, one in standings(found).items() if one.verdict == OPEN)
