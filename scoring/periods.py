"""When does a period that runs from a date end? Calendar arithmetic, exact also where a date is known in part."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, slots=True)
class Span:
    """The days on which something may have happened: one day where it is known, else the first and the last."""

    first: datetime.date
    last: datetime.date

    @property
    def known(self) -> bool:
        """Whether the day is known."""
        return self.first == self.last


def span(text: str) -> Span:
    """The days that a date stands for: "2021-10-27", "2021-10", "2021", or two of them as "2015-09-28/2015-09-30".

    Raises ValueError for anything else and for days that no calendar has.
    """
    parts = text.split("/")
    if len(parts) > 2:
        raise ValueError(_wrong(text))
    first, last = _days(parts[0], text), _days(parts[-1], text)
    if first.first > last.last:
        raise ValueError(f'"{text}" ends before it begins')
    return Span(first.first, last.last)


def end_of_period(day: datetime.date, months: int) -> datetime.date:
    """The last day of a period of `months` that follows `day`: the same day of a later month, or that month's last.

    The day itself does not count, and where the month has no such day the period ends with the month: one year
    after 29 February 2024 ends on 28 February 2025. Raises ValueError beyond the year 9999. Rule: Council of the
    European Communities, Regulation (EEC, Euratom) No 1182/71 determining the rules applicable to periods, dates and
    time limits, Article 3, 1971; a convention here, because award rules seldom say how they count.
    """
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not datetime.MINYEAR <= years <= datetime.MAXYEAR:
        raise ValueError(f"{months} months after {day.isoformat()} lie outside the calendar")
    return datetime.date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


def _days(text: str, whole: str) -> Span:
    match = _DATE.fullmatch(text.strip())
    if match is None:
        raise ValueError(_wrong(whole))
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    try:
        if month is None:
            return Span(datetime.date(year, 1, 1), datetime.date(year, 12, 31))
        if day is None:
            return Span(
                datetime.date(year, month, 1),
                datetime.date(year, month, calendar.monthrange(year, month)[1]),
            )
        return Span(datetime.date(year, month, day), datetime.date(year, month, day))
    except ValueError:
        raise ValueError(f'"{whole}" is a day or month that no calendar has') from None


def _wrong(text: str) -> str:
    return f'"{text}" is no date; write 2021-10-27, 2021-10, 2021, or two of them with / between'
