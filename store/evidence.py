"""What stands behind the answers of an assessment: links and files, and whether they still hold.

The bytes of a file stand among the contents, kept once however often they come. A piece is never changed: it is
withdrawn, and another one is given.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from store.contents import keep_bytes
from store.ids import fit, is_id, new_id, now
from store.room_tables import ASSESSMENTS, EVIDENCE, EVIDENCE_STATES
from store.words import Reader
from store.writing import Writing

LINK, FILE = KINDS = ("link", "file")
# How a piece stands; without a step it is given.
GIVEN, TO_CONFIRM, CONFIRMED, WITHDRAWN = "given", "to_confirm", "confirmed", "withdrawn"
_STATES = (TO_CONFIRM, CONFIRMED, WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A link or a file behind one answer, and where in it to look.

    `link` is "" for a file, `name`, `media`, `sha256` and `size` are of the file. `from_id` is the piece of an earlier
    assessment that it was taken over from. `state` is how it stands, at `version`, and `why` what was said with it.
    """

    id: str
    assessment_id: str
    field: str
    kind: str
    link: str
    name: str
    media: str
    sha256: str
    size: int
    pointer: str
    from_id: str
    by: str
    at: str
    state: str = GIVEN
    version: int = 0
    why: str = ""

    @property
    def counts(self) -> bool:
        """Whether it stands behind its answer: given or confirmed, not waiting and not withdrawn."""
        return self.state in (GIVEN, CONFIRMED)


class SettledMeanwhileError(Exception):
    """Somebody else has confirmed or withdrawn this piece since: `.evidence` is how it stands now."""

    def __init__(self, evidence: Evidence) -> None:
        super().__init__(f"the piece is at version {evidence.version}: {evidence.state}")
        self.evidence = evidence


_NAMES = tuple(name for name in Evidence.__slots__ if name not in ("state", "version", "why"))
_COLUMNS = tuple(EVIDENCE.c[name] for name in _NAMES)


def give_link(writing: Writing, assessment_id: str, field: str, link: str, pointer: str) -> Evidence:
    """A link behind an answer."""
    return _add(writing, assessment_id, field, LINK, pointer, link=link)


def give_file(
    writing: Writing, assessment_id: str, field: str, name: str, media: str, data: bytes, pointer: str
) -> Evidence:
    """A file behind an answer; the same bytes are kept once."""
    digest = keep_bytes(writing, data)
    return _add(
        writing, assessment_id, field, FILE, pointer, name=name, media=media, sha256=digest, size=len(data)
    )


def _add(
    writing: Writing,
    assessment_id: str,
    field: str,
    kind: str,
    pointer: str,
    *,
    link: str = "",
    name: str = "",
    media: str = "",
    sha256: str = "",
    size: int = 0,
    from_id: str = "",
) -> Evidence:
    made = Evidence(
        new_id(),
        assessment_id,
        fit(field),
        kind,
        fit(link),
        fit(name),
        media,
        sha256,
        size,
        fit(pointer),
        from_id,
        writing.actor,
        now(),
    )
    writing.add(EVIDENCE, {one: getattr(made, one) for one in _NAMES})
    return made


def set_state(writing: Writing, one: Evidence, state: str, why: str = "", *, base: int) -> None:
    """Confirm or withdraw a piece on top of version `base` of how it stands; SettledMeanwhileError."""
    if state not in _STATES:
        raise ValueError(f"{state!r} is nothing that becomes of evidence: {', '.join(_STATES)}")
    found = piece(writing, one.id)
    if found is None:
        raise LookupError(one.id)
    if found.version != base:
        raise SettledMeanwhileError(found)
    row = {
        "evidence_id": one.id,
        "version": base + 1,
        "state": state,
        "why": fit(why),
        "by": writing.actor,
        "at": now(),
    }
    writing.add(EVIDENCE_STATES, row)


def carry_over(writing: Writing, from_id: str, to_id: str) -> int:
    """Take the evidence of an earlier assessment over, each piece to be confirmed; returns how many were taken.

    What was withdrawn stays behind, and what was taken over before is not taken again.
    """
    known = {one.from_id for one in evidence_of(writing, to_id)}
    taken = [one for one in evidence_of(writing, from_id) if one.state != WITHDRAWN and one.id not in known]
    for one in taken:
        made = _add(
            writing,
            to_id,
            one.field,
            one.kind,
            one.pointer,
            link=one.link,
            name=one.name,
            media=one.media,
            sha256=one.sha256,
            size=one.size,
            from_id=one.id,
        )
        set_state(writing, made, TO_CONFIRM, base=0)
    return len(taken)


def evidence_of(
    reader: Reader, assessment_id: str, until: tuple[int, int] | None = None
) -> tuple[Evidence, ...]:
    """The evidence of an assessment in the order it was given, and how each piece stands.

    `until` are the numbers of the last piece and of the last step that count: as it stood when it was handed in.
    """
    if not is_id(assessment_id):
        return ()
    pieces = select(*_COLUMNS).where(EVIDENCE.c.assessment_id == assessment_id)
    steps = (
        select(
            EVIDENCE_STATES.c.evidence_id,
            EVIDENCE_STATES.c.state,
            EVIDENCE_STATES.c.version,
            EVIDENCE_STATES.c.why,
        )
        .join(EVIDENCE, EVIDENCE.c.id == EVIDENCE_STATES.c.evidence_id)
        .where(EVIDENCE.c.assessment_id == assessment_id)
    )
    if until is not None:
        pieces = pieces.where(EVIDENCE.c.sequence <= until[0])
        steps = steps.where(EVIDENCE_STATES.c.sequence <= until[1])
    last = {row[0]: tuple(row[1:]) for row in reader.execute(steps.order_by(EVIDENCE_STATES.c.version))}
    return tuple(
        Evidence(*row, *last.get(row.id, ())) for row in reader.execute(pieces.order_by(EVIDENCE.c.sequence))
    )


def piece(reader: Reader, evidence_id: str) -> Evidence | None:
    """One piece of evidence and how it stands, None if there is none of this id."""
    if not is_id(evidence_id):
        return None
    row = reader.execute(select(*_COLUMNS).where(EVIDENCE.c.id == evidence_id)).first()
    if row is None:
        return None
    step = reader.execute(
        select(EVIDENCE_STATES.c.state, EVIDENCE_STATES.c.version, EVIDENCE_STATES.c.why)
        .where(EVIDENCE_STATES.c.evidence_id == evidence_id)
        .order_by(EVIDENCE_STATES.c.version.desc())
        .limit(1)
    ).first()
    return Evidence(*row, *(step or ()))


def files_of_city(reader: Reader, city_id: str) -> tuple[int, int]:
    """How many different files stand behind a city's answers in all years, and their bytes together."""
    files = (
        select(EVIDENCE.c.sha256, func.max(EVIDENCE.c.size).label("size"))
        .join(ASSESSMENTS, ASSESSMENTS.c.id == EVIDENCE.c.assessment_id)
        .where(ASSESSMENTS.c.city_id == city_id, EVIDENCE.c.kind == FILE)
        .group_by(EVIDENCE.c.sha256)
        .subquery()
    )
    row = reader.execute(
        select(func.count(), func.coalesce(func.sum(files.c.size), 0)).select_from(files)
    ).one()
    return int(row[0]), int(row[1])


def evidence_files(
    reader: Reader, digests: Collection[str] | None = None
) -> tuple[tuple[str, str, str, str], ...]:
    """Every piece that is a file: hash, id, media and who gave it; those of some hashes where they are named."""
    query = select(EVIDENCE.c.sha256, EVIDENCE.c.id, EVIDENCE.c.media, EVIDENCE.c.by).where(
        EVIDENCE.c.kind == FILE
    )
    if digests is not None:
        query = query.where(EVIDENCE.c.sha256.in_(digests))
    return tuple(tuple(row) for row in reader.execute(query.order_by(EVIDENCE.c.sequence)))
