"""The secrecy mark as a red stamp on the first page's picture."""

from __future__ import annotations

import pytest

from pipeline.limits import Limits
from pipeline.read.marks import Mark, mark_of_reading, red_stamps
from pipeline.read.pdf import read_pdf
from pipeline.types import Secrecy


@pytest.mark.parametrize(
    ("read", "confidence", "mark"),
    [
        ("MẬT", 0.9, Mark(Secrecy.MAT)),
        ("TỐI MẬT", 0.9, Mark(Secrecy.TOI_MAT)),
        ("TUYỆT MẬT", 0.9, Mark(Secrecy.TUYET_MAT)),
        ("MẬT", 0.2, Mark(Secrecy.MAT, doubtful=True)),
        ("MAT", 0.9, Mark(Secrecy.MAT, doubtful=True)),
        ("TUYÊT MÂT", 0.9, Mark(Secrecy.TUYET_MAT, doubtful=True)),
        ("TUYE MẬT", 0.9, Mark(Secrecy.TUYET_MAT, doubtful=True)),
        ("HỎA TỐC", 0.9, Mark(Secrecy.NONE)),
        ("CÔNG VĂN ĐẾN", 0.9, Mark(Secrecy.NONE)),
        ("SỞ NỘI VỤ", 0.9, Mark(Secrecy.NONE)),
        ("", 0.0, Mark(Secrecy.NONE)),
    ],
)
def test_what_a_stamp_says_and_how_surely(read: str, confidence: float, mark: Mark) -> None:
    assert mark_of_reading(read, confidence) == mark


def test_stamps_are_found_by_colour_and_shape(paper) -> None:
    sheet = paper().heading().stamp("MẬT", 60, 110, angle=4).seal(300, 150)
    ((box, _),) = red_stamps(sheet.image, 200)
    assert 55 < box.x0 < 70 and 100 < box.y0 < 125


def test_black_print_is_no_stamp(paper) -> None:
    assert red_stamps(paper().heading().body().image, 200) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "angle", "level"),
    [
        ("MẬT", -5, Secrecy.MAT),
        ("TỐI MẬT", 3, Secrecy.TOI_MAT),
        ("TUYỆT MẬT", 8, Secrecy.TUYET_MAT),
        ("HỎA TỐC", 3, Secrecy.NONE),
    ],
)
def test_a_stamped_scan(pdf, paper, tesseract, text_of, text: str, angle: float, level: Secrecy) -> None:
    sheet = paper().heading().stamp(text, 60, 110, angle).body().seal(330, 600)
    reading = read_pdf(pdf().picture(sheet.scanned()).done(), Limits(), tesseract)
    assert reading.secrecy is level
    assert not reading.issues
    # A mark of urgency is a red stamp too: it must outlive the cleaning.
    assert ("HỎA TỐC" in text_of(reading.pages[0].items)) is (text == "HỎA TỐC")


@pytest.mark.slow
def test_a_stamp_pressed_on_a_page_of_text(pdf, paper, tesseract) -> None:
    stamp = paper().stamp("MẬT", 0, 0).image.crop((0, 0, 400, 130))
    made = pdf().write(80, 60, "ỦY BAN NHÂN DÂN").picture(stamp, 70, 100, 144, 47)
    for row in range(5):
        made.write(80, 200 + 20 * row, "Thực hiện quy định về bảo vệ bí mật nhà nước tại các cơ quan.")
    assert read_pdf(made.done(), Limits(), tesseract).secrecy is Secrecy.MAT


def test_a_stamp_read_badly_is_held(pdf, paper, played_back) -> None:
    sheet = paper().heading().stamp("MẬT", 60, 110).body()
    reading = read_pdf(pdf().picture(sheet.image).done(), Limits(), played_back("NIAT MAT"))
    assert reading.secrecy is Secrecy.MAT
    assert [issue.stage for issue in reading.issues] == ["secrecy"]


def test_without_an_engine_any_red_stamp_is_held(pdf, paper) -> None:
    stamped = read_pdf(pdf().picture(paper().heading().stamp("MẬT", 60, 110).image).done(), Limits(), None)
    plain = read_pdf(pdf().picture(paper().heading().body().seal(300, 600).image).done(), Limits(), None)
    assert [issue.stage for issue in stamped.issues] == ["secrecy", "read"]
    assert [issue.stage for issue in plain.issues] == ["read"]
