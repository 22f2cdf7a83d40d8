"""A page of a PDF or picture file → PNG bytes as the reader of the document sees it.

In: the file, the page's number from 1, dots an inch. Out: one PNG whose pixels are points · dpi / 72
from the page's top left, stamps and signatures drawn in.
"""

from __future__ import annotations

import io
import itertools
from contextlib import closing
from typing import TYPE_CHECKING

from pipeline.errors import Reason, Unreadable
from pipeline.limits import Limits
from pipeline.types import SourceDocument

if TYPE_CHECKING:
    from PIL.Image import Image


def render_page(source: SourceDocument, page_number: int, dpi: int, limits: Limits) -> bytes:
    """The page as PNG; `Unreadable` if the file holds no such page, breaks a limit or cannot be read."""
    if source.content[:1024].find(b"%PDF-") >= 0:
        picture = _pdf_page(source, page_number, dpi, limits)
    else:
        picture = _frame(source, page_number, dpi, limits)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _pdf_page(source: SourceDocument, page_number: int, dpi: int, limits: Limits) -> Image:
    from pipeline.read.pdf import opened, picture_of
    from pipeline.read.signed import flatten, stamp_boxes

    with opened(source, limits) as document:
        if not 1 <= page_number <= len(document):
            raise Unreadable(Reason.NO_PAGES, f"Không có trang {page_number} (no such page)")
        page = document[page_number - 1]
        if stamp_boxes(page.raw):
            # Signature stamps are form fields: drawn once they are part of the page's content.
            flatten(page.raw)
            page.close()
            page = document[page_number - 1]
        try:
            return picture_of(page, float(dpi), limits, stamps=True)
        finally:
            page.close()


def _frame(source: SourceDocument, page_number: int, dpi: int, limits: Limits) -> Image:
    from pipeline.read.images import frames

    with closing(frames(source, limits)) as pictures:
        found = next(itertools.islice(pictures, page_number - 1, None), None)
        if found is None:
            raise Unreadable(Reason.NO_PAGES, f"Không có trang {page_number} (no such page)")
        scale, picture = dpi / found.dpi, found.upright()
    return picture.resize((max(1, round(found.width * scale)), max(1, round(found.height * scale))))
