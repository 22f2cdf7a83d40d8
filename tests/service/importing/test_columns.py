"""Columns are found by their headings, whatever lines and spellings they have."""

from __future__ import annotations

import pytest

from service.importing.columns import headings_of, matched


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("NỘI DUNG NHIỆM VỤ", "text"),
        ("Noi dung nhiem vu", "text"),
        ("Nội dưng nhiêm vụ", "text"),
        ("Cơ quan, đơn vị chủ trì", "lead"),
        ("ĐƠN VỊ PHỐI HƠP", "cooperators"),
        ("Thời hạn hoàn thành", "due"),
        ("Số/ký hiệu VB", "number"),
        ("Ngày hoàn thành", "done_on"),
        ("Ngày ban hành", "document_on"),
        ("Tình trạng thực hiện", "state"),
        ("Ghi chú", "note"),
    ],
)
def test_a_heading_is_known_without_diacritics_and_misread(heading: str, role: str):
    columns, likeness = matched(["TT", heading])
    assert columns == {role: 1}
    assert likeness[role] >= 80


def test_headings_of_two_lines_are_read_together_and_titles_passed_over():
    rows = [
        ["SỔ THEO DÕI", "SỔ THEO DÕI", "SỔ THEO DÕI", "SỔ THEO DÕI"],
        ["Nội dung", "Văn bản giao", "Văn bản giao", "Chủ trì"],
        ["Nội dung", "Số", "Ngày", "Chủ trì"],
        ["Rà soát", "15/CT", "12/1/2026", "Sở Y tế"],
    ]
    found = headings_of(rows, {"1": 2})
    assert found
    assert (found.end, dict(found.columns)) == (3, {"text": 0, "number": 1, "document_on": 2, "lead": 3})


def test_a_sheet_without_a_column_of_tasks_has_no_headings():
    assert headings_of([["Họ tên", "Chức vụ"], ["An", "Phó phòng"]], {}) is None
