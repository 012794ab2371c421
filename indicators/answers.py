"""One row of a measurement as an answer: value, state and year, judged by the framework's rules."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from indicators.headers import ANSWER_COLUMNS
from indicators.judged import asked_for, read_grade, read_level, read_number, within
from indicators.labels import choice_names, term_names
from indicators.numbers import Asked, Parsed, parse, settle
from indicators.questions import column_of
from indicators.rows import Row
from indicators.text import fold, quoted, tidy
from scoring.model import CLAIMED_OUT_STATES, Framework, Measurement, Node, Observation

# No city statistics are older; a smaller number is not a year.
FIRST_YEAR = 1900
# A year typed into a cell that is formatted as a date is shown as a day of 1905.
FIRST_DATED_YEAR = 1950
# The day that spreadsheets count as 0.
FIRST_DAY = datetime.date(1899, 12, 30)
_SCHOOL_YEAR = re.compile(r"(\d{4})\s*[/–-]\s*(\d{2}|\d{4})")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a row is judged by: the framework, the year of the assessment and the present year (UTC).

    `answers` are those given to questions about whole columns, by question id.
    """

    framework: Framework
    assessment_year: int
    current_year: int
    answers: Mapping[str, str] = field(default_factory=dict)


def read_answer(row: Row, node: Node, setting: Setting) -> Observation | None:
    """The row as an observation, None where nothing is filled in; what is wrong goes to `row.found`.

    The state is "answered" exactly where there is a usable value; a claim that is not in order is cleared.
    """
    measurement = node.measurement
    if measurement is None or not row.filled(ANSWER_COLUMNS):
        return None
    state, known = _state(row, setting.framework)
    parsed, value = _value(row, measurement, setting, state)
    year = _year(row, filled=value is not None)
    if value is not None:
        value, year = _aged(row, value, year, setting)
    if not known:
        value, state = None, ""
    elif value is not None and state not in ("", "answered"):
        row.report("value_and_state", "value", found=parsed.raw, state=row.text("state"))
        value, state = None, ""
    elif value is not None:
        state = "answered"
        _ask_for_source(row, measurement)
    elif state == "answered":
        if not parsed.raw and not parsed.problem and row.has("value"):
            row.report("answered_without_value", "value")
        state = ""
    elif parsed.problem or parsed.value is not None:
        # Something that is no usable value stands beside the state: the finding at the value comes first.
        state = ""
    else:
        state = _claim(row, measurement, state)
    return Observation(
        code=row.code,
        value=value,
        state=state,
        year=year,
        grade=read_grade(row, setting.framework),
        source=row.text("source"),
        link=row.text("link"),
        remark=row.text("remark"),
        place=row.place("value"),
        raw=parsed.raw,
        rule=parsed.rule,
        confidence=parsed.confidence,
        candidates=parsed.candidates,
        series_break=_break(row),
    )


def _value(row: Row, measurement: Measurement, setting: Setting, state: str) -> tuple[Parsed, float | None]:
    framework = setting.framework
    if state not in ("", "answered") and _says_nothing(row.text("value")):
        return Parsed(None, None, row.text("value")), None
    asked = asked_for(row, "value", measurement.unit, framework, setting.answers)
    low, high = measurement.plausible_low, measurement.plausible_high
    parsed = read_number(row, "value", asked, framework, low, high)
    if measurement.unit == "level":
        return parsed, read_level(row, "value", parsed, framework.rules.ladder_levels)
    if measurement.unit == "percent":
        parsed = _fraction(row, parsed, measurement, asked)
    return parsed, within(row, "value", parsed, low, high)


def _says_nothing(text: str) -> bool:
    """Whether a text holds no digit, such as a dash: beside a state it only repeats that there is no value."""
    return not any(unicodedata.category(character) == "Nd" for character in text)


def _fraction(row: Row, parsed: Parsed, measurement: Measurement, asked: Asked) -> Parsed:
    """0.45 among percentages may be 45 %: asked, and not taken, wherever the hundredfold would be possible too."""
    value = parsed.value
    if value is None or parsed.stated_percent or not 0 < value <= 1:
        return parsed
    other = round(value * 100, 6)
    if other > measurement.plausible_high:
        return parsed
    doubtful = replace(
        parsed,
        value=None,
        problem="fraction_percent",
        candidates=(value, other),
        rules=(*parsed.rules, "fraction"),
    )
    made = settle(doubtful, "fraction", asked)
    if made.value is None:
        where = column_of(row.place("value"))
        row.report("fraction_percent", "value", tidy(other), found=value, other=other, column=where)
    return made


def _state(row: Row, framework: Framework) -> tuple[str, bool]:
    """The answer state's id, and whether it was understood (an empty one is)."""
    text = row.text("state")
    state = term_names(framework, "state").get(fold(text), "")
    if text and not state:
        row.report("unknown_state", "state", found=quoted(text))
        return "", False
    return state, True


def _claim(row: Row, measurement: Measurement, state: str) -> str:
    """The state if it may stand, "" if it claims too much or gives no reason."""
    said = row.text("state")
    if state == "outside_remit" and not measurement.outside_remit:
        row.report("remit_not_allowed", "state", state=said)
        return ""
    if state in CLAIMED_OUT_STATES and not row.text("remark"):
        row.report("reason_missing", "remark" if row.has("remark") else "state", state=said)
        return ""
    return state


def _break(row: Row) -> str:
    """Why the value cannot be compared with earlier ones; "no" and a dash say that it can."""
    text = row.text("series_break")
    says = any(character.isalnum() for character in text) and fold(text) not in choice_names("series_break")
    return text if says else ""


def _year(row: Row, *, filled: bool) -> int | None:
    """The reference year; asked for where there is a value (`filled`) without one."""
    cell = row.cell("year")
    year: float | None
    if isinstance(cell.value, datetime.date):
        year = cell.value.year if cell.value.year >= FIRST_DATED_YEAR else None
    else:
        value = cell.value.strip().removesuffix("年") if isinstance(cell.value, str) else cell.value
        year = parse(value, cell.number_format, error=cell.error).value
    raw = tidy(cell.value)
    if raw and (year is None or not float(year).is_integer() or not FIRST_YEAR <= year <= 9999):
        row.report("year_unclear", "year", _proposed_year(cell.value), found=quoted(raw))
        return None
    if not raw and filled and row.uncalculated("year"):
        row.report("year_unclear", "year", found="=")
    elif not raw and filled:
        row.report("year_missing", "year")
    return None if year is None else int(year)


def _proposed_year(value: object) -> str:
    """The year that was meant where only one is sensible: the end of a school year, a number shown as a day."""
    if isinstance(value, datetime.datetime | datetime.date):
        shown = value.date() if isinstance(value, datetime.datetime) else value
        return str((shown - FIRST_DAY).days)
    school_year = _SCHOOL_YEAR.fullmatch(tidy(value))
    if school_year and int(school_year[2]) == (int(school_year[1]) + 1) % 10 ** len(school_year[2]):
        return str(int(school_year[1]) + 1)
    return ""


def _aged(row: Row, value: float, year: int | None, setting: Setting) -> tuple[float | None, int | None]:
    """Value and year after the rules on age: nothing from the future, nothing that is too old."""
    if year is None:
        return value, None
    rules = setting.framework.rules
    if year > setting.current_year:
        row.report("year_future", "year", year=year, current_year=setting.current_year)
        return None, year
    age = setting.assessment_year - year
    if age > rules.refused_age:
        row.report(
            "year_too_old",
            "year",
            year=year,
            limit=rules.refused_age,
            assessment_year=setting.assessment_year,
        )
        return None, year
    if age > rules.badge_age:
        row.report("year_old", "year", year=year, age=age)
    return value, year


def _ask_for_source(row: Row, measurement: Measurement) -> None:
    if measurement.method == "official" and not row.text("source"):
        row.report("source_missing", "source")
