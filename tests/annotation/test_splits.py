from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.splits import Item, groups, split

SHARES = {"dạy": 0.6, "chỉnh": 0.2, "kiểm tra": 0.2}
STORY = "Sở Y tế rà soát các trạm y tế xã, thống kê số giường và báo cáo Ủy ban nhân dân tỉnh trước ngày 15."


def item(name: str, text: str = "", issuer: str = "", year: int = 2020) -> Item:
    return Item(name, text or f"văn bản riêng của {name} " * 3, issuer, dt.date(year, 5, 1))


def test_a_copy_stays_with_its_original():
    copy = item("b", STORY.replace("15", "25"))
    assert groups([item("a", STORY), copy, item("c")]) == [["a", "b"], ["c"]]


def test_an_issuer_s_year_stays_together_however_the_name_is_written():
    mine = [item("a", issuer="UBND tỉnh Hưng Yên"), item("b", issuer="UBND  TỈNH HƯNG YÊN")]
    assert groups([*mine, item("c", issuer="UBND tỉnh Hưng Yên", year=2021)]) == [["a", "b"], ["c"]]


def test_groups_that_touch_are_one():
    chain = [item("a", STORY), item("b", STORY, "Bộ Y tế"), item("c", issuer="Bộ Y tế")]
    assert groups(chain) == [["a", "b", "c"]]


@given(st.integers(1, 40), st.text(max_size=3))
def test_every_document_has_a_part_and_new_ones_move_none(number: int, seed: str):
    items = [item(f"d{at:03d}") for at in range(number)]
    before = split(items, SHARES, seed)
    after = split([*items, item("d999")], SHARES, seed)
    assert before.keys() == {one.id for one in items}
    assert {name: after[name] for name in before} == before


def test_parts_are_about_as_large_as_asked_for():
    found = list(split([item(f"d{at}") for at in range(600)], SHARES).values())
    assert [found.count(part) / 600 for part in SHARES] == pytest.approx([0.6, 0.2, 0.2], abs=0.06)


def test_shares_that_do_not_add_up_are_refused():
    with pytest.raises(ValueError, match="add up"):
        split([], {"dạy": 0.5})
