"""Ruled tables on PDF pages: cells, merged cells, and words that stand in none."""

from __future__ import annotations

import pytest

from pipeline.limits import Limits
from pipeline.read.pdf import read_pdf
from pipeline.read.tables import find_tables
from pipeline.types import Box, Line, Table, Word


def texts(table: Table) -> list[list[str]]:
    return [[" / ".join(line.text for line in cell.lines) for cell in row] for row in table.rows]


def assignment_table(paper):
    """Three columns, a heading row, one row, and a group row merged over all columns."""
    for y in (200, 225, 250, 290):
        paper.rule(80, y, 500, y)
    for x in (80, 500):
        paper.rule(x, 200, x, 290)
    for x in (120, 350):
        paper.rule(x, 200, x, 225)
        paper.rule(x, 250, x, 290)
    paper.write(85, 216, "STT").write(130, 216, "Nhiệm vụ").write(360, 216, "Chủ trì")
    paper.write(85, 241, "I. Về tổ chức bộ máy của các cơ quan chuyên môn")
    paper.write(85, 266, "1").write(130, 266, "Rà soát biên chế của").write(130, 281, "các đơn vị").write(
        360, 266, "Sở Nội vụ"
    )
    return paper


def test_cells_hold_their_lines_and_merged_ones_are_repeated(pdf) -> None:
    items = read_pdf(assignment_table(pdf()).done(), Limits(), None).pages[0].items
    (table,) = items
    group = "I. Về tổ chức bộ máy của các cơ quan chuyên môn"
    assert texts(table) == [
        ["STT", "Nhiệm vụ", "Chủ trì"],
        [group, group, group],
        ["1", "Rà soát biên chế của / các đơn vị", "Sở Nội vụ"],
    ]
    assert [cell.merged for cell in table.rows[1]] == [False, True, True]
    assert (table.box.x0, table.box.y1) == pytest.approx((80, 290), abs=1.5)


def test_a_cell_merged_downwards_is_repeated_below(pdf) -> None:
    paper = pdf()
    for x in (80, 200, 400):
        paper.rule(x, 100, x, 160)
    paper.rule(80, 100, 400, 100).rule(200, 130, 400, 130).rule(80, 160, 400, 160)
    paper.write(90, 135, "Sở Y tế").write(210, 120, "Việc một").write(210, 150, "Việc hai")
    (table,) = read_pdf(paper.done(), Limits(), None).pages[0].items
    assert texts(table) == [["Sở Y tế", "Việc một"], ["Sở Y tế", "Việc hai"]]
    assert table.rows[1][0].merged


def test_tables_stand_among_the_lines_and_take_their_words(pdf) -> None:
    paper = assignment_table(pdf().write(80, 150, "Phụ lục kèm theo")).write(80, 320, "Ghi chú cuối bảng")
    items = read_pdf(paper.done(), Limits(), None).pages[0].items
    assert [item.text if isinstance(item, Line) else "table" for item in items] == [
        "Phụ lục kèm theo",
        "table",
        "Ghi chú cuối bảng",
    ]


def test_tables_drawn_as_rectangles_are_tables(pdf) -> None:
    paper = pdf()
    for row, words in enumerate((("Đơn vị", "Thời hạn"), ("Sở Xây dựng", "Quý II"))):
        for column, text in enumerate(words):
            paper.canvas.rect(80 + 150 * column, 700 - 30 * row, 150, 30)
            paper.write(90 + 150 * column, 842 - 710 + 30 * row, text)
    (table,) = read_pdf(paper.done(), Limits(), None).pages[0].items
    assert texts(table) == [["Đơn vị", "Thời hạn"], ["Sở Xây dựng", "Quý II"]]


def test_underlines_and_frames_are_no_tables(pdf) -> None:
    paper = pdf().write(80, 100, "TỈNH SÔNG LAM").rule(80, 104, 170, 104)
    paper.write(100, 160, "HỎA TỐC")
    paper.canvas.rect(90, 842 - 170, 90, 30)
    items = read_pdf(paper.done(), Limits(), None).pages[0].items
    assert [item.text for item in items] == ["TỈNH SÔNG LAM", "HỎA TỐC"]


def test_without_outer_uprights_the_ends_of_the_rulings_close_the_table() -> None:
    level = [(100.0, 50.0, 250.0), (120.0, 50.0, 250.0), (140.0, 50.0, 250.0)]
    words = [[Word("Trái", Box(60, 102, 80, 118)), Word("Phải", Box(160, 102, 180, 118))]]
    (table,), rest = find_tables(level, [(150.0, 100.0, 140.0)], words)
    assert texts(table) == [["Trái", "Phải"], ["", ""]]
    assert rest == []
