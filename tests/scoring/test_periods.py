"""When a period ends, and what days a date known in part stands for."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.periods import Span, end_of_period, span

DAYS = st.dates(datetime.date(1990, 1, 1), datetime.date(2090, 12, 31))


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


# Regulation (EEC, Euratom) No 1182/71, Article 3: the same date of the last month, or that month's last day.
@pytest.mark.parametrize(
    ("begins", "months", "ends"),
    [
        ("2021-10-27", 72, "2027-10-27"),
        ("2023-05-31", 12, "2024-05-31"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2024-02-29", 72, "2030-02-28"),
        ("2023-02-28", 12, "2024-02-28"),
        ("2023-08-31", 1, "2023-09-30"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2024-08-31", 6, "2025-02-28"),
        ("2023-12-31", 1, "2024-01-31"),
        ("2023-12-31", 2, "2024-02-29"),
        ("2023-01-15", 11, "2023-12-15"),
        ("2023-01-15", 0, "2023-01-15"),
    ],
)
def test_the_last_day_of_a_period(begins: str, months: int, ends: str) -> None:
    assert end_of_period(day(begins), months) == day(ends)


@given(DAYS, st.integers(0, 240))
def test_a_period_ends_in_its_month_and_never_after_the_day_it_began_on(
    begins: datetime.date, months: int
) -> None:
    ends = end_of_period(begins, months)
    assert (ends.year - begins.year) * 12 + ends.month - begins.month == months
    assert ends.day == begins.day or (ends.day < begins.day and (ends + datetime.timedelta(1)).day == 1)


@given(DAYS, DAYS, st.integers(0, 240))
def test_who_begins_later_ends_no_sooner(first: datetime.date, second: datetime.date, months: int) -> None:
    first, second = sorted((first, second))
    assert end_of_period(first, months) <= end_of_period(second, months)


def test_a_period_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(ValueError, match="12 months after 9999-06-01 lie outside the calendar"):
        end_of_period(day("9999-06-01"), 12)


@pytest.mark.parametrize(
    ("text", "first", "last", "known"),
    [
        ("2021-10-27", "2021-10-27", "2021-10-27", True),
        ("2024-02", "2024-02-01", "2024-02-29", False),
        ("2023-02", "2023-02-01", "2023-02-28", False),
        ("2019", "2019-01-01", "2019-12-31", False),
        ("2015-09-28/2015-09-30", "2015-09-28", "2015-09-30", False),
        ("2015-09/2016", "2015-09-01", "2016-12-31", False),
    ],
)
def test_the_days_a_date_stands_for(text: str, first: str, last: str, known: bool) -> None:
    assert span(text) == Span(day(first), day(last))
    assert span(text).known is known


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is no date"),
        ("27.10.2021", "is no date"),
        ("2021-10-27T10:00", "is no date"),
        ("２０２１", "is no date"),
        ("2021/2022/2023", "is no date"),
        ("2023-02-29", "no calendar has"),
        ("2023-13", "no calendar has"),
        ("2021-10-27/2021-10-26", "ends before it begins"),
    ],
)
def test_what_is_no_date_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        span(text)
