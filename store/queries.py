"""Questions of reviewers at the answers of an assessment, and what is said to them; words are added, none replaced."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from store.ids import AT_ONCE, batched, fit, is_id, new_id, now
from store.room_tables import QUERIES, QUERY_REPLIES
from store.words import Reader
from store.writing import Writing

# What is said in a thread: by the city, by a reviewer, and what a reviewer decides.
REPLY, REMARK, SETTLED, REOPENED = KINDS = ("reply", "remark", "settled", "reopened")
# How a question stands: it waits for the city, for a reviewer, or for nobody.
OPEN, ANSWERED = "open", "answered"


@dataclass(frozen=True, slots=True)
class Word:
    """One thing said in a thread: its kind, the text, by whom and when."""

    kind: str
    text: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Query:
    """One question with its thread; `field` is the answer that it is asked at, "" for the whole."""

    id: str
    assessment_id: str
    field: str
    text: str
    by: str
    at: str
    words: tuple[Word, ...] = ()

    @property
    def state(self) -> str:
        """How it stands: "open" waits for the city, "answered" for a reviewer, "settled" for nobody."""
        said = self.words[-1].kind if self.words else REOPENED
        decided = [one.kind for one in self.words if one.kind in (SETTLED, REOPENED)]
        if decided and decided[-1] == SETTLED:
            return SETTLED
        return ANSWERED if said == REPLY else OPEN


_QUERY = tuple(QUERIES.c[name] for name in ("id", "assessment_id", "field", "text", "by", "at"))
_WORD = tuple(QUERY_REPLIES.c[name] for name in Word.__slots__)


def ask(writing: Writing, assessment_id: str, field: str, text: str) -> Query:
    """A new question at an answer, or about the whole."""
    made = Query(new_id(), assessment_id, fit(field), fit(text), writing.actor, now())
    writing.add(QUERIES, {column.name: getattr(made, column.name) for column in _QUERY})
    return made


def say_to(writing: Writing, query_id: str, kind: str, text: str) -> None:
    """Add to a thread; several people may at once, and all of it stays."""
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is nothing that is said to a question: {', '.join(KINDS)}")
    row = {"query_id": query_id, "kind": kind, "text": fit(text), "by": writing.actor, "at": now()}
    writing.add(QUERY_REPLIES, row)


def query(reader: Reader, query_id: str) -> Query | None:
    """One question with its thread, None if there is none of this id."""
    if not is_id(query_id):
        return None
    row = reader.execute(select(*_QUERY).where(QUERIES.c.id == query_id)).first()
    if row is None:
        return None
    words = reader.execute(
        select(*_WORD).where(QUERY_REPLIES.c.query_id == query_id).order_by(QUERY_REPLIES.c.sequence)
    )
    return Query(**row._mapping, words=tuple(Word(*one) for one in words))


def queries(reader: Reader, assessment_id: str) -> tuple[Query, ...]:
    """The questions of an assessment with their threads, in the order they were asked."""
    return queries_among(reader, (assessment_id,)).get(assessment_id, ())


def queries_among(reader: Reader, assessment_ids: Collection[str]) -> Mapping[str, tuple[Query, ...]]:
    """The same for many assessments at once; those without a question are left out."""
    found: dict[str, list[Query]] = {}
    for some in batched([one for one in assessment_ids if is_id(one)], AT_ONCE):
        said = _words(reader, some)
        rows = reader.execute(
            select(*_QUERY).where(QUERIES.c.assessment_id.in_(some)).order_by(QUERIES.c.sequence)
        )
        for row in rows:
            made = Query(**row._mapping, words=tuple(said.get(row.id, ())))
            found.setdefault(row.assessment_id, []).append(made)
    return {one: tuple(asked) for one, asked in found.items()}


def _words(reader: Reader, assessment_ids: Collection[str]) -> Mapping[str, list[Word]]:
    found: dict[str, list[Word]] = {}
    rows = reader.execute(
        select(QUERY_REPLIES.c.query_id, *_WORD)
        .join(QUERIES, QUERIES.c.id == QUERY_REPLIES.c.query_id)
        .where(QUERIES.c.assessment_id.in_(assessment_ids))
        .order_by(QUERY_REPLIES.c.sequence)
    )
    for query_id, *word in rows:
        found.setdefault(query_id, []).append(Word(*word))
    return found
