"""A compound file (.doc, .xls, a protected .docx) in, what its directory says out.

Only what tells the kinds apart: streams' names, the first bytes of one, whether the file is complete.
Source: [MS-CFB], sections 2.2 (header), 2.3 (FAT) and 2.6 (directory).
"""

from __future__ import annotations

import struct
from functools import cached_property

from pipeline.errors import Reason, Unreadable

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA  # sector numbers from here on are marks
_ENTRY = 128
_STREAM, _ROOT = 2, 5
_MOST_ENTRIES = 20_000


class Ole:
    """An opened compound file; Unreadable (TRUNCATED) where what its header names lies beyond the end."""

    def __init__(self, content: bytes) -> None:
        if len(content) < 512 or not content.startswith(MAGIC):
            raise _cut_off()
        self._content = content
        (shift,) = struct.unpack_from("<H", content, 30)
        self._size = 1 << min(max(shift, 7), 16)
        (self._first,) = struct.unpack_from("<I", content, 48)
        self._fat_sectors = [sector for sector in struct.unpack_from("<109I", content, 76) if sector < _END]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._content):
            raise _cut_off()
        return self._content[start : start + self._size]

    @cached_property
    def _fat(self) -> tuple[int, ...]:
        data = b"".join(self._sector(sector) for sector in self._fat_sectors)
        return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])

    @cached_property
    def _entries(self) -> dict[str, tuple[int, int]]:
        """Streams by name: first sector and size."""
        entries: dict[str, tuple[int, int]] = {}
        sector, seen = self._first, set[int]()
        while sector < _END and sector not in seen and len(entries) < _MOST_ENTRIES:
            seen.add(sector)
            data = self._sector(sector)
            for at in range(0, len(data) - _ENTRY + 1, _ENTRY):
                length, kind = struct.unpack_from("<HB", data, at + 64)
                if kind in (_STREAM, _ROOT) and 2 <= length <= 64:
                    name = data[at : at + length - 2].decode("utf-16-le", errors="replace")
                    entries[name] = struct.unpack_from("<II", data, at + 116)
            sector = self._fat[sector] if sector < len(self._fat) else _END
        return entries

    @property
    def names(self) -> frozenset[str]:
        """The streams' names."""
        return frozenset(self._entries)

    def head(self, name: str) -> bytes:
        """The first bytes of a large stream, b"" for a small one or none."""
        start, size = self._entries.get(name, (_END, 0))
        return self._sector(start) if start < _END and size >= 4096 else b""


def is_locked_word(content: bytes) -> bool:
    """Whether a .doc asks for a password: the flag fEncrypted of its FIB ([MS-DOC] 2.5.2)."""
    head = Ole(content).head("WordDocument")
    return len(head) >= 12 and bool(struct.unpack_from("<H", head, 10)[0] & 0x0100)


def _cut_off() -> Unreadable:
    return Unreadable(Reason.TRUNCATED, "tệp thiếu phần cuối (truncated file)")
