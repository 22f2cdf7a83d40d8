"""Stamps a number and a day on a finished PDF as annotations, as a records office's program does."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Sequence
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from scripts.make_samples.fonts import typeface
from scripts.make_samples.scan import still

_SIZE = 12.0


def stamp(pdf: bytes, words: Sequence[tuple[str, float, float]]) -> bytes:
    """The PDF with each (text, x, y) as a stamp annotation on page 1; points from the top left."""
    with pdfium.PdfDocument(pdf) as document:
        data = typeface()["regular"].read_bytes()
        buffer = (ctypes.c_uint8 * len(data)).from_buffer_copy(data)
        font = raw.FPDFText_LoadFont(document.raw, buffer, len(data), raw.FPDF_FONT_TRUETYPE, 1)
        page = document[0]
        height = page.get_height()
        for text, x, y in words:
            _annotate(document, page, font, text, (x, height - y))
        out = io.BytesIO()
        document.save(out)
        return still(out.getvalue())


def _annotate(document: Any, page: Any, font: Any, text: str, at: tuple[float, float]) -> None:
    x, y = at
    annotation = raw.FPDFPage_CreateAnnot(page.raw, raw.FPDF_ANNOT_STAMP)
    width = _SIZE * 0.6 * len(text)
    raw.FPDFAnnot_SetRect(annotation, raw.FS_RECTF(x - 1, y + _SIZE, x + width, y - 3))
    shown = raw.FPDFPageObj_CreateTextObj(document.raw, font, _SIZE)
    encoded = (text + "\0").encode("utf-16-le")
    wide = ctypes.cast(ctypes.create_string_buffer(encoded), ctypes.POINTER(ctypes.c_ushort))
    raw.FPDFText_SetText(shown, wide)
    raw.FPDFPageObj_Transform(shown, 1, 0, 0, 1, x, y)
    raw.FPDFAnnot_AppendObject(annotation, shown)
    raw.FPDFPage_CloseAnnot(annotation)
