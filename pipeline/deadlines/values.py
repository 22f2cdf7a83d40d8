"""What the rules compute with: periods, recurrences, lengths of time, and the reading they end in.

A `When` says what the words say ("quý II", "15/6"); `resolve` makes days of it once the document's
date is known. A `Reading` is a deadline's value before its place in the text is added.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from pipeline.deadlines.calendar import add_months, add_working_days, day_of, month_end, vietnamese
from pipeline.types import DeadlineKind

BEFORE_ISSUE, YEAR_ASSUMED, MONTH_ASSUMED = "before_issue", "year_assumed", "month_assumed"
SEVERAL_DAYS, WEEKDAY_DIFFERS = "several_days", "weekday_differs"
YEAR_MISSING, APPROXIMATE, ISSUE_MISSING = "year_missing", "approximate", "issue_date_missing"


class Unit(StrEnum):
    """The grain of a period; the value is its Vietnamese name."""

    MINUTE = "phút"
    HOUR = "giờ"
    DAY = "ngày"
    WORKING_DAY = "ngày làm việc"
    WEEK = "tuần"
    MONTH = "tháng"
    QUARTER = "quý"
    HALF = "nửa năm"
    YEAR = "năm"


@dataclass(frozen=True, slots=True)
class Context:
    """What a reading may depend on besides its words: the document's date."""

    issued_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day of a resolved period, with doubts."""

    first: dt.date
    last: dt.date
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class When:
    """A day or period as the words give it.

    `number` counts months, quarters or halves in their year; `day` is 0 but for days; `part` cuts
    the period ("start", "middle", "end", or "week1"… "week5"); `shift` counts years (or months, for
    `number` 0) from the document's own; `weekday` is the one named beside a day (2 for Monday … 8), or 0.
    """

    unit: Unit
    year: int | None = None
    number: int = 0
    day: int = 0
    part: str = ""
    shift: int = 0
    time: dt.time | None = None
    weekday: int = 0

    def resolve(self, issued_on: dt.date | None) -> Days | None:
        """The period's days, or None where no year can be known."""
        if self.year is not None:
            return self._in(self.year)
        if issued_on is None:
            return None
        if self.unit is Unit.YEAR:
            return self._in(issued_on.year + self.shift)
        if not self.number:
            return self._near(issued_on)
        for year in range(issued_on.year, issued_on.year + 9):
            days = self._in(year)
            if days is not None and days.last >= issued_on:
                return Days(days.first, days.last, (*days.flags, YEAR_ASSUMED))
        return None

    def _near(self, issued_on: dt.date) -> Days | None:
        """A period named from the document's date: this day, week, month; a day without month."""
        if self.unit is Unit.WEEK:
            monday = issued_on - dt.timedelta(days=issued_on.weekday()) + dt.timedelta(weeks=self.shift)
            return Days(monday, monday + dt.timedelta(days=6))
        if self.unit is Unit.DAY and not self.day:
            day = issued_on + dt.timedelta(days=self.shift)
            return Days(day, day)
        start = add_months(issued_on.replace(day=1), self.shift)
        if self.unit is not Unit.DAY:
            number = start.month if self.unit is Unit.MONTH else (start.month + 2) // 3
            return When(self.unit, start.year, number, part=self.part)._in(start.year)
        for ahead in range(3):
            month = add_months(start, ahead)
            day_then = day_of(month.year, month.month, self.day)
            if day_then is not None and day_then >= issued_on:
                return Days(day_then, day_then, (MONTH_ASSUMED,))
        return None

    def _in(self, year: int) -> Days | None:
        if day_of(year, 1, 1) is None:
            return None
        if self.unit is Unit.DAY:
            day = day_of(year, self.number, self.day)
            return None if day is None else Days(day, day)
        months = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.HALF: 6, Unit.YEAR: 12}[self.unit]
        begin = (max(self.number, 1) - 1) * months + 1
        first, last = dt.date(year, begin, 1), month_end(year, begin + months - 1)
        return self._cut(first, last)

    def _cut(self, first: dt.date, last: dt.date) -> Days:
        if not self.part or self.part == "end":
            return Days(first, last)
        if self.part.startswith("week"):
            end = first + dt.timedelta(days=7 * int(self.part[4:]) - 1)
            return Days(end - dt.timedelta(days=6), min(end, last), (APPROXIMATE,))
        if self.unit is Unit.MONTH:
            end = first.replace(day={"start": 10, "half": 15, "middle": 20}[self.part])
        else:
            months = {
                Unit.QUARTER: {"start": 1, "middle": 2},
                Unit.HALF: {"start": 2, "middle": 3},
                Unit.YEAR: {"start": 3, "middle": 6},
            }[self.unit][self.part]
            end = month_end(first.year, first.month + months - 1)
        return Days(first, end, (APPROXIMATE,))

    def __str__(self) -> str:
        return _describe(self)


_PARTS = {"": "", "start": "đầu ", "half": "nửa đầu ", "middle": "giữa ", "end": "cuối "}
_ROMAN = ("", "I", "II", "III", "IV")


def _describe(when: When) -> str:
    year = "" if when.year is None else f"/{when.year}"
    part = f"tuần {when.part[4:]} " if when.part.startswith("week") else _PARTS[when.part]
    if when.unit is Unit.DAY:
        month = f"/{when.number}" if when.number else ""
        named = f"ngày {when.day}{month}{year}" if when.day else "ngày ký"
    elif when.unit is Unit.MONTH and when.number:
        named = f"tháng {when.number}{year}"
    elif when.unit is Unit.QUARTER and when.number:
        named = f"quý {_ROMAN[when.number]}{year}"
    elif when.unit is Unit.HALF:
        named = f"6 tháng {'đầu' if when.number == 1 else 'cuối'} năm{year.replace('/', ' ')}"
    elif when.year is not None:
        named = f"năm {when.year}"
    else:
        named = f"{when.unit} của ngày ký" + (f" + {when.shift}" if when.shift else "")
    return part + named


@dataclass(frozen=True, slots=True)
class Length:
    """A number of units of time."""

    count: int
    unit: Unit

    def after(self, start: dt.date) -> dt.date | None:
        """The day this long after `start`; None past the calendar's end."""
        if self.count > 3000:
            return None
        try:
            if self.unit is Unit.WORKING_DAY:
                return add_working_days(start, self.count)
            if self.unit is Unit.MINUTE:
                return start
            if self.unit is Unit.HOUR:
                return start + dt.timedelta(days=-(-self.count // 24))
            if self.unit in (Unit.DAY, Unit.WEEK):
                return start + dt.timedelta(days=self.count * (7 if self.unit is Unit.WEEK else 1))
            months = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.HALF: 6, Unit.YEAR: 12}[self.unit]
            return add_months(start, self.count * months)
        except (ValueError, OverflowError):
            return None

    def __str__(self) -> str:
        return f"{self.count} {self.unit}"


@dataclass(frozen=True, slots=True)
class Reading:
    """A deadline's value; `trigger` names the event it hangs on, `words` tells how it came about and does
    not count in comparison."""

    kind: DeadlineKind
    date: dt.date | None = None
    time: dt.time | None = None
    rrule: str | None = None
    flags: tuple[str, ...] = ()
    words: str = field(default="", compare=False)
    trigger: str | None = None


def dated(when: When, context: Context, *, before: bool = False) -> Reading | None:
    """The last day in time of a period, or the day before it begins (`before`, not for days)."""
    days = when.resolve(context.issued_on)
    if days is None:
        if when.year is not None or context.issued_on is not None:
            return None
        return Reading(
            DeadlineKind.DATE, time=when.time, flags=(YEAR_MISSING,), words=f"{when} → không rõ năm"
        )
    strict = before and when.unit is not Unit.DAY and not when.part
    date = days.first - dt.timedelta(days=1) if strict else days.last
    flags = days.flags
    if context.issued_on is not None and date < context.issued_on:
        flags = (*flags, BEFORE_ISSUE)
    if when.weekday and date.weekday() + 2 != when.weekday:
        flags = (*flags, WEEKDAY_DIFFERS)
    return Reading(DeadlineKind.DATE, date, when.time, None, flags, _steps(when, days, date, strict, context))


def _steps(when: When, days: Days, date: dt.date, strict: bool, context: Context) -> str:
    words = str(when)
    if {YEAR_ASSUMED, MONTH_ASSUMED} & set(days.flags) and context.issued_on:
        words += f", lần tới kể từ ngày ký {vietnamese(context.issued_on)}"
    if strict:
        words = f"ngày liền trước {words}"
    elif when.unit is not Unit.DAY:
        words = f"ngày cuối của {words}"
    if when.time is not None:
        words = f"{when.time:%H:%M} {words}"
    return f"{words} → {vietnamese(date)}"
