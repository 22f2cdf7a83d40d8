"""PDFs that are broken, endless, or far larger than they look."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from scripts.make_hostile.model import READ, Hostile, fails

ORDER = (
    "Uy ban nhan dan tinh Mau Son yeu cau So Xay dung chu tri phoi hop voi So Tai chinh kiem tra cac cong trinh",
    "ben song va bao cao ket qua ve Van phong truoc ngay 20 thang 4 nam 2024 de tong hop trinh Chu tich xem xet",
)
_SHIFTED = {code: chr((code - 97 + 11) % 26 + 97) for code in range(97, 123)}


def stream(content: bytes, extra: str = "", packed: bool = True) -> bytes:
    """A stream object's body, deflated where `packed`."""
    data = zlib.compress(content, 9) if packed else content
    filters = " /Filter /FlateDecode" if packed else ""
    return f"<< /Length {len(data)}{filters} {extra} >>\nstream\n".encode() + data + b"\nendstream"


def pdf(objects: Sequence[bytes], trailer: str = "", start: int | None = None) -> bytes:
    """A file of these objects, numbered from 1, the first its catalogue; `start` replaces where the table of
    places is said to be."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\n".encode()
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % (table if start is None else start))


def page(content: bytes, resources: str = "", box: str = "0 0 420 200", more: Sequence[bytes] = ()) -> bytes:
    """A PDF of one page; `more` objects are numbered from 6."""
    return pdf(_page(content, resources, box, more))


def _page(
    content: bytes, resources: str = "", box: str = "0 0 420 200", more: Sequence[bytes] = ()
) -> list[bytes]:
    return [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R /Resources "
        f"<< /Font << /F 5 0 R >> {resources} >> >>".encode(),
        content if content.startswith(b"<<") else stream(content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *more,
    ]


def words(lines: Sequence[str] = ORDER, size: float = 7.5) -> bytes:
    """A page's content that writes these lines."""
    shown = " ".join(f"({line}) Tj 0 -{2 * size:g} Td" for line in lines)
    return f"BT /F {size:g} Tf 20 150 Td {shown} ET".encode()


def _picture(width: int, height: int, data: bytes, extra: str) -> bytes:
    image = (
        f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /BitsPerComponent 1 "
        f"/ColorSpace /DeviceGray {extra}"
    )
    return page(
        b"420 0 0 200 0 0 cm /I Do", "/XObject << /I 6 0 R >>", more=[stream(data, image, packed=False)]
    )


def _unmapped(mapping: str) -> bytes:
    """A page that shows an order in a font whose letters say something else."""
    objects = _page(words())
    objects[4] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
        "1 begincodespacerange <00> <FF> endcodespacerange " + mapping + " endcmap end end"
    )
    return pdf([*objects, stream(table.encode())])


def _wrong_letters() -> bytes:
    rows = [f"<{code:02X}> <{ord(shown):04X}>" for code, shown in _SHIFTED.items()]
    return _unmapped(f"{len(rows)} beginbfchar {' '.join(rows)} endbfchar")


def _nested_pages(deep: int) -> bytes:
    tree = [
        b"<< /Type /Pages /Parent %d 0 R /Kids [%d 0 R] /Count 1 >>" % (max(at - 1, 2), at + 1)
        for at in range(2, deep + 2)
    ]
    leaf = b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 99 99] >>" % (deep + 1)
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", *tree, leaf])


def _kids(kids: str, count: int) -> bytes:
    tree = f"<< /Type /Pages /Kids [{kids}] /Count {count} /Parent 2 0 R >>".encode()
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", tree])


def _self_drawing() -> bytes:
    form = stream(
        b"/X Do /X Do",
        "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>",
    )
    return page(words() + b" /X Do", "/XObject << /X 6 0 R >>", more=[form])


def _stream_of_objects(count: int, extends: bool) -> bytes:
    more = "/Extends 6 0 R" if extends else ""
    held = stream(b"1 0 2 0 " * 50, f"/Type /ObjStm /N {count} /First 400 {more}")
    return page(words(), more=[held])


def _drawn_bomb(megabytes: int) -> bytes:
    """A page whose content is small and unpacks to this much of drawing."""
    once = zlib.compressobj(9)
    data = b"".join(once.compress(b"q 1 0 0 1 0 0 cm Q\n" * 55_188) for _ in range(megabytes)) + once.flush()
    return page(b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(data) + data + b"\nendstream")


def _locked() -> bytes:
    secret = "<" + "5A" * 32 + ">"
    handler = f"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O {secret} /U {secret} >>"
    return pdf(_page(words()), f"{handler} /ID [<00><00>]")


ORDERED = page(words())

PDFS = (
    Hostile("xref-lost.pdf", lambda: pdf(_page(words()), start=7_777_777), READ),
    Hostile("xref-loop.pdf", lambda: pdf(_page(words()), "/Prev 9"), READ | fails("damaged")),
    Hostile("xref-itself.pdf", lambda: ORDERED.replace(b"/Root 1 0 R ", b"/Root 1 0 R /Prev %d " % ORDERED.rindex(b"xref\n0")), READ | fails("damaged")),
    Hostile("pages-cyclic.pdf", lambda: _kids("2 0 R 2 0 R", 1000), fails("damaged", "no_pages")),
    Hostile("pages-endless.pdf", lambda: _kids("2 0 R", 2**31 - 1), fails("too_many_pages", "no_pages", "damaged")),
    Hostile("pages-deep.pdf", lambda: _nested_pages(5000), fails("damaged", "no_pages") | READ),
    Hostile("arrays-deep.pdf", lambda: page(words(), more=[b"[" * 100_000 + b"]" * 100_000]), READ),
    Hostile("dictionaries-deep.pdf", lambda: page(words(), "/P " + "<</A " * 50_000 + ">>" * 50_000), READ | fails("damaged", "no_pages")),
    Hostile("form-in-itself.pdf", _self_drawing, READ | fails("memory", "timeout")),
    Hostile("graphics-deep.pdf", lambda: page(b"q " * 200_000 + words()), READ),
    Hostile("objects-extend-themselves.pdf", lambda: _stream_of_objects(50, True), READ),
    Hostile("objects-without-number.pdf", lambda: _stream_of_objects(2**31 - 1, False), READ),
    Hostile("page-of-kilometres.pdf", lambda: page(b"0 0 m 9 9 l S", box="0 0 99999999 99999999"), fails("too_many_pixels")),
    Hostile("page-of-nothing.pdf", lambda: page(words(), box="0 0 0 0"), READ),
    Hostile("picture-30000.pdf", lambda: _picture(30_000, 30_000, b"\0", ""), fails("too_many_pixels")),
    Hostile("picture-jbig2.pdf", lambda: _picture(400, 200, b"\0\0\0\0\x30\0\1\0\0\0\x13" + b"\xff" * 19, "/Filter /JBIG2Decode"), READ),
    Hostile("picture-jpx.pdf", lambda: _picture(400, 200, b"\0\0\0\x0cjP  \r\n\x87\n" + b"\xff\x4f\xff\x51" * 30, "/Filter /JPXDecode"), READ),
    Hostile("picture-fax.pdf", lambda: _picture(400, 200, b"\x26\xa0" * 40, "/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 65535 /Rows 65535 >>"), READ | fails("too_many_pixels")),
    Hostile("font-unmapped.pdf", lambda: _unmapped("1 beginbfrange <00> <FF> <FFFD> endbfrange"), READ),
    Hostile("font-wrong-letters.pdf", _wrong_letters, READ),
    Hostile("font-private-letters.pdf", lambda: _unmapped("1 beginbfrange <21> <7E> <E021> endbfrange"), READ),
    Hostile("font-spaces.pdf", lambda: _unmapped(f"94 beginbfchar {' '.join(f'<{code:02X}> <0020>' for code in range(33, 127))} endbfchar"), READ),
    Hostile("font-loops.pdf", lambda: pdf([*_page(words())[:4], b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [5 0 R] >>"]), READ),
    Hostile("locked.pdf", _locked, fails("encrypted")),
    Hostile("cut.pdf", lambda: ORDERED[: len(ORDERED) // 2], fails("truncated")),
    Hostile("head-only.pdf", lambda: b"%PDF-1.7\n", fails("truncated")),
    Hostile("drawn-bomb.pdf", lambda: _drawn_bomb(400), READ | fails("timeout", "memory", "damaged"), heavy=True),
)  # fmt: skip
