"""What stands under boxes, seen on the page; a scan with its words put right by hand."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from annotation.evaluation.corrected import corrected, transcript
from annotation.evaluation.evidence import Under, covered
from pipeline.read import open_source, read
from pipeline.types import Box, Cell, Line, Origin, Page, Reading, SourceDocument, Table, Word

WORD = 30.0  # points from one word's left edge to the next one's


def line(text: str, y: float = 100.0, tilt: float = 0.0) -> Line:
    return Line(
        tuple(
            Word(
                text=word,
                box=Box(at * WORD, y + at * tilt, at * WORD + 25, y + at * tilt + 10),
                confidence=0.6,
            )
            for at, word in enumerate(text.split())
        )
    )


def scan(*items: Line | Table) -> Reading:
    source = SourceDocument("a.png", "0" * 64, "image/png", b"")
    return Reading(source, (Page(1, 500.0, 700.0, Origin.OCR, items),))


def around(*lines_: Line) -> list[dict]:
    return [
        {"page": 1, "box": [one.box.x0, one.box.y0, one.box.x1, one.box.y1], "start": 0, "end": 0}
        for one in lines_
    ]


def test_words_under_a_box_are_those_that_stand_there():
    first, second = line("Sở Y tế rà soát"), line("kho thuốc", 120.0)
    under = Under(scan(first, second))
    assert covered("Sở Y tế rà soát kho thuốc", under.text(around(first, second)))
    assert not covered("Sở Y tế rà soát kho thuốc", under.text(around(first)))
    assert not covered("kho thuốc", under.text(around(first, second)))


def test_where_a_tone_mark_stands_makes_no_difference_even_without_the_spaces():
    assert covered("giá hàng hoá, hoá đơn", "giáhànghoá,hoáđơn")
    assert covered("một hai ba hóa bốn", "mộthaibahoábốn")
    assert not covered("hoá", "hoà")


def test_on_a_tilted_page_each_word_counts_once():
    lines_ = [line("một hai ba bốn năm sáu", 100 + 14 * at, tilt=2.0) for at in range(4)]
    seen = Under(scan(*lines_)).text(around(*lines_))
    assert covered(" ".join(one.text for one in lines_), seen)


def test_a_pdf_is_asked_by_its_own_text_layer():
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 300))
    canvas.drawString(50, 200, "So Y te ra soat kho thuoc")
    canvas.save()
    reading = read(open_source("a.pdf", out.getvalue()))
    box = {"page": 1, "box": [45.0, 85.0, 300.0, 105.0], "start": 0, "end": 0}
    blind = Reading(reading.source, tuple(Page(1, 400.0, 300.0, Origin.TEXT, ()) for _ in reading.pages))
    assert covered("So Y te ra soat kho thuoc", Under(blind).text([box]))


def words(reading: Reading) -> list[str]:
    return transcript(reading).split()


@pytest.mark.parametrize(
    "right",
    [
        "Sở Y tế rà soát kho thuốc",
        "Sở Y tế rà soát các kho thuốc",
        "Y tế rà soát",
        "văn bản khác hẳn dài hơn chữ đã đọc được trên trang này",
    ],
)
def test_corrected_words_take_the_places_of_those_read(right):
    read_ = scan(line("Sở V tế rà soál"), line("kho thuốc", 120.0))
    made = corrected(read_, right)
    assert words(made) == right.split()
    page = made.pages[0].items
    assert all(0 <= word.box.x0 < word.box.x1 <= 150.0 for one in page for word in one.words)


def test_a_word_that_was_not_seen_opens_its_line_again_or_ends_the_one_before():
    read_ = scan(line("Sở Y tế rà soát"), line("Bảo đảm kho thuốc", 120.0))
    opened = corrected(read_, "Sở Y tế rà soát\nc) Bảo đảm kho thuốc")
    assert [one.text for one in opened.pages[0].items] == ["Sở Y tế rà soát", "c) Bảo đảm kho thuốc"]
    ended = corrected(read_, "Sở Y tế rà soát ngay;\nBảo đảm kho thuốc")
    assert [one.text for one in ended.pages[0].items] == ["Sở Y tế rà soát ngay;", "Bảo đảm kho thuốc"]


def test_lines_of_specks_go_and_cells_keep_their_words():
    table = Table(((Cell((line("Sô Nội vụ", 200.0),)), Cell((line("Quý I", 200.0),))),))
    made = corrected(scan(line("~ ,,"), table), "Sở Nội vụ Quý I")
    (kept,) = made.pages[0].items
    assert [cell.lines[0].text for cell in kept.rows[0]] == ["Sở Nội vụ", "Quý I"]


letters = st.lists(st.sampled_from(("Sở", "Y", "tế", "rà", "soát", "kho")), max_size=12).map(" ".join)


@given(letters.filter(bool), letters)
def test_any_correction_holds_exactly_its_words(before, after):
    assert words(corrected(scan(line(before)), after)) == after.split()
