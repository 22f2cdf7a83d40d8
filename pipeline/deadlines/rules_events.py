"""Rules for lengths of time and events: "trong vòng 05 ngày kể từ ngày nhận được …", "sau khi …"."""

from __future__ import annotations

import re

from pipeline.deadlines.calendar import vietnamese
from pipeline.deadlines.lexer import is_signing
from pipeline.deadlines.values import BEFORE_ISSUE, ISSUE_MISSING, Context, Length, Reading, Unit, When
from pipeline.rules import Action, Rule, same, word
from pipeline.types import DeadlineKind

_OCCASION = re.compile(
    r"(?:nghỉ )?(?:lễ|tết|hè)\b|k[ỳì] (?:họp|nghỉ|thi)|mùa |năm học|khai giảng|ngày (?:lễ|tết|hội)"
    r"|đại hội|hội nghị|bầu cử|mỗi |các k[ỳì]|sơ kết|tổng kết|thềm |đợt |phiên |lễ |cuộc "
)
_NO_DAY = re.compile(
    r"(?:ngày |tháng |năm |quý )?\d|(?:ngày|tháng|năm|quý|này|đây|khi|đó|mai|thứ|cuối)\b|.*\bcó hiệu lực"
)

_OTHER_TERM = re.compile(r"(?:yêu cầu|theo|tại|của|do|nêu|trong|được giao|ghi)\b(?! quy định)")


def _is(unit: Unit) -> Action:
    return lambda _: unit


def _length(_: Context, count: int, *rest: object) -> Length | None:
    unit = rest[-1]
    return Length(count, unit) if isinstance(unit, Unit) and 0 < count < 1000 else None


def _since(_: Context, tail: str) -> str | None:
    """A trigger that is not this document's own signing."""
    return None if is_signing(tail) else tail


def _from_signing(context: Context, *values: object) -> Reading | None:
    length = next((value for value in values if isinstance(value, Length)), None)
    if length is None:
        return None
    if context.issued_on is None:
        return Reading(DeadlineKind.DATE, flags=(ISSUE_MISSING,), words=f"ký (không rõ ngày) + {length}")
    day = length.after(context.issued_on)
    if day is None:
        return None
    return Reading(
        DeadlineKind.DATE, day, words=f"ký {vietnamese(context.issued_on)} + {length} → {vietnamese(day)}"
    )


def _from_day(context: Context, *values: object) -> Reading | None:
    length = next((value for value in values if isinstance(value, Length)), None)
    start = values[-1]
    days = start.resolve(context.issued_on) if isinstance(start, When) and start.unit is Unit.DAY else None
    end = length.after(days.first) if length and days else None
    if end is None or days is None:
        return None
    flags = (BEFORE_ISSUE,) if context.issued_on and end < context.issued_on else ()
    words = f"{vietnamese(days.first)} + {length} → {vietnamese(end)}"
    return Reading(DeadlineKind.DATE, end, None, None, (*days.flags, *flags), words)


def _relative(_: Context, *values: object) -> Reading | None:
    length = next((value for value in values if isinstance(value, Length)), None)
    tail = next((value for value in reversed(values) if isinstance(value, str) and len(value) > 1), "")
    if tail.startswith(("thứ ", "cuối ")) or tail[:1].isdecimal():
        return None
    since = f" tính từ: {tail}" if tail else ""
    return Reading(DeadlineKind.RELATIVE, words=f"{length}{since}") if length else None


def _event(_: Context, *values: object) -> Reading:
    tail = values[-1] if values and isinstance(values[-1], str) else ""
    return Reading(DeadlineKind.EVENT, words=f"theo sự kiện: {tail}")


def _occasion(context: Context, *values: object) -> Reading | None:
    tail = values[-1]
    return _event(context, tail) if isinstance(tail, str) and _OCCASION.match(tail) else None


def _festive(context: Context, tail: str) -> Reading | None:
    """An occasion ("trong dịp Tết"); "dịp cuối năm" is a season, not an event."""
    return None if tail.startswith(("cuối ", "đầu ")) else _event(context, tail)


def _named_day(context: Context, tail: str) -> Reading | None:
    """A day ("trước ngày khai giảng") known by what happens on it."""
    return None if _NO_DAY.match(tail) else _event(context, tail)


def _other_term(context: Context, tail: str) -> Reading | None:
    """A term that another paper or body sets; "đúng thời hạn quy định" sets none."""
    return _event(context, tail) if _OTHER_TERM.match(tail) else None


def _ongoing(_: Context, *_values: object) -> Reading:
    return Reading(DeadlineKind.ONGOING, words="thường xuyên, không có hạn cuối")


LENGTHS = (
    Rule("count.ten", "NUMW", "mười", lambda _: 10),
    Rule("count.teens", "NUMW", "mười NUMW", lambda _, unit: 10 + unit if unit < 10 else None),
    Rule("count.tens", "NUMW", "NUMW mươi", lambda _, tens: 10 * tens if tens < 10 else None),
    Rule(
        "count.tens_units",
        "NUMW",
        "NUMW mươi NUMW",
        lambda _, t, u: 10 * t + u if t < 10 and u < 10 else None,
    ),
    Rule("length.days", "SPANUNIT", "ngày", _is(Unit.DAY)),
    Rule("length.working_days", "SPANUNIT", "ngày làm việc", _is(Unit.WORKING_DAY)),
    Rule("length.weeks", "SPANUNIT", "tuần", _is(Unit.WEEK)),
    Rule("length.months", "SPANUNIT", "tháng", _is(Unit.MONTH)),
    Rule("length.years", "SPANUNIT", "năm", _is(Unit.YEAR)),
    Rule("length.hours", "SPANUNIT", "giờ|tiếng đồng? hồ?", _is(Unit.HOUR)),
    Rule("length", "LENGTH", "NUM|NUMW SPANUNIT", _length),
    Rule("length.spelled", "LENGTH", "NUM|NUMW ( NUMW|NUM ) SPANUNIT", _length),
)

SINCE = (
    Rule("word.limit", "WITHIN", "trong vòng", word),
    Rule("word.limit_time", "WITHIN", "trong? thời hạn|gian", word),
    Rule("word.limit_most", "WITHIN", "chậm|muộn nhất là? trong|sau? vòng?", word),
    Rule("word.limit_max", "IN", "không|tối quá|đa", word),
    Rule("word.ahead", "AHEAD", "chậm|muộn|ít nhất là? trước?", word),
    Rule("word.ahead_least", "AHEAD", "tối thiểu là? trước?", word),
    Rule("word.ahead_before", "AHEAD", "trước", word),
    Rule("word.limit_in", "IN", "trong|sau", word),
    Rule("since.signed", "SINCESIGNED", "kể|tính? từ ngày|khi|lúc|thời? điểm? SIGNED", word),
    Rule("since.signed_after", "SINCESIGNED", "sau khi|ngày SIGNED", word),
    Rule("since.event", "SINCE", "kể|tính? từ ngày|khi|lúc TAIL", _since),
    Rule("since.moment", "SINCE", "kể|tính? từ thời điểm TAIL", _since),
    Rule("since.after", "SINCE", "ngay? sau khi|ngày TAIL", _since),
    Rule("since.day", "SINCEDAY", "kể|tính từ DAY", same),
)

EVENTS = (
    Rule("counted.signed", "DEADLINE", "WITHIN|IN|LABEL? LENGTH ,? SINCESIGNED", _from_signing),
    Rule("counted.day", "DEADLINE", "WITHIN|IN|LABEL? LENGTH ,? SINCEDAY", _from_day),
    Rule("relative.since", "DEADLINE", "WITHIN|IN|LABEL? LENGTH ,? SINCE", _relative),
    Rule("relative.within", "DEADLINE", "WITHIN LENGTH", _relative),
    Rule("relative.ahead", "DEADLINE", "AHEAD LENGTH so? với? khi|ngày TAIL", _relative),
    Rule("relative.before", "DEADLINE", "AHEAD LENGTH trước khi|ngày? TAIL", _relative),
    Rule("relative.label", "DEADLINE", "LABEL IN? LENGTH", _relative),
    Rule("event.after", "DEADLINE", "ngay? sau khi TAIL", _event),
    Rule("event.at_once", "DEADLINE", "ngay khi TAIL", _event),
    Rule("event.when", "DEADLINE", "khi TAIL", _event),
    Rule("event.before", "DEADLINE", "trước khi TAIL", _event),
    Rule("event.after_occasion", "DEADLINE", "ngay? sau TAIL", _occasion),
    Rule("event.before_occasion", "DEADLINE", "trước TAIL", _occasion),
    Rule("event.occasion", "DEADLINE", "trong|vào|nhân? dịp TAIL", _festive),
    Rule("event.in_time", "DEADLINE", "để? kịp TAIL", _event),
    Rule("event.named_day", "DEADLINE", "trước ngày TAIL", _named_day),
    Rule("event.other_term", "DEADLINE", "trước|theo thời hạn|gian TAIL", _other_term),
    Rule("event.right_term", "DEADLINE", "theo? đúng thời hạn|gian TAIL", _other_term),
    Rule("ongoing.always", "DEADLINE", "thường xuyên", _ongoing),
    Rule("ongoing.without_break", "DEADLINE", "liên tục", _ongoing),
    Rule("ongoing.both", "DEADLINE", "thường xuyên ,|và liên tục", _ongoing),
    Rule("ongoing.throughout", "DEADLINE", "trong suốt quá? trình TAIL", _ongoing),
)

RULES = (*LENGTHS, *SINCE, *EVENTS)
