"""Any file in, pages of words with boxes out: the dispatcher over the formats' readers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.errors import Reason, Unreadable
from pipeline.limits import Limits
from pipeline.ports import Ocr
from pipeline.progress import Tell, behind, unheard
from pipeline.read import sniff
from pipeline.read.sheaf import Unfinished, under_way
from pipeline.types import Declared, Issue, Line, Page, Reading, Secrecy, SourceDocument

__all__ = ["open_source", "read"]

_SCANT = 30  # words; a document with fewer is looked through for pictures of its pages
_SMALL_PICTURE = 20_000  # bytes; below it is a logo or a line
_PICTURES = (sniff.PNG, sniff.JPEG, sniff.TIFF)
_REFUSED = {
    sniff.ENCRYPTED: (Reason.ENCRYPTED, "tệp có mật khẩu (password-protected)"),
    sniff.XLS: (Reason.UNSUPPORTED, "tệp .xls: hãy lưu lại thành .xlsx (old Excel format)"),
    sniff.UNKNOWN: (
        Reason.UNSUPPORTED,
        "không nhận ra loại tệp, nội dung là dữ liệu nhị phân (unknown type)",
    ),
}


def open_source(name: str, content: bytes) -> SourceDocument:
    """The file with its sha256 and its media type by content (never by extension)."""
    return SourceDocument(name, hashlib.sha256(content).hexdigest(), sniff.media_type(content), content)


def read(
    source: SourceDocument,
    *,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    ocr: Ocr | None = None,
    tell: Tell = unheard,
) -> Reading:
    """The document's pages; raises `Unreadable`, and nothing else, where it cannot; `Unfinished` where
    pages of it are left (pipeline/read/sheaf.py)."""
    reading = _contained(source, limits, ocr, tell)
    if under_way().unfinished:
        raise Unfinished(reading)
    return reading


def _contained(source: SourceDocument, limits: Limits, ocr: Ocr | None, tell: Tell) -> Reading:
    """A file, or one of a packet, whatever it does to its reader."""
    try:
        reading = _read(source, limits, ocr, tell)
    except Unreadable:
        raise
    except MemoryError as error:
        raise Unreadable(Reason.MEMORY, "không đủ bộ nhớ để đọc tệp (out of memory)") from error
    except RecursionError as error:
        raise Unreadable(Reason.DAMAGED, "tệp lồng nhau quá sâu (nested too deep)") from error
    except Exception as error:
        message = f"lỗi khi đọc tệp (reader failed: {type(error).__name__})"
        raise Unreadable(Reason.INTERNAL, message) from error
    if sniff.misnamed(source.name, source.media_type):
        message = f"phần mở rộng không đúng với nội dung: {source.media_type} (misleading extension)"
        return replace(reading, issues=(Issue("read", message), *reading.issues))
    return reading


def _read(source: SourceDocument, limits: Limits, ocr: Ocr | None, tell: Tell) -> Reading:
    if not source.content.strip(b"\0 \t\r\n"):
        raise Unreadable(Reason.EMPTY, "tệp rỗng (empty file)")
    if len(source.content) > limits.max_bytes:
        raise Unreadable(Reason.TOO_LARGE, f"tệp lớn hơn {limits.max_bytes // 2**20} MB (file too large)")
    match source.media_type:
        case sniff.PDF:
            from pipeline.read.pdf import read_pdf

            return read_pdf(source, limits, ocr, tell)
        case sniff.PNG | sniff.JPEG | sniff.TIFF:
            from pipeline.read.images import read_image

            return read_image(source, limits, ocr, tell)
        case sniff.ZIP:
            from pipeline.read.packet import members

            return _parts(source, members(source, limits), limits, ocr, tell)
        case sniff.EDXML:
            from pipeline.read import edxml

            declared, attachments = edxml.opened(source, limits)
            return _parts(source, attachments, limits, ocr, tell, declared)
    return _flowing(source, limits, ocr, tell)


def _parts(
    source: SourceDocument,
    members: Sequence[SourceDocument],
    limits: Limits,
    ocr: Ocr | None,
    tell: Tell,
    declared: Declared | None = None,
) -> Reading:
    """The files of a packet as one reading; an annex that cannot be read is named in an issue."""
    readings: list[Reading] = []
    issues: list[Issue] = []
    pages: list[Page] = []
    for part, member in enumerate(members):
        if member.media_type in (sniff.ZIP, sniff.EDXML):
            issues.append(Issue("read", f"bỏ qua gói lồng trong gói: tệp thứ {part + 1} (nested packet)"))
            continue
        try:
            found = _contained(member, limits, ocr, behind(tell, len(pages)))
        except Unreadable as error:
            if part == 0 or error.final:
                raise
            issues.append(Issue("read", f"không đọc được tệp kèm thứ {part + 1}: {error}"))
            continue
        readings.append(found)
        issues += found.issues
        pages += [replace(page, number=len(pages) + at, part=part) for at, page in enumerate(found.pages, 1)]
    if not pages:
        raise Unreadable(Reason.NO_PAGES, "gói không có tệp nào đọc được (nothing to read)")
    from pipeline.read.marks import higher

    secrecy = Secrecy.NONE
    for found in readings:
        secrecy = higher(secrecy, found.secrecy)
    signatures = tuple(signature for found in readings for signature in found.signatures)
    return Reading(
        source, tuple(pages), secrecy, signatures, readings[0].annotations, tuple(issues), declared
    )


def _flowing(source: SourceDocument, limits: Limits, ocr: Ocr | None, tell: Tell) -> Reading:
    """A format without pages."""
    from pipeline.read.flowing import blocks_of
    from pipeline.read.marks import secrecy_of_lines
    from pipeline.read.typeset import typeset

    if source.media_type in _REFUSED:
        raise Unreadable(*_REFUSED[source.media_type])
    blocks, issues = blocks_of(source, limits)
    pages = typeset(blocks, most=limits.max_pages)
    reading = Reading(source, pages, issues=issues)
    if pages:
        reading = replace(reading, secrecy=secrecy_of_lines(_lines(pages[0])))
    if sum(len(line.words) for page in pages for line in _lines(page)) < _SCANT:
        reading = _with_pictures(reading, limits, ocr, tell)
    if not reading.pages:
        raise Unreadable(Reason.NO_PAGES, "tệp không có nội dung (nothing to read)")
    return reading


def _with_pictures(reading: Reading, limits: Limits, ocr: Ocr | None, tell: Tell) -> Reading:
    """With the pages of a scan that was pasted into Word, after those that are text."""
    from pipeline.read.flowing import pictures_of
    from pipeline.read.images import read_image
    from pipeline.read.marks import higher

    for content in pictures_of(reading.source, limits):
        picture = open_source("picture", content)
        if len(content) < _SMALL_PICTURE or picture.media_type not in _PICTURES:
            continue
        try:
            found = read_image(picture, limits, ocr, behind(tell, len(reading.pages)))
        except Unreadable as error:
            if error.final:
                raise
            issue = Issue("read", f"không đọc được ảnh trong tệp: {error}")
            reading = replace(reading, issues=(*reading.issues, issue))
            continue
        count = len(reading.pages)
        # Such a page is shown as we typeset it: upright.
        pages = (replace(page, number=count + at, turned=0) for at, page in enumerate(found.pages, 1))
        reading = replace(
            reading,
            pages=(*reading.pages, *pages),
            issues=(*reading.issues, *found.issues),
            secrecy=higher(reading.secrecy, found.secrecy),
        )
    return reading


def _lines(page: Page) -> Iterator[Line]:
    for item in page.items:
        if isinstance(item, Line):
            yield item
        else:
            for row in item.rows:
                yield from (line for cell in row if not cell.merged for line in cell.lines)
