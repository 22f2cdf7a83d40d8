"""PDFs with a text layer: lines, columns, words and where they stand."""

from __future__ import annotations

import unicodedata

import pytest

from pipeline.limits import Limits
from pipeline.read.gluing import joined
from pipeline.read.pdf import read_pdf
from pipeline.types import Box, Line, Origin, Secrecy, Span, Word


def lines_of(reading, page=0):
    return [item.text for item in reading.pages[page].items if isinstance(item, Line)]


def heading(pdf):
    paper = pdf()
    paper.write(80, 60, "ỦY BAN NHÂN DÂN", style="-Bold").write(255, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    paper.write(80, 76, "TỈNH SÔNG LAM", style="-Bold").write(310, 76, "Độc lập - Tự do - Hạnh phúc")
    return paper


def test_the_columns_of_the_heading_are_lines_of_their_own(pdf) -> None:
    reading = read_pdf(heading(pdf).done(), Limits(), None)
    assert lines_of(reading) == [
        "ỦY BAN NHÂN DÂN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "TỈNH SÔNG LAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]
    assert reading.pages[0].origin is Origin.TEXT


def test_the_blank_for_number_and_day_does_not_part_a_line(pdf) -> None:
    paper = heading(pdf)
    paper.write(80, 100, "Số:").write(130, 100, "/UBND-TH")
    paper.write(290, 100, "Sông Lam, ngày").write(400, 100, "tháng 3 năm 2024")
    assert lines_of(read_pdf(paper.done(), Limits(), None))[4:] == [
        "Số: /UBND-TH",
        "Sông Lam, ngày tháng 3 năm 2024",
    ]


def test_a_list_marker_stays_with_its_text(pdf) -> None:
    reading = read_pdf(
        pdf().write(80, 100, "1.").write(120, 100, "Sở Tư pháp rà soát.").done(), Limits(), None
    )
    assert lines_of(reading) == ["1. Sở Tư pháp rà soát."]


def test_words_know_their_box_size_and_weight(pdf) -> None:
    paper = pdf().write(100, 200, "Giao", size=14, style="-Bold").write(140, 200, "Sở", size=14)
    first, second = read_pdf(paper.done(), Limits(), None).pages[0].items[0].words
    assert (first.size, first.bold, second.bold) == (14.0, True, False)
    assert first.box.x0 == pytest.approx(100, abs=1)
    assert first.box.y0 < 200 - 8 < 200 < first.box.y1
    assert (first.source.start, first.source.end) == (0, 4)


def test_decomposed_letters_are_composed_and_the_source_kept(pdf) -> None:
    written = unicodedata.normalize("NFD", "tỉnh")
    word = read_pdf(pdf().write(100, 200, written).done(), Limits(), None).pages[0].items[0].words[0]
    assert (word.text, word.raw) == ("tỉnh", written)


def test_look_alike_letters_are_the_ones_meant(pdf) -> None:
    word = (
        read_pdf(pdf().write(100, 200, "15/Q\u00d0-UBND").done(), Limits(), None).pages[0].items[0].words[0]
    )
    assert (word.text, word.raw) == ("15/QĐ-UBND", "15/Q\u00d0-UBND")


def test_a_syllable_that_the_pdf_split_is_healed(pdf) -> None:
    paper = pdf().write(100, 200, "ĐIỀ ").write(122.4, 200, "U KHOẢN THI HÀNH")
    reading = read_pdf(paper.done(), Limits(), None)
    assert lines_of(reading) == ["ĐIỀU KHOẢN THI HÀNH"]
    word = reading.pages[0].items[0].words[0]
    assert (word.raw, len(word.source)) == ("ĐIỀ U", 5)


def test_a_gap_far_below_its_neighbours_parts_no_syllable() -> None:
    texts = ["Điề", "u", "khoản", "thi", "hành"]
    left = [100.0, 122.0, 132.0, 172.0, 195.0]
    right = [120.0, 128.0, 168.0, 191.0, 220.0]
    words = [
        Word(text, Box(x0, 0, x1, 13), 13, source=Span(at, at + 1))
        for at, (text, x0, x1) in enumerate(zip(texts, left, right, strict=True))
    ]
    assert [word.text for word in joined(words, "     ")] == ["Điều", "khoản", "thi", "hành"]


def test_letterspaced_headings_are_words_again(pdf) -> None:
    paper = pdf().write(100, 200, "QUYẾT ĐỊNH", gap=5).write(100, 240, "Điều 1. Phân công các đơn vị")
    assert lines_of(read_pdf(paper.done(), Limits(), None))[0] == "QUYẾT ĐỊNH"


def test_words_glued_by_the_pdf_are_parted(pdf) -> None:
    paper = pdf().write(100, 200, "Giao").write(126.5, 200, "Sở")
    assert lines_of(read_pdf(paper.done(), Limits(), None)) == ["Giao Sở"]


def test_a_turned_page_reads_as_it_is_shown(pdf) -> None:
    paper = pdf()
    paper.canvas.setPageRotation(90)
    paper.canvas.translate(842, 0)
    paper.canvas.rotate(90)
    paper.canvas.setFont("Serif", 13)
    paper.canvas.drawString(60, 700, "Phụ lục phân công")
    page = read_pdf(paper.done(), Limits(), None).pages[0]
    (line,) = page.items
    assert (page.width, page.height) == (595.0, 842.0)
    assert line.text == "Phụ lục phân công"
    assert (line.box.x0, line.box.y1) == pytest.approx((60, 145), abs=2)


def test_pages_of_all_kinds_keep_their_numbers(pdf, played_back) -> None:
    from PIL import Image

    paper = pdf().write(80, 100, "Trang có chữ").turn_page()
    paper.picture(Image.new("L", (400, 560), 200)).turn_page()
    reading = read_pdf(paper.done(), Limits(), played_back("Trang quét"))
    assert [page.number for page in reading.pages] == [1, 2, 3]
    assert [page.origin for page in reading.pages] == [Origin.TEXT, Origin.OCR, Origin.TEXT]
    assert reading.pages[2].items == ()


def test_a_stamped_number_completes_its_line(pdf) -> None:
    paper = heading(pdf)
    paper.write(80, 120, "Số:").write(135, 120, "/UBND-TH")
    paper.canvas.acroForm.textfield(
        name="so", value="542", x=100, y=842 - 124, width=30, height=16, borderWidth=0, fontSize=12
    )
    reading = read_pdf(paper.done(), Limits(), None)
    assert "Số: 542 /UBND-TH" in lines_of(reading)
    assert reading.annotations == ("542",)


def test_a_signature_panel_is_an_annotation_and_no_line(pdf) -> None:
    paper = heading(pdf)
    paper.canvas.acroForm.textfield(
        name="ky", value="Signed by the office", x=300, y=780, width=200, height=20, borderWidth=0, fontSize=9
    )
    reading = read_pdf(paper.done(), Limits(), None)
    assert reading.annotations == ("Signed by the office",)
    assert not any("Signed" in line for line in lines_of(reading))


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("MẬT", Secrecy.MAT),
        ("TỐI MẬT", Secrecy.TOI_MAT),
        ("( TUYỆT MẬT )", Secrecy.TUYET_MAT),
        ("Độ mật: Tối mật", Secrecy.TOI_MAT),
        ("BẢO VỆ BÍ MẬT NHÀ NƯỚC", Secrecy.NONE),
        ("mật khẩu", Secrecy.NONE),
        ("Bảo mật", Secrecy.NONE),
    ],
)
def test_a_mark_stands_alone_in_capitals(pdf, text: str, level: Secrecy) -> None:
    paper = heading(pdf).write(80, 130, text).write(80, 200, "Thực hiện quy định về bảo vệ bí mật nhà nước.")
    assert read_pdf(paper.done(), Limits(), None).secrecy is level


def test_a_heading_broken_before_its_last_word_is_no_mark(pdf) -> None:
    paper = heading(pdf).write(150, 130, "VỀ VIỆC TĂNG CƯỜNG CÔNG TÁC BẢO VỆ BÍ").write(280, 146, "MẬT")
    assert read_pdf(paper.done(), Limits(), None).secrecy is Secrecy.NONE
