"""Pictures that are huge, or say that they are."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image

from scripts.make_hostile.model import READ, Hostile, fails


def png(width: int, height: int, data: bytes) -> bytes:
    """A PNG of one bit a pixel with these packed rows."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


def _blank(width: int, height: int) -> bytes:
    """All of its rows are there, packed to a thousandth."""
    squeeze = zlib.compressobj(9)
    row = b"\0" + b"\xff" * ((width + 7) // 8)
    return png(width, height, b"".join(squeeze.compress(row) for _ in range(height)) + squeeze.flush())


def saved(kind: str, size: tuple[int, int] = (300, 200), **options: object) -> bytes:
    """A white picture in this format."""
    out = io.BytesIO()
    Image.new("L", size, 255).save(out, kind, **options)
    return out.getvalue()


def _jpeg(width: int, height: int) -> bytes:
    content = bytearray(saved("JPEG"))
    at = content.index(b"\xff\xc0")
    struct.pack_into(">HH", content, at + 5, height, width)
    return bytes(content)


def _tiff(frames: int) -> bytes:
    one = Image.new("1", (80, 60), 1)
    out = io.BytesIO()
    one.save(out, "TIFF", save_all=True, append_images=[one] * (frames - 1))
    return out.getvalue()


def _tiff_ring() -> bytes:
    """A TIFF whose only directory says that it is followed by itself."""
    content = bytearray(saved("TIFF"))
    (first,) = struct.unpack_from("<I", content, 4)
    (count,) = struct.unpack_from("<H", content, first)
    struct.pack_into("<I", content, first + 2 + 12 * count, first)
    return bytes(content)


PICTURES = (
    Hostile("30000.png", lambda: _blank(30_000, 30_000), fails("too_many_pixels")),
    Hostile("says-huge.png", lambda: png(2**31 - 1, 2**31 - 1, b"\0"), fails("too_many_pixels", "damaged")),
    Hostile("says-nothing.png", lambda: png(0, 0, b""), fails("damaged")),
    Hostile("says-huge.jpg", lambda: _jpeg(65_500, 65_500), fails("too_many_pixels")),
    Hostile("says-huge.tif", lambda: saved("TIFF").replace(struct.pack("<HHII", 256, 4, 1, 300), struct.pack("<HHII", 256, 4, 1, 2**31 - 1)), fails("too_many_pixels", "damaged", "truncated")),
    Hostile("pages.tif", lambda: _tiff(2500), fails("too_many_pages"), heavy=True),
    Hostile("pages-in-a-ring.tif", _tiff_ring, READ | fails("damaged")),
    Hostile("cut.png", lambda: _blank(300, 200)[:60], fails("truncated", "damaged")),
    Hostile("cut.jpg", lambda: saved("JPEG", (900, 900))[:700], fails("truncated", "damaged")),
    Hostile("cut.tif", lambda: saved("TIFF")[:100], fails("truncated", "damaged")),
    Hostile("one-pixel.png", lambda: saved("PNG", (1, 1)), READ),
    Hostile("line.png", lambda: saved("PNG", (20_000, 1)), READ),
)  # fmt: skip
