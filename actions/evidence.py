"""Evidence behind answers: giving a link or a file with a pointer to the page, confirming and withdrawing it.

What kind of file it is is asked of its bytes. A file is kept as it came and handed out as a download alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from actions import house
from actions.access import Actor, NotKeptError, may
from actions.evidence_troubles import EvidenceError
from actions.record import may_fill, require_field
from actions.record_words import moment, names_of
from actions.rooms import Room, require_open, room
from indicators.evidence_file import MEDIA, look
from indicators.evidence_limits import limits
from indicators.evidence_words import safe_link, safe_name, safe_pointer
from indicators.text import tidy
from locales import mark
from store.acts import Act
from store.contents import bytes_of, erased_among
from store.evidence import (
    CONFIRMED,
    FILE,
    GIVEN,
    TO_CONFIRM,
    WITHDRAWN,
    Evidence,
    SettledMeanwhileError,
    evidence_of,
    files_of_city,
    give_file,
    give_link,
    piece,
    set_state,
)
from store.rows import sha256
from store.states import OPEN, PIECES, STEPS
from store.words import Reader

_WHY_LETTERS = 500
_STATE_WORDS: Mapping[str, str] = {
    GIVEN: mark("given"),
    TO_CONFIRM: mark("taken over from the last assessment: does it still hold?"),
    CONFIRMED: mark("taken over, and confirmed"),
    WITHDRAWN: mark("withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence in words: `label` is its name or address, `about` says more; `link` is "" for a file.

    `gone` says that its bytes were taken out for good; `may_decide` whether the actor may confirm or withdraw it.
    """

    id: str
    field: str
    version: int
    state: str
    label: str
    pointer: str
    about: str
    link: str
    file_name: str
    gone: bool
    may_decide: bool


def give_evidence_link(actor: Actor, assessment_id: str, field: str, link: str, pointer: str) -> str:
    """Put a link behind an answer; returns the id of the piece. NotAllowedError, RoomError, StoreError."""
    here = room(actor, assessment_id, "fill")
    require_field(here, field)
    address, where = safe_link(link), _pointer(pointer)
    if not address:
        raise EvidenceError("link_wrong")
    with house.store().writing(_act(actor, here, "give", "evidence")) as writing:
        require_open(writing, assessment_id)
        same = _same(writing, here, field, where, link=address)
        made = same or give_link(writing, assessment_id, field, address, where)
        writing.about(made.id)
    return made.id


def give_evidence_file(
    actor: Actor, assessment_id: str, field: str, name: str, data: bytes, pointer: str
) -> str:
    """Put a file behind an answer; returns the id of the piece. NotAllowedError, RoomError, StoreError.

    EvidenceError says why a file is refused. The same file at the same place is kept once.
    """
    here = room(actor, assessment_id, "fill")
    require_field(here, field)
    found = look(data)
    if found.refused:
        raise EvidenceError(found.refused)
    where = _pointer(pointer)
    with house.store().writing(_act(actor, here, "give", "evidence")) as writing:
        require_open(writing, assessment_id)
        same = _same(writing, here, field, where, digest=sha256(data))
        if same is None:
            _require_room(writing, here, sha256(data), len(data))
            kept_name = safe_name(name, found.kind)
            same = give_file(writing, assessment_id, field, kept_name, MEDIA[found.kind][0], data, where)
        writing.about(same.id)
    return same.id


def confirm_evidence(actor: Actor, evidence_id: str, base: int) -> None:
    """Say that a piece taken over still holds. NotKeptError, EvidenceError where somebody was faster, RoomError."""
    _decide(actor, evidence_id, CONFIRMED, "", base)


def withdraw_evidence(actor: Actor, evidence_id: str, why: str, base: int) -> None:
    """Take a piece back, with a reason; it stays in the history. The same errors."""
    reason = tidy(why)[:_WHY_LETTERS]
    if not reason:
        raise EvidenceError("reason_missing")
    _decide(actor, evidence_id, WITHDRAWN, reason, base)


def _decide(actor: Actor, evidence_id: str, state: str, why: str, base: int) -> None:
    _, one = _seen(actor, evidence_id, "fill")
    here = room(actor, one.assessment_id, "fill")
    require_field(here, one.field)
    with house.store().writing(_act(actor, here, state, "evidence", evidence_id)) as writing:
        require_open(writing, here.id)
        try:
            set_state(writing, one, state, why, base=base)
        except SettledMeanwhileError:
            raise EvidenceError("settled_meanwhile") from None


def evidence_file(actor: Actor, evidence_id: str) -> bytes:
    """The bytes of a file of evidence, asked for by id; NotKeptError, EvidenceError where they were taken out."""
    _, one = _seen(actor, evidence_id, "see_papers")
    with house.store().reading() as reader:
        data = bytes_of(reader, one.sha256) if one.kind == FILE else None
    if one.kind != FILE:
        raise NotKeptError(evidence_id)
    if data is None:
        raise EvidenceError("erased")
    return data


def evidence_at(actor: Actor, assessment_id: str, field: str, language: str) -> tuple[Piece, ...]:
    """The evidence behind one answer, withdrawn pieces left out; NotKeptError."""
    return tuple(one for one in all_evidence(actor, assessment_id, language) if one.field == field)


def all_evidence(actor: Actor, assessment_id: str, language: str) -> tuple[Piece, ...]:
    """The evidence behind all answers of an assessment, withdrawn pieces left out; NotKeptError.

    None for whoever sees the record alone because its city opened it to others.
    """
    here = room(actor, assessment_id)
    if not may(actor, "see_papers", here.subject):
        return ()
    with house.store().reading() as reader:
        found = [one for one in pieces_in(reader, here) if one.state != WITHDRAWN]
        people = names_of(reader, (one.by for one in found), language) if here.sees_draft else {}
        gone = erased_among(reader, [one.sha256 for one in found if one.kind == FILE])
    open_now = here.state.state in OPEN and may(actor, "fill", here.subject)
    return tuple(_told(one, here, people, gone, open_now, language) for one in found)


def to_confirm(actor: Actor, assessment_id: str, language: str) -> tuple[Piece, ...]:
    """The pieces that were taken over and wait for somebody to say whether they still hold; NotKeptError."""
    return tuple(one for one in all_evidence(actor, assessment_id, language) if one.state == TO_CONFIRM)


def may_give(actor: Actor, assessment_id: str, field: str) -> bool:
    """Whether the actor may give evidence at an answer now; NotKeptError."""
    here = room(actor, assessment_id)
    return here.state.state in OPEN and may(actor, "fill", here.subject) and may_fill(here, field)


def pieces_in(reader: Reader, here: Room) -> tuple[Evidence, ...]:
    """The evidence of a room that was asked for, as its visitor may see it."""
    last, steps = here.until(PIECES), here.until(STEPS)
    until = None if last is None or steps is None else (last, steps)
    return evidence_of(reader, here.id, until)


def _seen(actor: Actor, evidence_id: str, right: str) -> tuple[Room, Evidence]:
    """A piece that the actor may see, as it stands for her; NotKeptError."""
    with house.store().reading() as reader:
        one = piece(reader, evidence_id)
        if one is None:
            raise NotKeptError(evidence_id)
    here = room(actor, one.assessment_id, right)
    with house.store().reading() as reader:
        known = next((other for other in pieces_in(reader, here) if other.id == evidence_id), None)
    if known is None:
        raise NotKeptError(evidence_id)
    return here, known


def _act(actor: Actor, here: Room, act: str, kind: str, object_id: str = "") -> Act:
    return Act(actor.person, act, kind, object_id, {"assessment": here.id, "city": here.city.id})


def _pointer(text: str) -> str:
    where = safe_pointer(text)
    if not where:
        raise EvidenceError("pointer_missing")
    return where


def _same(
    reader: Reader, here: Room, field: str, pointer: str, link: str = "", digest: str = ""
) -> Evidence | None:
    """The piece that stands there already."""
    wanted = (field, pointer, link, digest)
    for one in evidence_of(reader, here.id):
        if one.state != WITHDRAWN and (one.field, one.pointer, one.link, one.sha256) == wanted:
            return one
    return None


def _require_room(reader: Reader, here: Room, digest: str, size: int) -> None:
    """EvidenceError where the city has as much as it may; a file that it has already takes no more."""
    most = limits()
    if any(one.sha256 == digest for one in evidence_of(reader, here.id)):
        return
    files, held = files_of_city(reader, here.city.id)
    if files + 1 > most.city_files:
        raise EvidenceError("city_files")
    if held + size > most.city_bytes:
        raise EvidenceError("city_bytes")


def _told(
    one: Evidence, here: Room, people: Mapping[str, str], gone: frozenset[str], open_now: bool, language: str
) -> Piece:
    voice = house.voice(language)
    size = f"{voice.number(max(1, one.size // 1024))} KB" if one.kind == FILE else ""
    about = (size, voice.say(_STATE_WORDS[one.state]), people.get(one.by, ""), moment(one.at, language))
    return Piece(
        one.id,
        one.field,
        one.version,
        one.state,
        one.name if one.kind == FILE else one.link,
        one.pointer,
        " · ".join(part for part in about if part),
        one.link,
        one.name,
        one.sha256 in gone,
        open_now and may_fill(here, one.field),
    )
