"""Workbooks: annexes come as these too."""

import datetime as dt
import io

import openpyxl

from pipeline.encodings import Encoding, encode
from pipeline.read import open_source, read
from pipeline.types import Table


def saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_titles_stand_above_the_table(show):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["PHỤ LỤC I"])
    sheet.append(["DANH MỤC NHIỆM VỤ"])
    sheet.merge_cells("A1:C1")
    sheet.append(["STT", "Nhiệm vụ", "Thời hạn"])
    sheet.append([1, "Lập đề án\n- bước một", dt.date(2024, 6, 15)])
    sheet.append([2, None, dt.datetime(2024, 6, 20, 17, 0)])  # noqa: DTZ001 - a sheet's times have no zone
    assert show("a.xlsx", saved(book)) == [
        "PHỤ LỤC I",
        "DANH MỤC NHIỆM VỤ",
        [
            ["STT", "Nhiệm vụ", "Thời hạn"],
            ["1", "Lập đề án / - bước một", "15/06/2024"],
            ["2", "", "17:00 20/06/2024"],
        ],
    ]


def test_numbers_are_shown_as_written_here(show):
    book = openpyxl.Workbook()
    book.active.append(["STT", "Tỷ lệ", "Số tiền", "Đạt"])
    book.active.append([1.0, 0.255, 12.5, True])
    book.active["B2"].number_format = "0.0%"
    assert show("a.xlsx", saved(book))[0][1] == ["1", "25,5%", "12,5", "x"]


def test_merged_cells_are_repeated():
    book = openpyxl.Workbook()
    for row in (["STT", "Nhiệm vụ", "Chủ trì"], [1, "a", "Sở Y tế"], [2, "b", None], ["II", "chung", None]):
        book.active.append(row)
    book.active.merge_cells("C2:C3")
    book.active.merge_cells("B4:C4")
    (table,) = read(open_source("a.xlsx", saved(book))).pages[0].items
    assert [[cell.merged for cell in row] for row in table.rows] == [
        [False, False, False],
        [False, False, False],
        [False, False, True],
        [False, False, True],
    ]
    assert table.rows[2][2].lines[0].text == "Sở Y tế"


def test_each_visible_sheet_is_a_table_on_its_own_page():
    book = openpyxl.Workbook()
    for title, state in (("một", "visible"), ("hai", "hidden"), ("ba", "visible")):
        sheet = book.create_sheet(title)
        sheet.sheet_state = state
        sheet.append(["STT", "Nhiệm vụ", title])
        sheet.append(["1", "a", "b"])
    pages = read(open_source("a.xlsx", saved(book))).pages
    tables = [item for page in pages for item in page.items if isinstance(item, Table)]
    assert [table.rows[0][2].lines[0].text for table in tables] == ["một", "ba"]
    assert [page.number for page in pages] == [1, 2]


def test_sheets_in_tcvn3_are_decoded(show):
    book = openpyxl.Workbook()
    rows = (
        ("STT", "Nhiệm vụ", "Chủ trì"),
        ("1", "Xây dựng đề án bảo vệ rừng", "Sở Nông nghiệp và Phát triển nông thôn"),
        ("2", "Tổng hợp kết quả thực hiện", "Sở Nội vụ, các huyện, thành phố"),
    )
    for row in rows:
        book.active.append([encode(text, Encoding.TCVN3) for text in row])
    assert show("a.xlsx", saved(book)) == [[list(row) for row in rows]]


def test_far_cells_do_not_blow_the_table_up(show):
    book = openpyxl.Workbook()
    book.active.append(["STT", "Nhiệm vụ", "Hạn"])
    book.active["XFD1048576"] = "xa"
    assert show("a.xlsx", saved(book)) == [[["STT", "Nhiệm vụ", "Hạn"]]]
