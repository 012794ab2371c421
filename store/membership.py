"""What a city said for the membership check: versions of the whole, the last one counting.

Two people may say something at once: what they say of different facts is both kept, and of the same fact the slower
one's word stands beside the other's until somebody chooses.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select

from store.ids import fit, is_id, now
from store.room_tables import MEMBERSHIP_CHECKS
from store.words import Reader
from store.writing import Writing


@dataclass(frozen=True, slots=True)
class Beside:
    """What the slower one of two people said of a fact; nobody has chosen yet."""

    fact: str
    said: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Said:
    """One version of all that a city said: texts by fact, and what stands beside them.

    `changed` holds for every fact the version in which it was said last (not there: never).
    """

    city_id: str
    version: int
    facts: Mapping[str, str]
    changed: Mapping[str, int]
    beside: tuple[Beside, ...]
    by: str
    at: str


def said_by(reader: Reader, city_id: str) -> Said | None:
    """What counts now, None where nothing was ever said."""
    found = versions_said(reader, city_id, newest=1)
    return found[-1] if found else None


def versions_said(reader: Reader, city_id: str, newest: int | None = None) -> tuple[Said, ...]:
    """All versions, or the newest ones, the first one first."""
    if not is_id(city_id):
        return ()
    query = (
        select(MEMBERSHIP_CHECKS)
        .where(MEMBERSHIP_CHECKS.c.city_id == city_id)
        .order_by(MEMBERSHIP_CHECKS.c.version.desc())
        .limit(newest)
    )
    return tuple(map(_said, reversed(reader.execute(query).mappings().all())))


def put_fact(writing: Writing, city_id: str, fact: str, text: str, *, base: int) -> Said:
    """Say one fact ("" for nothing) on top of the version `base` in which it was said last (0: never).

    Returns what counts then. If somebody else said something of the same fact since, hers counts on and this stands
    beside it. ValueError for a version that the fact never had.
    """
    last = said_by(writing, city_id)
    facts = dict(last.facts) if last else {}
    changed = last.changed.get(fact, 0) if last else 0
    if facts.get(fact, "") == text:
        return last or Said(city_id, 0, {}, {}, (), writing.actor, now())
    if base > changed:
        raise ValueError(f"{fact} has no version {base}")
    if last is not None and base < changed:
        waits = any((one.fact, one.said) == (fact, text) for one in last.beside)
        # A page that was drawn earlier may bring back what stood there: nothing was said then.
        if waits or text == _text_at(writing, city_id, fact, base):
            return last
        mine = Beside(fact, fit(text), writing.actor, now())
        return _add(writing, last, facts, last.changed, (*_without(last.beside, fact), mine))
    return _say(writing, last or Said(city_id, 0, {}, {}, (), "", ""), fact, text)


def settle_fact(writing: Writing, city_id: str, fact: str, *, mine: bool, base: int) -> Said:
    """Let what stands beside a fact count, or leave what counts; then nothing stands beside it any more.

    ValueError where nothing does, or where another version came in since.
    """
    last = said_by(writing, city_id)
    waiting = [one for one in last.beside if one.fact == fact] if last else []
    if last is None or not waiting or last.version != base:
        raise ValueError(f"nothing stands beside {fact} at version {base}")
    if mine:
        return _say(writing, last, fact, waiting[0].said)
    return _add(writing, last, last.facts, last.changed, _without(last.beside, fact))


def _text_at(reader: Reader, city_id: str, fact: str, version: int) -> str:
    """What a version said of a fact, "" for nothing."""
    query = select(MEMBERSHIP_CHECKS).where(
        MEMBERSHIP_CHECKS.c.city_id == city_id, MEMBERSHIP_CHECKS.c.version == version
    )
    row = reader.execute(query).mappings().first()
    return _said(row).facts.get(fact, "") if row else ""


def _say(writing: Writing, last: Said, fact: str, text: str) -> Said:
    """The next version with one fact said anew; nothing waits beside it then."""
    rest = {name: said for name, said in last.facts.items() if name != fact}
    facts = {**rest, fit(fact): fit(text)} if text else rest
    return _add(writing, last, facts, {**last.changed, fact: last.version + 1}, _without(last.beside, fact))


def _add(
    writing: Writing,
    last: Said,
    facts: Mapping[str, str],
    changed: Mapping[str, int],
    beside: tuple[Beside, ...],
) -> Said:
    made = Said(last.city_id, last.version + 1, dict(facts), dict(changed), beside, writing.actor, now())
    said = {"facts": made.facts, "changed": made.changed, "beside": [asdict(one) for one in beside]}
    writing.add(
        MEMBERSHIP_CHECKS,
        {
            "city_id": made.city_id,
            "version": made.version,
            "said": json.dumps(said, sort_keys=True),
            "by": made.by,
            "at": made.at,
        },
    )
    return made


def _said(row: Mapping[Any, Any]) -> Said:
    said = json.loads(row["said"])
    beside = tuple(Beside(**one) for one in said["beside"])
    return Said(row["city_id"], row["version"], said["facts"], said["changed"], beside, row["by"], row["at"])


def _without(beside: tuple[Beside, ...], fact: str) -> tuple[Beside, ...]:
    return tuple(one for one in beside if one.fact != fact)
