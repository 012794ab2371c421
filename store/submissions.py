"""Assessments as they were handed in: frozen with what was judged, by which rules, and what came out."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from store.acts import OWN_COMPUTER, Act
from store.engine import Store
from store.ids import is_id, new_id, now
from store.log import Head
from store.rows import sha256
from store.tables import CITY_LINKS, LOG, SUBMISSIONS, UPLOADS
from store.writing import Writing


@dataclass(frozen=True, slots=True)
class Judged:
    """What an upload was judged by and what came out: `scores` is canonical JSON with every digit."""

    framework: str
    edition: str
    framework_sha256: str
    engine: str
    scores: str


@dataclass(frozen=True, slots=True)
class Submission:
    """One assessment as it was handed in."""

    id: str
    at: str
    actor: str
    upload_id: str
    city_id: str
    framework: str
    edition: str
    framework_sha256: str
    engine: str
    file_sha256: str
    reading_sha256: str
    scores: str
    scores_sha256: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What whoever hands in keeps: with the head (number and first digits of the log's last line) all can be proved."""

    submission_id: str
    at: str
    scores_sha256: str
    head: str


_COLUMNS = tuple(SUBMISSIONS.c[name] for name in Submission.__slots__)


def submit(store: Store, upload_id: str, judged: Judged, *, actor: str = OWN_COMPUTER) -> Receipt:
    """Freeze the assessment of an upload; LookupError if it is not kept, StoreError if it cannot be kept."""
    if not is_id(upload_id):
        raise LookupError(upload_id)
    with store.writing(Act(actor, "submit", "upload", upload_id)) as writing:
        made = submit_in(writing, upload_id, judged)
    return Receipt(made.id, made.at, made.scores_sha256, str(writing.head))


def submit_in(writing: Writing, upload_id: str, judged: Judged) -> Submission:
    """The same within a transaction that is open, whose line names the submission; LookupError if it is not kept."""
    upload = writing.execute(
        select(UPLOADS.c.sha256, UPLOADS.c.reading_sha256).where(UPLOADS.c.id == upload_id)
    ).first()
    if upload is None:
        raise LookupError(upload_id)
    city = writing.execute(
        select(CITY_LINKS.c.city_id)
        .where(CITY_LINKS.c.upload_id == upload_id)
        .order_by(CITY_LINKS.c.sequence.desc())
        .limit(1)
    ).scalar()
    made = Submission(
        id=new_id(),
        at=now(),
        actor=writing.actor,
        upload_id=upload_id,
        city_id=city or "",
        framework=judged.framework,
        edition=judged.edition,
        framework_sha256=judged.framework_sha256,
        engine=judged.engine,
        file_sha256=upload.sha256,
        reading_sha256=upload.reading_sha256,
        scores=judged.scores,
        scores_sha256=sha256(judged.scores),
    )
    writing.add(SUBMISSIONS, {name: getattr(made, name) for name in Submission.__slots__})
    writing.detail(submission=made.id)
    return made


def receipt_of(connection: Connection, submission_id: str) -> Receipt | None:
    """The receipt that was given for a submission, None if there is no such one."""
    if not is_id(submission_id):
        return None
    query = select(SUBMISSIONS.c.at, SUBMISSIONS.c.scores_sha256).where(SUBMISSIONS.c.id == submission_id)
    made = connection.execute(query).first()
    line = connection.execute(
        select(LOG.c.number, LOG.c.mac).where(
            LOG.c.detail.contains(f'"submission":"{submission_id}"', autoescape=True)
        )
    ).first()
    if made is None or line is None:
        return None
    return Receipt(submission_id, made.at, made.scores_sha256, str(Head(line.number, line.mac)))


def submissions_in(connection: Connection, upload_id: str = "") -> tuple[Submission, ...]:
    """All submissions, or those of one upload, in the order they were made."""
    query = select(*_COLUMNS).order_by(SUBMISSIONS.c.sequence)
    if upload_id:
        query = query.where(SUBMISSIONS.c.upload_id == upload_id)
    return tuple(Submission(*row) for row in connection.execute(query))


def submissions_of(store: Store, upload_id: str) -> tuple[Submission, ...]:
    """The submissions of one upload, in the order they were made."""
    if not is_id(upload_id):
        return ()
    with store.reading() as connection:
        return submissions_in(connection, upload_id)
