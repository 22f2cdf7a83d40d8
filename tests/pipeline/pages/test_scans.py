"""Scans: which pages are scans, and what is read from them."""

from __future__ import annotations

import io
import pickle

import docx
import pytest

from pipeline.errors import Reason, Unreadable
from pipeline.limits import Limits
from pipeline.read import open_source, read
from pipeline.read.images import read_image
from pipeline.read.packet import bundle
from pipeline.read.pdf import read_pdf
from pipeline.read.picture import clean, skew, without_red
from pipeline.read.scan import is_garbled, is_scan
from pipeline.read.scanned import read_picture
from pipeline.types import Line, Origin, SourceDocument, Table
from scripts.make_hostile.pdfs import PDFS, page

GARBLED = "UY BAN NHAN DAN CQNG HdA xA HQI cHU NcHIA VItT NAM DQc lAp TU do H4nh phric"
GOOD = (
    "Ủy ban nhân dân tỉnh yêu cầu các sở ban ngành khẩn trương thực hiện nhiệm vụ được giao tại văn bản này"
)


def test_the_text_of_a_garbled_layer_is_told_from_vietnamese() -> None:
    assert is_garbled(GARBLED.split())
    assert not is_garbled(GOOD.split())


@pytest.mark.parametrize(
    ("words", "covered", "paths", "scan"),
    [
        ([], 1.0, 0, True),
        ([], 0.0, 0, False),
        (["www.vanban.example.vn"], 1.0, 0, True),
        (GARBLED.split() * 4, 1.0, 0, True),
        (GOOD.split() * 4, 1.0, 0, False),
        (GOOD.split() * 4, 0.1, 30, False),
        (["Trang", "1"], 0.0, 3000, True),
        (["\ue055\ue079", "\ue062\ue061\ue06e"], 0.0, 0, True),
        (["\ufffd\ufffd\ufffd", "15"], 0.0, 0, True),
        (["fj", "mly", "yslb", "oly", "wslb", "xlf", "dzy", "jpf", "nlf"], 0.0, 0, True),
        (["\uf0b7", "Sở", "Tài", "chính", "chủ", "trì"], 0.0, 0, False),
        (["Số", "15/TB-VPCP", "CV", "2024", "UBND", "BTC", "NSNN", "3.500", "10/2/2024"], 0.0, 0, False),
    ],
)
def test_a_page_is_a_scan_when_its_layer_does_not_cover_it(words, covered, paths, scan) -> None:
    assert is_scan(words, covered, paths) is scan


@pytest.mark.parametrize("name", [one.name for one in PDFS if one.name.startswith("font-")])
def test_letters_that_their_font_calls_by_other_names_are_read_from_the_picture(name, played_back) -> None:
    (hostile,) = [one for one in PDFS if one.name == name]
    reading = read_pdf(open_source(name, hostile.make()), Limits(), played_back("Sở Tài chính chủ trì"))
    assert [page.origin for page in reading.pages] == [Origin.OCR]
    assert "chính" in [word.text for item in reading.pages[0].items for word in item.words]


def test_a_page_of_spaces_is_blank(played_back) -> None:
    content = page(b"BT /F 12 Tf 20 150 Td (          ) Tj 0 -20 Td (  ) Tj ET")
    reading = read_pdf(open_source("a.pdf", content), Limits(), played_back("never read"))
    assert [(page.origin, page.items) for page in reading.pages] == [(Origin.TEXT, ())]


def test_watermarked_and_garbled_pages_are_ocred_and_good_ones_not(pdf, paper, played_back) -> None:
    sheet = paper().body().scanned()
    made = pdf()
    made.picture(sheet).write(200, 830, "www.vanban.example.vn", size=8).turn_page()
    made.picture(sheet)
    for row in range(8):
        made.write(60, 100 + 20 * row, GARBLED, size=9)
    made.turn_page().picture(sheet)
    for row in range(8):
        made.write(60, 100 + 20 * row, GOOD, size=9)
    ocr = played_back("Sở Tài chính chủ trì")
    reading = read_pdf(made.done(), Limits(), ocr)
    assert [page.origin for page in reading.pages] == [Origin.OCR, Origin.OCR, Origin.TEXT]
    assert ocr.pages == 2


def test_without_an_engine_the_page_stays_empty_and_an_issue_says_so(pdf, paper) -> None:
    reading = read_pdf(pdf().picture(paper().body().image).done(), Limits(), None)
    assert reading.pages[0].items == ()
    assert [issue.stage for issue in reading.issues] == ["read"]


def test_an_engine_that_turns_out_missing_is_an_issue_too(pdf, paper) -> None:
    def missing(image: object, dpi: float) -> tuple[Line, ...]:
        raise Unreadable(Reason.MISSING_PROGRAM, "thiếu Tesseract")

    made = pdf().picture(paper().body().image).turn_page().write(80, 100, "Trang chữ").done()
    reading = read_pdf(made, Limits(), missing)
    assert reading.pages[0].items == ()
    assert reading.pages[1].items[0].text == "Trang chữ"
    assert "thiếu Tesseract" in [issue.message for issue in reading.issues]


def needed_and_missing(image: object, dpi: float) -> tuple[Line, ...]:
    raise Unreadable(Reason.MISSING_PROGRAM, "thiếu Tesseract", final=True)


@pytest.fixture(params=["scan", "picture", "stamp", "annex", "pasted"])
def pictured(request: pytest.FixtureRequest, pdf, paper) -> SourceDocument:
    """Of which all or a part is a picture."""
    sheet = paper().body().image
    scan = pdf().picture(sheet).done()
    match request.param:
        case "scan":
            return scan
        case "stamp":
            made = pdf().picture(paper().stamp("MẬT", 0, 0).image.crop((0, 0, 400, 130)), 70, 100, 144, 47)
            for row in range(5):
                made.write(60, 200 + 20 * row, GOOD, size=9)
            return made.done()
        case "annex":
            return bundle([open_source("1.txt", GOOD.encode()), scan])
    png = io.BytesIO()
    sheet.save(png, "PNG")
    if request.param == "picture":
        return open_source("a.png", png.getvalue())
    word, out = docx.Document(), io.BytesIO()
    word.add_picture(png)
    word.save(out)
    return open_source("a.docx", out.getvalue())


def test_an_engine_that_must_not_be_missing_fails_the_whole_document(pictured: SourceDocument) -> None:
    with pytest.raises(Unreadable) as caught:
        read(pictured, ocr=needed_and_missing)
    assert caught.value.reason is Reason.MISSING_PROGRAM


def test_an_error_comes_whole_from_another_process() -> None:
    error = pickle.loads(pickle.dumps(Unreadable(Reason.MISSING_PROGRAM, "thiếu", final=True)))
    assert (error.reason, error.message, error.dispensable) == (Reason.MISSING_PROGRAM, "thiếu", False)
    assert pickle.loads(pickle.dumps(Unreadable(Reason.MISSING_PROGRAM, "thiếu"))).dispensable


def test_no_more_pages_are_ocred_than_allowed(pdf, paper, played_back) -> None:
    image = paper().body().image
    made = pdf().picture(image).turn_page().picture(image).done()
    ocr = played_back("Giao")
    reading = read_pdf(made, Limits(max_ocr_pages=1), ocr)
    assert ocr.pages == 1
    assert len(reading.issues) == 1


def test_skew_is_measured(paper) -> None:
    grey = without_red(paper().heading().body().scanned(angle=-1.5))
    assert skew(grey, 200) == pytest.approx(1.5, abs=0.15)


def test_a_red_stamp_is_gone_and_black_text_stays(paper) -> None:
    sheet = paper().body()
    stamped = paper().body().seal(100, 230)
    before, after = without_red(sheet.image), without_red(stamped.image)
    dark = sum(after.histogram()[:110]), sum(before.histogram()[:110])
    assert dark[0] == pytest.approx(dark[1], rel=0.05)


def test_a_page_without_red_is_only_made_grey(paper) -> None:
    image = paper().body().image
    assert without_red(image).tobytes() == image.convert("L").tobytes()


def test_rulings_are_found_and_erased(paper) -> None:
    sheet = paper().body().rule(60, 400, 500, 400).rule(60, 400, 60, 500)
    cleaned = clean(sheet.image, 200)
    assert any(abs(place - 400) < 2 and end - start > 400 for place, start, end in cleaned.level)
    assert any(abs(place - 60) < 2 for place, *_ in cleaned.upright)
    assert cleaned.image.getpixel((round(300 * 200 / 72), round(400 * 200 / 72))) > 200


@pytest.mark.slow
def test_a_skewed_stamped_scan_is_read_in_place(pdf, paper, tesseract, text_of) -> None:
    sheet = paper().heading().body().seal(330, 235)
    reading = read_pdf(pdf().picture(sheet.scanned(angle=1.2)).done(), Limits(), tesseract)
    (page,) = reading.pages
    text = text_of(page.items)
    for phrase in ("ỦY BAN NHÂN DÂN", "Sở Tài chính chủ trì", "trước ngày 20 tháng 9 năm 2024"):
        assert phrase in text
    word = next(word for item in page.items for word in item.words if word.text == "Giám")
    # Written at (70, 300); turned by 1.2 degrees about the page's middle.
    assert word.box.x0 == pytest.approx(70, abs=12)
    assert word.box.y0 == pytest.approx(306, abs=12)
    assert 0.5 < word.confidence <= 1.0


@pytest.mark.slow
def test_a_name_stamped_in_red_is_read(paper, tesseract, text_of) -> None:
    red = (200, 40, 50)
    sheet = paper().heading().body().seal(300, 560)
    sheet.write(330, 540, "GIÁM ĐỐC", style="-Bold", ink=red).write(
        320, 690, "Lê Thanh Bình", style="-Bold", ink=red
    )
    assert "Lê Thanh Bình" in text_of(read_picture(sheet.scanned(noise=5), 200, tesseract))


@pytest.mark.slow
def test_the_columns_of_a_scanned_heading_are_kept_apart(paper, tesseract, document) -> None:
    out = io.BytesIO()
    paper().heading().body().image.save(out, "PNG", dpi=(200, 200))
    (page,) = read_image(document(out.getvalue()), Limits(), tesseract).pages
    lines = [item.text for item in page.items if isinstance(item, Line)]
    assert lines[:2] == ["ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert page.width == pytest.approx(595, abs=2)


@pytest.mark.slow
def test_a_ruled_table_in_a_scan_is_a_table(paper, tesseract, document) -> None:
    sheet = paper().heading().body()
    for y in (400, 430, 460):
        sheet.rule(70, y, 520, y)
    for x in (70, 120, 350, 520):
        sheet.rule(x, 400, x, 460)
    sheet.write(80, 406, "STT").write(130, 406, "Nhiệm vụ").write(360, 406, "Chủ trì")
    sheet.write(80, 436, "1").write(130, 436, "Rà soát biên chế").write(360, 436, "Sở Nội vụ")
    out = io.BytesIO()
    sheet.scanned(angle=0.6, noise=6).save(out, "PNG", dpi=(200, 200))
    (page,) = read_image(document(out.getvalue()), Limits(), tesseract).pages
    (table,) = [item for item in page.items if isinstance(item, Table)]
    cells = [[" ".join(line.text for line in cell.lines) for cell in row] for row in table.rows]
    assert cells[0][1:] == ["Nhiệm vụ", "Chủ trì"]
    assert cells[1][1:] == ["Rà soát biên chế", "Sở Nội vụ"]
