"""Which entries of a list come nearest to a text that is none of them? For a person to choose from."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from indicators.labels import LANGUAGES, choices
from indicators.text import fold

# As many as a sentence can name, and how alike two spellings are (0-1) before one is offered for the other.
OFFERED = 3
ALIKE = 0.75
# Longer texts are remarks, not names.
LONGEST_NAME = 60
# Words that stand in many names and tell none from another.
_COMMON = frozenset(
    {"and", "arab", "democratic", "federal", "federation", "islamic", "islands", "kingdom", "of", "people"}
    | {"republic", "saint", "state", "states", "the", "united"}
)
_HAN = re.compile("[\u4e00-\u9fff]{2,}")


def nearest_choices(name: str, text: str) -> tuple[str, ...]:
    """The printed names of the entries of a drop-down list nearest to `text`, best first; empty if none is near.

    Accents do not matter; a text that holds an entry's name, or whose words stand in one, counts as near too.
    Names are given in the language in which they matched.
    """
    wanted = _bare(text)
    if not wanted or len(wanted) > LONGEST_NAME:
        return ()
    names = _names(name)
    spelt = difflib.get_close_matches(wanted, names, n=OFFERED, cutoff=ALIKE)
    shared = [other for other in names if _shares_words(wanted, other)]
    return tuple(dict.fromkeys(names[other] for other in (*spelt, *shared)))[:OFFERED]


@cache
def _names(name: str) -> dict[str, str]:
    """Every way to write an entry, without accents -> its printed name."""
    return dict(_spellings(name))


def _spellings(name: str) -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        for label in choices(name, language).values():
            for other in label.names:
                yield _bare(other), label.text


def _shares_words(one: str, other: str) -> bool:
    if _HAN.search(one) and _HAN.search(other):
        return one in other or other in one
    first, second = _words(one), _words(other)
    return bool(first and second) and (first <= second or second <= first)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]{3,}", text)) - _COMMON


def _bare(text: str) -> str:
    apart = unicodedata.normalize("NFKD", fold(text))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
