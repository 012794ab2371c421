"""Every version of every answer: what it was, what it became, who said so, why, and from which file and cell.

Versions are counted for each city and code; of an upload that is of no known city, for the upload itself.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select

from scoring.model import Observation, Reading
from store.engine import Store
from store.ids import fit, is_id, now
from store.tables import ANSWERS
from store.writing import Writing

# Why an answer changed; a decision adds what was decided.
UPLOADED, DECIDED, MOVED = "uploaded", "decided", "moved"
# What makes an answer another one; where it stands and how it was written does not.
_SAID = ("value", "state", "year", "grade", "source", "link", "remark", "raw")
# Made once: a city has some eighty answers, and each is compared whenever one is saved.
_TEXT = json.JSONEncoder(sort_keys=True)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an answer; `old` and `new` are JSON, "" where there was or is no answer."""

    subject: str
    code: str
    version: int
    old: str
    new: str
    actor: str
    why: str
    upload_id: str
    sheet: str
    cell: str
    at: str


# The last version of each answer of a subject, found by the index however long the history is.
_EARLIER = ANSWERS.alias()
_LAST = select(ANSWERS.c.code, ANSWERS.c.version, ANSWERS.c.new).where(
    ANSWERS.c.subject == bindparam("subject"),
    ANSWERS.c.version
    == select(func.max(_EARLIER.c.version))
    .where(_EARLIER.c.subject == ANSWERS.c.subject, _EARLIER.c.code == ANSWERS.c.code)
    .correlate(ANSWERS)
    .scalar_subquery(),
)
_COLUMNS = tuple(ANSWERS.c[name] for name in Version.__slots__)


def versions_of(store: Store, subject: str, code: str = "") -> tuple[Version, ...]:
    """All versions of the answers of a city (or of an upload of no city), in the order they were made."""
    if not is_id(subject):
        return ()
    query = select(*_COLUMNS).where(ANSWERS.c.subject == subject).order_by(ANSWERS.c.sequence)
    if code:
        query = query.where(ANSWERS.c.code == fit(code))
    with store.reading() as connection:
        return tuple(Version(*row) for row in connection.execute(query))


def record(
    writing: Writing,
    subject: str,
    upload_id: str,
    reading: Reading | None,
    why: str,
    areas: Collection[str] | None = None,
) -> int:
    """Add a version for every answer that differs from the last one of its subject; returns how many.

    `reading` is what the upload says, None where nothing is said any more. It says nothing about measurements outside
    `areas`, the first parts of their codes (None: it speaks of all), so that those stay as they are.
    """
    last: dict[str, Any] = {row.code: row for row in writing.execute(_LAST, {"subject": subject}).all()}
    said = {} if reading is None else _answers(reading)
    at, rows = now(), []
    silent = [
        code for code in last if code not in said and (areas is None or code.partition(".")[0] in areas)
    ]
    for code in (*said, *silent):
        before = last[code].new if code in last else ""
        answer = said.get(code)
        after = _as_text(answer) if answer else ""
        if before != after:
            rows.append(
                {
                    "subject": subject,
                    "code": code,
                    "version": last[code].version + 1 if code in last else 1,
                    "old": before,
                    "new": after,
                    "actor": writing.actor,
                    "why": fit(why),
                    "upload_id": upload_id,
                    "sheet": fit(answer.place.sheet) if answer else "",
                    "cell": fit(answer.place.cell) if answer else "",
                    "at": at,
                }
            )
    writing.add(ANSWERS, *rows)
    return len(rows)


def _answers(reading: Reading) -> Mapping[str, Observation]:
    """Everything that says something: measurements by their code, ratings by declaration and theme."""
    rows = {**reading.observations, **reading.ratings}
    return {
        fit(code): row
        for code, row in rows.items()
        if row.value is not None or row.state or row.raw or row.remark or row.series_break
    }


def _as_text(answer: Observation) -> str:
    """An answer as JSON; plain ASCII, so that every database holds it."""
    said = {name: getattr(answer, name) for name in _SAID}
    if answer.series_break:
        # Left out where there is none, as it was before there was such a column: the same answer is no new version.
        said["series_break"] = answer.series_break
    return _TEXT.encode(said)
