"""PDF text layers in fonts older than Unicode: read as Vietnamese, the original kept."""

from __future__ import annotations

import pytest

from pipeline.encodings import Encoding, encode
from pipeline.limits import Limits
from pipeline.read.old_fonts import family, in_unicode
from pipeline.read.pdf import read_pdf
from pipeline.types import Box, Origin, Span, Word

LINES = (
    "Sở Tài chính chủ trì, phối hợp với Sở Nội vụ kiểm tra việc bố trí ngân sách cho đầu tư",
    "theo dõi, đôn đốc các huyện ưu tiên sửa chữa đường dây trước ngày 20 tháng 9 năm 2004.",
)


def in_font(paper, name: str, lines, encoding: Encoding):
    """The lines as an office typed them in a font named `name`."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    font = TTFont(name, pdfmetrics.getFont("Serif").face.filename)
    font.face.name = name.encode()
    pdfmetrics.registerFont(font)
    for row, line in enumerate(lines):
        pen = paper.canvas.beginText(60, 740 - 20 * row)
        pen.setFont(name, 12)
        pen.textOut(encode(line, encoding))
        paper.canvas.drawText(pen)
    return paper


@pytest.mark.parametrize(
    ("font", "encoding"),
    [(".VnTime", Encoding.TCVN3), ("VnArial", Encoding.TCVN3), ("VNI-Times", Encoding.VNI)],
)
def test_a_layer_in_an_old_font_is_read_and_not_ocred(pdf, text_of, font, encoding) -> None:
    (page,) = read_pdf(in_font(pdf(), font, LINES, encoding).done(), Limits(), None).pages
    assert page.origin is Origin.TEXT
    assert text_of(page.items) == " ".join(LINES)


def test_words_keep_what_the_file_holds(pdf) -> None:
    (page,) = read_pdf(in_font(pdf(), ".VnTime", LINES, Encoding.TCVN3).done(), Limits(), None).pages
    first, money = page.items[0].words[0], page.items[0].words[2]
    assert (first.text, first.raw) == ("Sở", encode("Sở", Encoding.TCVN3))
    assert (money.text, len(money.source)) == ("chính", len(encode("chính", Encoding.TCVN3)))


def test_capitals_fonts_show_capitals(pdf, text_of) -> None:
    paper = in_font(pdf(), ".VnTimeH", ("chủ tịch",), Encoding.TCVN3)
    (page,) = read_pdf(paper.done(), Limits(), None).pages
    assert text_of(page.items) == "CHỦ TỊCH"


def test_unicode_typed_in_an_old_font_stays(pdf, text_of) -> None:
    from reportlab.pdfbase import pdfmetrics

    paper = in_font(pdf(), ".VnTime", (), Encoding.TCVN3)
    paper.canvas.setFont(pdfmetrics.getFont(".VnTime").fontName, 12)
    paper.canvas.drawString(60, 700, "Ủy ban nhân dân tỉnh yêu cầu các sở rà soát")
    (page,) = read_pdf(paper.done(), Limits(), None).pages
    assert text_of(page.items) == "Ủy ban nhân dân tỉnh yêu cầu các sở rà soát"


def test_a_font_learnt_on_one_page_holds_for_the_next() -> None:
    known = {}
    long = [encode(word, Encoding.TCVN3) for line in LINES for word in line.split()]
    assert decoded(long, "Unknown", known) == [word for line in LINES for word in line.split()]
    assert decoded([encode("Thái", Encoding.TCVN3)], "Unknown", known) == ["Thái"]


def test_a_few_words_in_an_unknown_font_prove_nothing() -> None:
    assert decoded(["Th¸i"], "Unknown", {}) == ["Th¸i"]


def test_symbol_fonts_hold_their_letters_in_the_private_area() -> None:
    shown = "".join(chr(ord(char) + 0xF000) for char in encode("chủ", Encoding.TCVN3))
    assert decoded([shown], "ABCDEF+.VnTime", {}) == ["chủ"]


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("ABCDEF+.VnTime", ".VnTime"),
        (".VnTimeH,Bold", ".VnTimeH"),
        ("VnTimeH-BoldItalic", ".VnTimeH"),
        ("VNI-Times", "VNI-Times"),
        ("TimesNewRomanPS-BoldMT", "TimesNewRomanPS"),
    ],
)
def test_a_fonts_family_is_its_name_without_tag_and_style(name, bare) -> None:
    assert family(name) == bare


def decoded(words, font, known) -> list[str]:
    text = " ".join(words)
    made, start = [], 0
    for word in words:
        made.append(Word(word, Box(0, 0, 1, 1), source=Span(start, start + len(word))))
        start += len(word) + 1
    return [word.text for word in in_unicode(made, [font] * len(made), text, known)]
