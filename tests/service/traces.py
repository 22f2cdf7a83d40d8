"""Looks for a word wherever an office may have left it: in any spelling, inside whatever is packed.

The word is a stem that no other text has; what follows it tells which paper it came from.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import html
import io
import json
import quopri
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from service.mapping import search_key

_DEEP = 5  # containers within containers
_MOST = 8 * 2**20  # bytes that are also looked into; more is a database server's log
_LARGEST = 64 * 2**20  # bytes that one packed thing is unpacked to
_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_BASE64 = re.compile(rb"(?:[A-Za-z0-9+/]{4}[\r\n]*){12,}(?:[A-Za-z0-9+/]{2,3}={0,2})?")


@dataclass(frozen=True)
class Trace:
    """A finding: where, in which form, with the bytes around it."""

    where: str
    form: str
    around: bytes


def spellings(word: str) -> dict[str, str]:
    """The ways in which a text may spell it."""
    plain = unicodedata.normalize("NFC", word)
    return {
        "NFC": plain,
        "NFD": unicodedata.normalize("NFD", word),
        "upper": plain.upper(),
        "lower": plain.lower(),
        "lower NFD": unicodedata.normalize("NFD", plain.lower()),
        "search key": search_key(word),
        "search key, upper": search_key(word).upper(),
        "JSON": json.dumps(plain)[1:-1],
        "JSON, lower": json.dumps(plain.lower())[1:-1],
        "address": quote(plain),
        "entities": "".join(f"&#{ord(char)};" if ord(char) > 127 else char for char in plain),
        "hex entities": "".join(f"&#x{ord(char):x};" if ord(char) > 127 else char for char in plain),
        "HTML": html.escape(plain),
        "repr": repr(plain.encode())[2:-1],
        "quoted-printable": quopri.encodestring(plain.encode()).decode(),
    }


def forms(word: str) -> dict[str, bytes]:
    """Each way in which bytes may hold it."""
    found: dict[str, bytes] = {}
    for name, text in spellings(word).items():
        found[name] = text.encode()
        found[f"{name}, UTF-16"] = text.encode("utf-16-le")
        found[f"{name}, UTF-16 BE"] = text.encode("utf-16-be")
    content = unicodedata.normalize("NFC", word).encode()
    found["hex"] = content.hex().encode()
    found["hex, upper"] = content.hex().upper().encode()
    for shift in range(3):  # what stands before it moves it within groups of three bytes
        coded = base64.b64encode(b"\0" * shift + content)
        found[f"base64 +{shift}"] = coded[-(-8 * shift // 6) : len(coded) // 4 * 4 - 4]
    return {name: needle for name, needle in found.items() if len(needle) > 6}


class Search:
    """Finds a word, and pieces of files by name, in whatever it is shown."""

    def __init__(self, word: str, pieces: Mapping[str, bytes] | None = None) -> None:
        needles: dict[bytes, str] = {}
        for form, needle in forms(word).items():
            needles.setdefault(needle, form)
        for name, piece in (pieces or {}).items():
            needles[piece] = f"bytes of {name}"
            needles[base64.b64encode(piece[:30])] = f"bytes of {name}, base64"
            needles[piece.hex().encode()] = f"bytes of {name}, hex"
        self._needles = needles

    def everywhere(self, contents: Mapping[str, bytes]) -> list[Trace]:
        """All findings in contents by name."""
        return [trace for where, content in contents.items() for trace in self.within(where, content)]

    def within(self, where: str, content: bytes, depth: int = _DEEP) -> Iterator[Trace]:
        """The findings in bytes, and in all that is packed in them."""
        for needle, form in self._needles.items():
            at = content.find(needle)
            if at >= 0:
                yield Trace(where, form, content[max(0, at - 20) : at + len(needle) + 40])
        if depth and len(content) <= _MOST:
            for name, inner in _packed(content):
                yield from self.within(f"{where} > {name}", inner, depth - 1)


def pieces_of(name: str, content: bytes, twin: bytes, most: int = 8) -> dict[str, bytes]:
    """Runs of bytes that a file has and its harmless twin has not."""
    step = max(1, len(content) // 64)
    found = {}
    for at in range(0, max(1, len(content) - 48), step):
        piece = content[at : at + 48]
        if piece not in twin and len(set(piece)) > 12 and len(found) < most:
            found[f"{name} at {at}"] = piece
    return found


def files_below(*roots: Path) -> dict[str, bytes]:
    """Every file of the folders, by its path: names are looked through too."""
    found = {}
    for root in roots:
        for path in sorted(root.rglob("*")):
            name = str(path)
            content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
            found[name] = name.encode("utf-8", "surrogateescape") + b"\n" + content
    return found


def _packed(content: bytes) -> Iterator[tuple[str, bytes]]:
    start = content.find(b"PK\x03\x04")
    if start >= 0:
        yield from _members(content)
    if content[:2] == b"\x1f\x8b":
        yield from _tried("gzip", lambda: gzip.decompress(content))
    at = content.find(b"%PDF-")
    if at >= 0:
        yield from _tried("text", lambda: _pdf_text(content[at:]))
    for match in _ZLIB.finditer(content):
        inner = _inflated(content[match.start() :])
        if len(inner) > 16:
            yield f"zlib at {match.start()}", inner
    for match in _BASE64.finditer(content):
        yield from _tried(f"base64 at {match.start()}", lambda found=match[0]: base64.b64decode(found))


def _members(content: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            for member in opened.infolist():
                yield member.filename, member.filename.encode() + b"\n" + opened.read(member)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, zlib.error, EOFError, ValueError):
        return


def _inflated(content: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(content, _LARGEST)
    except zlib.error:
        return b""


def _pdf_text(content: bytes) -> bytes:
    import pypdfium2

    opened = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in opened).encode()
    finally:
        opened.close()


def _tried(name: str, action) -> Iterator[tuple[str, bytes]]:
    try:
        yield name, action()
    except (binascii.Error, OSError, EOFError, zlib.error, ValueError, RuntimeError):
        return
