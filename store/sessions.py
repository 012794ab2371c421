"""Sessions: who is signed in since when and until when. Of a token only the hash is kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Select, bindparam, delete, func, insert, select, update

from store.ids import new_id
from store.people_tables import PERSON_STATES, SESSION_ENDS, SESSION_SEEN, SESSIONS, SIGN_IN_TRIES
from store.words import Reader
from store.writing import Writing

_FORGOTTEN = dt.timedelta(days=2)


_NEWEST_STATE = (
    select(func.max(PERSON_STATES.c.sequence))
    .where(PERSON_STATES.c.person_id == SESSIONS.c.person_id)
    .correlate(SESSIONS)
    .scalar_subquery()
)
_QUERY = (
    select(
        SESSIONS,
        SESSION_SEEN.c.at.label("seen"),
        SESSION_ENDS.c.sequence.label("ended"),
        PERSON_STATES.c.active,
    )
    .outerjoin(SESSION_SEEN, SESSION_SEEN.c.session_id == SESSIONS.c.id)
    .outerjoin(SESSION_ENDS, SESSION_ENDS.c.session_id == SESSIONS.c.id)
    .outerjoin(PERSON_STATES, PERSON_STATES.c.sequence == _NEWEST_STATE)
    .order_by(SESSIONS.c.sequence)
)
# Asked for every message of every open page: made once.
_BY_TOKEN = _QUERY.where(SESSIONS.c.token_sha256 == bindparam("which"))
_BY_PERSON = _QUERY.where(SESSIONS.c.person_id == bindparam("which"))


@dataclass(frozen=True, slots=True)
class Session:
    """One session; `seen` is when it was used last, `open` whether nobody ended it and its person may come in."""

    id: str
    person_id: str
    way: str
    at: dt.datetime
    seen: dt.datetime
    ends: dt.datetime
    open: bool


def begin_session(
    writing: Writing, person_id: str, *, token_sha256: str, way: str, at: dt.datetime, ends: dt.datetime
) -> str:
    """Keep a new session; returns its id."""
    session_id = new_id()
    writing.add(
        SESSIONS,
        {
            "id": session_id,
            "at": at.isoformat(),
            "token_sha256": token_sha256,
            "person_id": person_id,
            "way": way,
            "ends": ends.isoformat(),
        },
    )
    # Sessions that nobody has used for long are over; what is not seen cannot be opened.
    writing.passing(delete(SESSION_SEEN).where(SESSION_SEEN.c.at < (at - _FORGOTTEN).isoformat()))
    writing.passing(insert(SESSION_SEEN).values(session_id=session_id, at=at.isoformat()))
    return session_id


def session_by_token(reader: Reader, token_sha256: str) -> Session | None:
    """The session of a token, ended or not; None if there is none. One question to the store."""
    return next(iter(_sessions(reader, _BY_TOKEN, token_sha256)), None)


def sessions_of(reader: Reader, person_id: str) -> tuple[Session, ...]:
    """Every session that a person ever had."""
    return tuple(_sessions(reader, _BY_PERSON, person_id))


def see_session(writing: Writing, session_id: str, at: dt.datetime) -> None:
    """An open session was used; an earlier moment than the last one changes nothing."""
    same = SESSION_SEEN.c.session_id == session_id
    known = writing.execute(select(SESSION_SEEN.c.at).where(same)).scalar()
    if known is not None and dt.datetime.fromisoformat(known) < at:
        writing.passing(update(SESSION_SEEN).where(same).values(at=at.isoformat()))


def end_session(writing: Writing, session_id: str, why: str, at: str) -> None:
    """A session ends; one that has ended stays as it is."""
    ended = writing.execute(
        select(SESSION_ENDS.c.sequence).where(SESSION_ENDS.c.session_id == session_id)
    ).scalar()
    if ended is None:
        writing.add(SESSION_ENDS, {"session_id": session_id, "at": at, "by": writing.actor, "why": why})
        writing.passing(delete(SESSION_SEEN).where(SESSION_SEEN.c.session_id == session_id))


def end_sessions_of(writing: Writing, person_id: str, why: str, at: str) -> int:
    """All sessions of a person end; returns how many were still open."""
    still = [one for one in sessions_of(writing, person_id) if not _ended(writing, one.id)]
    for one in still:
        end_session(writing, one.id, why, at)
    return len(still)


def _ended(reader: Reader, session_id: str) -> bool:
    query = select(SESSION_ENDS.c.sequence).where(SESSION_ENDS.c.session_id == session_id)
    return reader.execute(query).scalar() is not None


def _sessions(reader: Reader, query: Select[tuple[object, ...]], which: str) -> list[Session]:
    return [
        Session(
            id=row["id"],
            person_id=row["person_id"],
            way=row["way"],
            at=dt.datetime.fromisoformat(row["at"]),
            seen=dt.datetime.fromisoformat(row["seen"] or row["at"]),
            ends=dt.datetime.fromisoformat(row["ends"]),
            # Not seen: this store came back from a backup, in which sessions that were ended since may be open.
            open=row["ended"] is None and row["seen"] is not None and row["active"] in (None, 1),
        )
        for row in reader.execute(query, {"which": which}).mappings().all()
    ]


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many tries in a span; `who` and `place` say whether both, or one of them, must be the same."""

    tries: int
    span: dt.timedelta
    who: bool
    place: bool


def take_try(
    writing: Writing, *, who: str, place: str, at: dt.datetime, limits: tuple[Limit, ...]
) -> dt.timedelta:
    """Count a try to sign in; how long to wait where it is one too many (then it is not counted).

    Tries that a wrong clock put into the future count as now.
    """
    longest = max(limit.span for limit in limits)
    writing.passing(delete(SIGN_IN_TRIES).where(SIGN_IN_TRIES.c.at < (at - longest).isoformat()))
    wait = max(_wait(writing, limit, who, place, at) for limit in limits)
    if not wait:
        last = writing.execute(select(func.max(SIGN_IN_TRIES.c.sequence))).scalar() or 0
        row = {"sequence": last + 1, "at": at.isoformat(), "who": who, "place": place}
        writing.passing(insert(SIGN_IN_TRIES).values(row))
    return wait


def _wait(writing: Writing, limit: Limit, who: str, place: str, at: dt.datetime) -> dt.timedelta:
    query = select(SIGN_IN_TRIES.c.at).where(SIGN_IN_TRIES.c.at >= (at - limit.span).isoformat())
    if limit.who:
        query = query.where(SIGN_IN_TRIES.c.who == who)
    if limit.place:
        query = query.where(SIGN_IN_TRIES.c.place == place)
    moments = sorted(min(dt.datetime.fromisoformat(one), at) for one in writing.execute(query).scalars())
    if len(moments) < limit.tries:
        return dt.timedelta()
    # Room is made when as many have passed as are too many.
    return moments[-limit.tries] + limit.span - at


def forget_tries(writing: Writing, who: str, place: str = "") -> None:
    """Tries of somebody (from one place) no longer count."""
    change = delete(SIGN_IN_TRIES).where(SIGN_IN_TRIES.c.who == who)
    writing.passing(change.where(SIGN_IN_TRIES.c.place == place) if place else change)
