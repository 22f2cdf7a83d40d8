"""What is answered to senders, and what receivers answer, in Vietnamese; English in service/locale/en.po."""

from __future__ import annotations

ANSWERS = {
    "current": "như sổ đang ghi",
    "arrived": "đã đến",
    "refused": "từ chối tiếp nhận",
    "received": "đã tiếp nhận",
    "assigned": "đã phân công",
    "in_progress": "đang xử lý",
    "done": "đã hoàn thành",
    "recall_asked": "đã nhận yêu cầu thu hồi",
    "change_agreed": "đồng ý thu hồi, cập nhật",
    "change_refused": "từ chối thu hồi, cập nhật",
}
"""Each answer (service/exchange/asked.py)."""
