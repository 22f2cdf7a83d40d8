"""A PDF → `Reading`: each page by what it really is, text layer or scan.

In: the file's bytes, the limits, an `Ocr` or None. Out: pages with lines and tables in reading order,
secrecy mark, signatures, stamped texts. Bad files raise `Unreadable`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pypdfium2 as pypdfium

from pipeline.errors import Reason, Unreadable
from pipeline.limits import Limits
from pipeline.ports import Ocr
from pipeline.progress import Stage, Step, Tell, unheard
from pipeline.read.baselines import in_order, lines_of, rows_of
from pipeline.read.drawing import drawing_of, letters_shown
from pipeline.read.marks import (
    DOUBT,
    NO_MARK,
    Mark,
    mark_of_reading,
    mark_unread,
    secrecy_of_lines,
    stamps_of_picture,
    strictest,
)
from pipeline.read.old_fonts import OldFonts
from pipeline.read.open_tables import find_open_tables
from pipeline.read.scan import is_scan
from pipeline.read.scanned import Scanned, read_scan, unread
from pipeline.read.sheaf import Key, under_way
from pipeline.read.signed import Stamp, flatten, signatures_of, stamp_boxes, stamps_of, with_stamps
from pipeline.read.tables import find_tables
from pipeline.read.textlayer import Frame, frame_of, letters_of, words_of
from pipeline.types import Issue, Line, Origin, Page, Reading, SourceDocument, Table

if TYPE_CHECKING:
    from PIL.Image import Image

_PAGELESS = re.compile(rb"/Kids\s*\[\s*\]")  # a tree of pages without a leaf
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_SECURITY = 5  # FPDF_ERR_SECURITY


def read_pdf(source: SourceDocument, limits: Limits, ocr: Ocr | None, tell: Tell = unheard) -> Reading:
    """The document's pages, each told as it is begun; `Unreadable` for files that cannot or must not be
    read."""
    with opened(source, limits) as document:
        reader = _Reader(document, source.sha256, limits, ocr)
        signatures = signatures_of(document)
        pages = tuple(_told(reader, tell, len(document)))
    if reader.damaged == len(pages):
        raise Unreadable(Reason.DAMAGED, "PDF hỏng, không đọc được trang nào (damaged PDF)")
    return Reading(
        source, pages, reader.mark.secrecy, signatures, tuple(reader.annotations), tuple(reader.issues)
    )


def _told(reader: _Reader, tell: Tell, count: int) -> Iterator[Page]:
    for index in range(count):
        if reader.reads(index):
            tell(Step(Stage.PAGES, index, count))
        yield reader.page(index)


@contextmanager
def opened(source: SourceDocument, limits: Limits) -> Iterator[Any]:
    """The open pdfium document; checks size, completeness, password and the number of pages."""
    _check_bytes(source.content, limits)
    try:
        document = pypdfium.PdfDocument(source.content)
    except pypdfium.PdfiumError as error:
        raise _refusal(error, source.content) from error
    try:
        count = len(document)
        if count == 0:
            raise Unreadable(Reason.NO_PAGES, "PDF không có trang nào (no pages)")
        if count > limits.max_pages:
            raise Unreadable(
                Reason.TOO_MANY_PAGES, f"PDF có {count} trang, quá {limits.max_pages} (too many pages)"
            )
        yield document
    finally:
        document.close()


def _check_bytes(content: bytes, limits: Limits) -> None:
    if not content.strip(b"\0 \r\n\t"):
        raise Unreadable(Reason.EMPTY, "tệp rỗng (empty file)")
    if len(content) > limits.max_bytes:
        raise Unreadable(Reason.TOO_LARGE, "tệp quá lớn (file too large)")
    if b"%PDF-" not in content[:1024]:
        raise Unreadable(Reason.WRONG_TYPE, "không phải tệp PDF (not a PDF)")
    if _is_cut_off(content):
        raise Unreadable(Reason.TRUNCATED, "PDF bị cắt cụt (the end of the file is missing)")


def _is_cut_off(content: bytes) -> bool:
    """No end mark near the end: pdfium would mend such a file and silently lose pages."""
    return b"%%EOF" not in content.rstrip(b"\0 \r\n\t")[-4096:]


def _refusal(error: Any, content: bytes) -> Unreadable:
    """Why PDFium does not open it. Its code alone does not tell: of a file without pages it leaves the code
    of the file before."""
    code = getattr(error, "err_code", None)
    if code in (_PASSWORD, _SECURITY, None) and b"/Encrypt" in content:
        return Unreadable(Reason.ENCRYPTED, "PDF có mật khẩu (password-protected)")
    if _PAGELESS.search(content):
        return Unreadable(Reason.NO_PAGES, "PDF không có trang nào (no pages)")
    return Unreadable(Reason.DAMAGED, "PDF hỏng, không mở được (damaged PDF)")


class _Reader:
    """Reads one open document page by page, collecting marks, stamped texts and what failed."""

    def __init__(self, document: Any, sha256: str, limits: Limits, ocr: Ocr | None) -> None:
        self._document = document
        self._sha256 = sha256
        self._sheaf = under_way()
        self._limits = limits
        self._ocr = ocr
        self._ocr_pages = 0
        self._fonts: OldFonts = {}
        self.damaged = 0
        self.mark = NO_MARK
        self.annotations: list[str] = []
        self.issues: list[Issue] = []

    def reads(self, index: int) -> bool:
        """Whether more is done with a page than to see what it is."""
        return not self._sheaf.left and self._sheaf.wants(self._key(index + 1))

    def page(self, index: int) -> Page:
        blank = Page(index + 1, 595.0, 842.0, Origin.TEXT, ())
        if not self._sheaf.wants(self._key(index + 1)):
            return blank
        try:
            page = self._document[index]
        except pypdfium.PdfiumError:
            self.damaged += 1
            self._note(f"trang {index + 1} hỏng (damaged page)")
            return blank
        try:
            return self._read(page, index + 1)
        finally:
            page.close()

    def _read(self, page: Any, number: int) -> Page:
        frame = frame_of(page.raw)
        words = words_of(page.raw, frame, self._fonts)
        drawing = drawing_of(page.raw, frame)
        covered = drawing.covered(frame.width, frame.height)
        silent = 0 if words else letters_shown(page.raw)
        scan = is_scan([word.text for word in words], covered, drawing.paths + silent)
        if scan:
            found = self._scanned(page, number).page(number, frame.width, frame.height)
            stamps = self._stamps(page, number, frame)
            return found if found.turned else replace(found, items=with_stamps(found.items, stamps))
        if self._sheaf.left and number > 1:  # a first page may bear a mark
            return Page(number, frame.width, frame.height, Origin.TEXT, ())
        tables, rest = find_tables(drawing.level, drawing.upright, rows_of(words))
        across, rest = find_open_tables(drawing.level, rest, tables, frame.width)
        stamps = self._stamps(page, number, frame)
        items = with_stamps(in_order(lines_of(rest), (*tables, *across)), stamps)
        if number == 1:
            self._look_for_mark(items, stamps, bool(drawing.pictures or stamp_boxes(page.raw)))
        return Page(number, frame.width, frame.height, Origin.TEXT, items)

    def _stamps(self, page: Any, number: int, frame: Frame) -> tuple[Stamp, ...]:
        """The texts stamped on the page as annotations; flattens the page in memory."""
        boxes = [frame.box(*sides) for sides in stamp_boxes(page.raw)]
        if not boxes:
            return ()
        before = letters_of(page.raw, frame)
        flatten(page.raw)
        flat = self._document[number - 1]
        try:
            stamps = stamps_of(before, letters_of(flat.raw, frame), boxes)
        finally:
            flat.close()
        self.annotations.extend(stamp.text for stamp in stamps)
        return stamps

    def _scanned(self, page: Any, number: int) -> Scanned:
        if self._ocr_pages >= self._limits.max_ocr_pages:
            self._note(f"trang {number} là bản quét, quá giới hạn nhận dạng (OCR page limit)")
            return Scanned(())
        if self._ocr is None and number > 1:
            return self._unread(number)
        self._ocr_pages += 1
        try:
            if self._ocr is not None:
                return self._recognised(page, number, self._ocr)
        except Unreadable as error:
            if not error.dispensable:
                raise
            self._ocr = None
            self._note(error.message)
        if number == 1:
            self._mark(mark_unread(picture_of(page, self._dpi, self._limits), self._dpi))
        return self._unread(number)

    def _recognised(self, page: Any, number: int, ocr: Ocr) -> Scanned:
        def read() -> Scanned:
            return read_scan(picture_of(page, self._dpi, self._limits), self._dpi, ocr, first=number == 1)

        key = self._key(number)
        found = self._sheaf.page(key, read)
        if self._sheaf.spoils(key):
            self._note(unread(number))
        self._mark(found.mark)
        return found

    @property
    def _dpi(self) -> float:
        return float(self._limits.ocr_dpi)

    def _key(self, number: int) -> Key:
        return Key(self._sha256, number, self._dpi)

    def _unread(self, number: int) -> Scanned:
        self._note(f"trang {number} là bản quét, chưa nhận dạng được (scan, no OCR)")
        return Scanned(())

    def _look_for_mark(self, items: Sequence[Line | Table], stamps: Sequence[Stamp], pictured: bool) -> None:
        """The secrecy mark of a first page with a text layer: its lines, its stamps, its pictures."""
        secrecy = secrecy_of_lines(item for item in items if isinstance(item, Line))
        self._mark(Mark(secrecy))
        for stamp in stamps:
            self._mark(mark_of_reading(stamp.text, 1.0))
        if pictured:
            flat = self._document[0]
            try:
                picture = picture_of(flat, 150.0, self._limits, stamps=True)
            finally:
                flat.close()
            self._mark(self._mark_of(picture, 150.0))

    def _mark_of(self, picture: Image, dpi: float) -> Mark:
        """What the picture's red stamps say; a doubt where there is no engine to read them."""
        try:
            if self._ocr is not None:
                return strictest(found.mark for found in stamps_of_picture(picture, dpi, self._ocr))
        except Unreadable as error:
            if not error.dispensable:
                raise
            self._ocr = None
        return mark_unread(picture, dpi)

    def _mark(self, mark: Mark) -> None:
        self.mark = strictest([self.mark, mark])
        if mark.doubtful:
            self.issues.append(Issue("secrecy", DOUBT))

    def _note(self, message: str) -> None:
        self.issues.append(Issue("read", message))


def picture_of(page: Any, dpi: float, limits: Limits, stamps: bool = False) -> Image:
    """The page drawn at `dpi` in colour, `stamps` with its annotations; refuses before decoding what
    would exceed the limits."""
    frame = frame_of(page.raw)
    drawn = frame.width * frame.height * (dpi / 72) ** 2
    if max(drawn, drawing_of(page.raw, frame).most_pixels) > limits.max_pixels:
        raise Unreadable(Reason.TOO_MANY_PIXELS, "trang hoặc ảnh quá lớn (too many pixels)")
    bitmap = page.render(scale=dpi / 72, may_draw_forms=False, draw_annots=stamps)
    try:
        image: Image = bitmap.to_pil().convert("RGB")
    finally:
        bitmap.close()
    return image
