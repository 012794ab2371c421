"""Invitations: links with a one-time code, of which only the hash is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from store.ids import fit, new_id, now
from store.people_tables import INVITATION_USES, INVITATIONS
from store.words import Reader, keep_words, words_of
from store.writing import Writing

USED, TAKEN_BACK = "used", "taken_back"


@dataclass(frozen=True, slots=True)
class Invitation:
    """One invitation: to a role somewhere, or for a person to set a new password.

    `email` is "" once erased; `used_by` is a person's id, `open` whether it was neither used nor taken back.
    """

    id: str
    at: str
    email: str
    words_sha256: str
    role: str
    city_id: str
    country: str
    areas: tuple[str, ...]
    person_id: str
    expires: str
    by: str
    open: bool
    used_by: str


def add_invitation(
    writing: Writing,
    *,
    code_sha256: str,
    email: str,
    expires: str,
    role: str = "",
    city_id: str = "",
    country: str = "",
    areas: Sequence[str] = (),
    person_id: str = "",
) -> str:
    """Keep an invitation; returns its id."""
    invitation_id = new_id()
    writing.add(
        INVITATIONS,
        {
            "id": invitation_id,
            "at": now(),
            "code_sha256": code_sha256,
            "words_sha256": keep_words(writing, {"email": email}),
            "role": role,
            "city_id": city_id,
            "country": country,
            "areas": " ".join(areas),
            "person_id": person_id,
            "expires": expires,
            "by": writing.actor,
        },
    )
    return invitation_id


def invitation_by_code(reader: Reader, code_sha256: str) -> Invitation | None:
    """The invitation of a code, used or not; None if there is none."""
    return next(iter(_invitations(reader, INVITATIONS.c.code_sha256 == code_sha256)), None)


def invitation(reader: Reader, invitation_id: str) -> Invitation | None:
    """The invitation of an id; None if there is none."""
    return next(iter(_invitations(reader, INVITATIONS.c.id == fit(invitation_id))), None)


def open_invitations(reader: Reader, city_id: str) -> tuple[Invitation, ...]:
    """The invitations to a city ("" for those to none) that were neither used nor taken back."""
    found = _invitations(reader, INVITATIONS.c.city_id == fit(city_id), INVITATION_USES.c.sequence.is_(None))
    return tuple(found)


def open_invitations_by(reader: Reader, person_id: str) -> tuple[Invitation, ...]:
    """The invitations that somebody gave and that were neither used nor taken back."""
    return tuple(_invitations(reader, INVITATIONS.c.by == person_id, INVITATION_USES.c.sequence.is_(None)))


def invitations_for(reader: Reader, emails: Sequence[str], person_id: str) -> tuple[Invitation, ...]:
    """The invitations that a person used, that are hers alone, or that went to one of her e-mails."""
    return tuple(
        one
        for one in _invitations(reader)
        if person_id in (one.used_by, one.person_id) or (one.email and one.email in emails)
    )


def use_up(writing: Writing, invitation_id: str, person_id: str, why: str) -> None:
    """An invitation is used, or taken back: never again."""
    writing.add(
        INVITATION_USES,
        {
            "invitation_id": invitation_id,
            "at": now(),
            "person_id": person_id,
            "by": writing.actor,
            "why": why,
        },
    )


def _invitations(reader: Reader, *conditions: ColumnElement[bool]) -> list[Invitation]:
    query = (
        select(
            INVITATIONS,
            INVITATION_USES.c.sequence.label("used"),
            INVITATION_USES.c.person_id.label("used_by"),
        )
        .outerjoin(INVITATION_USES, INVITATION_USES.c.invitation_id == INVITATIONS.c.id)
        .where(*conditions)
        .order_by(INVITATIONS.c.sequence)
    )
    return [
        Invitation(
            id=row["id"],
            at=row["at"],
            email=str((words_of(reader, row["words_sha256"]) or {}).get("email", "")),
            words_sha256=row["words_sha256"],
            role=row["role"],
            city_id=row["city_id"],
            country=row["country"],
            areas=tuple(row["areas"].split()),
            person_id=row["person_id"],
            expires=row["expires"],
            by=row["by"],
            open=row["used"] is None,
            used_by=row["used_by"] or "",
        )
        for row in reader.execute(query).mappings().all()
    ]
