"""Days in, working days counted out: Viet Nam's public holidays with their swapped days (package `holidays`,
what it lacks in swapped_days.toml), and the office's own days off and working days, which come first.

The path counts Monday to Friday alone, so that the same words give the same day everywhere; where the
office's calendar says otherwise, `counted_otherwise` tells it, and people decide.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from service.review.forms import reading

_COUNTED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}) \+ (\d+) ngày làm việc → (\d{1,2})/(\d{1,2})/(\d{4})")
_FURTHEST = 3000  # working days; no deadline counts more


@dataclass(frozen=True, slots=True)
class Counted:
    """A deadline that counts working days: from which day, how many, and the day that the path found."""

    start: dt.date
    days: int
    due_on: dt.date


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A deadline that falls on another day by the office's calendar."""

    counted: Counted
    due_on: dt.date


@dataclass(frozen=True, slots=True)
class Calendar:
    """The office's calendar; `own` holds its own days: True for a working day, False for a day off."""

    own: Mapping[dt.date, bool] = field(default_factory=dict)

    def is_working(self, day: dt.date) -> bool:
        """Whether the office works on a day."""
        if (own := self.own.get(day)) is not None:
            return own
        public = _public(day.year)
        return day in public.swapped or (day.weekday() < 5 and day not in public.off)

    def add_working_days(self, start: dt.date, days: int) -> dt.date:
        """The `days`-th working day after `start`; `start` itself for none. Raises `ValueError` for a count
        below 0 or past every calendar."""
        if not 0 <= days <= _FURTHEST:
            raise ValueError(days)
        day = start
        while days:
            day += dt.timedelta(days=1)
            days -= self.is_working(day)
        return day

    def working_days_between(self, first: dt.date, last: dt.date) -> int:
        """How many working days lie after `first`, up to and with `last`; negative where `last` is before."""
        if last < first:
            return -self.working_days_between(last, first)
        span = (last - first).days
        return sum(self.is_working(first + dt.timedelta(days=n)) for n in range(1, span + 1))

    def working_by(self, day: dt.date) -> dt.date:
        """The last working day up to and with `day`."""
        while not self.is_working(day):
            day -= dt.timedelta(days=1)
        return day


def holiday(day: dt.date) -> str:
    """What the country celebrates on a day, in Vietnamese; "" where nothing."""
    return _public(day.year).off.get(day, "")


def public_days(year: int, locale: str = "vi") -> list[tuple[dt.date, bool, str]]:
    """The year's public holidays and swapped days in order: the day, whether it is worked, its name."""
    public = _public(year, locale)
    off = [(day, False, name) for day, name in public.off.items()]
    return sorted(off + [(day, True, "") for day in public.swapped if day.year == year])


def counted_in(deadline: Mapping[str, Any], counts_from: dt.date) -> Counted | None:
    """How a kept deadline counts working days; None where it does not. Its reading is told in its `words`;
    a typed one is read again, from `counts_from`."""
    words = str(deadline.get("words") or "")
    if not words and deadline.get("text"):
        read = reading(str(deadline["text"]), counts_from)
        words = read.words if read else ""
    found = _COUNTED.search(words)
    if found is None:
        return None
    day, month, year, days, due_day, due_month, due_year = map(int, found.groups())
    return Counted(dt.date(year, month, day), days, dt.date(due_year, due_month, due_day))


def counted_otherwise(
    deadline: Mapping[str, Any], counts_from: dt.date, due_on: dt.date | None, calendar: Calendar
) -> Otherwise | None:
    """Where a deadline falls by the office's calendar, if that is another day; None where it was adjusted
    meanwhile, so that the reading counts no more."""
    counted = counted_in(deadline, counts_from)
    if counted is None or counted.due_on != due_on:
        return None
    by_office = calendar.add_working_days(counted.start, counted.days)
    return Otherwise(counted, by_office) if by_office != due_on else None


@dataclass(frozen=True, slots=True)
class Swap:
    """A working day that was moved: free on `off`, worked on `worked` instead, by the document `source`;
    `name` by language."""

    off: dt.date
    worked: dt.date
    name: Mapping[str, str]
    source: str


@cache
def corrections() -> Sequence[Swap]:
    """What the package lacks, from swapped_days.toml."""
    found = tomllib.loads(files(__package__).joinpath("swapped_days.toml").read_text(encoding="utf-8"))
    return tuple(Swap(**row) for row in found["swap"])


@dataclass(frozen=True, slots=True)
class Public:
    """The country's days of a year: those off with what is celebrated, weekend days that are worked."""

    off: Mapping[dt.date, str]
    swapped: frozenset[dt.date]


def packaged(year: int, locale: str = "vi") -> Public:
    """A year as the package knows it, with names in the language."""
    import holidays

    found = holidays.country_holidays("VN", years=year, language={"en": "en_US"}.get(locale, locale))
    swapped = frozenset(day for day in found.weekend_workdays if day.year == year)
    return Public({day: str(name) for day, name in found.items() if day.year == year}, swapped)


@cache
def _public(year: int, locale: str = "vi") -> Public:
    """A year as it is."""
    known, more = packaged(year, locale), corrections()
    off = {one.off: one.name[locale] for one in more if one.off.year == year}
    worked = {one.worked for one in more if one.worked.year == year}
    return Public(off | dict(known.off), known.swapped | worked)
