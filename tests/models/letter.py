"""An invented letter with its labels, for the readers that learn from labels."""

from __future__ import annotations

from typing import Any

from pipeline.read import open_source, read
from pipeline.structure import structure
from pipeline.types import Directive

LETTER = """UBND TỈNH KIM SƠN
SỞ NỘI VỤ
Số: 12/SNV-VP
Kim Sơn, ngày 3 tháng 3 năm 2024

V/v rà soát hồ sơ

Kính gửi: Các phòng thuộc Sở.

Thực hiện chương trình công tác năm, Sở Nội vụ có ý kiến như sau:
1. Yêu cầu Phòng Tổ chức thực hiện:
a) Rà soát toàn bộ hồ sơ cán bộ trước ngày 15/4/2024.
b) Chủ trì, phối hợp với Văn phòng Sở lập danh sách.
2. Sở Tài chính bố trí kinh phí thực hiện.
"""
TASKS: list[dict[str, Any]] = [
    {
        "text": "Rà soát toàn bộ hồ sơ cán bộ trước ngày 15/4/2024.",
        "leads": ["Phòng Tổ chức"],
        "cooperators": [],
        "deadline": {"kind": "date", "date": "2024-04-15", "rrule": None},
    },
    {
        "text": "Chủ trì, phối hợp với Văn phòng Sở lập danh sách.",
        "leads": ["Phòng Tổ chức"],
        "cooperators": ["Văn phòng Sở"],
        "deadline": {"kind": "none", "date": None, "rrule": None},
    },
    {
        "text": "Sở Tài chính bố trí kinh phí thực hiện.",
        "leads": ["Sở Tài chính"],
        "cooperators": [],
        "deadline": None,
    },
]


def directive_of(text: str) -> Directive:
    """The text as a file would give it."""
    return structure(read(open_source("letter.txt", text.encode())))
