"""Finding a person's name in texts and workbooks, and taking it out of texts.

Names are compared as whole words, without regard to case, width of letters or what stands between their
parts, and in both orders of given and family name. A name is also found where a workbook breaks it into pieces of
different formats. It is not found where its parts stand in different cells.
"""

from __future__ import annotations

import html
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from indicators.archives import DAMAGED

# Stands where a name stood, in every language.
ERASED = "▮▮▮"
# More than any workbook that was ever read (indicators/guard.py).
LIMIT = 32 * 1024 * 1024
_TAG = re.compile(r"<[^>]{0,100000}>")
_BLANKS = re.compile(r"\s+")
# "Ann" is in no "Hannah", but in "report_ann_lee.xlsx"; what stands between the parts of a name is no matter.
_BEFORE, _AFTER = r"(?<![^\W_])", r"(?![^\W_])"
_BETWEEN = r"[\s,._-]+"
# A single letter is found everywhere; of the scripts without blanks two signs are a whole name.
_LEAST = 2


@dataclass(frozen=True)
class Names:
    """What is looked for; `left_out` are texts too short to be looked for."""

    pattern: re.Pattern[str] | None
    left_out: tuple[str, ...]

    def stand_in(self, text: str) -> bool:
        """Whether a text holds one of the names."""
        return self.pattern is not None and self.pattern.search(_plain(text)) is not None

    def taken_out(self, text: str) -> str:
        """The text without the names; as it was where it holds none."""
        if self.pattern is None or not self.stand_in(text):
            return text
        left = self.pattern.sub(ERASED, text)
        # A name in letters of another width is found, and cannot be cut out where it stands.
        return ERASED if self.stand_in(left) else left

    def taken_out_of_json(self, text: str) -> str:
        """The same for every text within JSON, whose keys and numbers stay; text that is no JSON is taken as text."""
        try:
            data = json.loads(text)
        except ValueError:
            return self.taken_out(text)
        if not isinstance(data, dict | list):
            return self.taken_out(text)
        left = self._walk(data)
        return text if left == data else json.dumps(left)

    def _walk(self, value: Any) -> Any:  # noqa: ANN401 - whatever stands in JSON
        match value:
            case str():
                return self.taken_out(value)
            case list():
                return [self._walk(one) for one in value]
            case dict():
                return {key: self._walk(one) for key, one in value.items()}
            case _:
                return value


def names(texts: Sequence[str]) -> Names:
    """What to look for: names and e-mail addresses, each also with its parts the other way round."""
    wanted, left_out = set(), []
    for text in texts:
        plain = _plain(text).strip()
        if len(plain.replace(" ", "")) < _LEAST:
            left_out.append(text)
            continue
        wanted.add(plain)
        first, _, last = plain.rpartition(" ")
        if first and "@" not in plain:
            wanted.add(f"{last} {first}")
    patterns = sorted((_pattern(one) for one in wanted), key=len, reverse=True)
    return Names(re.compile("|".join(patterns), re.IGNORECASE) if patterns else None, tuple(left_out))


def _pattern(plain: str) -> str:
    inner = _BETWEEN.join(re.escape(part) for part in plain.split())
    return f"{'' if _has_no_edge(plain[0]) else _BEFORE}{inner}{'' if _has_no_edge(plain[-1]) else _AFTER}"


def _has_no_edge(sign: str) -> bool:
    # Scripts that are written without blanks.
    return ord(sign) >= 0x2E80


def _plain(text: str) -> str:
    return _BLANKS.sub(" ", unicodedata.normalize("NFKC", text)).casefold()


def held_by_file(data: bytes, wanted: Names) -> bool | None:
    """Whether a file holds one of the names; None where it is too large or too damaged to say no."""
    if any(wanted.stand_in(text) for text in _texts(data)):
        return True
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return False
    left = LIMIT
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            for info in book.infolist():
                with book.open(info) as part:
                    held = part.read(left + 1)
                left -= len(held)
                if left < 0:
                    return None
                if any(wanted.stand_in(text) for text in (info.filename, *_texts(held))):
                    return True
    except DAMAGED:
        return None
    return False


def _texts(data: bytes) -> tuple[str, ...]:
    """Bytes as the texts that they may be."""
    told = data.decode("utf-8", "replace")
    # Letters may be written by their numbers; with tags a name ends where its cell ends, without it is one over pieces.
    spelled, bare = html.unescape(told), html.unescape(_TAG.sub("", told))
    wide = [data[start:].decode(code, "replace") for code in ("utf-16-le", "utf-16-be") for start in (0, 1)]
    return (told, spelled, bare, data.decode("latin-1"), *(wide if b"\0" in data else ()))
