"""Any file in, pages of words with boxes out: the dispatcher over the formats' readers."""

from __future__ import annotations

import hashlib

from pipeline.encodings import decode_bytes
from pipeline.errors import Reason, Unreadable
from pipeline.limits import Limits
from pipeline.ports import Ocr
from pipeline.read import sniff
from pipeline.read.flow import Block
from pipeline.types import Line, Page, Reading, Secrecy, SourceDocument

__all__ = ["open_source", "read"]


def open_source(name: str, content: bytes) -> SourceDocument:
    """The file with its sha256 and its media type by content (never by extension)."""
    return SourceDocument(name, hashlib.sha256(content).hexdigest(), sniff.media_type(content), content)


def read(source: SourceDocument, *, limits: Limits = Limits(), ocr: Ocr | None = None) -> Reading:  # noqa: B008
    """The document's pages; raises `Unreadable`, and nothing else, where it cannot."""
    if not source.content:
        raise Unreadable(Reason.EMPTY, "tệp rỗng (empty file)")
    if len(source.content) > limits.max_bytes:
        raise Unreadable(Reason.TOO_LARGE, "tệp quá lớn (file too large)")
    match source.media_type:
        case sniff.PDF:
            from pipeline.read.pdf import read_pdf

            return read_pdf(source, limits, ocr)
        case sniff.PNG | sniff.JPEG | sniff.TIFF:
            from pipeline.read.images import read_image

            return read_image(source, limits, ocr)
    return _flowing(source, _blocks(source, limits))


def _blocks(source: SourceDocument, limits: Limits) -> list[Block]:
    match source.media_type:
        case sniff.DOCX:
            from pipeline.read import docx

            return docx.blocks_of(source.content, limits)
        case sniff.DOC:
            from pipeline.read import doc, docx

            return docx.blocks_of(doc.convert(source, limits.convert_seconds), limits)
        case sniff.TEXT:
            from pipeline.read import plain

            return plain.blocks_of(decode_bytes(source.content))
        case sniff.ENCRYPTED:
            raise Unreadable(Reason.ENCRYPTED, "tệp có mật khẩu (password-protected)")
    raise Unreadable(Reason.UNSUPPORTED, "loại tệp không hỗ trợ (unsupported type)")


def _flowing(source: SourceDocument, blocks: list[Block]) -> Reading:
    from pipeline.read.typeset import typeset

    pages = typeset(blocks)
    if not pages:
        raise Unreadable(Reason.NO_PAGES, "tệp không có nội dung (nothing to read)")
    return Reading(source, pages, _secrecy(pages[0]))


def _secrecy(page: Page) -> Secrecy:
    from pipeline.read.marks import secrecy_of_lines

    return secrecy_of_lines(tuple(_lines(page)))


def _lines(page: Page) -> list[Line]:
    lines: list[Line] = []
    for item in page.items:
        if isinstance(item, Line):
            lines.append(item)
        else:
            lines += [line for row in item.rows for cell in row if not cell.merged for line in cell.lines]
    return lines
