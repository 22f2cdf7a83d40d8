"""Rules for lengths of time and events: "trong vòng 05 ngày kể từ ngày nhận được …", "sau khi …"."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.deadlines.calendar import vietnamese
from pipeline.deadlines.lexer import Tail, is_signing
from pipeline.deadlines.values import BEFORE_ISSUE, ISSUE_MISSING, Context, Length, Reading, Unit, When
from pipeline.rules import Action, Rule, same, word
from pipeline.types import DeadlineKind

_OCCASION = re.compile(
    r"(?:nghỉ )?(?:lễ|tết|hè)\b|k[ỳì] (?:họp|nghỉ|thi)|mùa |năm học|khai giảng|ngày (?:lễ|tết|hội)"
    r"|đại hội|hội nghị|bầu cử|mỗi |các k[ỳì]|sơ kết|tổng kết|thềm |đợt |phiên |lễ |cuộc "
)
_SESSION = re.compile(r"(?:k[ỳì]|phiên) họp\b")
_NO_DAY = re.compile(
    r"(?:ngày |tháng |năm |quý )?\d|(?:ngày|tháng|năm|quý|này|đây|khi|đó|mai|thứ|cuối)\b|.*\bcó hiệu lực"
)

# a term that another paper or body sets; "đúng thời hạn quy định" sets none
_OTHER_TERM = re.compile(r"(?:yêu cầu|theo|tại|của|do|nêu|trong|được giao|ghi)\b(?! quy định)")


_NEAR = (Unit.HOUR, Unit.DAY, Unit.WORKING_DAY, Unit.WEEK)
_AHEAD = re.compile(r" (?:ít nhất |tối thiểu |chậm nhất )?(\d{1,3} ngày(?: làm việc)?)$")
_PERIOD_END = re.compile(r"kết thúc (?:(?:0?6 )?tháng|qu[ýí]|năm)(?![^\W\d_]| học)")


def _is(unit: Unit) -> Action:
    return lambda _: unit


def _length(_: Context, count: int, *rest: object) -> Length | None:
    unit = rest[-1]
    return Length(count, unit) if isinstance(unit, Unit) and 0 < count < 1000 else None


def _since(_: Context, tail: Tail) -> Tail | None:
    """A trigger that is not this document's own signing."""
    return None if is_signing(tail.key) else tail


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


def _coming(context: Context, bound: str, length: Length) -> Reading | None:
    """The next days or weeks ("trong 7 ngày tới"); "trong 5 năm tới" is a prospect."""
    return _from_signing(context, length) if length.unit in _NEAR else None


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


def _relative(side: str) -> Action:
    """A length of time on one side of an event ("tính từ", "trước"), or of an event that is not named."""

    def make(_: Context, *values: object) -> Reading | None:
        length = next((value for value in values if isinstance(value, Length)), None)
        tail = next((value for value in values if isinstance(value, Tail)), None)
        if length is None:
            return None
        if tail is None and length.unit is Unit.MINUTE:  # how long something takes
            return None
        if tail is None:
            return Reading(DeadlineKind.RELATIVE, words=f"{length}, không nói tính từ đâu")
        if tail.key.startswith(("thứ ", "cuối ", "khi ", "ngày ")) or tail.key[:1].isdecimal():
            return None
        return Reading(DeadlineKind.RELATIVE, words=f"{length} {side}: {tail.words}", trigger=tail.words)

    return make


def _event(side: str, named: Callable[[str], object] = bool) -> Action:
    """Before, at or after (`side`) an event without a date, where `named` finds one in the words."""

    def make(_: Context, *values: object) -> Reading | None:
        tail = values[-1]
        if not isinstance(tail, Tail) or not named(tail.key):
            return None
        ahead = _AHEAD.search(tail.key) if side.startswith("trước") else None
        if ahead:  # "trước khi khởi công 05 ngày"
            event = tail.words[: ahead.start()]
            words = f"{tail.words[ahead.start(1) :]} trước: {event}"
            return Reading(DeadlineKind.RELATIVE, words=words, trigger=event)
        words = f"sự kiện chưa rõ ngày: {side} {tail.words}"
        return Reading(DeadlineKind.EVENT, words=words, trigger=tail.words)

    return make


def _is_festive(tail: str) -> bool:
    """Whether an occasion ("trong dịp Tết") is an event; "dịp cuối năm" is a season."""
    return not tail.startswith(("cuối ", "đầu "))


def _is_no_period(tail: str) -> bool:
    """Whether what is done is an event; "trước khi kết thúc năm 2024" names a day."""
    return not _PERIOD_END.match(tail)


def _is_named_day(tail: str) -> bool:
    """Whether a day ("trước ngày khai giảng") is known by what happens on it."""
    return not _NO_DAY.match(tail)


_OTHER = _event("thời hạn", _OTHER_TERM.match)


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
    Rule("length.hours", "SPANUNIT", "giờ|h", _is(Unit.HOUR)),
    Rule("length.whole_hours", "SPANUNIT", "tiếng đồng? hồ?", _is(Unit.HOUR)),
    Rule("length.minutes", "SPANUNIT", "phút", _is(Unit.MINUTE)),
    Rule("length", "LENGTH", "NUM|NUMW SPANUNIT", _length),
    Rule("length.range", "LENGTH", "NUM -|đến LENGTH", lambda _, n, most: most if n < most.count else None),
    Rule("length.spelled", "LENGTH", "NUM|NUMW ( NUMW|NUM ) SPANUNIT", _length),
)

SINCE = (
    Rule("word.limit", "WITHIN", "trong vòng", word),
    Rule("word.limit_time", "WITHIN", "trong? thời hạn|gian", word),
    Rule("word.limit_most", "WITHIN", "chậm|muộn nhất là? trong|sau? vòng?", word),
    Rule("word.limit_max", "IN", "không|tối quá|đa", word),
    Rule("word.ahead", "AHEAD", "chậm|muộn|ít nhất là? trước?", word),
    Rule("word.ahead_least", "AHEAD", "tối thiểu là? trước?", word),
    Rule("word.ahead_before", "AHEAD", "trước ít|tối? nhất|thiểu?", word),
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
    Rule("counted.coming", "DEADLINE", "WITHIN|IN LENGTH tới", _coming),
    Rule("counted.day", "DEADLINE", "WITHIN|IN|LABEL? LENGTH ,? SINCEDAY", _from_day),
    Rule("relative.since", "DEADLINE", "WITHIN|IN|LABEL? LENGTH ,? SINCE", _relative("tính từ")),
    Rule("relative.within", "DEADLINE", "WITHIN LENGTH", _relative("tính từ")),
    Rule("relative.ahead", "DEADLINE", "AHEAD LENGTH so? với? khi|ngày TAIL", _relative("trước")),
    Rule("relative.before", "DEADLINE", "AHEAD LENGTH trước khi|ngày? TAIL", _relative("trước")),
    Rule("relative.label", "DEADLINE", "LABEL IN? LENGTH", _relative("tính từ")),
    Rule("event.after", "DEADLINE", "ngay? sau khi TAIL", _event("sau khi")),
    Rule("event.at_once", "DEADLINE", "ngay khi TAIL", _event("ngay khi")),
    Rule("event.when", "DEADLINE", "khi TAIL", _event("khi")),
    Rule("event.until", "DEADLINE", "cho? đến|tới khi TAIL", _event("đến khi")),
    Rule("event.before", "DEADLINE", "trước khi TAIL", _event("trước khi", _is_no_period)),
    Rule("event.after_occasion", "DEADLINE", "ngay? sau TAIL", _event("sau", _OCCASION.match)),
    Rule("event.before_occasion", "DEADLINE", "trước TAIL", _event("trước", _OCCASION.match)),
    Rule("event.occasion", "DEADLINE", "trong|vào|nhân? dịp TAIL", _event("trong dịp", _is_festive)),
    Rule("event.session", "DEADLINE", "tại TAIL", _event("tại", _SESSION.match)),
    Rule("event.in_time", "DEADLINE", "để? kịp TAIL", _event("để kịp")),
    Rule("event.named_day", "DEADLINE", "trước ngày TAIL", _event("trước ngày", _is_named_day)),
    Rule("event.other_term", "DEADLINE", "trước|theo thời hạn|gian TAIL", _OTHER),
    Rule("event.right_term", "DEADLINE", "theo? đúng thời hạn|gian TAIL", _OTHER),
    Rule("ongoing.always", "DEADLINE", "thường xuyên", _ongoing),
    Rule("ongoing.without_break", "DEADLINE", "liên tục", _ongoing),
    Rule("ongoing.both", "DEADLINE", "thường xuyên ,|và liên tục", _ongoing),
    Rule("ongoing.throughout", "DEADLINE", "trong suốt quá? trình TAIL", _ongoing),
)

RULES = (*LENGTHS, *SINCE, *EVENTS)
