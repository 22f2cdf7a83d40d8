"""Scanned pages read apart: which are read now, which are left, and that the whole is the same in the end."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest

from pipeline.limits import Limits
from pipeline.progress import Step, unheard
from pipeline.read import open_source, read
from pipeline.read.sheaf import Key, Sheaf, Unfinished, laid
from pipeline.types import Origin, Reading, SourceDocument

LIMITS = Limits(ocr_dpi=72)
WORDS = "Giao Sở Y tế"


@pytest.fixture
def mixed(pdf: Callable[..., Any], paper: Callable[..., Any]) -> SourceDocument:
    """Text, scan, scan, text, scan."""
    sheet, made = paper(dpi=72).image, pdf()
    for text in ("Trang một", "", "", "Trang bốn", ""):
        made = made.write(80, 100, text).turn_page() if text else made.picture(sheet).turn_page()
    return made.write(80, 100, "Trang sáu").done()


def read_by(sheaf: Sheaf, source: SourceDocument, ocr: Any, tell: Any = unheard) -> Reading:
    with laid(sheaf):
        return read(source, limits=LIMITS, ocr=ocr, tell=tell)


def numbers(keys: Any) -> list[int]:
    return [key.page for key in keys]


def test_pages_beyond_the_first_slice_are_left_and_known(mixed, played_back):
    sheaf, ocr, heard = Sheaf(most=1), played_back(WORDS), []
    with pytest.raises(Unfinished) as raised:
        read_by(sheaf, mixed, ocr, heard.append)
    assert numbers(sheaf.read) == [2]
    assert numbers(sheaf.left) == [3, 5]
    assert ocr.pages == 1
    assert [bool(page.items) for page in raised.value.reading.pages] == [True, True, *4 * [False]]
    assert heard[-1] == Step(heard[-1].stage, 2, 6)  # the rest was only looked through


def test_of_a_slice_only_the_pages_asked_for_are_read(mixed, played_back):
    key, ocr = Key(mixed.sha256, 5, 72.0), played_back(WORDS)
    sheaf = Sheaf(only={key})
    with pytest.raises(Unfinished):
        read_by(sheaf, mixed, ocr)
    assert list(sheaf.read) == [key]
    assert ocr.pages == 1


def test_put_together_the_reading_is_that_of_one_go(mixed, played_back):
    known: dict[Key, Any] = {}
    for sheaf in (Sheaf(most=1), Sheaf(only={Key(mixed.sha256, page, 72.0) for page in (3, 5)})):
        with pytest.raises(Unfinished):
            read_by(sheaf, mixed, played_back(WORDS))
        known |= sheaf.read
    ocr = played_back("never read")
    whole = read(mixed, limits=LIMITS, ocr=played_back(WORDS))
    assert read_by(Sheaf(known, most=1), mixed, ocr) == whole
    assert [page.origin for page in whole.pages].count(Origin.OCR) == 3
    assert ocr.pages == 0


def test_what_fits_into_one_slice_is_read_in_one_go(mixed, played_back):
    whole = read(mixed, limits=LIMITS, ocr=played_back(WORDS))
    assert read_by(Sheaf(most=3), mixed, played_back(WORDS)) == whole


@pytest.mark.parametrize(("pages", "read_now"), [((1, 2), [1]), ((2, 3), [])])
def test_a_first_page_at_the_head_is_read_whatever_is_asked(pdf, paper, played_back, pages, read_now):
    sheet, made = paper(dpi=72).image, pdf()
    for page in range(1, 4):
        made = made.picture(sheet) if page in pages else made.write(80, 100, "Trang chữ")
        made = made.turn_page()
    sheaf = Sheaf(most=0)
    with pytest.raises(Unfinished):
        read_by(sheaf, made.done(), played_back(WORDS))
    assert numbers(sheaf.read) == read_now
    assert numbers(sheaf.left) == [page for page in pages if page not in read_now]


def test_a_page_that_cannot_be_read_is_blank_and_told(mixed, played_back):
    known = {Key(mixed.sha256, 3, 72.0): None}
    reading = read_by(Sheaf(known), mixed, played_back(WORDS))
    assert [bool(page.items) for page in reading.pages] == [True, True, False, True, True, True]
    (issue,) = reading.issues
    assert issue.message.startswith("trang 3 ")


def test_pictures_pasted_into_word_are_pages_too(paper, played_back):
    import docx
    from docx.shared import Mm

    made, out = docx.Document(), io.BytesIO()
    for angle in range(3):  # each its own file, or they were one page
        picture = io.BytesIO()
        paper(dpi=72).body().scanned(angle=angle / 2).save(picture, "PNG")
        made.add_picture(picture, width=Mm(150))
    made.save(out)
    source = open_source("a.docx", out.getvalue())
    sheaf = Sheaf(most=1)
    with pytest.raises(Unfinished):
        read_by(sheaf, source, played_back(WORDS))
    rest = Sheaf(only=set(sheaf.left))
    with pytest.raises(Unfinished):
        read_by(rest, source, played_back(WORDS))
    ocr = played_back("never read")
    whole = read(source, limits=LIMITS, ocr=played_back(WORDS))
    assert read_by(Sheaf(sheaf.read | rest.read, most=1), source, ocr) == whole
    assert [len(part.read) for part in (sheaf, rest)] == [1, 2]
    assert ocr.pages == 0
