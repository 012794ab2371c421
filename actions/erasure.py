"""Erasing a person: her words, and every byte and text that holds her name. Ids, hashes, figures and the log stay.

What is taken out cannot be brought back. A city keeps its answers and scores: only where the name stood in them stands
a mark instead. A workbook that holds the name goes as a whole, because parts cannot be cut out of a signed file.
Backups made before still hold everything; they are for whoever keeps them to throw away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actions import caches, house, sign_in
from actions.access import Actor, NotAllowedError, Subject, require
from indicators.evidence_file import SEARCHABLE
from indicators.names_in import Names, held_by_file, names
from store import erasure as kept
from store import invitations
from store.acts import Act
from store.contents import bytes_of
from store.people import end_grant, grants_of, person, said_of, set_active, words_hashes
from store.rounds import words_in_rounds_by
from store.sessions import end_sessions_of, forget_tries
from store.words import Reader, drop_finders, email_digest
from store.writing import Writing

ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Traces:
    """Where a person's name stands: uploads whose file goes, uploads whose reading is cut, rows whose texts are cut.

    `unknown` are uploads whose file cannot be searched; it goes if the person uploaded it, else it stays.
    `left_out` are names too short to be looked for. `evidence` and `unknown_evidence` say the same of pieces of
    evidence: in pictures and PDF files nobody can look for a name.
    """

    files: tuple[str, ...]
    readings: tuple[str, ...]
    texts: int
    unknown: tuple[str, ...]
    left_out: tuple[str, ...]
    evidence: tuple[str, ...] = ()
    unknown_evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Found:
    """Hashes of files and readings, and what they belong to; `seen` is all that was looked at."""

    files: Mapping[str, kept.Bytes]
    readings: Mapping[str, kept.Bytes]
    unknown: Mapping[str, kept.Bytes]
    seen: frozenset[str]


_NOTHING = _Found({}, {}, {}, frozenset())


def traces(actor: Actor, person_id: str, also: Sequence[str] = ()) -> Traces:
    """What erasing a person would take out; nothing is changed. `also` are other spellings of her name.

    NotAllowedError, also where there is nobody of this id.
    """
    require(actor, "erase_person", Subject(person=person_id))
    with house.store().snapshot() as connection:
        wanted = _names(connection, person_id, also)
        found = _search(connection, wanted, _NOTHING)
        rows = sum(
            any(wanted.taken_out_of_json(row[name]) != row[name] for name in columns if row[name])
            for _, row, columns in kept.texts(connection)
        )
    return _told(found, wanted, rows)


def erase_person(actor: Actor, person_id: str, also: Sequence[str] = ()) -> Traces:
    """Erase a person for good; returns what was taken out. NotAllowedError, also where there is nobody of this id.

    She can no longer come in, her roles and open invitations end. StoreError if it cannot be done; then nothing is.
    """
    require(actor, "erase_person", Subject(person=person_id))
    store = house.store()
    # Searching takes long where much is kept, so it is done before the others have to wait.
    with store.snapshot() as connection:
        before = _search(connection, _names(connection, person_id, also), _NOTHING)
    with store.writing(Act(actor.person, "erase", "person", person_id)) as writing:
        wanted = _names(writing, person_id, also)
        found = _search(writing, wanted, before)
        own = kept.uploads_by_person(writing, person_id) | kept.evidence_by_person(writing, person_id)
        hers = [
            digest for digest, one in found.unknown.items() if own.intersection((*one.uploads, *one.evidence))
        ]
        for digest in (*found.files, *hers):
            kept.take_out_bytes(writing, digest)
        for digest in found.readings:
            kept.replace_reading(writing, digest, wanted.taken_out_of_json)
        rows = kept.rewrite_texts(writing, wanted.taken_out_of_json)
        _end_everything(writing, store.key, person_id)
        writing.about(person_id, files=len(found.files), readings=len(found.readings), rows=rows)
    caches.forget_all()
    return _told(found, wanted, rows)


def _names(reader: Reader, person_id: str, also: Sequence[str]) -> Names:
    if person(reader, person_id) is None:
        raise NotAllowedError
    said = [str(words[part]) for words in said_of(reader, person_id) for part in ("name", "email")]
    return names([text for text in (*said, *also) if text])


def _search(reader: Reader, wanted: Names, before: _Found) -> _Found:
    """Where the names stand among files and readings, after what was found before."""
    files, readings, unknown = dict(before.files), dict(before.readings), dict(before.unknown)
    everything = kept.kept_bytes(reader)
    for one in everything:
        if one.sha256 in before.seen:
            continue
        data = bytes_of(reader, one.sha256) or b""
        if one.is_file:
            held = held_by_file(data, wanted)
            if held is False and one.media and one.media not in SEARCHABLE:
                held = None
            if held is not False:
                (unknown if held is None else files)[one.sha256] = one
        elif wanted.taken_out_of_json(data.decode()) != data.decode():
            readings[one.sha256] = one
    return _Found(files, readings, unknown, frozenset(one.sha256 for one in everything))


def _end_everything(writing: Writing, key: bytes, person_id: str) -> None:
    emails = [str(words["email"]) for words in said_of(writing, person_id)]
    for one in invitations.open_invitations_by(writing, person_id):
        invitations.use_up(writing, one.id, "", invitations.TAKEN_BACK)
    received = invitations.invitations_for(writing, emails, person_id)
    for one in received:
        if one.open:
            invitations.use_up(writing, one.id, "", invitations.TAKEN_BACK)
    for role in grants_of(writing, person_id):
        end_grant(writing, role.id, ERASED)
    set_active(writing, person_id, False, ERASED)
    end_sessions_of(writing, person_id, ERASED, sign_in.moment().isoformat())
    for email in emails:
        forget_tries(writing, email_digest(key, email))
    drop_finders(writing, person_id)
    in_rounds = words_in_rounds_by(writing, person_id)
    received_words = (one.words_sha256 for one in received)
    kept.take_out_words(writing, (*words_hashes(writing, person_id), *received_words, *in_rounds))


def _told(found: _Found, wanted: Names, rows: int) -> Traces:
    def uploads(held: Mapping[str, kept.Bytes]) -> tuple[str, ...]:
        return tuple(sorted({id for one in held.values() for id in one.uploads}))

    def evidence(held: Mapping[str, kept.Bytes]) -> tuple[str, ...]:
        return tuple(sorted({id for one in held.values() for id in one.evidence}))

    return Traces(
        uploads(found.files),
        uploads(found.readings),
        rows,
        uploads(found.unknown),
        wanted.left_out,
        evidence(found.files),
        evidence(found.unknown),
    )
