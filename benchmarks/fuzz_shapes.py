"""A fuzzer's bytes in, a file of the kind that their first byte names read out of the rest.

Each shape puts the bytes where a reader's own code looks at them: into a Word file's main part, a sheet, a
compound file's sectors, a page's content. What is changed is then what is read, not the wrapping. Seeds come
the other way: real files taken apart.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from pipeline.encodings import decode_bytes
from pipeline.limits import Limits
from pipeline.read import open_source, read, sniff
from pipeline.read.ole import Ole, is_locked_word
from pipeline.types import Reading
from scripts.make_hostile.corpus import HOSTILE
from scripts.make_hostile.pdfs import page, words
from scripts.make_hostile.zips import packed

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "samples" / "sources"
LIMITS = Limits(
    max_bytes=2**20, max_unpacked_bytes=8 * 2**20, max_pages=30, max_ocr_pages=2, max_pixels=1_000_000
)
_BETWEEN = b"\n=====\n"  # the parts of a Word file in one input
_BY_OFFICE = (sniff.DOC, sniff.RTF, sniff.ODT, sniff.WORD_XML)  # read by LibreOffice, a program of its own


@dataclass(frozen=True, slots=True)
class Shape:
    """`name` for people; `read` reads bytes as this; `taken` are the bytes of a real file that it would read,
    None where the file is of another kind; `first` is an input that imports all it needs."""

    name: str
    read: Callable[[bytes], object]
    taken: Callable[[str, bytes], bytes | None]
    first: bytes = b""

    def warm(self) -> None:
        """Imports what it needs."""
        from pipeline.errors import Unreadable

        try:
            self.read(self.first)
        except Unreadable:
            return


def _read(name: str, content: bytes) -> Reading | None:
    source = open_source(name, content)
    return None if source.media_type in _BY_OFFICE else read(source, limits=LIMITS)


def _member(content: bytes, name: str) -> bytes | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.read(name) if name in archive.namelist() else None
    except Exception:  # hostile ones among the seeds
        return None


_WORD = ("word/document.xml", "word/styles.xml", "word/numbering.xml", "word/footnotes.xml")
_SHEETS = ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml")


@cache
def _book() -> dict[str, bytes]:
    import openpyxl

    book, out = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    book.active.append(["STT", "Nhiệm vụ", "Hạn"])
    book.save(out)
    with zipfile.ZipFile(out) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _word(data: bytes) -> object:
    parts = dict(zip(_WORD, data.split(_BETWEEN), strict=False))
    return _read("a.docx", packed({"[Content_Types].xml": b"<Types/>", **parts}))


def _workbook(data: bytes) -> object:
    parts = dict(zip(_SHEETS, data.split(_BETWEEN), strict=False))
    return _read("a.xlsx", packed(_book() | parts))


def _parts_of(wanted: tuple[str, ...], name: str, content: bytes) -> bytes | None:
    found = [_member(content, one) or b"" for one in wanted]
    return _BETWEEN.join(found) if found[0] else None


def _compound(data: bytes) -> object:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + data
    sniff.media_type(content)
    return Ole(content).names, is_locked_word(content)


def _rich(data: bytes) -> object:
    from pipeline.read import rtf

    return rtf.blocks_of(b"{\\rtf1" + data)


def _zip_of(data: bytes) -> object:
    name, _, content = data.partition(b"\n")
    called = name.decode("utf-8", "replace").split("\0")[0] or "."
    return _read("a.zip", packed({called: content, "phụ lục 1.txt": b"x"}))


def _as(*ends: str) -> Callable[[str, bytes], bytes | None]:
    return lambda name, content: content if name.endswith(ends) else None


def _behind(start: bytes, *ends: str) -> Callable[[str, bytes], bytes | None]:
    return lambda name, content: (
        content.removeprefix(start) if name.endswith(ends) and content.startswith(start) else None
    )


SHAPES = (
    Shape("pdf", partial(_read, "a.pdf"), _as(".pdf"), page(words())),
    Shape("content of a page", lambda data: _read("a.pdf", page(data)), lambda name, content: None, words()),
    Shape("word", _word, partial(_parts_of, _WORD), b"<a/>"),
    Shape("sheet", _workbook, partial(_parts_of, _SHEETS), b"<a/>"),
    Shape("compound", _compound, _behind(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc", ".xls")),
    Shape("rich", _rich, _behind(b"{\\rtf1", ".rtf"), b"x}"),
    Shape("package", partial(_read, "a.edxml"), _as(".edxml"), b"<?xml version='1.0'?><edXML/>"),
    Shape("page", partial(_read, "a.html"), _as(".html", ".htm", ".mht"), b"<html><p>x"),
    Shape("text", partial(_read, "a.txt"), _as(".txt"), "Giao Sở Y tế.".encode()),
    Shape("markdown", partial(_read, "a.md"), _as(".md"), b"# x"),
    Shape("zip", partial(_read, "a.zip"), _as(".zip"), packed({"a.txt": b"x"})),
    Shape("member", _zip_of, lambda name, content: None, b"a.txt\nx"),
    Shape("picture", partial(_read, "a.png"), _as(".png", ".jpg", ".tif")),
    Shape("encoding", decode_bytes, _as(".txt"), b"x"),
)


def read_as(data: bytes) -> None:
    """Reads the input as what its first byte names; raises whatever the reader raises."""
    SHAPES[data[0] % len(SHAPES)].read(data[1:])


def seeds(longest: int) -> Iterator[bytes]:
    """The samples and the hostile files as inputs, those that are not too long for it nor made to take all
    memory."""
    files = [(path.name, path.read_bytes()) for path in sorted(SAMPLES.iterdir())]
    files += [(one.name, one.make()) for one in HOSTILE if not one.heavy and not _takes_all(one.expected)]
    for number, shape in enumerate(SHAPES):
        yield bytes([number]) + shape.first
        for name, content in files:
            taken = shape.taken(name, content) if len(content) < 2**21 else None
            if taken is not None and len(taken) < longest:
                yield bytes([number]) + taken


def _takes_all(outcomes: frozenset[str]) -> bool:
    return "failed(memory)" in outcomes
