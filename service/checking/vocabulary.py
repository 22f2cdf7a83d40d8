"""Keys of checking in, what people read for them in Vietnamese out (service/wording.py passes them on)."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from service.checking.course import rules

_WORDS: dict[str, dict[str, str]] = tomllib.loads(
    files(__package__).joinpath("vocabulary.toml").read_text(encoding="utf-8")
)

INSPECTION_KINDS = _WORDS["kinds"]
CONTENTS = _WORDS["contents"]
RESULTS = _WORDS["results"]
MEASURES = _WORDS["measures"]
INSPECTION_STATES = _WORDS["states"]
INSPECTION_STEPS = {action: rule.name for action, rule in rules().items()}
INSPECTION_REASONS = {action: rule.why for action, rule in rules().items()}

RIGHTLY = "rightly"
"""The one result that nothing follows from."""

CHECK_FIELDS = {
    "kind": "hình thức",
    "title": "tên cuộc kiểm tra",
    "units": "đơn vị được kiểm tra",
    "unit": "đơn vị",
    "contents": "nội dung kiểm tra",
    "ground": "căn cứ (số, ký hiệu và ngày văn bản, hoặc lý do)",
    "nature": "tính chất",
    "degree": "mức độ",
    "cause": "nguyên nhân",
    "responsibility": "trách nhiệm",
    "number": "số, ký hiệu thông báo kết luận",
    "on": "ngày thông báo kết luận",
    "note": "nội dung, lý do",
    "result": "kết quả",
    "ends_on": "ngày kiểm tra",
    "period_end": "thời kỳ được kiểm tra",
    "reply_by": "hạn trả lời",
    "settled_on": "ngày trả lời",
    "begins_on": "ngày kiểm tra",
}

INSPECTION_VIEWS = {
    "open": "Đang tiến hành",
    "concluded": "Đã kết luận",
    "closed": "Đã kết thúc",
    "cancelled": "Đã hủy",
    "all": "Tất cả",
}
