"""Scans that lie on their side or head: read as they should stand, places kept on the file's page."""

from __future__ import annotations

import io

import pytest

from pipeline.limits import Limits
from pipeline.read.images import read_image
from pipeline.read.pdf import read_pdf
from pipeline.read.upright import read_upright
from pipeline.structure import structure
from pipeline.types import Box, Line, Origin, Page, Secrecy, Word

LYING = {90: (842.0, 595.0), 180: (595.0, 842.0), 270: (842.0, 595.0)}  # degrees to turn → the file's page


def lying(image, degrees: int):
    """The picture as it lies when it must be turned clockwise by `degrees`."""
    return image.rotate(degrees, expand=True)


class ByTurn:
    """Reads well only a picture of the given size and first pixel, and counts its readings."""

    def __init__(self, mark: tuple[int, int, int], high: bool) -> None:
        self._mark, self._high, self.count = mark, high, 0

    def __call__(self, picture):
        self.count += 1
        sense = picture.getpixel((0, 0)) == self._mark
        text, sure = ("Giao", 0.95) if sense else ("eqx0Fp", 0.4)
        across, down = (10, 40) if self._high and not sense else (40, 10)
        words = tuple(
            Word(text, Box(50 * at, 0, 50 * at + across, down), 13, confidence=sure) for at in range(12)
        )
        return (Line(words),)


def corner(size: tuple[int, int], degrees: int):
    """A picture whose first pixel is red once it stands upright."""
    from PIL import Image

    image = Image.new("RGB", size, "white")
    image.putpixel((0, 0), (255, 0, 0))
    return lying(image, degrees)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_lying_picture_is_turned_until_it_makes_sense(degrees) -> None:
    read = ByTurn((255, 0, 0), high=degrees != 180)
    _, upright, turned = read_upright(corner((30, 40), degrees), read)
    assert (turned, upright.size) == (degrees, (30, 40))


def test_an_upright_picture_is_read_once() -> None:
    read = ByTurn((255, 0, 0), high=False)
    assert read_upright(corner((30, 40), 0), read)[2] == 0
    assert read.count == 1


def test_a_picture_that_no_turn_makes_readable_stays_as_it_is() -> None:
    read = ByTurn((0, 0, 0), high=False)
    image = corner((30, 40), 0)
    assert read_upright(image, read)[1:] == (image, 0)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_boxes_lead_back_to_the_page_as_the_file_shows_it(degrees) -> None:
    page = Page(1, 595.0, 842.0, Origin.OCR, (), turned=degrees)
    assert page.size_in_file == LYING[degrees]
    corners = {
        90: Box(20, 595 - 110, 40, 595 - 10),
        180: Box(595 - 110, 842 - 40, 595 - 10, 842 - 20),
        270: Box(842 - 40, 10, 842 - 20, 110),
    }
    assert page.in_file(Box(10, 20, 110, 40)) == corners[degrees]


@pytest.mark.slow
@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_lying_page_is_read_in_place(pdf, paper, tesseract, degrees) -> None:
    width, height = LYING[degrees]
    sheet = paper().heading().body()
    made = pdf(size=(width, height)).picture(lying(sheet.scanned(0.5, noise=6), degrees)).done()
    reading = read_pdf(made, Limits(), tesseract)
    (page,) = reading.pages
    assert page.turned == degrees
    layout = structure(reading).layout
    assert "Sở Tài chính chủ trì, phối hợp với Sở Nội vụ" in layout.text
    at = layout.text.index("Giám đốc Sở Y tế")
    (place,) = [place for place in layout.places if place.span.start == at]
    # Written at (70, 300) on the upright sheet.
    expected = page.in_file(Box(70, 303, 105, 316))
    assert (place.box.x0, place.box.y0) == pytest.approx((expected.x0, expected.y0), abs=10)


@pytest.mark.slow
def test_the_secrecy_mark_of_a_lying_page_is_seen(paper, tesseract, document) -> None:
    sheet = paper().heading().body().stamp("TỐI MẬT", 90, 130)
    out = io.BytesIO()
    lying(sheet.scanned(noise=4), 90).save(out, "PNG", dpi=(200, 200))
    reading = read_image(document(out.getvalue()), Limits(), tesseract)
    assert reading.secrecy is Secrecy.TOI_MAT
    assert (reading.pages[0].turned, reading.pages[0].width) == (90, pytest.approx(595, abs=2))
