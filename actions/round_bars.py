"""Whom a rule of eligibility keeps out of a ranking: one named bar a rule, and those who are out of the round.

What cannot be settled from the facts keeps nobody out; who is open stays in and is told so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from actions.round_facts import EXCEPTION, Candidate, candidates
from actions.round_read import Seen
from scoring.eligibility import OPEN, GrantedException, Standing, evaluate
from scoring.eligibility import Candidate as Asked
from scoring.eligibility_kinds import NOT_KNOWN
from scoring.model import BoolArray

# The bar of who has withdrawn, beside the award's rules.
WITHDRAWN = "withdrawn"


def standings(found: Seen) -> tuple[Standing, ...]:
    """What every rule says of every candidate that the viewer sees, in their order.

    A fact that cannot be read counts as not known.
    """
    asked = [_asked(one) for one in candidates(found.now)]
    exceptions = _exceptions(found)
    award, dates = found.award, days(found)
    try:
        return evaluate(award.eligibility, asked, dates, award.past, award.states, exceptions)
    except ValueError:
        asked = [_readable(found, one) for one in asked]
        return evaluate(award.eligibility, asked, dates, award.past, award.states, exceptions)


def days(found: Seen) -> Mapping[str, dt.date]:
    """The round's days: as set for it, else as the award says."""
    chosen = {}
    for name, text in found.settings.dates.items():
        try:
            chosen[name] = dt.date.fromisoformat(text)
        except ValueError:
            continue
    return {**found.award.dates, **chosen}


def bars(found: Seen, cities: Sequence[str]) -> Mapping[str, BoolArray]:
    """Rule -> which of some candidates it keeps out; rules that keep nobody out are left out, withdrawn ones last."""
    of = {one.candidate: one for one in standings(found)}
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
    return frozenset(one.candidate for one in standings(found) if one.verdict == OPEN)


def _asked(one: Candidate) -> Asked:
    facts = {name: str(value) for name, value in one.facts.items()}
    return Asked(one.id, (one.name,), one.country, facts, one.awarded_as, one.sources)


def _readable(found: Seen, one: Asked) -> Asked:
    """The same without what no rule can read."""
    award, dates = found.award, days(found)
    for rule in award.eligibility:
        try:
            evaluate([rule], [one], dates, award.past, award.states)
        except ValueError:
            facts = {name: value for name, value in one.facts.items() if name != rule.fact}
            one = replace(one, facts=facts, awarded_as=None if rule.fact == "name" else one.awarded_as)
    return one


def _exceptions(found: Seen) -> Mapping[str, Sequence[GrantedException]]:
    """Candidate -> the exceptions that hold, as they stand in the round."""
    granted: dict[str, list[GrantedException]] = {}
    within = {one.id for one in candidates(found.now)}
    rules = {one.id for one in found.award.eligibility}
    for (kind, key), entry in found.now.items():
        if kind != EXCEPTION:
            continue
        candidate, rule = key.split(":")
        reason = str(entry.said.get("reason", "")).strip()
        if reason and candidate in within and rule in rules and entry.said.get("granted", True):
            at = dt.datetime.fromisoformat(entry.at)
            granted.setdefault(candidate, []).append(GrantedException(rule, reason, entry.by, at))
    return granted
