"""PDFs that cannot or must not be read: one reason each, and never another error."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import Reason, Unreadable
from pipeline.limits import Limits
from pipeline.read.pdf import read_pdf


@pytest.fixture
def reason_of(document):
    def reason(content: bytes, limits: Limits | None = None, ocr=None) -> Reason:
        with pytest.raises(Unreadable) as caught:
            read_pdf(document(content), limits or Limits(), ocr)
        return caught.value.reason

    return reason


def test_an_empty_file(reason_of) -> None:
    assert reason_of(b"") is Reason.EMPTY
    assert reason_of(b"\0" * 500) is Reason.EMPTY


def test_a_file_cut_off(reason_of, plain_pdf) -> None:
    assert reason_of(plain_pdf[: len(plain_pdf) // 2]) is Reason.TRUNCATED


def test_no_pdf_at_all(reason_of) -> None:
    assert reason_of(b"PK\x03\x04 something else") is Reason.WRONG_TYPE


def test_a_password(reason_of, pdf) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    locked = pdf(options={"encrypt": StandardEncryption("user", "owner", strength=128)}).write(
        80, 100, "Giao"
    )
    assert reason_of(locked.done().content) is Reason.ENCRYPTED


def test_rubbish_between_head_and_tail(reason_of) -> None:
    assert reason_of(b"%PDF-1.7\n" + b"rubbish\n" * 50 + b"%%EOF") is Reason.DAMAGED


def test_no_pages_even_after_a_file_with_a_password(reason_of, pdf) -> None:
    test_a_password(reason_of, pdf)
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    )
    tail = b"trailer<</Root 1 0 R/Size 3>>\nstartxref\n0\n%%EOF"
    assert reason_of(body + tail) is Reason.NO_PAGES


def test_more_pages_or_bytes_than_allowed(reason_of, plain_pdf) -> None:
    assert reason_of(plain_pdf, Limits(max_pages=1)) is Reason.TOO_MANY_PAGES
    assert reason_of(plain_pdf, Limits(max_bytes=100)) is Reason.TOO_LARGE


def test_a_giant_page_is_not_drawn(reason_of, pdf, played_back) -> None:
    from PIL import Image

    paper = pdf(size=(14_000.0, 14_000.0)).picture(Image.new("L", (20, 20), 90))
    ocr = played_back("không đọc")
    assert reason_of(paper.done().content, ocr=ocr) is Reason.TOO_MANY_PIXELS
    assert ocr.pages == 0


def test_a_giant_picture_is_not_decoded(reason_of, pdf, played_back) -> None:
    from PIL import Image

    paper = pdf().picture(Image.new("1", (3000, 3000), 1))
    limits = Limits(max_pixels=8_900_000)
    assert reason_of(paper.done().content, limits, played_back("không đọc")) is Reason.TOO_MANY_PIXELS


def test_forms_that_hold_themselves_end(document) -> None:
    stream = b"/F Do"
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 4 0 R>>>>/Length 5>>stream\n"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Resources<</XObject<</F 4 0 R>>>>/Contents 5 0 R>>",
        form + stream + b"\nendstream",
        b"<</Length 5>>stream\n" + stream + b"\nendstream",
    ]
    body = b"".join(b"%d 0 obj%s\nendobj\n" % (number, text) for number, text in enumerate(objects, 1))
    source = document(b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 6>>\nstartxref\n0\n%%EOF")
    assert len(read_pdf(source, Limits(), None).pages) == 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_bytes_give_a_reading_or_a_reason(document, plain_pdf, data) -> None:
    content = bytearray(plain_pdf)
    for _ in range(data.draw(st.integers(1, 30))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        reading = read_pdf(document(bytes(content)), Limits(max_pages=20, max_pixels=4_000_000), None)
    except Unreadable:
        return
    assert reading.pages
