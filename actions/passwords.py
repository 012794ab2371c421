"""Passwords: what is kept of them, and checking one with the same work whoever asks.

scrypt: Colin Percival, "Stronger key derivation via sequential memory-hard functions", 2009 (RFC 7914). The cost is
the one that the OWASP Password Storage Cheat Sheet of 2024 gives for 32 MiB of memory.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import threading
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from locales import mark

LEAST, MOST = 12, 200
_DIFFERENT = 5
# Parts of a name of so many letters tell something; so many signs must be nobody else's.
_TELLING, _LEAST_OWN = 3, 8
_PARTS = re.compile(r"[\W_]+")
_SALT_BYTES = 16
_HASH_BYTES = 32


@dataclass(frozen=True, slots=True)
class Cost:
    """scrypt's parameters: blocks, size of one, passes; it takes 128 * n * r bytes and about a quarter of a second."""

    n: int = 2**15
    r: int = 8
    p: int = 3


COST = Cost()
# More at once would take the memory of a small server.
_AT_ONCE = threading.Semaphore(4)

# Why a password will not do.
TOO_SHORT = mark("Use at least {least} characters; a sentence is easy to remember.")
TOO_LONG = mark("Use at most {most} characters.")
TOO_PLAIN = mark("Use more different characters.")
TOLD = mark("Use something that is not in your name or e-mail address.")


def fault(password: str, *known: str) -> str:
    """Why a password will not do, as a sentence to be said with `least` and `most`; "" for one that will.

    `known` are texts that others know: the name, the e-mail.
    """
    plain = _plain(password)
    if len(plain) < LEAST:
        return TOO_SHORT
    if len(plain) > MOST:
        return TOO_LONG
    if len(set(plain)) < _DIFFERENT:
        return TOO_PLAIN
    left = plain.casefold()
    for part in sorted(
        {part for text in known for part in _PARTS.split(text.casefold())}, key=len, reverse=True
    ):
        left = left.replace(part, "") if len(part) >= _TELLING else left
    return TOLD if len(left) < _LEAST_OWN else ""


def secret_of(password: str) -> Mapping[str, str | int]:
    """What is kept of a password: the parameters, random salt and hash, as plain data."""
    salt = secrets.token_bytes(_SALT_BYTES)
    return {
        "n": COST.n,
        "r": COST.r,
        "p": COST.p,
        "password_salt": salt.hex(),
        "hash": _hash(password, salt, COST).hex(),
    }


def check(password: str, secret: Mapping[str, str | int] | None) -> bool:
    """Whether a password is the one that was kept; without one the same work is done, and it is not."""
    kept = _nobodys() if secret is None else secret
    cost = Cost(int(kept["n"]), int(kept["r"]), int(kept["p"]))
    made = _hash(password[: 4 * MOST], bytes.fromhex(str(kept["password_salt"])), cost)
    same = hmac.compare_digest(made.hex(), str(kept["hash"]))
    return same and secret is not None


def _hash(password: str, salt: bytes, cost: Cost) -> bytes:
    with _AT_ONCE:
        return hashlib.scrypt(
            _plain(password).encode(),
            salt=salt,
            n=cost.n,
            r=cost.r,
            p=cost.p,
            maxmem=256 * cost.n * cost.r + 2**20,
            dklen=_HASH_BYTES,
        )


def _plain(password: str) -> str:
    # The same password comes in different signs from different keyboards; lone surrogates from none.
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace").decode()


def _nobodys() -> Mapping[str, str | int]:
    """Stands in where there is nobody; no password has this hash."""
    return {
        "n": COST.n,
        "r": COST.r,
        "p": COST.p,
        "password_salt": "00" * _SALT_BYTES,
        "hash": "00" * _HASH_BYTES,
    }


def is_cheaper(secret: Mapping[str, str | int]) -> bool:
    """Whether a kept password cost less work than one would now, so that it should be kept anew."""
    return int(secret["n"]) * int(secret["r"]) * int(secret["p"]) < COST.n * COST.r * COST.p
