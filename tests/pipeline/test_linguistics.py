"""Sentences: where one ends in administrative prose, and where a stop ends none."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from importlib.util import find_spec

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.linguistics import split_sentences
from pipeline.text import CAPITALS, SMALL_LETTERS, fold


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


@pytest.mark.skipif(find_spec("torch") is None, reason="nothing to be loaded where it is not installed")
def test_sentences_do_not_load_what_translates_them():
    program = (
        "import sys; from pipeline.linguistics import split_sentences; split_sentences('Một. Hai. Ba.'); "
        "print('torch' in sys.modules); import torch; print('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


@given(st.text())
def test_a_folded_text_has_no_mark_and_is_folded_once_and_for_all(text: str) -> None:
    folded = fold(text)
    assert not any(map(unicodedata.combining, folded))
    assert fold(folded) == folded
    assert folded == fold(unicodedata.normalize("NFD", text))
