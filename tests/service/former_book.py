"""A former book as offices keep them: titles, two lines of headings, merged cells, groups."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

import openpyxl

TITLE = ["SỔ THEO DÕI NHIỆM VỤ NĂM 2026"]
HEADINGS = [
    [
        "TT",
        "Nội dung nhiệm vụ",
        "Văn bản giao",
        None,
        "Đơn vị thực hiện",
        None,
        "Hạn",
        "Tình trạng",
        "Ngày xong",
    ],
    [None, None, "Số, ký hiệu", "Ngày", "Chủ trì", "Phối hợp", None, None, None],
]
MERGED = ("A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:G3", "H2:H3", "I2:I3", "A1:I1", "A5:I5")


def _row(text: str, number: str, on: Any, lead: Any, *rest: Any) -> list[Any]:
    return ["1", text, number, on, lead, *rest, *[None] * (4 - len(rest))]


ROWS: list[list[Any]] = [
    ["1", "2", "3", "4", "5", "6", "7", "8", "9"],
    ["I. UBND tỉnh giao"],
    _row(
        "Rà soát các trạm y tế xã",
        "15/CT-UBND",
        dt.date(2026, 1, 12),
        "Sở Y tế",
        "Sở Nội vụ, Sở Tài chính",
        dt.date(2026, 2, 20),
        "Đã hoàn thành",
        dt.date(2026, 2, 18),
    ),
    _row("Lập kế hoạch tu bổ đê", "15/CT", "12/01/2026", "Sở Y tế", None, "trong quý II", "Đang thực hiện"),
    _row("Việc không rõ hạn", "16/CT", "13/01/2026", "Sở Nội vụ", None, "xem sổ tay 9b"),
    _row("Báo cáo biên chế", "16/CT", "13/01/2026", "Đoàn công tác Sao Mai", None, None, "Chưa thực hiện"),
    _row("Kiểm kê kho Hải Đăng", "17/CT", "14/01/2026", "Sở Y tế", None, None, "Mật"),
    _row("Đề án không ai làm", "17/CT", "14/01/2026", None),
    ["Tổng cộng", 6],
]


def workbook(
    rows: Sequence[Sequence[Any]] = ROWS,
    headings: Sequence[Sequence[Any]] = HEADINGS,
    merged: Sequence[str] = MERGED,
) -> bytes:
    """The book as a file."""
    made = openpyxl.Workbook()
    sheet = made.active
    for row in (TITLE, *headings, *rows):
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    made.create_sheet("Ghi chép").append(["chỉ là ghi chép"])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
