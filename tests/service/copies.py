"""Invented letters, and what copying does to them."""

from __future__ import annotations

import random

UNITS = (
    "Sở Y tế",
    "Sở Tài chính",
    "Sở Xây dựng",
    "Sở Nội vụ",
    "Công an tỉnh",
    "Sở Tư pháp",
    "Sở Công Thương",
)
WORDS = """
rà soát kiểm tra tổng hợp tham mưu hướng dẫn đôn đốc thẩm định theo dõi các bến thủy nội địa chưa có
phép danh mục dự án dùng vốn đầu tư công tiến độ tiêm vắc xin cho đàn gia súc việc bố trí kinh phí
sửa chữa trường học quy hoạch hạ tầng thoát nước ở đô thị hồ sơ cấp giấy chứng nhận quyền sử dụng
đất phòng cháy rừng mùa khô năm nay kết quả xử lý đơn thư khiếu nại kéo dài hòa giải cơ sở lưới điện
nông thôn
"""
SYLLABLES = WORDS.split()


def letter(seed: int, paragraphs: int = 12) -> str:
    """A letter of so many orders, always the same for a seed; two have hardly three words in common."""
    dice = random.Random(seed)
    return "\n".join(
        f"{number}. Giao {dice.choice(UNITS)} chủ trì {' '.join(dice.choices(SYLLABLES, k=14))} "
        f"tại {dice.randint(2, 40)} xã, báo cáo trước ngày {dice.randint(1, 28)}/{dice.randint(1, 12)}/2026."
        for number in range(1, paragraphs + 1)
    )


def scanned(text: str, share: float = 0.015, seed: int = 1) -> str:
    """The text as OCR reads a poor scan: so many of its letters are others, or lost."""
    dice = random.Random(seed)
    others = "aeioudhnmtcl1,. "
    return "".join(
        dice.choice(others) if char.isalpha() and dice.random() < share else char
        for char in text
        if not (char.isalpha() and dice.random() < share / 4)
    )
