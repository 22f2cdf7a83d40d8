"""Rules that make a dated deadline: a bound ("trước", "chậm nhất", "trong") and a period."""

from __future__ import annotations

from pipeline.deadlines.values import Context, Reading, Unit, When, dated
from pipeline.rules import Rule
from pipeline.types import DeadlineKind


def _nothing_to_say(_: Context) -> str:
    return "·"


def _before(context: Context, _bound: str, when: When) -> Reading | None:
    return dated(when, context, before=True)


def _until(context: Context, _bound: str, when: When) -> Reading | None:
    return dated(when, context)


def _until_plain(context: Context, when: When) -> Reading | None:
    return dated(when, context)


def _until_day_number(context: Context, _bound: str, day: int) -> Reading | None:
    return dated(When(Unit.DAY, day=day), context) if 1 <= day <= 31 else None


def _end_of_own(context: Context, unit: Unit) -> Reading | None:
    """ "Đến hết tháng": the end of the document's own month, quarter, year or week."""
    return None if unit is Unit.DAY else dated(When(unit, part="end"), context)


def _until_year(context: Context, _bound: str, year: int) -> Reading | None:
    return dated(When(Unit.YEAR, year), context)


def _and_later(_: Context, *values: object) -> Reading:
    return Reading(DeadlineKind.ONGOING, words=f"{values[-1]} và các năm sau, không có hạn cuối")


def _labelled(_: Context, _label: str, reading: Reading) -> Reading:
    return reading


def _ongoing_from(context: Context, when: When) -> Reading:
    return Reading(DeadlineKind.ONGOING, words=f"từ {when}, không có hạn cuối")


BOUNDS = (
    Rule("word.before", "BEFORE", "trước :?", _nothing_to_say),
    Rule("word.before_moment", "BEFORE", "trước thời điểm|hạn", _nothing_to_say),
    Rule("word.until_before", "BEFORE", "đến|xong trước", _nothing_to_say),
    Rule("word.latest", "UNTIL", "chậm|muộn|trễ nhất là? vào|trong|đến|ngay? hết? :?", _nothing_to_say),
    Rule("word.latest_before", "BEFORE", "chậm|muộn|trễ nhất là? trước", _nothing_to_say),
    Rule("word.no_later", "UNTIL", "không muộn|chậm|quá hơn?", _nothing_to_say),
    Rule("word.until", "UNTIL", "cho? đến|tới hết?", _nothing_to_say),
    Rule("word.until_moment", "UNTIL", "đến|tới thời điểm", _nothing_to_say),
    Rule("word.from_now_until", "UNTIL", "kể? từ nay|đây đến|tới hết?", _nothing_to_say),
    Rule("word.end_of", "UNTIL", "hết", _nothing_to_say),
    Rule("word.within", "UNTIL", "ngay|nội? trong", _nothing_to_say),
    Rule("word.within_time", "UNTIL", "trong khoảng? thời gian", _nothing_to_say),
    Rule("word.around", "UNTIL", "vào|trong khoảng", _nothing_to_say),
    Rule("word.at", "UNTIL", "vào lúc?", _nothing_to_say),
    Rule("word.due", "LABEL", "thời? hạn DUTY? là|:?", lambda *_: "·"),
    Rule("word.due_last", "LABEL", "thời? hạn|mốc cuối|chót cùng? là|:?", lambda *_: "·"),
    Rule("word.time", "LABEL", "thời gian DUTY là|:?", lambda *_: "·"),
    Rule("word.time_only", "LABEL", "thời gian : ", _nothing_to_say),
    Rule("word.done", "LABEL", "DONE :?", lambda *_: "·"),
    Rule("word.doing", "LABEL", "thực|tổ|triển hiện|chức|khai :", _nothing_to_say),
)

DUTIES = (
    Rule("duty.finish", "DUTY", "hoàn thành|tất", _nothing_to_say),
    Rule("duty.do", "DUTY", "thực hiện|hành", _nothing_to_say),
    Rule("duty.report", "DUTY", "gửi|nộp|trình? báo cáo", _nothing_to_say),
    Rule("duty.send", "DUTY", "gửi|nộp|trình|xong", _nothing_to_say),
    Rule("duty.register", "DUTY", "đăng ký|kí", _nothing_to_say),
    Rule("duty.deploy", "DUTY", "triển khai", _nothing_to_say),
    Rule("duty.start_end", "DUTY", "kết|bắt thúc|đầu", _nothing_to_say),
    Rule("duty.organise", "DUTY", "tổ chức", _nothing_to_say),
    Rule("done.finish", "DONE", "hoàn thành|tất", _nothing_to_say),
    Rule("done.over", "DONE", "xong", _nothing_to_say),
)

DEADLINES = (
    Rule("before", "DEADLINE", "BEFORE WHEN", _before),
    Rule("until", "DEADLINE", "UNTIL WHEN", _until),
    Rule("until.own_period", "DEADLINE", "đến|tới hết UNIT", _end_of_own),
    Rule("until.own_period_from_now", "DEADLINE", "kể? từ nay|đây đến|tới hết UNIT", _end_of_own),
    Rule("until.bare_year", "DEADLINE", "UNTIL YEAR", _until_year),
    Rule("until.day_number", "DEADLINE", "UNTIL|BEFORE ngày NUM", _until_day_number),
    Rule("from.range", "DEADLINE", "kể|tính|bắt? đầu? từ RANGE", _until_plain),
    Rule("within_range", "DEADLINE", "UNTIL từ? RANGE", _until),
    Rule("until.and_later", "DEADLINE", "UNTIL? WHEN và các|những năm tiếp theo", _and_later),
    Rule("until.and_following", "DEADLINE", "UNTIL? WHEN và các|những năm sau", _and_later),
    Rule("from.on", "DEADLINE", "kể|bắt|tính? đầu? từ WHEN", _ongoing_from),
    Rule("label.when", "DEADLINE", "LABEL WHEN", _until),
    Rule("clause.whole_year", "DEADLINE", "cả YEARLY", _until_plain),
    Rule("clause.year", "DEADLINE", "năm YEAR", lambda c, y: _until_year(c, "", y)),
    Rule("clause.range", "DEADLINE", "RANGE", _until_plain),
    Rule("clause.period", "DEADLINE", "QUARTER|MONTH|HALF|DAY", _until_plain),
    Rule("label.year", "DEADLINE", "LABEL YEAR", _until_year),
    Rule("label.deadline", "DEADLINE", "LABEL DEADLINE", _labelled),
)

RULES = (*BOUNDS, *DUTIES, *DEADLINES)
