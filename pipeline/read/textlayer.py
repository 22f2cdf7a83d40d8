"""One PDF page's text layer → words with boxes, sizes and weight.

The page is asked for its text once and for the boxes of each word's first and last character only:
that is what makes a page cost milliseconds. Coordinates come out in points from the top left of the
page as shown, whatever its rotation.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from pipeline.read.gluing import cuts, is_suspect, joined
from pipeline.read.letters import meant
from pipeline.read.old_fonts import OldFonts, in_unicode
from pipeline.types import Box, Span, Word

# pdfium writes U+0002 or U+FFFE for a hyphen at a line's end and goes on without a break.
_TOKEN = re.compile(r"[^\s\x00-\x1f\ufffe\u200b\ufeff]+[\x02\ufffe]?")
_INVISIBLE = re.compile("[\xad\u200c\u200d\u2060]")
_HYPHEN = re.compile("[\x02\ufffe]")
_BOLD = re.compile(r"(?i)bold|black|heavy|semibold|demi")
_ITALIC = re.compile(r"(?i)italic|oblique")


@dataclass(frozen=True, slots=True)
class Frame:
    """How the page's own coordinates become points from the top left: x' = a·x + b·y + c, …"""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float
    width: float
    height: float

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """The box of a rectangle in page coordinates."""
        x0, y0 = self.a * left + self.b * bottom + self.c, self.d * left + self.e * bottom + self.f
        x1, y1 = self.a * right + self.b * top + self.c, self.d * right + self.e * top + self.f
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


@dataclass(frozen=True, slots=True)
class Font:
    """What a font's name says of its letters."""

    name: str
    bold: bool
    italic: bool


def frame_of(page: ctypes.c_void_p) -> Frame:
    """The page's frame, by asking where three far points land (rotation and crop box included)."""
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    grain = 100.0
    far = 10000.0

    def land(x: float, y: float) -> tuple[float, float]:
        px, py = ctypes.c_int(), ctypes.c_int()
        size_x, size_y = max(1, round(width * grain)), max(1, round(height * grain))
        pdfium.FPDF_PageToDevice(page, 0, 0, size_x, size_y, 0, x, y, px, py)
        return px.value / grain, py.value / grain

    (c, f), (ax, dx), (bx, ex) = land(0, 0), land(far, 0), land(0, far)
    return Frame(
        (ax - c) / far, (bx - c) / far, c, (dx - f) / far, (ex - f) / far, f, float(width), float(height)
    )


def words_of(page: ctypes.c_void_p, frame: Frame, known: OldFonts | None = None) -> list[Word]:
    """The page's words in the order of its content; `known` are the document's fonts in old encodings,
    which grow as they are met."""
    textpage = pdfium.FPDFText_LoadPage(page)
    if not textpage:
        return []
    try:
        return _Layer(textpage, frame).words({} if known is None else known)
    finally:
        pdfium.FPDFText_ClosePage(textpage)


def letters_of(page: ctypes.c_void_p, frame: Frame) -> list[tuple[str, Box]]:
    """The page's visible characters one by one with their boxes; slow, for the few pages that need it."""
    textpage = pdfium.FPDFText_LoadPage(page)
    if not textpage:
        return []
    try:
        layer = _Layer(textpage, frame)
        found = (
            (letter, layer.box(at, at)) for at, letter in enumerate(_text(textpage)) if not letter.isspace()
        )
        return [(letter, box) for letter, box in found if box is not None]
    finally:
        pdfium.FPDFText_ClosePage(textpage)


def _text(textpage: ctypes.c_void_p) -> str:
    """The layer's text, one character for each index of pdfium's."""
    count = pdfium.FPDFText_CountChars(textpage)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    got = pdfium.FPDFText_GetText(textpage, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(0, got - 1)].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    # Characters without Unicode or beyond the BMP shift the indices: ask one by one.
    codes = (pdfium.FPDFText_GetUnicode(textpage, index) for index in range(count))
    return "".join(map(_character, codes))


def _character(code: int) -> str:
    """The character of a code point; U+FFFD for none and for halves of surrogate pairs."""
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


class _Layer:
    """A loaded text page; remembers the fonts it has met."""

    def __init__(self, textpage: ctypes.c_void_p, frame: Frame) -> None:
        self._page = textpage
        self._frame = frame
        self._fonts: dict[int, Font] = {}
        self._rect = pdfium.FS_RECTF()
        self._matrix = pdfium.FS_MATRIX()
        self._object = 0
        self._style: tuple[float, Font] = (0.0, Font("", False, False))

    def words(self, known: OldFonts) -> list[Word]:
        text = _text(self._page)
        words, names = [], []
        for match in _TOKEN.finditer(text):
            start = match.start()
            for part in self._parts(match.group(), start):
                word = self._word(part, start, start + len(part))
                start += len(part)
                if word is not None:
                    words.append(word)
                    names.append(self._style[1].name)
        return joined(in_unicode(words, names, text, known), text)

    def _parts(self, token: str, start: int) -> list[str]:
        """The token, cut where it is two syllables glued."""
        if not is_suspect(token):
            return [token]
        boxes = [self.box(at, at) for at in range(start, start + len(token))]
        if None in boxes:
            return [token]
        size, _ = self._style_at(start)
        at = cuts(token, [box for box in boxes if box], size)
        return [token[low:high] for low, high in zip([0, *at], [*at, len(token)], strict=True)]

    def _word(self, raw: str, start: int, end: int) -> Word | None:
        text = raw if raw.isalnum() else _HYPHEN.sub("-", _INVISIBLE.sub("", raw))
        text = meant(text)
        box = self.box(start, end - 1)
        if box is None or not text:
            return None
        size, font = self._style_at(start)
        kept = raw if raw != text else None
        return Word(text, box, size, font.bold, font.italic, kept, Span(start, end))

    def box(self, first: int, last: int) -> Box | None:
        """The box around two characters; for speed, nothing between them is asked for."""
        rect = self._rect
        if not pdfium.FPDFText_GetLooseCharBox(self._page, first, rect):
            return None
        left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
        if last != first and pdfium.FPDFText_GetLooseCharBox(self._page, last, rect):
            left, bottom = min(left, rect.left), min(bottom, rect.bottom)
            right, top = max(right, rect.right), max(top, rect.top)
        return self._frame.box(left, bottom, right, top)

    def _style_at(self, index: int) -> tuple[float, Font]:
        """Size in points and font of a character; asked anew only where the text object changes."""
        handle = pdfium.FPDFText_GetTextObject(self._page, index)
        address = ctypes.cast(handle, ctypes.c_void_p).value or 0
        if address != self._object or not address:
            self._object = address
            self._style = self._look_up(handle, index) if address else (0.0, Font("", False, False))
        return self._style

    def _look_up(self, handle: ctypes.c_void_p, index: int) -> tuple[float, Font]:
        size = pdfium.FPDFText_GetFontSize(self._page, index)
        if pdfium.FPDFText_GetMatrix(self._page, index, self._matrix):
            matrix = self._matrix
            size *= (abs(matrix.a * matrix.d - matrix.b * matrix.c)) ** 0.5
        font = pdfium.FPDFTextObj_GetFont(handle)
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        if key not in self._fonts:
            self._fonts[key] = _font(font) if key else Font("", False, False)
        return round(size, 2), self._fonts[key]


def _font(font: ctypes.c_void_p) -> Font:
    buffer = ctypes.create_string_buffer(256)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, 256)
    name = buffer.value.decode("utf-8", "replace")
    weight = pdfium.FPDFFont_GetWeight(font)
    flags = pdfium.FPDFFont_GetFlags(font)
    bold = bool(_BOLD.search(name)) or weight >= 600 or bool(flags & (1 << 18))
    return Font(name, bold, bool(_ITALIC.search(name)) or bool(flags & (1 << 6)))
