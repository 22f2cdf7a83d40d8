"""Sentences: where one ends in administrative prose, and where a stop ends none."""

from __future__ import annotations

import pytest

from pipeline.linguistics import split_sentences
from pipeline.text import CAPITALS, SMALL_LETTERS


def sentences(text: str) -> list[str]:
    """The words of each sentence."""
    return [text[span.start : span.end] for span in split_sentences(text)]


@pytest.mark.parametrize(
    "second",
    [
        "Ủy ban nhân dân các xã rà soát hồ sơ.",  # its first letter lies between small ones in Unicode
        "Ưu tiên vốn cho các xã vùng sâu.",
        "Đề nghị Mặt trận Tổ quốc tỉnh giám sát.",
        "Sở Tài chính cấp kinh phí.",
    ],
)
@pytest.mark.parametrize(
    "first", ["Sở Tư pháp trình trong tháng 4.", "Sở Y tế mở lớp.", "Báo cáo trước ngày 20/4/2026."]
)
def test_a_capital_begins_a_sentence(first: str, second: str) -> None:
    assert sentences(f"{first} {second}") == [first, second]


@pytest.mark.parametrize(
    "text",
    [
        "KT. Chủ tịch ký thay.",
        "Sửa chữa đường ĐT. 759B trong năm nay.",
        "UBND TP. Hồ Chí Minh báo cáo.",
        "Theo QĐ số 12. ban hành năm ngoái.",
    ],
)
def test_a_stop_that_ends_no_sentence(text: str) -> None:
    assert sentences(text) == [text]


def test_capitals_and_small_letters_are_told_apart() -> None:
    assert {"A", "Đ", "Ủ", "Ỹ"} <= set(CAPITALS)
    assert {"a", "đ", "ủ", "ỹ"} <= set(SMALL_LETTERS)
    assert not set(CAPITALS) & set(SMALL_LETTERS)
