"""Is it the same city? Names compared without accents, marks, case and what stands in brackets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_BRACKETS = re.compile(r"[(（\[][^)）\]]*[)）\]]")
# Letters that do not come apart into a plain one and an accent.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ŋ": "n"}
)
_ELISIONS = re.compile(r"['’‘ʼ`´]")
_NO_WORD = re.compile(r"[\W_]+")


# The names of past winners are compared with those of every candidate.
@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """The name as it is compared: "N'Zérékoré" and "Nzérékoré" give "nzerekore", "Santiago (Mexico)" "santiago".

    A name that stands in brackets as a whole keeps what is inside.
    """
    bare = _BRACKETS.sub(" ", name)
    text = unicodedata.normalize("NFKD", bare if bare.strip() else name)
    plain = "".join(letter for letter in text if not unicodedata.combining(letter))
    return _NO_WORD.sub(" ", _ELISIONS.sub("", plain.casefold().translate(_LETTERS))).strip()


def same(names: Iterable[str], others: Iterable[str]) -> bool:
    """Whether any of the names is any of the others; blanks between words do not matter."""
    return not _tight(names).isdisjoint(_tight(others))


def alike(names: Iterable[str], others: Iterable[str]) -> bool:
    """Whether one of the names stands within one of the others, or the other way round.

    Names in Latin letters are compared by whole words ("Cork" stands in "Cork County", not in "Corkscrew"), others,
    whose writing may have no blanks, by their signs ("上海" stands in "上海市").
    """
    seconds = [folded(name) for name in others]
    return any(_within(folded(one), two) or _within(two, folded(one)) for one in names for two in seconds)


def _within(inner: str, outer: str) -> bool:
    if not inner or inner.isascii():
        return bool(inner) and set(inner.split()) <= set(outer.split())
    return inner in outer


def _tight(names: Iterable[str]) -> set[str]:
    return {folded(name).replace(" ", "") for name in names} - {""}
