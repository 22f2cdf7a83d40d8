"""Recurrences by RFC 5545: what comes again, how often, and on which days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TypeVar

from pipeline.deadlines.values import Unit

_T = TypeVar("_T", int, str)

FREQUENCIES = {
    Unit.DAY: ("DAILY", 1),
    Unit.WEEK: ("WEEKLY", 1),
    Unit.MONTH: ("MONTHLY", 1),
    Unit.QUARTER: ("MONTHLY", 3),
    Unit.YEAR: ("YEARLY", 1),
}
_UNITS = {
    ("DAILY", 1): "hằng ngày",
    ("WEEKLY", 1): "hằng tuần",
    ("MONTHLY", 1): "hằng tháng",
    ("MONTHLY", 3): "hằng quý",
    ("MONTHLY", 6): "6 tháng một lần",
    ("YEARLY", 1): "hằng năm",
}
_PLAIN = {"DAILY": "ngày", "WEEKLY": "tuần", "MONTHLY": "tháng", "YEARLY": "năm"}
_DAYS = {"MO": "thứ Hai", "TU": "thứ Ba", "WE": "thứ Tư", "TH": "thứ Năm", "FR": "thứ Sáu", "SA": "thứ Bảy"}


@dataclass(frozen=True, slots=True)
class Every:
    """A recurrence by RFC 5545: every `interval` of `freq`, on the given months and days."""

    freq: str
    interval: int = 1
    months: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    weekdays: tuple[str, ...] = ()
    time: dt.time | None = None
    several: bool = False

    @property
    def rrule(self) -> str:
        """RFC 5545 recurrence rule without its "RRULE:" prefix."""
        parts = [f"FREQ={self.freq}"]
        if self.interval != 1:
            parts.append(f"INTERVAL={self.interval}")
        for key, values in (("BYMONTH", self.months), ("BYMONTHDAY", self.days), ("BYDAY", self.weekdays)):
            if values:
                parts.append(f"{key}={','.join(map(str, values))}")
        return ";".join(parts)

    @property
    def length(self) -> float:
        """Days from one time to the next, to tell which of two comes round sooner."""
        return {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 30, "YEARLY": 365}[self.freq] * self.interval


@dataclass(frozen=True, slots=True)
class Dates:
    """Days that come again: of the month, of the year (`months` beside `days`), of the week."""

    days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    weekdays: tuple[str, ...] = ()
    quarterly: bool = False
    several: bool = False
    time: dt.time | None = None


def together(one: Dates, other: Dates) -> Dates | None:
    """Two days make one rule where its months × days are just these two, else only the months."""
    if one.quarterly or other.quarterly or one.time != other.time:
        return None
    days, months = _union(one.days, other.days), tuple(sorted(_union(one.months, other.months)))
    if bool(one.months) != bool(other.months):
        return None
    if len(days) > 1 and len(months) > 1:
        return Dates((), months, several=True)
    return Dates(days, months, _union(one.weekdays, other.weekdays), several=one.several or other.several)


def _union(one: tuple[_T, ...], other: tuple[_T, ...]) -> tuple[_T, ...]:
    return one + tuple(item for item in other if item not in one)


def both(one: Every, other: Every) -> Every | None:
    """Two yearly rules with days as one; None where either is of another kind."""
    if not (one.freq == other.freq == "YEARLY" and one.days and other.days and one.time == other.time):
        return None
    days = together(Dates(one.days, one.months), Dates(other.days, other.months))
    return on(days, Every("YEARLY", time=one.time)) if days else None


def on(dates: Dates, every: Every) -> Every | None:
    """The days of a recurrence, where they fit its length; a half year on a day is that day of the year."""
    if every.days or every.months or every.weekdays:
        return None
    if (every.freq, every.interval) == ("MONTHLY", 6) and dates.months:
        every = Every("YEARLY")
    fits = {
        "WEEKLY": bool(dates.weekdays),
        "MONTHLY": bool(dates.days) and not dates.months and (every.interval == 3 or not dates.quarterly),
        "YEARLY": bool(dates.months),
    }
    if not fits.get(every.freq):
        return None
    return replace(
        every,
        days=dates.days,
        months=dates.months,
        weekdays=dates.weekdays,
        time=dates.time,
        several=dates.several,
    )


def in_words(every: Every) -> str:
    """A recurrence in Vietnamese ("hằng tháng, ngày 25")."""
    plain = f"{every.interval} {_PLAIN[every.freq]} một lần"
    words = _UNITS.get((every.freq, every.interval), plain)
    if every.weekdays:
        words += f", {', '.join(_DAYS.get(day, 'chủ nhật') for day in every.weekdays)}"
    if every.days:
        words += ", ngày " + ", ".join("cuối" if day < 0 else str(day) for day in every.days)
    if every.months:
        words += f", tháng {', '.join(map(str, every.months))}"
    return words
