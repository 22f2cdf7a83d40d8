"""Working days and month sums, against the plain definition."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.deadlines.calendar import add_months, add_working_days, day_of, month_end

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1))


@given(DAYS, st.integers(1, 120))
def test_working_days_are_counted_one_by_one(start: dt.date, count: int) -> None:
    day, left = start, count
    while left:
        day += dt.timedelta(days=1)
        left -= day.weekday() < 5
    assert add_working_days(start, count) == day


@given(DAYS, st.integers(0, 60))
def test_months_keep_the_day_or_the_month_end(start: dt.date, months: int) -> None:
    end = add_months(start, months)
    assert (end.year - start.year) * 12 + end.month - start.month == months
    assert end.day == start.day or end == month_end(end.year, end.month)


@pytest.mark.parametrize(
    ("year", "month", "last"), [(2024, 2, 29), (2023, 2, 28), (1900, 2, 28), (2024, 12, 31), (2024, 4, 30)]
)
def test_month_end(year: int, month: int, last: int) -> None:
    assert month_end(year, month) == dt.date(year, month, last)


@pytest.mark.parametrize("parts", [(2024, 2, 30), (2024, 13, 1), (2024, 0, 1), (1800, 1, 1), (2024, 1, 32)])
def test_day_that_is_none(parts: tuple[int, int, int]) -> None:
    assert day_of(*parts) is None
