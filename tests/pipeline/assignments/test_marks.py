"""Conditions under which tasks hold, and what marks them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.assignments import find_drafts, note
from pipeline.assignments.conditions import find_conditions
from pipeline.assignments.corpus_conditions import CONDITIONS, Conditional
from pipeline.labels import MARKS
from pipeline.structure.blocks import build
from pipeline.types import Directive, DocumentType, Grounded, Header, Layout, Paragraph, Span

LETTER = Header(
    issued_on=dt.date(2025, 8, 4),
    type=DocumentType.CONG_VAN,
    issuer=Grounded("ỦY BAN NHÂN DÂN TỈNH AN BÌNH"),
)


def noted(*lines: str):
    text = "\n".join(lines)
    at, paragraphs = 0, []
    for line in lines:
        paragraphs.append(Paragraph(Span(at, at + len(line)), 1))
        at += len(line) + 1
    directive = Directive(Layout(text, (), tuple(paragraphs)), LETTER, build(paragraphs, text))
    return text, note(find_drafts(directive)[0], text)


def marks(*lines: str) -> list[tuple[str, ...]]:
    return [one.marks for one in noted(*lines)[1]]


@pytest.mark.parametrize("example", CONDITIONS, ids=lambda e: e.text[:40])
def test_the_words_of_a_condition(example: Conditional):
    found = tuple(example.text[span.start : span.end] for span in find_conditions(example.text))
    assert found == example.conditions


def test_a_condition_is_proved_by_its_place():
    text, (one,) = noted("1. Giao Sở Y tế cử bác sĩ tăng cường khi có yêu cầu.")
    (condition,) = one.conditions
    assert text[condition.span.start : condition.span.end] == condition.text == "khi có yêu cầu"
    assert "conditional" in one.marks


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("1. Nghiêm cấm các đơn vị thu thêm khoản ngoài quy định.", "prohibition"),
        ("1. Yêu cầu Sở Y tế không được điều chuyển thuốc dự trữ.", "prohibition"),
        ("1. Yêu cầu UBND các xã không để đò ngang chạy đêm.", "prohibition"),
        ("1. Giao Sở Y tế rà soát kho thuốc, báo cáo UBND tỉnh trước ngày 15/9.", "reporting_duty"),
        ("1. Giao Sở Y tế định kỳ báo cáo số giường trống.", "reporting_duty"),
        ("1. Yêu cầu các sở, ban, ngành tiết kiệm điện.", "group_lead"),
        ("1. Nếu vượt thẩm quyền, Sở Y tế báo cáo UBND tỉnh.", "conditional"),
    ],
)
def test_a_task_is_marked(line: str, mark: str):
    assert mark in marks(line)[0]


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("1. Giao Sở Y tế tăng cường trực cấp cứu, tuyệt đối không chủ quan.", "prohibition"),
        ("1. Giao Sở Y tế sửa chữa các trạm theo báo cáo của UBND xã.", "reporting_duty"),
        ("1. Giao Sở Y tế thẩm định báo cáo nghiên cứu khả thi.", "reporting_duty"),
        ("1. Giao Sở Y tế kiểm kê thuốc.", "group_lead"),
        ("1. Giao Sở Y tế xử lý nghiêm các trường hợp vi phạm.", "conditional"),
    ],
)
def test_a_task_is_not_marked(line: str, mark: str):
    assert mark not in marks(line)[0]


def test_work_that_goes_on_in_the_next_task():
    found = marks("1. UBND cấp xã báo cáo Sở Tài chính; Sở Tài chính tổng hợp, trình UBND tỉnh.")
    assert ["chain" in one for one in found] == [True, False]
    found = marks("1. Giao Sở Y tế gửi số liệu về Sở Nội vụ.", "2. Giao Sở Du lịch tổng hợp số khách.")
    assert ["chain" in one for one in found] == [False, False]


def test_every_mark_has_words():
    assert set(MARKS) == {"conditional", "prohibition", "reporting_duty", "chain", "group_lead"}


@given(st.text(max_size=300))
def test_conditions_of_any_text_lie_within_it(text: str):
    end = 0
    for span in find_conditions(text):
        assert end <= span.start < span.end <= len(text)
        end = span.end
