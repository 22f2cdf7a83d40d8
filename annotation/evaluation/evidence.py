"""A reading's pages and boxes in, the letters that really stand under the boxes out.

The record's boxes come from offsets in the text; here the pages are asked, which know nothing of offsets: the
PDF's own text layer by its coordinates where there is one, else the words as read by theirs.
"""

from __future__ import annotations

import contextlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pipeline.text import match_key
from pipeline.types import Box, Line, Origin, Page, Reading, Table, Word

_SLACK = 1.0  # points that a glyph may reach beyond its word's box
_PDF = "application/pdf"


def letters(text: str) -> str:
    """Letters, their marks and digits of a text, as they are compared: without spaces and signs.

    Marks stand for themselves ("hoá" has those of "hóa"), since the letters of a page come without the spaces
    that tell which vowel of a word bears its tone.
    """
    return "".join(char for char in unicodedata.normalize("NFD", match_key(text)) if _told(char))


def _told(char: str) -> bool:
    return char.isalnum() or bool(unicodedata.combining(char))


class Under:
    """The words of a reading's pages by where they stand; one for all boxes of a document."""

    def __init__(self, reading: Reading) -> None:
        self._pages = {page.number: page for page in reading.pages}
        self._seen: dict[int, list[tuple[Box, str]]] = {}
        self._content = reading.source.content if reading.source.media_type == _PDF else b""

    def text(self, evidence: Sequence[Mapping[str, Any]]) -> str:
        """What stands under the boxes, box by box; each letter once, under the box of the nearest middle."""
        found: list[tuple[int, float, str]] = []
        for number in sorted({place["page"] for place in evidence}):
            boxes = [(at, Box(*one["box"])) for at, one in enumerate(evidence) if one["page"] == number]
            for letter, text in self._letters(number):
                around = [(_apart(letter, box), at) for at, box in boxes if _inside(letter, box)]
                if around:
                    found.append((min(around)[1], letter.x0, text))
        return "".join(text for _, _, text in sorted(found))

    def _letters(self, number: int) -> list[tuple[Box, str]]:
        if number not in self._seen:
            self._seen[number] = self._look(self._pages[number])
        return self._seen[number]

    def _look(self, page: Page) -> list[tuple[Box, str]]:
        encoded = any(word.raw is not None for word in words(page))
        if self._content and page.origin is Origin.TEXT and not encoded:
            with contextlib.suppress(_Odd):
                return _glyphs(self._content, page)
        return [part for word in words(page) for part in _letters(page.in_file(word.box), word.text)]


class _Odd(ValueError):  # noqa: N818 - says what happened
    """The PDF's page is turned or not as large as read: its coordinates are not ours."""


def _glyphs(content: bytes, page: Page) -> list[tuple[Box, str]]:
    """Characters of the file's own text layer with their boxes, origin top left."""
    import pypdfium2 as pdfium

    with contextlib.closing(pdfium.PdfDocument(content)) as document:
        drawn = document[page.number - 1]
        left, bottom, right, top = drawn.get_cropbox()
        if drawn.get_rotation() or abs(right - left - page.width) > 1 or abs(top - bottom - page.height) > 1:
            raise _Odd
        layer = drawn.get_textpage()
        found = []
        for at in range(layer.count_chars()):
            char = layer.get_text_range(at, 1)
            if char.strip():
                x0, y0, x1, y1 = layer.get_charbox(at, loose=True)
                found.append((Box(x0 - left, top - y1, x1 - left, top - y0), char))
        return found


def _letters(box: Box, text: str) -> Iterator[tuple[Box, str]]:
    """A word's characters, each on its share of the word's width."""
    width = (box.x1 - box.x0) / max(1, len(text))
    for at, char in enumerate(text):
        yield Box(box.x0 + at * width, box.y0, box.x0 + (at + 1) * width, box.y1), char


def _apart(one: Box, other: Box) -> float:
    """How far the middles are apart, up or down."""
    return abs(_middle(one) - _middle(other))


def _middle(box: Box) -> float:
    return (box.y0 + box.y1) / 2


def _inside(one: Box, box: Box) -> bool:
    """Whether a character's middle lies in the box."""
    x, y = (one.x0 + one.x1) / 2, _middle(one)
    return box.x0 - _SLACK < x < box.x1 + _SLACK and box.y0 - _SLACK < y < box.y1 + _SLACK


def words(page: Page) -> Iterator[Word]:
    """All words of a page, in order."""
    for line in lines(page.items):
        yield from line.words


def lines(items: Iterable[Line | Table]) -> Iterator[Line]:
    """All lines of a page, those in tables row by row."""
    for item in items:
        if isinstance(item, Line):
            yield item
        else:
            yield from (line for row in item.rows for cell in row if not cell.merged for line in cell.lines)


_EXTRA = 0.1  # of a task's letters; a tilted scan's boxes touch the lines above and below


def covered(text: str, seen: str) -> bool:
    """Whether what stands under a task's boxes is its text: all of its letters, and hardly others."""
    wanted, given = Counter(letters(text)), Counter(letters(seen))
    return not wanted - given and (given - wanted).total() <= _EXTRA * wanted.total()
