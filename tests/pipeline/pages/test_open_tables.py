"""Tables ruled only across: columns are where the white space is, and lines alone make no table."""

from __future__ import annotations

import pytest

from pipeline.limits import Limits
from pipeline.read.pdf import read_pdf
from pipeline.types import Line, Table

HEAD = ("TT", "Nhiệm vụ", "Chủ trì", "Thời hạn")
WORK = (
    ("1", "Kiểm kê trang thiết bị của các|trạm y tế xã", "Sở Y tế", "Quý II/2024"),
    ("2", "Sửa chữa trường học bị tốc mái", "Sở Giáo dục|và Đào tạo", "30/8/2024"),
    ("3", "Lập bản đồ các điểm sạt lở", "Sở Xây dựng", "Tháng 9"),
)
LEFT = (70, 100, 290, 400)


def texts(table: Table) -> list[list[str]]:
    return [[" ".join(line.text for line in cell.lines) for cell in row] for row in table.rows]


def joined(rows) -> list[list[str]]:
    return [[cell.replace("|", " ") for cell in row] for row in rows]


def row_at(paper, y: float, cells) -> float:
    """Writes one row; returns where the next begins."""
    for x, cell in zip(LEFT, cells, strict=False):
        for down, text in enumerate(cell.split("|")):
            paper.write(x, y + 15 + 16 * down, text)
    return y + 8 + 16 * max(cell.count("|") + 1 for cell in cells)


def ruled_across(paper, rows, top: float = 200, broken: bool = False):
    y = top
    for cells in (*rows, None):
        if broken:
            for x0, x1 in ((64, 90), (97, 280), (287, 390), (397, 500)):
                paper.rule(x0, y, x1, y)
        else:
            paper.rule(64, y, 500, y)
        if cells:
            y = row_at(paper, y, cells)
    return paper


def items_of(paper):
    return read_pdf(paper.done(), Limits(), None).pages[0].items


@pytest.mark.parametrize("broken", [False, True])
def test_columns_of_a_table_ruled_only_across_are_found(pdf, broken) -> None:
    paper = ruled_across(pdf().write(200, 150, "PHỤ LỤC"), (HEAD, *WORK), broken=broken)
    heading, table, note = items_of(paper.write(70, 400, "Các sở báo cáo trước ngày 05 hằng tháng."))
    assert (heading.text, note.text[:6]) == ("PHỤ LỤC", "Các sở")
    assert texts(table) == joined((HEAD, *WORK))
    assert table.box.x0 == pytest.approx(64, abs=1)


def test_words_keep_their_places_in_the_source(pdf) -> None:
    (table,) = items_of(ruled_across(pdf(), (HEAD, *WORK)))
    words = [word for row in table.rows for cell in row for line in cell.lines for word in line.words]
    assert all(word.source is not None and len(word.source) == len(word.text) for word in words)
    assert all(table.box.y0 <= word.box.y0 and word.box.y1 <= table.box.y1 for word in words)


def test_the_heading_of_a_group_is_one_cell_over_all_columns(pdf) -> None:
    group = ("I. Các công việc phải xong trước mùa mưa bão năm nay",)
    (table,) = items_of(ruled_across(pdf(), (HEAD, group, *WORK)))
    assert texts(table)[1] == [group[0]] * 4
    assert [cell.merged for cell in table.rows[1]] == [False, True, True, True]
    assert texts(table)[2:] == joined(WORK)


def test_empty_cells_stay_empty(pdf) -> None:
    rows = (HEAD, *WORK, ("4", "Rà soát hộ nghèo", "", "Năm 2024"), ("5", "Công khai số liệu", "Sở Y tế"))
    (table,) = items_of(ruled_across(pdf(), rows))
    assert texts(table)[-2:] == [
        ["4", "Rà soát hộ nghèo", "", "Năm 2024"],
        ["5", "Công khai số liệu", "Sở Y tế", ""],
    ]


def test_a_table_ruled_at_head_and_foot_alone_is_parted_by_its_numbers(pdf) -> None:
    paper = pdf()
    y = row_at(paper.rule(64, 200, 500, 200), 200, HEAD)
    paper.rule(64, y, 500, y)
    for cells in WORK:
        y = row_at(paper, y, cells)
    (table,) = items_of(paper.rule(64, y, 500, y))
    assert texts(table) == joined((HEAD, *WORK))


def test_lines_between_paragraphs_make_no_table(pdf) -> None:
    paper = pdf()
    for y in (180, 240, 300, 360):
        paper.rule(64, y, 500, y)
        paper.write(70, y + 20, "Ủy ban nhân dân các huyện tổ chức trực ban suốt ngày đêm,")
        paper.write(70, y + 38, "kịp thời báo cáo tình hình về Văn phòng.")
    assert all(isinstance(item, Line) for item in items_of(paper))


def test_underlines_of_the_heading_make_no_table(pdf) -> None:
    paper = pdf()
    for y in (80, 100, 120):
        paper.write(80, y, "TỈNH SÔNG LAM").write(300, y, "Độc lập").write(400, y, "Tự do")
        paper.rule(80, y + 4, 170, y + 4).rule(300, y + 4, 345, y + 4)
    assert all(isinstance(item, Line) for item in items_of(paper))


def test_a_running_head_and_foot_as_wide_as_the_table_stay_outside_it(pdf) -> None:
    paper = ruled_across(pdf(), (HEAD, *WORK), top=300)
    paper.write(70, 50, "Công báo tỉnh Sông Lam").rule(64, 56, 500, 56).rule(64, 790, 500, 790)
    for row in range(7):
        paper.write(70, 80 + 20 * row, "Các cơ quan chủ trì chịu trách nhiệm về tiến độ thực hiện")
    for row in range(8):
        paper.write(70, 500 + 20 * row, "Văn phòng theo dõi, đôn đốc việc thực hiện và báo cáo Chủ tịch")
    items = items_of(paper)
    (table,) = [item for item in items if isinstance(item, Table)]
    assert texts(table) == joined((HEAD, *WORK))
    assert len(items) == 1 + 1 + 7 + 8
