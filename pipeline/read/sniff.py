"""Bytes in, their media type out: by content, since extensions lie."""

from __future__ import annotations

import io
import zipfile

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOC = "application/msword"
RTF = "application/rtf"
ZIP = "application/zip"
HTML = "text/html"
TEXT = "text/plain"
EDXML = "application/edxml+xml"
XML = "application/xml"
ENCRYPTED = "application/x-ole-encrypted"
OLE = "application/x-ole-storage"
PNG, JPEG, TIFF = "image/png", "image/jpeg", "image/tiff"
UNKNOWN = "application/octet-stream"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STARTS = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
    (b"{\\rtf", RTF),
)


def media_type(content: bytes) -> str:
    """The media type that `content` shows; `UNKNOWN` for binary data of no known kind."""
    head = content[:1024]
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if b"%PDF-" in head:
        return PDF
    if head.startswith(_OLE):
        return _ole(content)
    if head.startswith(b"PK"):
        return _zip(content)
    return _text(content)


def _ole(content: bytes) -> str:
    """Compound files hold their streams' names in UTF-16."""

    def has(name: str) -> bool:
        return name.encode("utf-16-le") in content

    if has("EncryptedPackage"):
        return ENCRYPTED
    return DOC if has("WordDocument") else OLE


def _zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as found:
            names = set(found.namelist())
    except Exception:  # a broken zip: the names stand in it in clear all the same
        names = {name for name in ("word/document.xml", "xl/workbook.xml") if name.encode() in content}
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else ZIP


def _text(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return TEXT
    control = sum(byte < 32 and byte not in (9, 10, 11, 12, 13, 27) for byte in content[:4096])
    if control * 50 > len(content[:4096]):
        return UNKNOWN
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<html" in head or head.startswith(b"<!doctype html"):
        return HTML
    if b"edxml" in head and head.startswith(b"<"):
        return EDXML
    return XML if head.startswith(b"<?xml") else TEXT
