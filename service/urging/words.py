"""Keys of urging in, what people read for them in Vietnamese out (service/wording.py passes them on)."""

from __future__ import annotations

WEEKDAYS = {
    "1": "thứ Hai",
    "2": "thứ Ba",
    "3": "thứ Tư",
    "4": "thứ Năm",
    "5": "thứ Sáu",
    "6": "thứ Bảy",
    "7": "Chủ nhật",
}
