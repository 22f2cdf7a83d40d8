"""Rules for days and hours: words in, a `When` out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from pipeline.deadlines.rules_periods import end_of_month, in_year, shifted
from pipeline.deadlines.values import Context, Unit, When
from pipeline.rules import Action, Rule, same, word

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


def _last(_: Context, _first: object, last: When) -> When:
    return last


def _part_of_day(shift: int) -> Action:
    return lambda _, __: When(Unit.DAY, shift=shift)


def _on_weekday(_: Context, weekday: int, day: When) -> When:
    return replace(day, weekday=weekday)


def _next_month_day(context: Context, day: int) -> When | None:
    return _day_of_month(context, day, When(Unit.MONTH, shift=1))


TIMES = (
    Rule("time.hour", "TIME", "NUM giờ", _clock),
    Rule("time.minute", "TIME", "NUM giờ NUM '|phút?", _clock),
    Rule("time.h", "TIME", "NUM h", _clock),
    Rule("time.h_minute", "TIME", "NUM h NUM '|phút?", _clock),
    Rule("time.colon", "TIME", "NUM : NUM", _clock),
    Rule("time.morning", "TIME", "TIME sáng|trưa", same),
    Rule("time.afternoon", "TIME", "TIME chiều|tối", _afternoon),
    Rule("word.part_of_day", "PARTOFDAY", "sáng|trưa|chiều|tối", word),
)

DAYS = (
    Rule("day.figures", "DAY", "ngày? DMY", _pair_day),
    Rule("day.month_figures", "DAY", "ngày? DM", _pair_day),
    Rule("day.month_figures_year", "DAY", "ngày? DM năm YEAR", _pair_day),
    Rule("day.in_month", "DAY", "ngày? NUM MONTH", _day_of_month),
    Rule("day.of_month", "DAY", "ngày NUM của|trong MONTH", _day_of_month),
    Rule("day.dash", "DAY", "ngày NUM - NUM", _day),
    Rule("day.dash_year", "DAY", "ngày NUM - MY", lambda c, d, my: _day(c, d, *my)),
    Rule("day.dotted", "DAY", "ngày DMDOT", _pair_day),
    Rule("day.end_of_month", "DAY", "ngày cuối cùng? của? MONTH", end_of_month),
    Rule("day.weekday", "DAY", "ngày? WEEKDAY ,? (? DAY )?", _on_weekday),
    Rule("day.weekday_bracketed", "DAY", "( WEEKDAY ) ,? DAY", _on_weekday),
    Rule("day.weekday_after", "DAY", "DAY ( WEEKDAY )", lambda c, day, number: _on_weekday(c, number, day)),
    Rule("day.part", "WHEN", "buổi? PARTOFDAY DAY", lambda _, __, day: day),
    Rule("day.today", "DAY", "ngày? hôm nay", shifted(Unit.DAY, 0)),
    Rule("day.part_of_today", "DAY", "PARTOFDAY nay", _part_of_day(0)),
    Rule("day.tomorrow", "DAY", "ngày mai", shifted(Unit.DAY, 1)),
    Rule("day.part_of_tomorrow", "DAY", "PARTOFDAY mai", _part_of_day(1)),
    Rule("day.clock_same", "DAY", "TIME trong|cùng ngày", lambda _, time: When(Unit.DAY, time=time)),
    Rule("day.next_year", "DAY", "DAY của|/? năm sau|tới", in_year(1)),
    Rule("day.following_year", "DAY", "DAY của? năm liền|tiếp|kế kề|theo|tiếp", in_year(1)),
    Rule("day.this_year", "DAY", "DAY của? năm nay|này", in_year(0)),
    Rule("day.of_next_month", "DAY", "ngày NUM của? tháng liền|tiếp|kế kề|theo|tiếp", _next_month_day),
    Rule("day.range", "RANGE", "ngày? NUM -|đến DAY", _last),
    Rule("day.numbers", "DAYS", "ngày NUM", same),
    Rule("day.more_numbers", "DAYS", "DAYS , NUM", _last),
    Rule("day.and", "RANGE", "DAYS và|, DAY", _last),
    Rule("day.clock", "DAY", "TIME ,|của? DAY", _timed),
    Rule("day.clock_after", "DAY", "DAY ,|lúc TIME", lambda _, day, time: replace(day, time=time)),
    Rule("when.day", "WHEN", "DAY", same),
)

RULES = (*TIMES, *DAYS)
