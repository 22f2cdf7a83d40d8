"""A source in a format without pages in, its blocks out: which reader takes which media type."""

from __future__ import annotations

from pathlib import PurePath

from pipeline.encodings import decode_bytes
from pipeline.errors import Reason, Unreadable
from pipeline.limits import Limits
from pipeline.read import sniff
from pipeline.read.flow import Block
from pipeline.types import Issue, SourceDocument

_PAGE = 20_000  # characters, more than any page of text or of a web page's source has
# Text, but of programs: no directive comes so. Any other extension may be a letter's (15.TB, "Số 3.ubnd").
_NO_DOCUMENT = frozenset(
    {".json", ".jsonl", ".csv", ".tsv", ".yaml", ".yml", ".toml", ".ini", ".cfg", ".log", ".sql", ".svg"}
    | {".css", ".js", ".py", ".sh", ".bat", ".java"}
)
_Result = tuple[list[Block], tuple[Issue, ...]]


def blocks_of(source: SourceDocument, limits: Limits) -> _Result:
    """The document's blocks and what could not be read of it; Unreadable where nothing could."""
    content = source.content
    match source.media_type:
        case sniff.DOCX:
            from pipeline.read import docx

            return docx.blocks_of(content, limits), ()
        case sniff.DOC | sniff.RTF | sniff.ODT | sniff.WORD_XML:
            return _by_libreoffice(source, limits)
        case sniff.XLSX:
            from pipeline.read import legacy, xlsx

            return legacy.in_unicode(xlsx.blocks_of(content, limits)), ()
        case sniff.HTML | sniff.MHTML:
            from pipeline.read import html, webpage

            page = webpage.unpacked(content) if source.media_type == sniff.MHTML else content
            return html.blocks_of(_bounded(webpage.decoded(page), limits)), ()
        case sniff.TEXT:
            return _text(source.name, _bounded(decode_bytes(content), limits)), ()
    raise Unreadable(Reason.UNSUPPORTED, f"loại tệp không hỗ trợ: {source.media_type} (unsupported type)")


def _bounded(text: str, limits: Limits) -> str:
    """`text`, unless it would surely fill more pages than allowed: refused before it is taken apart."""
    if len(text) > limits.max_pages * _PAGE:
        raise Unreadable(Reason.TOO_MANY_PAGES, f"tệp dài hơn {limits.max_pages} trang (too many pages)")
    return text


def _text(name: str, text: str) -> list[Block]:
    suffix = PurePath(name).suffix.lower()
    if suffix in _NO_DOCUMENT:
        raise Unreadable(
            Reason.UNSUPPORTED, f"tệp {suffix} là dữ liệu hoặc mã nguồn, không phải văn bản (no document)"
        )
    if suffix in (".md", ".markdown"):
        from pipeline.read import markdown

        return markdown.blocks_of(text)
    from pipeline.read import plain

    return plain.blocks_of(text)


def _by_libreoffice(source: SourceDocument, limits: Limits) -> _Result:
    """Through .docx; rich text without LibreOffice by its words alone."""
    from pipeline.read import doc, docx, ole

    if source.media_type == sniff.DOC and ole.is_locked_word(source.content):
        raise Unreadable(Reason.ENCRYPTED, "tệp .doc có mật khẩu (password-protected)")
    try:
        return docx.blocks_of(doc.convert(source, limits.convert_seconds), limits), ()
    except Unreadable as error:
        if source.media_type != sniff.RTF or error.reason is not Reason.MISSING_PROGRAM:
            raise
    from pipeline.read import rtf

    lost = Issue("read", "đọc .rtf không có LibreOffice: mất bảng và định dạng (tables and looks are lost)")
    return rtf.blocks_of(source.content), (lost,)


def pictures_of(source: SourceDocument, limits: Limits) -> list[bytes]:
    """The pictures within a Word file; none of other formats."""
    from pipeline.read import doc, docx

    match source.media_type:
        case sniff.DOCX:
            return docx.pictures_of(source.content, limits)
        case sniff.DOC | sniff.ODT:
            return docx.pictures_of(doc.convert(source, limits.convert_seconds), limits)
    return []
