"""Sentences, numbers and dates in the reader's language.

English sentences are their own keys (gettext); every other language has .po files in a folder of
its code. All .po files of a folder are read once and merged, so that each room keeps its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

HERE = Path(__file__).parent
# Languages on offer, named in their own words; Babel's locale behind each.
LANGUAGES: Mapping[str, str] = {"en": "English", "zh": "中文"}
_BABEL: Mapping[str, str] = {"en": "en", "zh": "zh_Hans"}
# What stands between the parts of a list: between words, and between names that hold commas or "and" themselves.
_JOINERS: Mapping[str, tuple[str, str]] = {"en": (", ", "; "), "zh": ("、", "；")}


def mark(text: str) -> str:
    """Return `text` unchanged; marks a literal kept in a table as one to be translated when said."""
    return text


@cache
def catalogue(language: str) -> Mapping[str, str | tuple[str, ...]]:
    """The translations of one language: English sentence -> sentence, or -> its plural forms."""
    entries: dict[str, str | tuple[str, ...]] = {}
    for path in sorted((HERE / language).glob("*.po")):
        with path.open("rb") as handle:
            for message in read_po(handle, locale=_BABEL[language]):
                if not message.id or not message.string:
                    continue
                if isinstance(message.id, str):
                    entries[message.id] = str(message.string)
                else:
                    forms = message.string
                    entries[message.id[0]] = tuple(forms) if not isinstance(forms, str) else (forms,)
    return entries


@dataclass(frozen=True)
class Speaker:
    """Says things in one language."""

    language: str
    _words: Mapping[str, str | tuple[str, ...]] = field(repr=False, compare=False)

    def say(self, text: str, **facts: object) -> str:
        """The sentence for the English `text`, with {facts} filled in; English where no translation is."""
        found = self._words.get(text, text)
        sentence = found if isinstance(found, str) else found[0]
        return sentence.format(**facts) if facts else sentence

    def plural(self, one: str, many: str, count: int, **facts: object) -> str:
        """The sentence for `count` things; {count} is filled in as a number of the language."""
        found = self._words.get(one)
        if found is None:
            sentence = one if count == 1 else many
        else:
            sentence = found if isinstance(found, str) else found[0 if len(found) == 1 or count == 1 else 1]
        return sentence.format(count=self.number(count), **facts)

    def number(self, value: float, digits: int = 0, *, fixed: bool = True) -> str:
        """A number with grouping and `digits` decimals (exactly, or at most where not `fixed`), halves up."""
        decimals = ("0" if fixed else "#") * digits
        pattern = "#,##0" + ("." + decimals if digits else "")
        # Babel rounds halves to even; scores are published half up (docs/decisions/0011), so all numbers are.
        # Adding 0 turns a rounded -0 into 0.
        rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) + 0
        return str(format_decimal(rounded, format=pattern, locale=_BABEL[self.language]))

    def percent(self, share: float, digits: int = 0) -> str:
        """A share 0-1 as a percentage."""
        return self.number(float(Decimal(str(share)) * 100), digits) + "%"

    def date(self, day: dt.date) -> str:
        """A calendar day, medium length."""
        return str(format_date(day, format="medium", locale=_BABEL[self.language]))

    def language_name(self, code: str) -> str:
        """What a language is called, its code where it has no name here."""
        return str(Locale.parse(_BABEL[self.language]).languages.get(code, code))

    def moment(self, at: dt.datetime) -> str:
        """A point of time with its zone named."""
        text = format_datetime(at, format="yyyy-MM-dd HH:mm", locale=_BABEL[self.language])
        return f"{text} {at.tzname() or ''}".rstrip()

    def listing(self, items: Sequence[str]) -> str:
        """Several words in one sentence, with the language's own comma."""
        return _JOINERS[self.language][0].join(items)

    def series(self, items: Sequence[str]) -> str:
        """Several names in one sentence that may hold commas themselves."""
        return _JOINERS[self.language][1].join(items)


@cache
def speaker(language: str) -> Speaker:
    """The speaker of one of LANGUAGES; KeyError for any other."""
    if language not in LANGUAGES:
        raise KeyError(language)
    return Speaker(language, catalogue(language) if language != "en" else {})


def match_language(wanted: str | None) -> str:
    """The language on offer nearest to a browser's locale such as "zh-CN"; English if none fits."""
    code = (wanted or "").replace("_", "-").split("-")[0].lower()
    return code if code in LANGUAGES else "en"
