"""Word files, compound files, rich text and packages of the exchange, bent."""

from __future__ import annotations

import base64
import io
import struct
import zipfile
from collections.abc import Mapping
from types import MappingProxyType

from scripts.make_hostile.model import READ, Hostile, fails

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TEXT = "Giao Sở Xây dựng kiểm tra các công trình ven sông, báo cáo trước ngày 20/4/2024."
_DOCTYPE = '<!DOCTYPE a [<!ENTITY x0 "hahaha">%s]>'
_LAUGHS = _DOCTYPE % "".join(f'<!ENTITY x{at + 1} "{f"&x{at};" * 10}">' for at in range(12))
_OUTSIDE = '<!DOCTYPE a [<!ENTITY x12 SYSTEM "file:///etc/passwd">]>'
_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def docx(body: str, prolog: str = "", parts: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
    """A .docx with this body and these further members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types/>')
        main = f'<?xml version="1.0"?>{prolog}<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
        archive.writestr("word/document.xml", main)
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def paragraph(text: str) -> str:
    """A paragraph of Word's."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _deep(tag: str, deep: int) -> bytes:
    return docx(f"<w:{tag}>" * deep + paragraph(_TEXT) + f"</w:{tag}>" * deep)


def _styles_in_a_ring() -> bytes:
    ring = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{at}"><w:basedOn w:val="s{(at + 1) % 50}"/></w:style>'
        for at in range(50)
    )
    body = f'<w:p><w:pPr><w:pStyle w:val="s1"/></w:pPr><w:r><w:t>{_TEXT}</w:t></w:r></w:p>'
    return docx(body, parts={"word/styles.xml": f'<w:styles xmlns:w="{_W}">{ring}</w:styles>'.encode()})


def compound(fat: list[int], directory: bytes, size: int = 9, first: int = 1) -> bytes:
    """A compound file of one table of sectors, a directory in sector 1 and a stream in sector 2."""
    header = bytearray(512)
    header[:8] = _MAGIC
    struct.pack_into("<H", header, 30, size)
    struct.pack_into("<I", header, 44, 1)
    struct.pack_into("<I", header, 48, first)
    struct.pack_into("<109I", header, 76, 0, *[_FREE] * 108)
    table = struct.pack("<128I", *fat, *[_FREE] * (128 - len(fat)))
    return bytes(header) + table + directory.ljust(512, b"\0") + b"\0" * 8192


def _entry(name: str, kind: int = 2, start: int = 2) -> bytes:
    entry = bytearray(128)
    encoded = name.encode("utf-16-le") + b"\0\0"
    entry[: len(encoded)] = encoded
    struct.pack_into("<HB", entry, 64, len(encoded), kind)
    struct.pack_into("<III", entry, 68, 0, 0, 0)  # its neighbours and its child: itself
    struct.pack_into("<II", entry, 116, start, 8192)
    return bytes(entry)


def _ring(name: str = "WordDocument") -> bytes:
    """A directory and a stream whose chains of sectors come back to themselves."""
    return compound([_FAT, 1, 3, 2], _entry("Root Entry", 5) + _entry(name))


def _macro() -> bytes:
    names = ("Root Entry", "WordDocument", "Macros", "VBA")
    return compound(
        [_FAT, _END, _END], b"".join(_entry(name, 5 if at == 0 else 2) for at, name in enumerate(names))
    )


def edxml(prolog: str, subject: str, content: bytes) -> bytes:
    """A package that carries one text."""
    carried = base64.b64encode(content).decode()
    return (
        f"<?xml version='1.0' encoding='UTF-8'?>{prolog}<edXML><Body><MessageHeader><Subject>{subject}</Subject>"
        "</MessageHeader></Body><Attachments><Attachment><AttachmentName>a.txt</AttachmentName>"
        f"<ContentTransferEncoded>{carried}</ContentTransferEncoded></Attachment></Attachments></edXML>"
    ).encode()


def _deep_package(deep: int) -> bytes:
    return edxml("", "<a>" * deep + "x" + "</a>" * deep, _TEXT.encode())


_BROKEN = ("damaged", "truncated")

OFFICE = (
    Hostile("runs-deep.docx", lambda: _deep("ins", 100_000), fails("damaged")),
    Hostile("controls-deep.docx", lambda: _deep("sdt", 200), READ | fails("damaged", "no_pages")),
    Hostile("laughs.docx", lambda: docx(paragraph("&x12;"), _LAUGHS), fails("bomb")),
    Hostile("outside.docx", lambda: docx(paragraph("&x12;"), _OUTSIDE), fails("bomb")),
    Hostile("zeros.docx", lambda: docx(paragraph(_TEXT), parts={"word/styles.xml": b"<a>" + b" " * 80 * 2**20 + b"</a>"}), fails("bomb")),
    Hostile("styles-in-a-ring.docx", _styles_in_a_ring, READ),
    Hostile("no-body.docx", lambda: docx("").replace(b"word/document.xml", b"word/documint.xml"), fails("no_pages", "unsupported")),
    Hostile("cut.docx", lambda: docx(paragraph(_TEXT))[:-60], fails(*_BROKEN)),
    Hostile("chains-in-a-ring.doc", _ring, fails("damaged", "timeout")),
    Hostile("chains-in-a-ring.xls", lambda: _ring("Workbook"), fails("unsupported")),
    Hostile("sectors-beyond.doc", lambda: compound([_FAT, 0x0FFFFFF0], _entry("WordDocument", start=0x7FFFFFFF)), fails(*_BROKEN)),
    Hostile("sectors-huge.doc", lambda: compound([_FAT], _entry("WordDocument"), size=0xFFFF), fails(*_BROKEN, "unsupported")),
    Hostile("macro.doc", _macro, fails(*_BROKEN), heavy=True),
    Hostile("cut.doc", lambda: _MAGIC + b"\0" * 100, fails(*_BROKEN)),
    Hostile("groups-deep.rtf", lambda: b"{\\rtf1 " + b"{" * 100_000 + _TEXT.encode("ascii", "replace") + b"}" * 100_001, READ | fails("damaged", "timeout", "crashed", "no_pages"), heavy=True),
    Hostile("cut.rtf", lambda: b"{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}} Giao So Y te b", READ | fails("damaged", "no_pages"), heavy=True),
    Hostile("binary.rtf", lambda: b"{\\rtf1 {\\*\\bin2147483647 " + b"\xff\0" * 999, READ | fails("damaged", "no_pages", "timeout"), heavy=True),
    Hostile("laughs.edxml", lambda: edxml(_LAUGHS, "&x12;", _TEXT.encode()), fails("bomb")),
    Hostile("outside.edxml", lambda: edxml(_OUTSIDE, "&x12;", _TEXT.encode()), fails("bomb")),
    Hostile("deep.edxml", lambda: _deep_package(100_000), fails("damaged")),
    Hostile("carries-itself.edxml", lambda: edxml("", "x", edxml("", "y", _TEXT.encode())), fails("no_pages", "unsupported")),
    Hostile("cut.edxml", lambda: edxml("", "x", _TEXT.encode())[:-40], fails("damaged")),
)  # fmt: skip
