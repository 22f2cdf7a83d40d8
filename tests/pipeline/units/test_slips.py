"""Slips of OCR are mended in the key that is matched, never in what is shown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text import match_key
from pipeline.units import split_list, units_at
from pipeline.units.lexicon import word_lists
from pipeline.units.slips import mended


@settings(deadline=None)  # the lexicon is read at the first call
@given(st.text(max_size=60) | st.text(alphabet="Sởsữo bộÚỦyhuyệnthành phố.,và Tàichính", max_size=60))
def test_offsets_stay(text: str) -> None:
    assert len(mended(text)) == len(match_key(text))


@pytest.mark.parametrize("table", ["short_slip", "level_slip"])
def test_a_slip_is_as_long_as_what_is_meant(table: str) -> None:
    assert all(len(written) == len(meant) for written, meant in word_lists()[table].items())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Chì cục Thủy lợi", "chi cục thủy lợi"),
        ("các tô chức", "các tổ chức"),
        ("Sữ Công Thương", "sở công thương"),
        ("UBND tinh", "ubnd tỉnh"),
        ("UBND các huyện. thành phố", "ubnd các huyện, thành phố"),
    ],
)
def test_a_slip_is_read_as_meant(written: str, meant: str) -> None:
    assert mended(written) == meant


@pytest.mark.parametrize(
    "text", ["Các công đoạn", "Lắng nghe", "cơ số thuốc", "Công an tinh nhuệ", "Hà Nội. Thành phố"]
)
def test_other_words_stay(text: str) -> None:
    assert mended(text) == match_key(text)


def test_the_name_is_as_it_was_meant_and_the_text_as_it_was_written() -> None:
    (members, _) = units_at("UBND các huyện. thành phố, các tô chức liên quan báo cáo", 0)
    assert [m.name for m in members] == ["UBND các huyện, thành phố", "các tổ chức liên quan"]
    assert [m.text for m in members] == ["UBND các huyện. thành phố", "các tô chức liên quan"]


def test_a_misread_head_is_a_member_like_others() -> None:
    assert [m.name for m in split_list("Sờ Tài chính; Sở Y tê")] == ["Sở Tài chính", "Sở Y tế"]
