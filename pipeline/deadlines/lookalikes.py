"""Phrases that look like deadlines and are none, told by the words around them.

A class names the rules that it can void, by prefix, and what the phrase, the words before it and
the words after it look like. Patterns run on lower-case text with one tone-mark style.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.types import Span

REACH = 100


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A class of void readings; a pattern that is None asks nothing.

    `before` must match up to the phrase, `unless` must not, `phrase` from its start, `after` from
    its end.
    """

    name: str
    rules: tuple[str, ...]
    before: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    phrase: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None

    def holds(self, rule: str, key: str, span: Span) -> bool:
        """Whether the reading by `rule` at `span` of `key` is of this class."""
        reach = max(0, span.start - REACH)
        return (
            rule.startswith(self.rules)
            and (self.phrase is None or self.phrase.match(key, span.start, span.end) is not None)
            and (self.after is None or self.after.match(key, span.end) is not None)
            and (self.before is None or self.before.search(key, reach, span.start) is not None)
            and (self.unless is None or self.unless.search(key, reach, span.start) is None)
        )


def _up_to(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern})\s*$")


_PLAN = (
    r"\b(?:chiến lược|quy hoạch|kế hoạch|đề án|chương trình|dự án|nghị quyết|tầm nhìn|định hướng|giai đoạn"
    r"|lộ trình|mục tiêu|chỉ tiêu|dự toán|phương hướng|nhiệm vụ|hệ thống|chính sách|quyết định)\b"
)
_OPENING = _up_to(r"^|(?<!\.)\.|[:\n]|[-–+•] ")
_OPENING_OR_COMMA = _up_to(
    r"^|[.:;,(\n…]|[-–+•] |\b(?:và|để|phấn đấu|đảm bảo|bảo đảm|cơ bản|hoàn thành|xong|sơ kết|tổng kết)"
)
_AUTHORITY = (
    r"(?:cấp có thẩm quyền|quốc hội|hội đồng|hđnd|(?:thủ tướng )?chính phủ|bộ|ubnd|ủy ban|chủ tịch)"
    r"[^,.;]{0,40}?"
)
_ACHIEVED = (
    r"(?:có|được|hoàn (?:thành|tất|thiện)|kết thúc|nhận|tiếp nhận|ban hành|phê duyệt|thông qua|nghiệm thu|ký"
    r"|khai mạc|bế mạc|tổ chức|rà soát|thống nhất|thẩm định|xong)\b"
)

LOOKALIKES = (
    Lookalike(
        "passing_in_time", ("event.in_time",), phrase=re.compile(r"(?:để )?kịp thời\b(?! (?:gian|hạn))")
    ),
    Lookalike("around_event", ("event",), before=_up_to(r"\btrong và|\btrước và|\btrước,|\btrước hoặc")),
    Lookalike(
        "condition_when",
        ("event.when",),
        unless=_up_to(r"^|[:\n]|[-–+•] "),
        phrase=re.compile(r"khi (?!được [^,.;]*\b(?:ban hành|phê duyệt|thông qua|công bố)$)"),
    ),
    Lookalike("when_asked", ("event.when",), phrase=re.compile(r"khi (?:có |được )?yêu cầu\b")),
    Lookalike(
        "condition_lapse",
        ("relative", "counted"),
        after=re.compile(r" (?:mà|nếu) [^.;]{0,80}(?:không|chưa)\b"),
    ),
    Lookalike(
        "after_state",
        ("event.after",),
        unless=_up_to(r"^|[.:;,(\n…]|[-–+•] "),
        phrase=re.compile(rf"sau khi (?!{_ACHIEVED}|{_AUTHORITY} (?:ban hành|phê duyệt|thông qua)\b)"),
    ),
    Lookalike(
        "before_act",
        ("event.before",),
        unless=_OPENING,
        phrase=re.compile(
            r"trước khi (?!(?:trình|ban hành|gửi|báo cáo|khai|tổ chức|triển khai|đưa|thực hiện)\b)"
        ),
    ),
    Lookalike(
        "occasion_in_title",
        ("event.occasion",),
        before=_up_to(r"\b(?:về|v/v|chỉ thị|công điện|kế hoạch (?:số|kiểm tra)|công văn)\b[^.;]*"),
    ),
    Lookalike(
        "occasion_of_thing",
        ("event.occasion",),
        before=_up_to(
            r"nhất là|lợi dụng|xảy ra|tăng cao|an toàn xã hội|thông suốt|đi lại|lễ hội|và|bình ổn giá"
            r"|thị trường|an toàn giao thông"
        ),
    ),
    Lookalike(
        "as_of", ("until", "before"), before=_up_to(r"\b(?:tính|lũy kế|số liệu|cập nhật|phát sinh|thống kê)")
    ),
    Lookalike(
        "entry_into_force",
        ("from", "until", "counted", "relative", "clause"),
        before=_up_to(r"\b(?:có|hết) hiệu lực(?: thi hành)?(?: từ| kể từ)?"),
    ),
    Lookalike(
        "expiry",
        ("label", "until"),
        before=_up_to(r"\b(?:hết|đến|quá|còn|có)(?: (?:thời )?hạn| giá trị)?(?: sử dụng)?"),
        phrase=re.compile(r"(?:hạn|đến|tới)\b"),
    ),
    Lookalike(
        "state_since",
        ("from.on",),
        before=_up_to(
            r"\b(?:nghỉ hưu|thôi việc|quá hạn|bậc lương|áp dụng|(?:được hưởng|bổ nhiệm)[^.;,]{0,30})"
        ),
    ),
    Lookalike(
        "lasting",
        ("relative", "counted"),
        before=_up_to(r"\b(?:bảo hành|thử việc|nghỉ|giá trị|hiệu lực)(?: (?:trong|là|không quá))?"),
    ),
    Lookalike(
        "held_on",
        ("until", "from", "within_range"),
        before=_up_to(
            r"\b(?:hội nghị|hội thảo|cuộc họp|phiên họp|kỳ họp|buổi họp|buổi làm việc|buổi lễ)\b[^.;,:]{0,60}"
            r"\b(?:tổ chức|diễn ra|khai mạc)"
        ),
    ),
    Lookalike(
        "happened",
        ("from.range", "within_range"),
        before=_up_to(r"\b(?:trận|đợt|vụ|cơn) [^.;,:]{0,40}"),
        unless=_up_to(
            r"\b(?:tổ chức|mở|phát động|triển khai|thực hiện|ra quân|kiểm tra|cao điểm)\b[^.;,:]{0,60}"
        ),
    ),
    Lookalike("since_start", ("from",), phrase=re.compile(r"(?:tính )?từ đầu (?:năm|tháng|quý)\b")),
    Lookalike("lunar", ("",), after=re.compile(r"(?: h[ằà]ng (?:tháng|năm))?\s*\(?âm lịch")),
    Lookalike(
        "done_before",
        ("before",),
        before=_up_to(
            r"\b(?:đã|được (?:phê duyệt|ban hành|công bố|cấp|tiếp nhận|ký|thành lập|thụ lý|giao))\b"
            r"[^.;,]{0,40}"
        ),
    ),
    Lookalike(
        "plan_until_year",
        ("until", "from", "before"),
        before=_up_to(rf"{_PLAN}[^.;:,]*(?<!\bđể)(?<!\bđể )"),
        phrase=re.compile(r"(?:cho )?(?:đến|tới|vào|từ) (?:hết |khoảng )?(?:năm )?\d{4}"),
    ),
    Lookalike(
        "aim_in_year",
        ("until",),
        unless=re.compile(rf"{_OPENING_OR_COMMA.pattern}|\b(?:trình|báo cáo)(?: [^\s.;,:]+){{1,6}}\s*$"),
        phrase=re.compile(r"(?:vào|đến|tới) (?:khoảng |cuối )?năm \d{4}$"),
    ),
    Lookalike(
        "set_for_period",
        ("until", "label", "before", "from"),
        before=_up_to(
            r"\b(?:đề ra|đặt ra|được giao|đã giao|nhiệm vụ giao|khả năng|phát sinh|dự kiến|diễn ra|còn lại"
            r"|đã [^.;,]{0,40}?)(?: hoàn thành| thực hiện)?"
        ),
    ),
    Lookalike(
        "finished_thing",
        ("label",),
        before=_up_to(r"\b(?:công trình|dự án|hạng mục)(?: đã| sẽ| dự kiến)?"),
        phrase=re.compile(r"hoàn thành (?:trong )?(?:năm|quý|tháng)"),
    ),
    Lookalike(
        "bare_period",
        ("clause",),
        unless=_up_to(r"^|[.:;(\n…]|\n[-–+•] |\b(?:riêng|trước mắt|cụ thể|trong đó),?"),
    ),
    Lookalike("year_cut_off", ("clause",), after=re.compile(r",? năm \d{4}\b")),
    Lookalike("period_of_thing", ("clause",), after=re.compile(r"\s*(?:[.;)]|(?:và|của|về|là)\b|$)")),
    Lookalike(
        "yearly_thing",
        ("recurring",),
        before=_up_to(
            r"\b(?:cấp|dự toán|bình quân|theo|in ra|chi|tăng|giảm|dự trù|hạn ngạch|nghỉ|hướng dẫn|qua"
            r"|được giao|đối với báo cáo|báo cáo 6 tháng và|\d+ năm(?: và|,)"
            r"|(?:trợ cấp|phụ cấp|lương|học phí|thu nhập|kế hoạch|chương trình|mức đóng)[^.,;]{0,25})"
        ),
        phrase=re.compile(r"(?:h[ằà]ng|mỗi)\b"),
    ),
    Lookalike("yearly_of", ("recurring",), phrase=re.compile(r"h[ằà]ng \w+$"), after=re.compile(r"\s*của\b")),
    Lookalike(
        "working_hours",
        ("recurring",),
        before=_up_to(r"\blàm việc(?: không quá| đủ)?"),
        phrase=re.compile(r"\d"),
    ),
    Lookalike(
        "daily_life",
        ("recurring",),
        before=_up_to(
            r"\b(?:cuộc sống|đời sống|sinh hoạt|công việc|hoạt động|nhu cầu|giao tiếp)[^.,;]{0,30}"
        ),
        phrase=re.compile(r"h[ằà]ng ngày"),
    ),
    Lookalike(
        "periodic_thing",
        ("recurring.bare",),
        before=_up_to(
            r"\b(?:khám|khám thai|sức khỏe|bảo dưỡng|họp báo|họp|báo cáo|kiểm định|bảo trì|đăng kiểm"
            r"|thông tin|thưởng|chương trình|kiểm toán|khớp lệnh|lịch|chế độ|kỳ họp|giám sát)"
        ),
    ),
    Lookalike(
        "periodic_or_not",
        ("recurring.bare",),
        unless=_up_to(r"^|[.:;,(\n…]|[-–+•] |\btheo"),
        after=re.compile(r"\s*(?:$|[.;,)?]|(?:hoặc|hay|và|đột xuất)\b)"),
    ),
    Lookalike(
        "cut_date", ("recurring", "until.day_number"), after=re.compile(r"\s*(?:[li1] )?(?:tháng\b|/\s?\d)")
    ),
    Lookalike(
        "fraction",
        ("from", "before", "until"),
        phrase=re.compile(r".*\d/\d+$"),
        after=re.compile(r"\s*(?:tổng )?(?:số|dân|thành viên|diện tích|đại biểu|hộ|quãng|thời gian)\b"),
    ),
    Lookalike(
        "ongoing_thing",
        ("ongoing",),
        before=_up_to(
            r"\b(?:chi|bảo dưỡng|lương|làm việc|kinh phí|ủy viên|nhiệm vụ|kiểm tra|công tác|báo cáo"
            r"|(?:trung tâm|trường|ngành|hệ) giáo dục|(?:điểm|nơi|bị|úng) (?:ngập|úng ngập|ùn tắc|sạt lở)"
            r"|\d+ (?:giờ|ngày|tháng|năm))"
        ),
        unless=_up_to(r"\b(?:giám sát|thanh tra), kiểm tra"),
    ),
    Lookalike(
        "ongoing_state",
        ("ongoing.always",),
        after=re.compile(
            r" (?:bị |xảy ra |có |hay )?(?:úng|ngập|ùn|sạt|mất|thiếu|tái phạm|vi phạm|đe dọa)\w*"
        ),
    ),
    Lookalike(
        "not_ready_by",
        ("until",),
        before=_up_to(r"\bchưa (?:đủ|có)(?: đủ)? (?:thủ tục|điều kiện|hồ sơ|kế hoạch)[^.;,:]{0,40}"),
    ),
    Lookalike(
        "session_of_the_past",
        ("event.session",),
        unless=_up_to(
            r"(?<!đã )(?<!giải )(?<!chương )(?<!công )(?<!quá )(?<!quy )(?<!tờ )\b(?:trình|báo cáo)\b"
            r"(?!.*\b(?:đã|vừa|kiến nghị|kết luận|chất vấn|lời hứa|thực hiện|nêu|theo|được thông qua)\b)"
            r"[^.;:]{0,90}"
        ),
    ),
)


def lookalike(rule: str, key: str, span: Span) -> str:
    """Name of the look-alike class of a reading, "" for a true deadline."""
    for each in LOOKALIKES:
        if each.holds(rule, key, span):
            return each.name
    return ""
