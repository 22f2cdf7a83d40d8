"""The verb phrases of a task: which open one of their own, what their objects make of them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.acts import acts_in, first_thing, lexicon, without_units


def heads(text: str) -> list[tuple[str, str]]:
    """(act, verb) of the phrases that stand on their own."""
    return [(act.act, act.verb) for act in acts_in(without_units(text)) if act.place == "head"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xây dựng kế hoạch phòng cháy.", [("document", "xây dựng")]),
        ("Xây dựng báo cáo quý.", [("report", "xây dựng báo cáo")]),
        ("Xây dựng hệ thống camera.", [("carry_out", "xây dựng")]),
        ("Xử lý đơn của công dân.", [("handle", "xử lý đơn")]),
        ("Xử lý hành vi lấn chiếm.", [("inspect", "xử lý")]),
        ("Tăng cường lực lượng, phương tiện.", [("resources", "tăng cường")]),
        ("Tăng cường công tác kiểm tra.", [("inspect", "kiểm tra")]),
        ("Thực hiện chế độ báo cáo.", [("report", "chế độ báo cáo")]),
        ("Rà soát, lập danh mục chợ.", [("review", "rà soát"), ("document", "lập")]),
    ],
)
def test_the_object_tells_what_a_verb_comes_to(text: str, expected: list[tuple[str, str]]) -> None:
    assert heads(text) == expected


def test_a_verb_inside_a_noun_opens_no_phrase() -> None:
    acts = acts_in(without_units("Ban hành kế hoạch kiểm tra, giám sát bếp ăn."))
    assert [(act.verb, act.place) for act in acts] == [("ban hành", "head"), ("kiểm tra, giám sát", "inside")]


def test_what_the_work_is_for_stands_apart() -> None:
    acts = acts_in(without_units("Cập nhật số hộ nghèo để báo cáo cấp trên."))
    assert [(act.act, act.place) for act in acts] == [("carry_out", "head"), ("report", "aim")]


def test_after_its_ground_a_task_still_opens() -> None:
    assert heads("Căn cứ tình hình thực tế để xây dựng kế hoạch trực lũ.") == [("document", "xây dựng")]


def test_who_is_told_stands_between_the_order_and_the_act() -> None:
    assert heads("Chỉ đạo các hợp tác xã vận tải tham gia sơ tán dân.")[0] == ("coordinate", "tham gia")


def test_names_of_units_name_no_act() -> None:
    assert heads("Thanh tra tỉnh và Ban Chỉ huy Phòng, chống thiên tai tổ chức diễn tập.") == [
        ("carry_out", "tổ chức")
    ]


def test_the_thing_that_a_row_names() -> None:
    assert first_thing("nghị định về quản lý bến thủy") == "paper"
    assert first_thing("hướng dẫn người dân") == ""


def test_each_verb_class_comes_to_something() -> None:
    known = lexicon()
    classes = {
        name for roles in known.roles.values() for role, name in roles.items() if role in ("verb", "light")
    }
    assert classes == set(known.bare)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    for act in acts_in(without_units(text)):
        assert act.place in ("head", "inside", "aim")


def test_an_endless_task_is_read_at_its_head() -> None:
    began = time.perf_counter()
    acts_in("kiểm tra, " * 200_000)
    assert time.perf_counter() - began < 1


def test_a_paper_that_is_cited_is_no_act() -> None:
    acts = acts_in(without_units("Thực hiện nghiêm Quy định số 14-QĐ/TU của Tỉnh ủy."))
    assert [act.act for act in acts] == ["carry_out"]
