"""Where an assessment stands: every step it took, in order, and how far the tables had come when it was handed in.

Who moves an assessment says which version of its state she saw: of two people only one moves it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Table, func, select

from store.ids import AT_ONCE, batched, is_id, now
from store.room_tables import ASSESSMENT_STATES, ASSESSMENTS, EVIDENCE, EVIDENCE_STATES, RECORD_ENTRIES
from store.words import Reader
from store.writing import Writing

DRAFT, CHECKED, SIGNED = "draft", "checked", "signed"
SUBMITTED, RETURNED, RESUBMITTED, ACCEPTED = "submitted", "returned", "resubmitted", "accepted"
STATES = (DRAFT, CHECKED, SIGNED, SUBMITTED, RETURNED, RESUBMITTED, ACCEPTED)
# In which the record may be changed; in all others it stands still.
OPEN = (DRAFT, CHECKED)
# What stands still with an assessment that is handed in; their rows are only added, so a number says which were there.
_FROZEN: tuple[Table, ...] = (RECORD_ENTRIES, EVIDENCE, EVIDENCE_STATES)
_UNTIL = "until"
ENTRIES, PIECES, STEPS = (table.name for table in _FROZEN)


@dataclass(frozen=True, slots=True)
class State:
    """One step: which version of the state it made, what it is, by whom and when; version 0 is a draft just begun.

    `upload_id` is the workbook that was signed, `submission_id` what was handed in, `detail` what was said with it.
    """

    assessment_id: str
    version: int
    state: str
    upload_id: str
    submission_id: str
    detail: Mapping[str, Any]
    by: str
    at: str

    def until(self, table: str) -> int | None:
        """The number of the last row of a table that was there when this was handed in, None for another step."""
        found = self.detail.get(_UNTIL, {}).get(table)
        return None if found is None else int(found)


class MovedMeanwhileError(Exception):
    """Somebody else moved the assessment since: `.state` is where it stands now."""

    def __init__(self, state: State) -> None:
        super().__init__(f"the state is at version {state.version}: {state.state}")
        self.state = state


_COLUMNS = tuple(ASSESSMENT_STATES.c[name] for name in State.__slots__)


def trail(reader: Reader, assessment_id: str) -> tuple[State, ...]:
    """Every step of an assessment, the first one first; none for a draft that was never moved."""
    return trails(reader, (assessment_id,)).get(assessment_id, ())


def trails(reader: Reader, assessment_ids: Collection[str]) -> Mapping[str, tuple[State, ...]]:
    """The same for many assessments at once; those that were never moved are left out."""
    found: dict[str, list[State]] = {}
    for some in batched([one for one in assessment_ids if is_id(one)], AT_ONCE):
        rows = reader.execute(
            select(*_COLUMNS)
            .where(ASSESSMENT_STATES.c.assessment_id.in_(some))
            .order_by(ASSESSMENT_STATES.c.version)
        )
        for row in rows:
            found.setdefault(row.assessment_id, []).append(_state(row))
    return {one: tuple(steps) for one, steps in found.items()}


def state_of(reader: Reader, assessment_id: str) -> State:
    """Where an assessment stands now."""
    steps = trail(reader, assessment_id)
    return steps[-1] if steps else State(assessment_id, 0, DRAFT, "", "", {}, "", "")


def handed_in(reader: Reader, assessment_id: str) -> State | None:
    """The step with which an assessment was handed in last, None if it never was."""
    return next((one for one in reversed(trail(reader, assessment_id)) if one.submission_id), None)


def handed_in_among(reader: Reader, assessment_ids: Collection[str]) -> frozenset[str]:
    """Those of some assessments that were ever handed in."""
    query = select(ASSESSMENT_STATES.c.assessment_id).where(
        ASSESSMENT_STATES.c.submission_id != "", ASSESSMENT_STATES.c.assessment_id.in_(assessment_ids)
    )
    return frozenset(reader.execute(query).scalars())


def all_handed_in(reader: Reader) -> tuple[tuple[str, str], ...]:
    """Every assessment that was ever handed in and its city, the latest year first."""
    query = (
        select(ASSESSMENTS.c.id, ASSESSMENTS.c.city_id)
        .where(
            ASSESSMENTS.c.id.in_(
                select(ASSESSMENT_STATES.c.assessment_id).where(ASSESSMENT_STATES.c.submission_id != "")
            )
        )
        .order_by(ASSESSMENTS.c.year.desc(), ASSESSMENTS.c.sequence.desc())
    )
    return tuple((row.id, row.city_id) for row in reader.execute(query))


def move(
    writing: Writing,
    assessment_id: str,
    state: str,
    *,
    base: int,
    upload_id: str = "",
    submission_id: str = "",
    detail: Mapping[str, Any] | None = None,
) -> State:
    """Bring an assessment to a state on top of version `base`; MovedMeanwhileError if that is not the last any more.

    What is handed in (with a `submission_id`) notes how far record and evidence had come.
    """
    if state not in STATES:
        raise ValueError(f"{state!r} is no state of an assessment: {', '.join(STATES)}")
    last = state_of(writing, assessment_id)
    if last.version != base:
        raise MovedMeanwhileError(last)
    said = dict(detail or {})
    if submission_id:
        said[_UNTIL] = {
            table.name: writing.execute(select(func.max(table.c.sequence))).scalar() or 0 for table in _FROZEN
        }
    made = State(assessment_id, base + 1, state, upload_id, submission_id, said, writing.actor, now())
    row = {name: getattr(made, name) for name in State.__slots__}
    writing.add(ASSESSMENT_STATES, {**row, "detail": json.dumps(said, sort_keys=True)})
    return made


def _state(row: Row[Any]) -> State:
    return State(**{**row._mapping, "detail": json.loads(row.detail)})
