"""Which number stands in a cell, and how was it understood? Read exactly, or not at all: nothing is guessed.

Every reading names its rules (number_rules.csv); a doubtful one is not taken, and its candidates are kept.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from indicators.digits import Number, plain, read_digits
from indicators.number_words import (
    CONFIDENCES,
    Apart,
    UnitWord,
    Word,
    is_named,
    missing_state,
    range_words,
    rules,
    take_apart,
    unit_words,
)
from indicators.text import fold, tidy

# Longer texts are remarks, not numbers.
LONGEST_TEXT = 80
PERCENT = "percent"
# The doubts that may be settled for a whole column, and what may be answered, in the order of the candidates.
DOUBTS: Mapping[str, tuple[str, ...]] = {
    "decimal_mark": (".", ","),
    "fraction": ("percent", "fraction"),
    "range": ("low", "middle", "high"),
    "bound": ("bound",),
    "unit": ("as_it_stands", "converted"),
}
# What settles the decimal mark of a text table, which is written in one way throughout.
FILE_MARK = "file_decimal_mark"

_QUOTED_IN_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_WORDS_IN_FORMAT = re.compile(r'"([^"]*)"|\[\$([^\]-]*)(?:-[^\]]*)?\]|([$€£¥₩₹])')


@dataclass(frozen=True, slots=True)
class Asked:
    """What a cell is asked for: the unit's id, what the framework calls it, and doubts already settled.

    `settled` holds, for a doubt ("decimal_mark", "fraction", "range", "bound", "unit kg"), one of its answers.
    """

    unit: str = ""
    names: tuple[str, ...] = ()
    settled: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a cell says as a number.

    `value` is None for an empty cell and where `problem` (a row of findings.csv) says why there is none.
    `raw` is the text as a person sees it; `candidates` are the readings that were not taken;
    `stated_percent` is true where the cell itself said that it is a percentage; `rules` are the ways of
    reading applied, in their order; `detail` is a foreign unit's word or the state that a word suggests.
    """

    value: float | None
    problem: str | None
    raw: str
    candidates: tuple[float, ...] = ()
    stated_percent: bool = False
    rules: tuple[str, ...] = ()
    detail: str = ""

    @property
    def rule(self) -> str:
        """The rules as one text."""
        return " ".join(self.rules)

    @property
    def confidence(self) -> str:
        """How sure the reading is: that of its least sure rule; "" where nothing was read."""
        if not self.rules:
            return ""
        return max((rules()[rule].confidence for rule in self.rules), key=CONFIDENCES.index)

    @property
    def told(self) -> bool:
        """Whether a note tells how a taken value was understood."""
        return self.value is not None and any(rules()[rule].told for rule in self.rules)


def parse(
    value: object,
    number_format: str = "General",
    *,
    percent: bool = False,
    error: bool = False,
    asked: Asked | None = None,
) -> Parsed:
    """The number in a cell, in the unit asked for; percentages run 0-100.

    `value` and `number_format` as openpyxl gives them; `percent` is short for the unit "percent", where a
    percent sign or a percent format is allowed; `error` marks a cell that holds an error such as #DIV/0!.
    """
    asked = asked or Asked(PERCENT if percent else "")
    raw = tidy(value)
    if value is None or raw == "":
        return Parsed(None, None, "")
    if error:
        return Parsed(None, "error_value", raw)
    if isinstance(value, bool):
        return Parsed(None, "text_for_number", raw)
    if isinstance(value, int | float):
        return _from_number(value, number_format, asked)
    if isinstance(value, str):
        return _from_text(raw, asked)
    if isinstance(value, datetime.date):
        return Parsed(None, "date_for_number", raw, _undated(value, number_format), rules=("date",))
    return Parsed(None, "date_for_number" if isinstance(value, _TIMES) else "text_for_number", raw)


_TIMES = (datetime.time, datetime.timedelta)


def settle(parsed: Parsed, doubt: str, asked: Asked) -> Parsed:
    """A doubtful reading with the candidate that the column's answer chose; the same reading without an answer."""
    kind = doubt.split(" ")[0]
    answer = asked.settled.get(doubt, "")
    options = DOUBTS[kind][: len(parsed.candidates)]
    if answer not in options:
        return parsed
    chosen = parsed.candidates[options.index(answer)]
    kept = tuple(rule for rule in parsed.rules if rules()[rule].confidence != "doubtful")
    return Parsed(
        chosen, None, parsed.raw, (), parsed.stated_percent, (*kept, f"answered_{kind}"), parsed.detail
    )


def _from_number(value: float, number_format: str, asked: Asked) -> Parsed:
    try:
        finite = math.isfinite(value) and math.isfinite(float(value))
    except OverflowError:
        # A whole number of hundreds of digits.
        finite = False
    if not finite:
        return Parsed(None, "text_for_number", tidy(value))
    if "%" not in _QUOTED_IN_FORMAT.sub("", number_format):
        return _formatted(float(value), number_format, tidy(value), asked)
    # Decimal keeps 7 % at 7: the float product 0.07 * 100 is 7.000000000000001.
    shown = float(Decimal(repr(value)) * 100)
    raw = f"{tidy(shown)}%"
    if asked.unit != PERCENT:
        return Parsed(None, "percent_where_none", raw)
    return Parsed(shown, None, raw, stated_percent=True, rules=("percent_format",))


def _formatted(value: float, number_format: str, raw: str, asked: Asked) -> Parsed:
    """A number whose format may show a unit or a currency beside it."""
    shown = [fold("".join(groups)) for groups in _WORDS_IN_FORMAT.findall(number_format)]
    known = {word for _, word in unit_words()} - {"", "%", "‰"}
    words = [word for word in shown if word in known]
    if not words or _is_percent(words[0]):
        return Parsed(value, None, raw, rules=("as_number",))
    if _meaning(words[0], asked) is None:
        return Parsed(value, None, raw, rules=("unit_format",))
    return _in_other_unit(Decimal(repr(value)), words[0], f"{raw} {words[0]}", (), asked)


def _from_text(raw: str, asked: Asked) -> Parsed:
    state = missing_state(raw)
    if state:
        return Parsed(None, "missing_word", raw, rules=("missing_word",), detail=state)
    made = plain(raw)
    if made is None or len(made.text) > LONGEST_TEXT:
        return Parsed(None, "text_for_number", raw)
    number = read_digits(made.text)
    apart = Apart(made.text, ()) if number else take_apart(made.text, asked.names)
    number = number or read_digits(apart.core)
    if number is None:
        ends = _ends(apart, asked)
        return _judged(ends, apart, raw, made.rules, asked) if ends else Parsed(None, "text_for_number", raw)
    return _judged((number,), apart, raw, made.rules, asked)


def _ends(apart: Apart, asked: Asked) -> tuple[Number, Number] | None:
    """The two ends of a range such as "12 % to 15": the lower one first, each with its own multiplier."""
    between = "|".join(
        rf"(?<=\s){re.escape(word)}(?=\s)" if word.isalpha() and word.isascii() else re.escape(word)
        for word in range_words()
    )
    found = re.fullmatch(rf"(.*?\d.*?)\s*(?:{between})\s*(.*\d.*)", apart.core)
    if not found:
        return None
    left, right = (take_apart(side, asked.names) for side in found.groups())
    low, high = read_digits(left.core), read_digits(right.core)
    if low is None or high is None or low.other is not None or high.other is not None:
        return None
    if {word.text for word in (*left.words, *right.words) if word.kind == "unit"} - {
        word.text for word in apart.words
    }:
        # Two units in one cell are no range.
        return None
    own, shared = left.word("multiplier"), apart.word("multiplier")
    if own is not None:
        low = Number(low.value * own.factor / (shared.factor if shared else 1), low.rules)
    return (low, high) if low.value < high.value else None


def _judged(
    numbers: Sequence[Number], apart: Apart, raw: str, before: tuple[str, ...], asked: Asked
) -> Parsed:
    """The reading of one number, or of the two ends of a range, with the words around it."""
    unit = apart.word("unit")
    multiplier = apart.word("multiplier")
    meaning = _meaning(unit.text, asked) if unit else None
    if unit and meaning and _is_percent(unit.text) and asked.unit != PERCENT:
        return Parsed(None, "percent_where_none", raw)
    if unit and multiplier and _is_percent(unit.text):
        return Parsed(None, "text_for_number", raw)
    words = sorted(apart.words, key=lambda word: _ORDER.index(word.kind))
    used = (*before, *(_rule(word, asked) for word in words), *_one_of(numbers))
    factor = (multiplier.factor if multiplier else Decimal(1)) * (
        _taken_factor(unit, asked) if unit else Decimal(1)
    )
    stated = bool(unit and _is_percent(unit.text))
    made = Parsed(None, None, raw, stated_percent=stated, rules=tuple(filter(None, used)))
    number = numbers[0]
    if number.other is not None:
        made = _marked(made, number, factor, asked)
        if made.value is None:
            return made
        amount = Decimal(repr(made.value))
    else:
        amount = number.value * factor
    if unit and meaning:
        return _in_other_unit(amount, unit.text, raw, made.rules, asked)
    if len(numbers) > 1:
        ends = amount, (amount + numbers[1].value * factor) / 2, numbers[1].value * factor
        return settle(_doubtful(made, "range_for_number", "range", *ends), "range", asked)
    if apart.word("below", "above"):
        return settle(_doubtful(made, "bound_for_number", "", amount), "bound", asked)
    value = float(amount)
    if not math.isfinite(value):
        return Parsed(None, "text_for_number", raw)
    # A plain number kept as text is the same answer as one kept as a number.
    return Parsed(value, None, raw, (), stated, made.rules or ("as_number",))


# Rules are named from the unit inwards, however the words stood.
_ORDER = ("unit", "multiplier", "about", "below", "above")


def _one_of(numbers: Sequence[Number]) -> tuple[str, ...]:
    """The rules of all numbers, each once."""
    return tuple(dict.fromkeys(rule for number in numbers for rule in number.rules))


def _marked(made: Parsed, number: Number, factor: Decimal, asked: Asked) -> Parsed:
    """A number whose one mark has two meanings, after what the column or the file says about its decimal mark."""
    assert number.other is not None
    found = _doubtful(made, "ambiguous_number", "", number.value * factor, number.other * factor)
    for doubt, rule in (("decimal_mark", "answered_decimal_mark"), (FILE_MARK, FILE_MARK)):
        mark = asked.settled.get(doubt, "")
        if mark in (".", ","):
            kept = tuple(one for one in made.rules if one != "either_mark")
            chosen = found.candidates[0 if mark == number.mark else 1]
            return Parsed(chosen, None, made.raw, (), made.stated_percent, (*kept, rule))
    return found


def _doubtful(made: Parsed, problem: str, rule: str, *candidates: Decimal) -> Parsed:
    readings = tuple(float(one) for one in candidates)
    return Parsed(
        None, problem, made.raw, readings, made.stated_percent, (*made.rules, rule) if rule else made.rules
    )


def _in_other_unit(amount: Decimal, word: str, raw: str, used: tuple[str, ...], asked: Asked) -> Parsed:
    """A figure in another unit: never converted silently; as it stands and, where that can be told, converted."""
    meaning = _meaning(word, asked)
    converted = amount * meaning.factor if meaning and meaning.factor is not None else None
    candidates = (amount,) if converted is None else (amount, converted)
    made = Parsed(
        None, "other_unit", raw, tuple(map(float, candidates)), rules=(*used, "other_unit"), detail=word
    )
    return settle(made, f"unit {word}", asked)


def _is_percent(word: str) -> bool:
    return (PERCENT, word) in unit_words()


def _same(word: str, asked: Asked) -> bool:
    """Whether a word stands for the unit asked for, or for a sign of it such as ‰, that is taken."""
    known = unit_words().get((asked.unit, word))
    return bool(known.rule) if known else is_named(word, asked.names)


def _meaning(word: str, asked: Asked) -> UnitWord | None:
    """What a word means that stands for another unit than the one asked for; None if it is the same unit."""
    return None if _same(word, asked) else unit_words().get((asked.unit, word), UnitWord(None, ""))


def _taken_factor(word: Word, asked: Asked) -> Decimal:
    known = unit_words().get((asked.unit, word.text))
    return known.factor if known and known.rule and known.factor is not None else Decimal(1)


def _rule(word: Word, asked: Asked) -> str:
    """The rule that a word around a number applies; none for a foreign unit, which is asked about."""
    if word.kind != "unit":
        return word.rule
    if not _same(word.text, asked):
        return ""
    known = unit_words().get((asked.unit, word.text))
    return known.rule if known else word.rule


def _undated(day: datetime.date, number_format: str) -> tuple[float, ...]:
    """The number from which a spreadsheet made a date, by the order in which its format shows day and month.

    Dots part dates in countries that put the day first, so that is the order where the format does not tell.
    """
    order = re.sub("[^dmy]", "", _QUOTED_IN_FORMAT.sub("", number_format).lower())
    if "m" in order and "d" not in order:
        return (float(f"{day.month}.{day.year % 100:02d}"),)
    first, second = (day.month, day.day) if order.startswith("m") else (day.day, day.month)
    return (float(f"{first}.{second}"),)
