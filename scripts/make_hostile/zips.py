"""Zips that unpack to far more than they are, or to what they should not."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from scripts.make_hostile.model import READ, Hostile, fails

_TEXT = "Giao Sở Xây dựng kiểm tra các công trình ven sông, báo cáo trước ngày 20/4/2024."


def packed(members: dict[str, bytes]) -> bytes:
    """A plain zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def _nested(deep: int) -> bytes:
    content = packed({"0.txt": b"0" * 2**20})
    for _ in range(deep):
        content = packed({f"{at}.zip": content for at in range(10)})
    return content


def _overlapping(count: int, megabytes: int) -> bytes:
    """Many entries of the directory that all mean the same packed bytes, so that sizes multiply."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    raw = b"0" * (megabytes * 2**20)
    data = squeeze.compress(raw) + squeeze.flush()
    sizes = struct.pack("<III", zlib.crc32(raw), len(data), len(raw))
    local = b"PK\3\4" + struct.pack("<HHHHH", 20, 0, 8, 0, 0) + sizes + struct.pack("<HH", 5, 0) + b"0.txt"
    directory = b""
    for at in range(count):
        name = f"{at}.txt".encode()
        directory += b"PK\1\2" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 0) + sizes
        directory += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + name
    place = len(local) + len(data)
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), place, 0)
    return local + data + directory + end


def quine() -> bytes:
    """A zip that lists itself as its own member: the bytes of one are a stored copy of a zip like it."""
    inner = packed({"r.zip": b""})
    for _ in range(40):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr("r.zip", inner)
        inner = out.getvalue()
    return inner


def _locked() -> bytes:
    content = bytearray(packed({"a.txt": _TEXT.encode()}))
    content[6] |= 1
    content[content.index(b"PK\1\2") + 8] |= 1
    return bytes(content)


ZIPS = (
    Hostile("zeros.zip", lambda: packed({"a.txt": b"0" * 90 * 2**20}), fails("bomb")),
    Hostile("nested.zip", lambda: _nested(5), fails("unsupported")),
    Hostile("in-itself.zip", quine, fails("unsupported")),
    Hostile("overlapping.zip", lambda: _overlapping(2000, 4), fails("bomb")),
    Hostile("many.zip", lambda: packed({f"{at}.txt": b"" for at in range(25_000)}), fails("bomb")),
    Hostile("locked.zip", _locked, fails("encrypted")),
    Hostile("climbs-out.zip", lambda: packed({"../../../tmp/out.txt": _TEXT.encode()}), fails("damaged")),
    Hostile("nameless.zip", lambda: packed({".": _TEXT.encode()}), fails("damaged")),
    Hostile("cut.zip", lambda: packed({"a.txt": _TEXT.encode() * 99})[:-30], fails("truncated")),
    Hostile("nothing.zip", lambda: packed({}), fails("no_pages", "empty")),
    Hostile("programs.zip", lambda: packed({"a.exe": b"MZ\x90\0\3" * 99}), fails("no_pages")),
    Hostile("one-bad.zip", lambda: packed({"1 cv.txt": _TEXT.encode(), "phụ lục 1.pdf": b"%PDF-1.7\n"}), frozenset({"needs_review"}), "không đọc được tệp kèm"),
    Hostile("twice.zip", lambda: packed({"1 cv.txt": _TEXT.encode()})[:-22] + packed({"1 cv.txt": _TEXT.encode()}), READ | fails("truncated", "damaged")),
)  # fmt: skip
