"""Rules that make a dated deadline: a bound ("trước", "chậm nhất", "trong") and a period."""

from __future__ import annotations

from pipeline.deadlines.values import BEFORE_ISSUE, Context, Reading, Unit, When, dated
from pipeline.rules import Rule, word
from pipeline.types import DeadlineKind


def _before(context: Context, _bound: str, when: When) -> Reading | None:
    return dated(when, context, before=True)


def _until(context: Context, _bound: str, when: When) -> Reading | None:
    return dated(when, context)


def _until_plain(context: Context, when: When) -> Reading | None:
    return dated(when, context)


def _at_head(context: Context, when: When) -> Reading | None:
    """A period at the head of a clause; one that is over tells what happened ("Ngày 05/02, Sở đã …")."""
    reading = dated(when, context)
    return None if reading is None or BEFORE_ISSUE in reading.flags else reading


def _until_day_number(context: Context, _bound: str, day: int) -> Reading | None:
    return dated(When(Unit.DAY, day=day), context) if 1 <= day <= 31 else None


def _end_of_own(context: Context, unit: Unit) -> Reading | None:
    """The end ("đến hết tháng") of the document's own month, quarter, year or week."""
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
    Rule("word.before", "BEFORE", "trước lúc|:?", word),
    Rule("word.before_moment", "BEFORE", "trước thời điểm|hạn", word),
    Rule("word.until_before", "BEFORE", "đến|xong trước", word),
    Rule("word.latest", "UNTIL", "chậm|muộn|trễ nhất là? vào|trong|đến? hết? :?", word),
    Rule("word.latest_at", "UNTIL", "chậm|muộn|trễ nhất là? vào? lúc", word),
    Rule("word.latest_within", "UNTIL", "chậm|muộn|trễ nhất ngay trong", word),
    Rule("word.latest_before", "BEFORE", "chậm|muộn|trễ nhất là? trước", word),
    Rule("word.no_later", "UNTIL", "không được|để? muộn|chậm|quá hơn?", word),
    Rule("word.before_end", "UNTIL", "trước khi kết thúc", word),
    Rule("word.until", "UNTIL", "cho? đến|tới hết?", word),
    Rule("word.until_moment", "UNTIL", "đến|tới thời điểm", word),
    Rule("word.from_now_until", "UNTIL", "kể? từ nay|đây cho? đến|tới hết?", word),
    Rule("word.end_of", "UNTIL", "hết", word),
    Rule("word.within", "UNTIL", "ngay|nội? trong", word),
    Rule("word.within_time", "UNTIL", "trong khoảng? thời gian", word),
    Rule("word.around", "UNTIL", "vào|trong khoảng", word),
    Rule("word.at", "UNTIL", "vào lúc?", word),
    Rule("word.due", "LABEL", "thời? hạn DUTY? là|:?", word),
    Rule("word.due_last", "LABEL", "thời? hạn|mốc cuối|chót cùng? là|:?", word),
    Rule("word.time", "LABEL", "thời gian DUTY là|:?", word),
    Rule("word.day_of", "LABEL", "ngày DUTY :", word),
    Rule("word.time_only", "LABEL", "thời gian : ", word),
    Rule("word.done", "LABEL", "DONE :?", word),
    Rule("word.doing", "LABEL", "thực|tổ|triển hiện|chức|khai :", word),
)

DUTIES = (
    Rule("duty.finish", "DUTY", "hoàn thành|tất", word),
    Rule("duty.do", "DUTY", "thực hiện|hành", word),
    Rule("duty.report", "DUTY", "gửi|nộp|trình? báo cáo", word),
    Rule("duty.send", "DUTY", "gửi|nộp|trình|xong", word),
    Rule("duty.register", "DUTY", "đăng ký", word),
    Rule("duty.deploy", "DUTY", "triển khai", word),
    Rule("duty.end", "DUTY", "kết thúc", word),
    Rule("duty.organise", "DUTY", "tổ chức", word),
    Rule("done.finish", "DONE", "hoàn thành|tất", word),
    Rule("done.over", "DONE", "xong", word),
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
    Rule("from.on", "DEADLINE", "kể|bắt|tính? đầu? từ WHEN trở? đi?", _ongoing_from),
    Rule("label.when", "DEADLINE", "LABEL WHEN", _until),
    Rule("clause.whole_year", "DEADLINE", "cả YEARLY", _at_head),
    Rule("clause.year", "DEADLINE", "năm YEAR", lambda c, y: _at_head(c, When(Unit.YEAR, y))),
    Rule("clause.range", "DEADLINE", "RANGE", _at_head),
    Rule("clause.period", "DEADLINE", "QUARTER|MONTH|HALF|DAY", _at_head),
    Rule("label.year", "DEADLINE", "LABEL YEAR", _until_year),
    Rule("label.deadline", "DEADLINE", "LABEL DEADLINE", _labelled),
)

RULES = (*BOUNDS, *DUTIES, *DEADLINES)
