"""Rules for weeks, months, quarters, halves, years, their parts and ranges: words in, a `When` out."""

from __future__ import annotations

from dataclasses import replace

from pipeline.deadlines.values import Context, Unit, When
from pipeline.rules import Action, Rule, same


def _month(_: Context, number: int, year: int | None = None) -> When | None:
    return When(Unit.MONTH, year, number) if 1 <= number <= 12 else None


def _month_year(context: Context, pair: tuple[int, int]) -> When | None:
    return _month(context, *pair)


def _quarter(_: Context, number: int, year: int | None = None) -> When | None:
    return When(Unit.QUARTER, year, number) if 1 <= number <= 4 else None


def _quarter_year(context: Context, pair: tuple[int, int]) -> When | None:
    return _quarter(context, *pair)


def _half_of(number: int) -> Action:
    def make(_: Context, year: When) -> When | None:
        return None if year.part else When(Unit.HALF, year.year, number)

    return make


def _first_months(each: int) -> Action:
    """The first three, six or nine months (quarters: of three `each`) of a year; "10 tháng đầu năm" is told
    of results alone."""

    def make(_: Context, count: int, year: When) -> When | None:
        months = count * each
        if year.part or months not in (3, 6, 9):
            return None
        return When(Unit.HALF, year.year, 1) if months == 6 else When(Unit.QUARTER, year.year, months // 3)

    return make


def _last_months(each: int) -> Action:
    """The last months of a year, however many, end with its second half."""

    def make(_: Context, count: int, year: When) -> When | None:
        return When(Unit.HALF, year.year, 2) if 0 < count * each < 12 and not year.part else None

    return make


def _year(_: Context, year: int) -> When:
    return When(Unit.YEAR, year)


def shifted(unit: Unit, shift: int, part: str = "") -> Action:
    """A period counted from the document's own ("tháng sau")."""

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


def end_of_month(_: Context, month: When) -> When | None:
    """A month's last day or week."""
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


def _later_listed(context: Context, first: When, last: When) -> When | None:
    """The last of a list; in "quý II, năm 2024" the year tells of which year the quarter is."""
    return None if last.unit is Unit.YEAR is not first.unit else _later(context, first, last)


def in_year(shift: int) -> Action:
    """A day or period without year, in the document's year or one counted from it ("năm sau")."""

    def make(context: Context, when: When) -> When | None:
        if context.issued_on is None or when.year is not None or not when.number:
            return None
        return replace(when, year=context.issued_on.year + shift)

    return make


WEEKS = (
    Rule("week.first", "WHEN", "tuần lễ? đầu tiên? của|trong? MONTH", _first_week),
    Rule("week.ordinal", "WHEN", "tuần thứ nhất của|trong? MONTH", _first_week),
    Rule("week.numbered", "WHEN", "tuần thứ? NUM|NUMW của|trong? MONTH", _week),
    Rule("week.last", "WHEN", "tuần cuối cùng? của|trong? MONTH", end_of_month),
    Rule("week.this", "WHEN", "tuần này", shifted(Unit.WEEK, 0)),
    Rule("week.next", "WHEN", "tuần sau|tới", shifted(Unit.WEEK, 1)),
)

MONTHS = (
    Rule("month.number", "MONTH", "tháng NUM", _month),
    Rule("month.year", "MONTH", "tháng NUM ,|của? năm YEAR", _month),
    Rule("month.dashed_year", "MONTH", "tháng NUM - YEAR", _month),
    Rule("month.figures", "MONTH", "tháng MY", _month_year),
    Rule("month.bare", "MONTHFIG", "MY", _month_year),
    Rule("month.this", "MONTH", "tháng này", shifted(Unit.MONTH, 0)),
    Rule("month.next", "MONTH", "tháng sau|tới", shifted(Unit.MONTH, 1)),
    Rule("when.month", "WHEN", "MONTH", same),
    Rule("when.month_figures", "WHEN", "MONTHFIG", same),
    Rule("month.next_year", "MONTH", "MONTH của? năm sau|tới", in_year(1)),
    Rule("month.this_year", "MONTH", "MONTH của? năm nay|này", in_year(0)),
    Rule("range.months", "RANGE", "MONTHS", same),
    Rule("month.list", "MONTHS", "MONTH|MONTHS -|đến|,|và NUM", _to_month),
    Rule("month.range_year", "RANGE", "MONTH|MONTHS -|đến|và|, MONTHFIG", _later),
    Rule("month.list_year", "MONTHS", "MONTH|MONTHS -|đến|và|, NUM năm YEAR", _to_month),
)

QUARTERS = (
    Rule("quarter.number", "QUARTER", "quý ROMAN|NUM", _quarter),
    Rule("quarter.year", "QUARTER", "quý ROMAN|NUM ,|của? năm YEAR", _quarter),
    Rule("quarter.dashed_year", "QUARTER", "quý ROMAN|NUM /|- YEAR", _quarter),
    Rule("quarter.plain_year", "QUARTER", "quý ROMAN YEAR", _quarter),
    Rule("quarter.figures", "QUARTER", "quý MY", _quarter_year),
    Rule("quarter.list", "QUARTERS", "QUARTER|QUARTERS -|,|và|đến|+ ROMAN", _to_quarter),
    Rule("quarter.list_year", "QUARTERS", "QUARTER|QUARTERS -|,|và|đến|+ ROMAN năm|/ YEAR", _to_quarter),
    Rule("quarter.next_year", "QUARTER", "QUARTER của? năm sau|tới", in_year(1)),
    Rule("quarter.this_year", "QUARTER", "QUARTER của? năm nay|này", in_year(0)),
    Rule("quarter.this", "QUARTER", "quý này", shifted(Unit.QUARTER, 0)),
    Rule("when.quarter", "WHEN", "QUARTER", same),
    Rule("range.quarters", "RANGE", "QUARTERS", same),
)

HALVES = (
    Rule("half.first", "HALF", "NUM|NUMW tháng đầu YEARLY", _first_months(1)),
    Rule("half.first_quarters", "HALF", "NUM|NUMW quý đầu YEARLY", _first_months(3)),
    Rule("half.last", "HALF", "NUM|NUMW tháng cuối YEARLY", _last_months(1)),
    Rule("half.last_quarters", "HALF", "NUM|NUMW quý cuối YEARLY", _last_months(3)),
    Rule("half.of_first", "HALF", "nửa đầu YEARLY", _half_of(1)),
    Rule("half.of_last", "HALF", "nửa cuối|sau YEARLY", _half_of(2)),
    Rule("when.half", "WHEN", "HALF", same),
)

YEARS = (
    Rule("year.number", "YEARLY", "năm YEAR", _year),
    Rule("year.of_budget", "WHEN", "năm ngân|tài sách|chính YEAR", _year),
    Rule("year.this", "YEARLY", "năm nay", shifted(Unit.YEAR, 0)),
    Rule("year.own", "YEARLY", "năm", shifted(Unit.YEAR, 0)),
    Rule("year.next", "YEARLY", "năm sau|tới", shifted(Unit.YEAR, 1)),
    Rule("year.whole", "WHEN", "cả YEARLY", same),
    Rule("when.year", "WHEN", "năm YEAR", _year),
    Rule("when.this_year", "WHEN", "năm nay|này", shifted(Unit.YEAR, 0)),
    Rule("when.next_year", "WHEN", "năm sau|tới", shifted(Unit.YEAR, 1)),
)

PARTS = (
    Rule("part.start", "WHEN", "đầu MONTH|QUARTER|YEARLY", _part("start")),
    Rule("part.middle", "WHEN", "giữa MONTH|QUARTER|YEARLY", _part("middle")),
    Rule("part.end", "WHEN", "cuối MONTH|QUARTER|YEARLY", _part("end")),
    Rule("part.last_days", "WHEN", "các|những ngày cuối MONTH", _part("end")),
    Rule("part.half_of_month", "WHEN", "nửa đầu MONTH", _part("half")),
    Rule("part.end_of_quarter", "WHEN", "cuối quý", shifted(Unit.QUARTER, 0, "end")),
    Rule("part.end_of_month", "WHEN", "cuối tháng", shifted(Unit.MONTH, 0, "end")),
)

RANGES = (
    Rule("range.to", "RANGE", "WHEN đến|tới|- hết? WHEN", _later),
    Rule("range.years", "RANGE", "YEAR đến|- YEAR", _year_range),
    Rule("range.years_named", "RANGE", "năm YEAR đến|- YEAR", _year_range),
    Rule("range.those", "RANGE", "các|những RANGE", same),
    Rule("range.list", "RANGE", "WHEN và|, WHEN", _later_listed),
)

RULES = (*WEEKS, *MONTHS, *QUARTERS, *HALVES, *YEARS, *PARTS, *RANGES)
