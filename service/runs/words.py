"""Figures of a run in, the words in which the screen, the pages and the reports tell them out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from pipeline.errors import Reason
from service.outcomes import Outcome
from service.runs.states import State

_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
STATES: Mapping[str, str] = {
    State.RUNNING: "đang chạy",
    State.ENDED: "đã xong",
    State.STOPPED: "đã dừng",
    State.CUT_OFF: "bị ngắt giữa chừng",
}
OUTCOMES: Mapping[str, str] = {
    Outcome.DONE: "xong",
    Outcome.NO_TASKS: "không giao việc",
    Outcome.NEEDS_REVIEW: "cần xem lại",
    Outcome.DUPLICATE_OF: "trùng tệp đã có",
    Outcome.STATUS_NOTED: "trả lời trạng thái, đã ghi",
    Outcome.REFUSED_SECRET: "từ chối: văn bản mật",
    Outcome.FAILED: "lỗi",
}
REASONS: Mapping[str, str] = {
    Reason.EMPTY: "tệp rỗng",
    Reason.TRUNCATED: "tệp bị cụt",
    Reason.ENCRYPTED: "có mật khẩu",
    Reason.NO_PAGES: "không có trang nào",
    Reason.WRONG_TYPE: "không đúng loại như tên tệp",
    Reason.UNSUPPORTED: "loại tệp không đọc được",
    Reason.TOO_LARGE: "quá lớn",
    Reason.TOO_MANY_PAGES: "quá nhiều trang",
    Reason.TOO_MANY_PIXELS: "ảnh quá lớn",
    Reason.BOMB: "nở quá lớn khi giải nén",
    Reason.DAMAGED: "tệp hỏng",
    Reason.MISSING_PROGRAM: "máy chủ thiếu chương trình để đọc",
    Reason.TIMEOUT: "quá thời gian",
    Reason.MEMORY: "quá bộ nhớ",
    Reason.CRASHED: "làm sập tiến trình đọc",
    Reason.UNREADABLE_FILE: "không mở được tệp",
    Reason.INTERNAL: "lỗi của chương trình",
    "mat": "dấu MẬT",
    "toi_mat": "dấu TỐI MẬT",
    "tuyet_mat": "dấu TUYỆT MẬT",
    "doubt": "nghi có dấu mật",
}
"""Why a file failed or was refused."""
COUNTED = "lượt đọc cũ: chỉ còn số đếm, không còn kể từng tệp"


def duration(seconds: float) -> str:
    """12.3 → "12 s", 200 → "3 min 20 s", 9000 → "2 h 30 min"."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02} min"


def moment(seconds: float) -> str:
    """Seconds since 1970 as dd/mm/yyyy hh:mm in Viet Nam."""
    return dt.datetime.fromtimestamp(seconds, _ZONE).strftime("%d/%m/%Y %H:%M")


def decimal(value: float, places: int = 1) -> str:
    """1234.56 → "1.234,6", as Vietnamese write it."""
    return f"{value:,.{places}f}".translate(str.maketrans(",.", ".,"))


def size(count: int) -> str:
    """Bytes as KB, MB or GB."""
    value = float(count)
    for unit in ("B", "KB", "MB"):
        if value < 1024:
            return f"{decimal(value, 0 if unit == 'B' else 1)} {unit}"
        value /= 1024
    return f"{decimal(value)} GB"
