"""Rules for recurrences: "hằng tháng", "6 tháng/lần", "trước ngày 15/6 và 15/12 hằng năm"."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from pipeline.deadlines.recurrence import FREQUENCIES, Dates, Every, both, in_words, on, together
from pipeline.deadlines.values import SEVERAL_DAYS, Context, Reading, Unit, When
from pipeline.rules import Action, Rule, same, word
from pipeline.types import DeadlineKind

_WEEKDAYS = {2: "MO", 3: "TU", 4: "WE", 5: "TH", 6: "FR", 7: "SA"}


def _is(unit: Unit) -> Action:
    return lambda _: unit


def _every(_: Context, unit: Unit) -> Every:
    freq, interval = FREQUENCIES[unit]
    return Every(freq, interval)


def _every_count(_: Context, count: int, unit: Unit) -> Every | None:
    freq, interval = FREQUENCIES[unit]
    interval *= count
    if not 0 < count < 100:
        return None
    return (
        Every("YEARLY", interval // 12) if freq == "MONTHLY" and interval % 12 == 0 else Every(freq, interval)
    )


def _times_in(context: Context, times: int, unit: Unit) -> Every:
    """Twice a year is every six months; where the unit does not divide, only the unit is fixed."""
    if unit is Unit.YEAR and times in (2, 3, 4, 6, 12):
        return Every("MONTHLY", 12 // times)
    return _every(context, unit)


def _unit_times(context: Context, unit: Unit, times: int) -> Every:
    return _times_in(context, times, unit)


def _times_in_count(context: Context, _times: int, count: int, unit: Unit) -> Every | None:
    return _every_count(context, count, unit)


def _once_in_count(context: Context, count: int, unit: Unit, times: int) -> Every | None:
    return _every_count(context, count, unit) if times == 1 else None


def _last(_: Context, *values: object) -> object:
    return values[-1]


def _sooner(_: Context, one: Every, other: Every) -> Every:
    """The one that comes round sooner; days of the year of both ("6 tháng (15/6), năm (15/12)") make one."""
    return both(one, other) or (one if one.length <= other.length else other)


def _sooner_unit(context: Context, one: Every, unit: Unit) -> Every:
    return _sooner(context, one, _every(context, unit))


def _sooner_count(context: Context, one: Every, count: int, unit: Unit) -> Every | None:
    other = _every_count(context, count, unit)
    return _sooner(context, one, other) if other else None


def _sooner_dates(context: Context, one: Every, unit: Unit, *rest: object) -> Every | None:
    other = _then_on(context, _every(context, unit), *rest)
    return both(one, other) if other else None


def _recurring_number(context: Context, _bound: str, day: int, every: Every) -> Reading | None:
    """ "trước 25 hằng tháng"."""
    dates = _month_day(context, day)
    dated = on(dates, every) if dates and every.interval == 1 and not every.days else None
    return _recurring(context, dated)


def _yearly(context: Context, day: When) -> Every | None:
    dates = _year_day(context, day)
    return on(dates, Every("YEARLY")) if dates else None


def _month_day(_: Context, day: int) -> Dates | None:
    return Dates(days=(day,)) if 1 <= day <= 31 else None


def _month_end(_: Context, *_rest: object) -> Dates:
    return Dates(days=(-1,))


def _year_day(_: Context, day: When) -> Dates | None:
    if day.year is not None or not day.number:
        return None
    return Dates(days=(day.day,), months=(day.number,), time=day.time)


def _year_month(_: Context, when: When) -> Dates | None:
    if when.year is not None or when.part or not when.number:
        return None
    return Dates(months=(when.number,))


def _quarter_day(_: Context, day: int, *_words: str) -> Dates | None:
    return Dates(days=(day,), quarterly=True) if 1 <= day <= 31 else None


def _weekday(_: Context, number: int) -> Dates | None:
    return Dates(weekdays=(_WEEKDAYS[number],)) if number in _WEEKDAYS else None


def _sunday(_: Context) -> Dates:
    return Dates(weekdays=("SU",))


def _together(_: Context, one: Dates, other: Dates) -> Dates | None:
    return together(one, other)


def _another_day(_: Context, dates: Dates, day: int) -> Dates | None:
    return together(dates, Dates(days=(day,))) if 1 <= day <= 31 else None


def _on(_: Context, dates: Dates, every: Every) -> Every | None:
    return on(dates, every)


def _at(_: Context, time: dt.time, dates: Dates) -> Dates:
    return replace(dates, time=time)


def _then_on(_: Context, every: Every, *rest: object) -> Every | None:
    dates = rest[-1]
    return on(dates, every) if isinstance(dates, Dates) else None


def _quarterly(_: Context, dates: Dates) -> Every | None:
    return Every("MONTHLY", 3, days=dates.days, time=dates.time) if dates.quarterly else None


def _monthly(_: Context, day: int) -> Every | None:
    return Every("MONTHLY", days=(day,)) if 1 <= day <= 31 else None


def _end_of(_: Context, every: Every) -> Every | None:
    """The end of each month, quarter, year."""
    if every.days or every.months:
        return None
    if every.freq == "MONTHLY":
        return replace(every, days=(-1,))
    return replace(every, months=(12,), days=(31,)) if every.freq == "YEARLY" else None


def _in_quarter_yearly(_: Context, when: When, every: Every) -> Every | None:
    return every if every.freq == "YEARLY" and when.year is None and not every.days else None


def _timed(_: Context, time: dt.time, every: Every) -> Every:
    return replace(every, time=time)


def _recurring(_: Context, *values: object) -> Reading | None:
    every = values[-1]
    if not isinstance(every, Every):
        return None
    words = f"{in_words(every)} → {every.rrule}"
    return Reading(
        DeadlineKind.RECURRING, None, every.time, every.rrule, (SEVERAL_DAYS,) if every.several else (), words
    )


def _bare(_: Context) -> Reading:
    return Reading(DeadlineKind.RECURRING, words="định kỳ, không nói rõ chu kỳ")


UNITS = (
    Rule("unit.day", "UNIT", "ngày", _is(Unit.DAY)),
    Rule("unit.week", "UNIT", "tuần", _is(Unit.WEEK)),
    Rule("unit.month", "UNIT", "tháng", _is(Unit.MONTH)),
    Rule("unit.quarter", "UNIT", "quý", _is(Unit.QUARTER)),
    Rule("unit.year", "UNIT", "năm", _is(Unit.YEAR)),
)

EVERIES = (
    Rule("every.unit", "EVERY", "hằng|mỗi UNIT", _every),
    Rule("every.count", "EVERY", "hằng|mỗi NUM|NUMW UNIT", _every_count),
    Rule("every.periodic", "EVERY", "định kỳ (? UNIT", _every),
    Rule("every.periodic_count", "EVERY", "định kỳ (? NUM|NUMW UNIT", _every_count),
    Rule("every.periodic_by", "EVERY", "định kỳ theo UNIT", _every),
    Rule(
        "every.periodic_spelled",
        "EVERY",
        "định kỳ NUMW ( NUM ) UNIT",
        lambda c, _, n, u: _every_count(c, n, u),
    ),
    Rule("every.periodic_every", "EVERY", "định kỳ (? EVERY )?", same),
    Rule("every.periodic_end", "EVERY", "định kỳ vào? cuối UNIT", lambda c, u: _end_of(c, _every(c, u))),
    Rule("every.periodic_bound", "EVERY", "định kỳ BEFORE|UNTIL EVERY", _last),
    Rule("every.unit_once", "EVERY", "UNIT / lần", _every),
    Rule("every.unit_one_time", "EVERY", "UNIT một lần", _every),
    Rule("every.once", "EVERY", "NUM|NUMW UNIT / lần", _every_count),
    Rule("every.once_counted", "EVERY", "NUM|NUMW UNIT /? NUM|NUMW lần", _once_in_count),
    Rule("every.times", "EVERY", "NUM|NUMW lần / UNIT", _times_in),
    Rule("every.times_count", "EVERY", "NUM|NUMW lần / NUM UNIT", _times_in_count),
    Rule("every.times_every", "EVERY", "NUM|NUMW lần trong? mỗi|một|hằng UNIT", _times_in),
    Rule("every.unit_times", "EVERY", "mỗi|hằng|một UNIT ,? NUM|NUMW lần", _unit_times),
    Rule("every.at_least", "EVERY", "ít nhất EVERY", same),
    Rule("every.list", "EVERY", "EVERY ,|và|hoặc|/|; EVERY", _sooner),
    Rule("every.list_dates", "EVERY", "EVERY ,|và|; UNIT (|,? BEFORE|UNTIL? DATES )?", _sooner_dates),
    Rule("every.list_unit", "EVERY", "EVERY ,|và|hoặc|/|; UNIT )?", _sooner_unit),
    Rule("every.list_count", "EVERY", "EVERY ,|và|hoặc|/|; NUM|NUMW UNIT )?", _sooner_count),
)

DATES = (
    Rule("dates.day", "DATES", "ngày NUM", _month_day),
    Rule("dates.another_day", "DATES", "DATES và|, NUM", _another_day),
    Rule("dates.last_day", "DATES", "ngày cuối cùng?", _month_end),
    Rule("dates.year_day", "DATES", "DAY", _year_day),
    Rule("dates.next_year", "DATES", "DATES của? năm NEXT", lambda _, dates, __: dates),
    Rule("dates.month", "DATES", "MONTH", _year_month),
    Rule("dates.quarter_day", "DATES", "ngày NUM của|vào? tháng MONTHOF quý", _quarter_day),
    Rule("dates.next_quarter_day", "DATES", "ngày NUM của? tháng MONTHOF quý NEXT", _quarter_day),
    Rule("word.month_of", "MONTHOF", "cuối|đầu|giữa của|trong? mỗi|hằng?", word),
    Rule("word.last_month_of", "MONTHOF", "cuối cùng của|trong? mỗi|hằng?", word),
    Rule("word.next", "NEXT", "sau", word),
    Rule("word.following", "NEXT", "tiếp|kế theo|tiếp", word),
    Rule("dates.weekday", "DATES", "ngày? WEEKDAY", _weekday),
    Rule("dates.sunday", "DATES", "chủ nhật", _sunday),
    Rule("dates.half_day", "DATES", "PARTOFDAY DATES", _last),
    Rule("dates.next_month_day", "DATES", "ngày NUM của? tháng NEXT", lambda c, day, _: _month_day(c, day)),
    Rule("dates.and", "DATES", "DATES và|,|; DATES", _together),
    Rule("dates.those", "DATES", "các DATES", same),
    Rule("dates.clock", "DATES", "TIME ,? DATES", _at),
    Rule("weekday.number", "WEEKDAY", "thứ NUM|NUMW", lambda _, n: n if 2 <= n <= 7 else None),
)

RECURRENCES = (
    Rule("every.on", "EVERY", "DATES của|trong? EVERY", _on),
    Rule("every.on_bracketed", "EVERY", "DATES ( EVERY )", _on),
    Rule("every.then_on", "EVERY", "EVERY ,|(|vào? BEFORE|UNTIL? DATES )?", _then_on),
    Rule("every.quarterly", "EVERY", "DATES", _quarterly),
    Rule("every.monthly", "EVERY", "ngày NUM của tháng", _monthly),
    Rule("every.yearly", "EVERY", "DAY của năm báo cáo", _yearly),
    Rule("every.in_quarter", "EVERY", "QUARTER|HALF EVERY", _in_quarter_yearly),
    Rule("every.clock", "EVERY", "TIME EVERY", _timed),
    Rule("every.end", "EVERY", "cuối EVERY", _end_of),
    Rule("recurring", "DEADLINE", "EVERY", _recurring),
    Rule("recurring.bound", "DEADLINE", "BEFORE|UNTIL EVERY", _recurring),
    Rule("recurring.number", "DEADLINE", "BEFORE|UNTIL NUM EVERY", _recurring_number),
    Rule("recurring.bare", "DEADLINE", "định kỳ", _bare),
)

RULES = (*UNITS, *EVERIES, *DATES, *RECURRENCES)
