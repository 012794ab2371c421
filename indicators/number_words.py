"""The words that stand around a number, in many languages: about, less than, million, percent, no data.

All of them are data beside this file: number_words.csv, unit_words.csv, missing_words.csv, number_rules.csv.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from indicators.digits import plain
from indicators.tables import Row, read_table, unique
from indicators.text import fold
from scoring.model import STATES

FOLDER = Path(__file__).parent
KINDS = ("about", "below", "above", "range", "multiplier")
SIDES = ("before", "after", "either", "between")
# The ways in which a number can be read, best first.
CONFIDENCES = ("certain", "read", "doubtful")
# Scripts that put no blanks between words begin here.
_WITHOUT_BLANKS = "\u2e80"


@dataclass(frozen=True, slots=True)
class Word:
    """A word or sign that may stand beside a number: before it, after it, either, or between two numbers."""

    text: str
    kind: str  # one of KINDS, or "unit"
    side: str
    factor: Decimal
    rule: str


@dataclass(frozen=True, slots=True)
class UnitWord:
    """A word for a unit: how many of the measurement's unit it is (None: no telling), and the rule that takes it.

    Without a rule a figure in this unit is asked about and never taken.
    """

    factor: Decimal | None
    rule: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of reading a number: how sure it is, and whether a note tells that it was used."""

    confidence: str
    told: bool


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by which numbers are read, by its id, as in number_rules.csv."""
    rows = unique(read_table(FOLDER, "number_rules.csv", ("rule", "confidence", "told")), "rule")
    return MappingProxyType(
        {id: Rule(row.choice("confidence", CONFIDENCES), row.yes("told")) for id, row in rows.items()}
    )


@cache
def rule_words(language: str) -> Mapping[str, str]:
    """What each rule and confidence is called in a language, by "rule.wan", "confidence.read" …"""
    rows = unique(read_table(FOLDER, f"words/{language}/rules.csv", ("id", "text")), "id")
    return MappingProxyType({id: row.text("text") for id, row in rows.items()})


@cache
def missing_words() -> Mapping[str, str]:
    """Comparable word that says there is no figure -> the answer state that it suggests."""
    rows = read_table(FOLDER, "missing_words.csv", ("word", "state"))
    return MappingProxyType({_comparable(row.text("word")): row.choice("state", STATES) for row in rows})


def missing_state(text: str) -> str:
    """The answer state that a text suggests in the place of a number, "" if it is no such word."""
    found = missing_words()
    return found.get(_comparable(text), "") or found.get(_comparable(text.strip(" ()[]（）【】*.。")), "")


def _comparable(text: str) -> str:
    return fold(text) or text.strip()


@cache
def unit_words() -> Mapping[tuple[str, str], UnitWord]:
    """(unit, comparable word) -> what the word means where that unit is asked for."""
    rows = read_table(FOLDER, "unit_words.csv", ("unit", "word", "factor", "rule"))
    return MappingProxyType({(row.text("unit"), fold(row.text("word"))): _unit_word(row) for row in rows})


def _unit_word(row: Row) -> UnitWord:
    factor = row.optional("factor")
    if factor:
        row.number("factor")
    rule = row.optional("rule")
    return UnitWord(Decimal(factor) if factor else None, row.choice("rule", rules()) if rule else "")


@cache
def range_words() -> tuple[str, ...]:
    """What may stand between the two ends of a range."""
    return tuple(word.text for word in _number_words() if word.kind == "range")


@cache
def _number_words() -> tuple[Word, ...]:
    rows = read_table(FOLDER, "number_words.csv", ("word", "kind", "side", "factor", "rule"))
    return tuple(
        Word(
            fold(row.text("word")),
            row.choice("kind", KINDS),
            row.choice("side", SIDES),
            Decimal(row.optional("factor") or 1),
            row.choice("rule", rules()),
        )
        for row in rows
    )


@lru_cache(maxsize=256)
def _words(names: tuple[str, ...]) -> tuple[Word, ...]:
    """Every word that may stand before or after a number, longest first; `names` are further units."""
    units = {word for _, word in unit_words()} | {_plain_name(name) for name in names}
    beside = [word for word in _number_words() if word.side != "between"]
    beside += [Word(unit, "unit", "either", Decimal(1), "unit_word") for unit in units if unit]
    return tuple(sorted(beside, key=lambda word: (-len(word.text), word.kind != "unit", word.text)))


def _plain_name(name: str) -> str:
    made = plain(name)
    return made.text if made else fold(name)


def is_named(word: str, names: tuple[str, ...]) -> bool:
    """Whether a unit word is what the framework itself calls the unit."""
    return word in {_plain_name(name) for name in names}


@dataclass(frozen=True, slots=True)
class Apart:
    """A text taken apart: what is left in the middle, and the words around it from outside in, one of a kind."""

    core: str
    words: tuple[Word, ...]

    def word(self, *kinds: str) -> Word | None:
        """The first word of one of these kinds."""
        return next((word for word in self.words if word.kind in kinds), None)


def take_apart(text: str, names: tuple[str, ...] = ()) -> Apart:
    """The words around the digits of a plain text; what is not understood stays in the core."""
    taken: list[Word] = []
    core = text
    while True:
        kinds = {word.kind for word in taken}
        for word in _words(names):
            left = None if word.kind in kinds else _without(core, word)
            if left is not None:
                taken.append(word)
                core = left
                break
        else:
            return Apart(core, tuple(taken))


def _without(text: str, word: Word) -> str | None:
    """The text without the word at its end or its beginning; None if it stands at neither as a word of its own."""
    size = len(word.text)
    left = None
    if word.side != "before" and text.endswith(word.text) and _parted(text[:-size][-1:], word.text[0]):
        left = text[:-size].strip()
    elif (
        word.side != "after" and text.startswith(word.text) and _parted(word.text[-1], text[size : size + 1])
    ):
        left = text[size:].strip()
    return left if left and any(character.isdigit() for character in left) else None


def _parted(before: str, after: str) -> bool:
    """Whether a word ends between two characters: not inside letters of a script that parts words by blanks."""
    return not all(one.isalpha() and one < _WITHOUT_BLANKS for one in (before, after)) or not (
        before and after
    )
