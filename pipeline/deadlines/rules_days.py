"""Rules for days, weeks, months, quarters, halves and years: words in, a `When` out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from pipeline.deadlines.values import Context, Unit, When
from pipeline.rules import Action, Rule, same

_LEAP = 2024


def _clock(_: Context, hour: int, minute: int = 0) -> dt.time | None:
    if (hour, minute) == (24, 0):
        return dt.time(23, 59)
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None


def _afternoon(_: Context, time: dt.time) -> dt.time:
    return time.replace(hour=time.hour + 12) if 0 < time.hour < 12 else time


def _day(context: Context, day: int, month: int, year: int | None = None) -> When | None:
    when = When(Unit.DAY, year, month, day)
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    return when if replace(when, year=year or _LEAP).resolve(context.issued_on) else None


def _pair_day(context: Context, pair: tuple[int, ...], year: int | None = None) -> When | None:
    return _day(context, pair[0], pair[1], pair[2] if len(pair) == 3 else year)


def _day_of_month(context: Context, day: int, month: When) -> When | None:
    if month.part:
        return None
    if month.number:
        return _day(context, day, month.number, month.year)
    if context.issued_on is None:
        return None
    days = month.resolve(context.issued_on)
    return _day(context, day, days.first.month, days.first.year) if days else None


def _timed(_: Context, time: dt.time, day: When) -> When:
    return replace(day, time=time)


def _month(_: Context, number: int, year: int | None = None) -> When | None:
    return When(Unit.MONTH, year, number) if 1 <= number <= 12 else None


def _month_year(context: Context, pair: tuple[int, int]) -> When | None:
    return _month(context, *pair)


def _quarter(_: Context, number: int, year: int | None = None) -> When | None:
    return When(Unit.QUARTER, year, number) if 1 <= number <= 4 else None


def _quarter_year(context: Context, pair: tuple[int, int]) -> When | None:
    return _quarter(context, *pair)


def _half(number: int) -> Action:
    def make(_: Context, count: int, year: When) -> When | None:
        return None if count != 6 or year.part else When(Unit.HALF, year.year, number)

    return make


def _half_of(number: int) -> Action:
    def make(_: Context, year: When) -> When | None:
        return None if year.part else When(Unit.HALF, year.year, number)

    return make


def _first_months(_: Context, count: int, year: When) -> When | None:
    """The first three or nine months are told by the quarter that ends them."""
    quarter = {3: 1, 9: 3}.get(count)
    return When(Unit.QUARTER, year.year, quarter) if quarter and not year.part else None


def _year(_: Context, year: int) -> When:
    return When(Unit.YEAR, year)


def _shifted(unit: Unit, shift: int, part: str = "") -> Action:
    def make(_: Context) -> When:
        return When(unit, shift=shift, part=part)

    return make


def _part(part: str) -> Action:
    def make(_: Context, when: When) -> When | None:
        return None if when.part or when.unit is Unit.DAY else replace(when, part=part)

    return make


def _week(context: Context, number: int, month: When) -> When | None:
    if month.unit is not Unit.MONTH or month.part or not 1 <= number <= 5:
        return None
    return replace(month, part=f"week{number}")


def _first_week(context: Context, month: When) -> When | None:
    return _week(context, 1, month)


def _last_week(_: Context, month: When) -> When | None:
    return None if month.unit is not Unit.MONTH or month.part else replace(month, part="end")


def _later(_: Context, first: When, last: When) -> When | None:
    """B of "từ A đến B"; a year said once holds for both."""
    if first.year and last.year and first.year > last.year:
        return None
    if first.year is not None and last.year is None:
        last = replace(last, year=first.year)
    if first.unit is last.unit is Unit.YEAR and (first.year is None or last.year is None):
        return None
    return last


def _last(_: Context, _first: object, last: When) -> When:
    return last


def _year_range(_: Context, first: int, last: int) -> When | None:
    return When(Unit.YEAR, last) if first <= last <= first + 30 else None


def _to_month(_: Context, first: When, number: int, year: int | None = None) -> When | None:
    """May of "tháng 4 - 5/2014"."""
    if first.part or not first.number < number <= 12:
        return None
    return replace(first, number=number, year=year or first.year)


def _to_quarter(_: Context, first: When, number: int, year: int | None = None) -> When | None:
    if first.part or not first.number < number <= 4:
        return None
    return replace(first, number=number, year=year or first.year)


def _next_year_day(context: Context, day: When) -> When | None:
    if context.issued_on is None or day.year is not None or not day.number:
        return None
    return replace(day, year=context.issued_on.year + 1)


def _in_next_year(context: Context, when: When) -> When | None:
    if context.issued_on is None or when.year is not None or not when.number:
        return None
    return replace(when, year=context.issued_on.year + 1)


def _next_month_day(context: Context, day: int) -> When | None:
    return _day_of_month(context, day, When(Unit.MONTH, shift=1))


TIMES = (
    Rule("time.hour", "TIME", "NUM giờ", _clock),
    Rule("time.minute", "TIME", "NUM giờ NUM '|’|phút?", _clock),
    Rule("time.h", "TIME", "NUM h|g", _clock),
    Rule("time.h_minute", "TIME", "NUM h|g NUM '|’|ph|phút?", _clock),
    Rule("time.colon", "TIME", "NUM : NUM", _clock),
    Rule("time.morning", "TIME", "TIME sáng|trưa", same),
    Rule("time.afternoon", "TIME", "TIME chiều|tối", _afternoon),
)

DAYS = (
    Rule("day.figures", "DAY", "ngày? DMY", _pair_day),
    Rule("day.month_figures", "DAY", "ngày? DM", _pair_day),
    Rule("day.month_figures_year", "DAY", "ngày? DM năm YEAR", _pair_day),
    Rule("day.in_month", "DAY", "ngày? NUM MONTH", _day_of_month),
    Rule("day.of_month", "DAY", "ngày NUM của|trong MONTH", _day_of_month),
    Rule("day.dash", "DAY", "ngày NUM -|– NUM", _day),
    Rule("day.dash_year", "DAY", "ngày NUM -|– MY", lambda c, d, my: _day(c, d, *my)),
    Rule("day.end_of_month", "DAY", "ngày cuối cùng? của? MONTH", _last_week),
    Rule("day.weekday", "DAY", "WEEKDAY ,? (? DAY )?", lambda _, __, day: day),
    Rule("day.part", "WHEN", "buổi? sáng|trưa|chiều|tối DAY", same),
    Rule("day.today", "DAY", "hôm nay", _shifted(Unit.DAY, 0)),
    Rule("day.tomorrow", "DAY", "ngày mai", _shifted(Unit.DAY, 1)),
    Rule("day.next_year", "DAY", "DAY năm sau|tới", _next_year_day),
    Rule("day.following_year", "DAY", "DAY của? năm liền|tiếp|kế kề|theo|tiếp", _next_year_day),
    Rule("day.of_next_month", "DAY", "ngày NUM của? tháng liền|tiếp|kế kề|theo|tiếp", _next_month_day),
    Rule("day.range", "RANGE", "ngày? NUM -|–|đến DAY", _last),
    Rule("day.and", "RANGE", "ngày NUM và|, DAY", _last),
    Rule("day.clock", "DAY", "TIME ,? DAY", _timed),
    Rule("day.clock_after", "DAY", "DAY ,|lúc TIME", lambda _, day, time: replace(day, time=time)),
    Rule("when.day", "WHEN", "DAY", same),
)

WEEKS = (
    Rule("week.first", "WHEN", "tuần đầu tiên? của|trong? MONTH", _first_week),
    Rule("week.ordinal", "WHEN", "tuần thứ nhất của|trong? MONTH", _first_week),
    Rule("week.numbered", "WHEN", "tuần thứ? NUM|NUMW của|trong? MONTH", _week),
    Rule("week.last", "WHEN", "tuần cuối cùng? của|trong? MONTH", _last_week),
    Rule("week.this", "WHEN", "tuần này", _shifted(Unit.WEEK, 0)),
    Rule("week.next", "WHEN", "tuần sau|tới", _shifted(Unit.WEEK, 1)),
)

MONTHS = (
    Rule("month.number", "MONTH", "tháng NUM", _month),
    Rule("month.year", "MONTH", "tháng NUM năm|/|- YEAR", _month),
    Rule("month.figures", "MONTH", "tháng MY", _month_year),
    Rule("month.bare", "MONTHFIG", "MY", _month_year),
    Rule("month.this", "MONTH", "tháng này", _shifted(Unit.MONTH, 0)),
    Rule("month.next", "MONTH", "tháng sau|tới", _shifted(Unit.MONTH, 1)),
    Rule("when.month", "WHEN", "MONTH", same),
    Rule("when.month_figures", "WHEN", "MONTHFIG", same),
    Rule("month.next_year", "MONTH", "MONTH năm sau|tới", _in_next_year),
    Rule("range.months", "RANGE", "MONTHS", same),
    Rule("month.list", "MONTHS", "MONTH|MONTHS -|–|đến|,|và NUM", _to_month),
    Rule("month.range_year", "RANGE", "MONTH|MONTHS -|–|đến|và|, MONTHFIG", _later),
    Rule("month.list_year", "MONTHS", "MONTH|MONTHS -|–|đến|và|, NUM năm YEAR", _to_month),
)

QUARTERS = (
    Rule("quarter.number", "QUARTER", "quý|quí ROMAN|NUM", _quarter),
    Rule("quarter.year", "QUARTER", "quý|quí ROMAN|NUM năm|/|- YEAR", _quarter),
    Rule("quarter.plain_year", "QUARTER", "quý|quí ROMAN YEAR", _quarter),
    Rule("quarter.figures", "QUARTER", "quý|quí MY", _quarter_year),
    Rule("quarter.list", "QUARTERS", "QUARTER|QUARTERS -|–|,|và|đến ROMAN", _to_quarter),
    Rule("quarter.list_year", "QUARTERS", "QUARTER|QUARTERS -|–|,|và|đến ROMAN năm|/ YEAR", _to_quarter),
    Rule("quarter.next_year", "QUARTER", "QUARTER năm sau|tới", _in_next_year),
    Rule("quarter.this", "QUARTER", "quý|quí này", _shifted(Unit.QUARTER, 0)),
    Rule("when.quarter", "WHEN", "QUARTER", same),
    Rule("range.quarters", "RANGE", "QUARTERS", same),
)

HALVES = (
    Rule("half.first", "HALF", "NUM|NUMW tháng đầu YEARLY", _half(1)),
    Rule("half.last", "HALF", "NUM|NUMW tháng cuối YEARLY", _half(2)),
    Rule("half.of_first", "HALF", "nửa đầu YEARLY", _half_of(1)),
    Rule("half.of_last", "HALF", "nửa cuối|sau YEARLY", _half_of(2)),
    Rule("half.quarters", "HALF", "NUM tháng đầu YEARLY", _first_months),
    Rule("when.half", "WHEN", "HALF", same),
)

YEARS = (
    Rule("year.number", "YEARLY", "năm YEAR", _year),
    Rule("year.this", "YEARLY", "năm nay", _shifted(Unit.YEAR, 0)),
    Rule("year.own", "YEARLY", "năm", _shifted(Unit.YEAR, 0)),
    Rule("year.next", "YEARLY", "năm sau|tới", _shifted(Unit.YEAR, 1)),
    Rule("year.whole", "WHEN", "cả YEARLY", same),
    Rule("when.year", "WHEN", "năm YEAR", _year),
    Rule("when.this_year", "WHEN", "năm nay|này", _shifted(Unit.YEAR, 0)),
    Rule("when.next_year", "WHEN", "năm sau|tới", _shifted(Unit.YEAR, 1)),
)

PARTS = (
    Rule("part.start", "WHEN", "đầu MONTH|QUARTER|YEARLY", _part("start")),
    Rule("part.middle", "WHEN", "giữa MONTH|QUARTER|YEARLY", _part("middle")),
    Rule("part.end", "WHEN", "cuối MONTH|QUARTER|YEARLY", _part("end")),
    Rule("part.half_of_month", "WHEN", "nửa đầu MONTH", _part("half")),
    Rule("part.end_of_quarter", "WHEN", "cuối quý|quí", _shifted(Unit.QUARTER, 0, "end")),
    Rule("part.end_of_month", "WHEN", "cuối tháng", _shifted(Unit.MONTH, 0, "end")),
)

RANGES = (
    Rule("range.to", "RANGE", "WHEN đến|tới|-|– hết? WHEN", _later),
    Rule("range.years", "RANGE", "YEAR đến|-|– YEAR", _year_range),
    Rule("range.years_named", "RANGE", "năm YEAR đến|-|– YEAR", _year_range),
    Rule("range.those", "RANGE", "các|những RANGE", same),
    Rule("range.list", "RANGE", "WHEN và|, WHEN", _later),
)

RULES = (*TIMES, *DAYS, *WEEKS, *MONTHS, *QUARTERS, *HALVES, *YEARS, *PARTS, *RANGES)
