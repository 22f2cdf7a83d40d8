"""Bytes in, their media type out: by content, since extensions lie."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath

from pipeline.errors import Unreadable
from pipeline.read import ole
from pipeline.read.archive import LARGEST_DIRECTORY, directory_size

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
DOC = "application/msword"
WORD_XML = "application/vnd.ms-word.xml"  # Word 2003's single XML file, found under the name .doc
XLS = "application/vnd.ms-excel"
RTF = "application/rtf"
ZIP = "application/zip"
HTML = "text/html"
MHTML = "multipart/related"  # a web page with its pictures, as Word saves it
TEXT = "text/plain"
EDXML = "application/edxml+xml"
XML = "application/xml"
ENCRYPTED = "application/x-ole-encrypted"  # a .docx or .xlsx behind a password
OLE = "application/x-ole-storage"
PNG, JPEG, TIFF = "image/png", "image/jpeg", "image/tiff"
UNKNOWN = "application/octet-stream"

_STARTS = ((b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG), (b"II*\0", TIFF), (b"MM\0*", TIFF))
_MARKUP = ((b"w:worddocument", WORD_XML), (b"edxml", EDXML), (b"<html", HTML), (b"<!doctype html", HTML))
_MEMBERS = (("word/document.xml", DOCX), ("word/document2.xml", DOCX), ("xl/workbook.xml", XLSX))
_EXPECTED = {
    ".pdf": {PDF},
    ".docx": {DOCX, ENCRYPTED},
    ".docm": {DOCX},
    ".doc": {DOC},
    ".rtf": {RTF},
    ".xlsx": {XLSX, ENCRYPTED},
    ".odt": {ODT},
    ".zip": {ZIP},
    ".htm": {HTML},
    ".html": {HTML},
    ".mht": {MHTML},
    ".txt": {TEXT},
    ".md": {TEXT, HTML},
    ".edxml": {EDXML},
    ".png": {PNG},
    ".jpg": {JPEG},
    ".jpeg": {JPEG},
    ".tif": {TIFF},
    ".tiff": {TIFF},
}


def media_type(content: bytes) -> str:
    """The media type that `content` shows; `UNKNOWN` for binary data of no known kind."""
    head = content[:1024]
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head.startswith(ole.MAGIC):
        return _ole(content)
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zip(content)
    if b"%PDF-" in head:
        return PDF
    return RTF if head.lstrip().startswith(b"{\\rtf") else _text(content)


def misnamed(name: str, kind: str) -> bool:
    """Whether the extension of `name` promises another kind than the content is."""
    expected = _EXPECTED.get(PurePath(name).suffix.lower())
    return expected is not None and kind not in expected


def _ole(content: bytes) -> str:
    try:
        names = ole.Ole(content).names
    except Unreadable:  # cut off: streams' names may stand in it all the same, in UTF-16
        known = ("WordDocument", "EncryptedPackage", "Workbook")
        names = frozenset(name for name in known if name.encode("utf-16-le") in content)
        return DOC if not names else _by_streams(names)
    return _by_streams(names)


def _by_streams(names: frozenset[str]) -> str:
    if "EncryptedPackage" in names:
        return ENCRYPTED
    if "WordDocument" in names:
        return DOC
    return XLS if names & {"Workbook", "Book"} else OLE


def _zip(content: bytes) -> str:
    try:
        if directory_size(content) > LARGEST_DIRECTORY:
            return ZIP
        with zipfile.ZipFile(io.BytesIO(content)) as found:
            names = set(found.namelist())
    except Exception:  # a broken zip: its members' names stand in it in clear all the same
        names = {name for name, _ in _MEMBERS if name.encode() in content}
    for name, kind in _MEMBERS:
        if name in names:
            return kind
    return ODT if ODT.encode() in content[:200] else ZIP


def _text(content: bytes) -> str:
    head = content[:4096]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or _is_wide(head):
        encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-16-le"
        head = head.decode(encoding, errors="replace").encode(errors="replace")
    if is_binary(head):
        return UNKNOWN
    lowered = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if lowered.startswith(b"<"):
        for mark, kind in _MARKUP:
            if mark in lowered:
                return kind
    if lowered.startswith(b"mime-version:") and b"multipart/related" in lowered:
        return MHTML
    return XML if lowered.startswith(b"<?xml") else TEXT


def _is_wide(head: bytes) -> bool:
    """UTF-16 without its mark: every other byte of Latin text is zero."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return max(even, odd) * 3 > len(head[0::2]) and min(even, odd) * 20 < max(even, odd)


def is_binary(head: bytes) -> bool:
    """Whether bytes hold more control characters than a text does; the few of VISCII's letters aside."""
    control = sum(byte < 32 and byte not in b"\t\n\v\f\r\x1a\x1b\x02\x05\x06\x14\x19\x1e" for byte in head)
    return b"\0" in head or control * 50 > len(head)
