"""Pages composed to one text: paragraphs, columns, tables, and offsets that never lie."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read import open_source, read
from pipeline.structure.layout import compose
from pipeline.structure.parts import take_apart
from pipeline.text import nfc
from pipeline.types import (
    Box,
    Cell,
    Grid,
    Layout,
    Line,
    Origin,
    Page,
    Paragraph,
    Reading,
    SourceDocument,
    Table,
    Word,
)

Make = Callable[..., object]
FULL = "x" * 9 + " xxxxxxxxx" * 7  # 79 characters: from the left margin to the right one


def shown(layout: Layout) -> list[str]:
    """The text of every item, cells of a table parted by bars."""
    out = []
    for item in layout.items:
        if isinstance(item, Paragraph):
            out.append(layout.text[item.span.start : item.span.end])
        else:
            out += [" | ".join(cells(layout, row)) for row in item.rows]
    return out


def cells(layout: Layout, row: tuple[object, ...]) -> list[str]:
    return [
        " / ".join(layout.text[p.span.start : p.span.end] for p in cell.paragraphs)  # type: ignore[attr-defined]
        for cell in row
    ]


def test_an_indent_opens_a_paragraph(printed: Make, make_page: Make) -> None:
    reading = printed(
        make_page(1, (120, 200, FULL[:72]), (85, 218, FULL), (120, 236, FULL[:72]), (85, 254, FULL[:19]))
    )
    assert [len(text) for text in shown(compose(reading))] == [72 + 1 + 79, 72 + 1 + 19]


def test_a_line_that_ends_early_ends_its_paragraph(printed: Make, make_page: Make) -> None:
    first, second = (85, 218, "Các đơn vị báo cáo trước ngày 15."), (85, 236, "Văn phòng tổng hợp.")
    reading = printed(make_page(1, (85, 200, FULL), first, second, (85, 254, FULL)))
    texts = shown(compose(reading))
    assert texts[0].endswith("ngày 15.")
    assert texts[1] == "Văn phòng tổng hợp."


def test_a_paragraph_runs_over_the_end_of_a_page(printed: Make, make_page: Make) -> None:
    reading = printed(
        make_page(1, (120, 740, FULL[:72]), (85, 758, FULL), (290, 800, "1")),
        make_page(2, (290, 30, "2"), (85, 100, "và báo cáo kết quả."), (120, 118, "2. Sở Nội vụ tham mưu.")),
    )
    texts = shown(compose(reading))
    assert texts[0].endswith("xxx và báo cáo kết quả.")
    assert texts[1:] == ["2. Sở Nội vụ tham mưu."]


@pytest.mark.parametrize("number", ["G9", "-3s"])
def test_a_page_number_that_ocr_took_for_letters_parts_no_paragraph(
    printed: Make, make_page: Make, number: str
) -> None:
    reading = printed(
        make_page(1, (120, 740, FULL[:72]), (85, 758, FULL), origin=Origin.OCR),
        make_page(2, (292, 30, number), (85, 100, "và báo cáo kết quả."), origin=Origin.OCR),
    )
    assert [text[-20:] for text in shown(compose(reading))] == [" và báo cáo kết quả."]


@pytest.mark.parametrize(("left", "words"), [(85, "xã."), (290, "II.")])
def test_a_short_word_at_the_left_or_a_part_s_number_is_no_page_number(
    printed: Make, make_page: Make, left: float, words: str
) -> None:
    reading = printed(
        make_page(1, (120, 740, FULL[:72]), (85, 758, FULL), origin=Origin.OCR),
        make_page(2, (left, 30, words), (120, 100, "2. Sở Nội vụ tham mưu."), origin=Origin.OCR),
    )
    assert words in "\n".join(shown(compose(reading)))


def test_an_item_at_the_top_of_a_page_begins_anew(printed: Make, make_page: Make) -> None:
    reading = printed(
        make_page(1, (120, 740, FULL[:72]), (85, 758, FULL)),
        make_page(2, (120, 100, "b) Sở Nội vụ tham mưu."), (85, 118, FULL)),
    )
    assert shown(compose(reading))[1].startswith("b) Sở Nội vụ")


def test_what_frames_the_page_is_dropped(printed: Make, make_page: Make) -> None:
    frame = [(85, 30, "Công báo số 7"), (400, 810, "www.congbao.example.vn"), (290, 820, "Trang 4")]
    reading = printed(*[make_page(n, *frame, (85, 300 + n, FULL)) for n in (1, 2, 3)])
    assert "Công báo" not in compose(reading).text
    assert "www" not in compose(reading).text
    assert "Trang" not in compose(reading).text


def test_the_heading_is_read_by_columns(printed: Make, make_page: Make) -> None:
    reading = printed(
        make_page(
            1,
            (100, 60, "ỦY BAN NHÂN DÂN"),
            (260, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            (110, 76, "TỈNH HOA LƯ"),
            (290, 76, "Độc lập - Tự do - Hạnh phúc"),
            (100, 96, "Số: 12/UBND-TH"),
            (280, 96, "Hoa Lư, ngày 04 tháng 5 năm 2021"),
            (120, 200, FULL[:72]),
        )
    )
    assert shown(compose(reading))[:6] == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH HOA LƯ",
        "Số: 12/UBND-TH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hoa Lư, ngày 04 tháng 5 năm 2021",
    ]


def test_a_line_glued_over_both_columns_is_cut_at_the_motto(printed: Make, make_page: Make) -> None:
    glued = (60, 60, "UBND TỈNH HOA LƯ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    reading = printed(make_page(1, glued, (90, 76, "SỞ Y TẾ"), (85, 300, FULL), origin=Origin.OCR))
    assert shown(compose(reading))[:3] == [
        "UBND TỈNH HOA LƯ",
        "SỞ Y TẾ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ]


def test_signature_and_recipients_do_not_mix(printed: Make, make_page: Make) -> None:
    reading = printed(
        make_page(
            2,
            (85, 100, FULL),
            (85, 130, "Nơi nhận:"),
            (370, 130, "KT. CHỦ TỊCH"),
            (85, 144, "- Như Điều 3;"),
            (360, 146, "PHÓ CHỦ TỊCH"),
            (85, 158, "- Lưu: VT."),
            (360, 230, "Trần Thị Mây"),
        )
    )
    assert shown(compose(reading))[1:] == [
        "Nơi nhận:",
        "- Như Điều 3;",
        "- Lưu: VT.",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Trần Thị Mây",
    ]


def test_a_table_that_only_lays_out_is_read_by_columns(
    printed: Make, make_page: Make, make_table: Make
) -> None:
    head = make_table(
        ("BỘ MÔI SINH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Số: 7/BMS-VP", "Hà Nội, ngày 02 tháng 3 năm 2020"),
        ruled=False,
    )
    assert shown(compose(printed(make_page(1, head))))[:2] == ["BỘ MÔI SINH", "Số: 7/BMS-VP"]


def test_a_ruled_table_is_a_grid(printed: Make, make_page: Make, make_table: Make) -> None:
    layout = compose(printed(make_page(1, make_table(("TT", "Việc"), ("1", "Lập bản đồ\nngập lụt")))))
    assert isinstance(layout.items[0], Grid)
    assert shown(layout) == ["TT | Việc", "1 | Lập bản đồ ngập lụt"]


def test_a_table_over_two_pages_is_one(printed: Make, make_page: Make, make_table: Make) -> None:
    head = ("TT", "Việc", "Chủ trì")
    reading = printed(
        make_page(1, make_table(head, ("1", "Lập bản đồ", "Sở A"), ("2", "Rà soát các hộ ở", "Sở B"))),
        make_page(2, make_table(head, ("", "vùng trũng", ""), ("3", "Báo cáo", "Sở C"), y=60)),
    )
    layout = compose(reading)
    assert len(layout.items) == 1
    assert shown(layout) == [
        "TT | Việc | Chủ trì",
        "1 | Lập bản đồ | Sở A",
        "2 | Rà soát các hộ ở vùng trũng | Sở B",
        "3 | Báo cáo | Sở C",
    ]


def test_a_merged_cell_is_written_once(printed: Make, make_page: Make, make_table: Make) -> None:
    layout = compose(
        printed(make_page(1, make_table(("Việc", "Chủ trì"), ("a", "Sở A"), ("b", "^Sở A"), ("c", "^Sở A"))))
    )
    grid = layout.items[0]
    assert isinstance(grid, Grid)
    assert layout.text.count("Sở A") == 1
    assert [row[1].merged for row in grid.rows] == [False, False, True, True]
    assert grid.rows[3][1].paragraphs == grid.rows[1][1].paragraphs


_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=8)
_NUMBERS = st.floats(-50, 900, width=32)
_BOXES = st.builds(Box, _NUMBERS, _NUMBERS, _NUMBERS, _NUMBERS)
_CONFIDENCE = st.none() | st.floats(0, 1)
_WORD = st.builds(Word, _WORDS, _BOXES, st.floats(0, 30), st.booleans(), confidence=_CONFIDENCE)
_PHRASES = st.sampled_from(
    ["Số: 1/QĐ-UBND", "CHỈ THỊ", "Kính gửi:", "Nơi nhận:", "TM. ỦY BAN", "- Lưu: VT", "Điều 1.", "PHỤ LỤC I"]
)
_PHRASE = st.builds(lambda text, box: Line(tuple(Word(word, box) for word in text.split())), _PHRASES, _BOXES)
_LINES = st.builds(Line, st.lists(_WORD, max_size=4).map(tuple), st.none() | st.booleans()) | _PHRASE
_CELLS = st.builds(Cell, st.lists(_LINES, max_size=2).map(tuple), merged=st.booleans())
_TABLES = st.lists(st.lists(_CELLS, max_size=3).map(tuple), max_size=3).map(tuple)
_ITEMS = _LINES | st.builds(Table, _TABLES, st.none() | _BOXES, st.booleans())
_PAGES = st.builds(
    Page,
    st.integers(1, 3),
    st.just(595.0),
    st.just(842.0),
    st.sampled_from(Origin),
    st.lists(_ITEMS, max_size=6).map(tuple),
)
_READINGS = st.builds(
    Reading, st.just(SourceDocument("x", "0", "text/plain", b"")), st.lists(_PAGES, max_size=3).map(tuple)
)


@given(_READINGS)
def test_places_lead_back_to_the_words_of_any_reading(reading: Reading) -> None:
    layout = compose(reading)
    words = {nfc(" ".join(word.text.split())) for word in _words(reading)}
    assert nfc(layout.text) == layout.text
    for place in layout.places:
        assert nfc(layout.text[place.span.start : place.span.end]) in words
    for before, after in pairwise(layout.places):
        assert before.span.end < after.span.start


@given(_READINGS)
def test_any_reading_comes_apart(reading: Reading) -> None:
    layout = compose(reading)
    parts = take_apart(layout, reading)
    kept = [*parts.body, *(item for annex in parts.annexes for item in annex)]
    assert all(item in layout.items for item in kept)
    spans = [item.span for item in kept]
    assert spans == sorted(spans, key=lambda span: span.start)


def _words(reading: Reading) -> list[Word]:
    lines = [item for page in reading.pages for item in page.items if isinstance(item, Line)]
    tables = [item for page in reading.pages for item in page.items if isinstance(item, Table)]
    lines += [line for table in tables for row in table.rows for cell in row for line in cell.lines]
    return [word for line in lines for word in line.words]


def test_footnotes_do_not_cut_a_paragraph(printed: Make, make_page: Make) -> None:
    first = make_page(1, (120, 700, FULL[:72]), (85, 718, FULL), (85, 780, "1 Gồm cả hồ chứa nhỏ."))
    note = replace(first.items[2], words=tuple(replace(w, size=9.0) for w in first.items[2].words))
    reading = printed(
        replace(first, items=(*first.items[:2], note)),
        make_page(2, (85, 100, "và báo cáo kết quả.")),
    )
    layout = compose(reading)
    assert [text[-19:] for text in shown(layout)] == ["và báo cáo kết quả."]
    assert layout.text.endswith("1 Gồm cả hồ chứa nhỏ.")


def test_an_attached_heading_like_the_first_is_no_running_head(printed: Make, make_page: Make) -> None:
    head = [(100, 60, "BỘ MÔI SINH"), (260, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")]
    reading = printed(make_page(1, *head, (85, 300, FULL)), make_page(2, *head, (85, 300, FULL)))
    assert compose(reading).text.count("BỘ MÔI SINH") == 2


def test_a_line_without_end_is_cut_into_paragraphs_at_ends_of_sentences():
    sentence = "Sở Y tế kiểm tra các trạm y tế ở ven sông và báo cáo trước mùa lũ. "
    source = open_source("mot-dong.txt", (sentence * 400).encode())
    layout = compose(read(source))
    found = shown(layout)
    assert len(found) > 3
    assert all(len(paragraph) < 8_000 and paragraph.endswith("lũ.") for paragraph in found)
    assert " ".join(found) == (sentence * 400).strip()
