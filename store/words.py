"""Words about a person, kept so that they can be taken out for good while their hash stays and says nothing.

They stand among the contents with random signs beside them; a *finder* leads from an e-mail or an identity to its
person by a hash that is made with the store's key.
"""

from __future__ import annotations

import hmac
import json
import secrets
import unicodedata
from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert, select

from store.contents import bytes_of, keep_bytes
from store.ids import fit
from store.people_tables import FINDERS, IDENTITIES, PERSON_WORDS
from store.rows import canonical
from store.writing import Writing

Reader = Connection | Writing
_SALT = "salt"
_SALT_BYTES = 16


def keep_words(writing: Writing, words: Mapping[str, str | int]) -> str:
    """Keep words and return the hash under which they are found."""
    fitted = {name: fit(word) if isinstance(word, str) else word for name, word in words.items()}
    return keep_bytes(writing, canonical({**fitted, _SALT: secrets.token_hex(_SALT_BYTES)}).encode())


def words_of(reader: Reader, digest: str) -> Mapping[str, str | int] | None:
    """The words of a hash, None where they were taken out."""
    data = bytes_of(reader, digest)
    return None if data is None else read_words(data)


def read_words(data: bytes) -> Mapping[str, str | int]:
    """The words in kept bytes."""
    found: dict[str, str | int] = json.loads(data)
    return {name: word for name, word in found.items() if name != _SALT}


def folded(text: str) -> str:
    """An e-mail or a name in the one form in which it is compared."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def digest_of(key: bytes, kind: str, *parts: str) -> str:
    """A hash that only who has the key can make: of an e-mail, an identity, an address on the net."""
    return hmac.new(key, canonical([kind, *parts]).encode(), "sha256").hexdigest()


def email_digest(key: bytes, email: str) -> str:
    """The finder of an e-mail."""
    return digest_of(key, "email", folded(email))


def identity_digest(key: bytes, issuer: str, subject: str) -> str:
    """The finder of a person as a sign-in server knows her; signs count as they are."""
    return digest_of(key, "identity", issuer, subject)


def find(reader: Reader, digest: str) -> str:
    """The person that a finder leads to, "" for none."""
    found = reader.execute(select(FINDERS.c.person_id).where(FINDERS.c.digest == digest)).scalar()
    return found or ""


def add_finder(writing: Writing, digest: str, person_id: str) -> None:
    """Lead to a person; ValueError where it leads to somebody else."""
    known = find(writing, digest)
    if known and known != person_id:
        raise ValueError("this e-mail or identity is another person's")
    if not known:
        writing.passing(insert(FINDERS).values(digest=digest, person_id=person_id))


def drop_finders(writing: Writing, person_id: str) -> None:
    """Lead to a person no more."""
    writing.passing(delete(FINDERS).where(FINDERS.c.person_id == person_id))


def rebuild_finders(connection: Connection, key: bytes) -> None:
    """Make all finders from the words that are kept, after everything came back from a backup; writing is allowed."""
    connection.execute(delete(FINDERS))
    found: dict[str, str] = {}
    for table, digest in ((PERSON_WORDS, _email), (IDENTITIES, _identity)):
        for row in connection.execute(select(table).order_by(table.c.sequence)).mappings().all():
            words = words_of(connection, row["words_sha256"])
            if words is not None:
                found[digest(key, words)] = row["person_id"]
    rows = [{"digest": one, "person_id": person_id} for one, person_id in found.items()]
    if rows:
        connection.execute(insert(FINDERS), rows)


def _email(key: bytes, words: Mapping[str, str | int]) -> str:
    return email_digest(key, str(words["email"]))


def _identity(key: bytes, words: Mapping[str, str | int]) -> str:
    return identity_digest(key, str(words["issuer"]), str(words["subject"]))
