"""A page's picture → its lines and ruled tables, through cleaning and OCR.

In: a PIL image, its dots an inch, an `Ocr`. Out: items in reading order, with boxes on the picture as
it came, whatever small angle it was turned by for reading. A picture that lies on its side or head is
turned upright first: the boxes are those of the upright one, and `Scanned.turned` says how.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.ports import Ocr
from pipeline.read.baselines import in_order, lines_of, overlap, with_lines
from pipeline.read.marks import NO_MARK, Mark, mark_of_page, stamps_of_picture, strictest
from pipeline.read.picture import clean
from pipeline.read.tables import find_tables
from pipeline.read.upright import read_upright
from pipeline.types import Box, Cell, Line, Origin, Page, Table, Word

if TYPE_CHECKING:
    from PIL.Image import Image

SURE = 0.7  # what every word of a red stamp must be read with
MARGIN = 60  # pixels of paper around what is read by itself
NARROW = 0.35  # share of the page's width: smaller grids are stamps and forms' boxes


@dataclass(frozen=True, slots=True)
class Scanned:
    """A scanned page as read: `turned` degrees clockwise before that, `mark` what a first page's stamps
    say of secrecy."""

    items: tuple[Line | Table, ...]
    turned: int = 0
    mark: Mark = NO_MARK

    def page(self, number: int, width: float, height: float) -> Page:
        """The page of a file that shows it `width` by `height` points large."""
        if self.turned in (90, 270):
            width, height = height, width
        return Page(number, width, height, Origin.OCR, self.items, turned=self.turned)


def unread(number: int) -> str:
    """What is told of a page that could not be read however it was tried."""
    return f"trang {number} là bản quét, đọc lần nào cũng hỏng (scan, every try to read it failed)"


def read_scan(image: Image, dpi: float, ocr: Ocr, first: bool = False) -> Scanned:
    """A scanned page; of a document's `first` page, what its stamps say is seen before any cleaning."""
    items, upright, turned = read_upright(image, lambda picture: read_picture(picture, dpi, ocr))
    if not first:
        return Scanned(items, turned)
    stamps = stamps_of_picture(upright, dpi, ocr)
    mark = strictest([mark_of_page(items, upright.height * 72 / dpi), *(stamp.mark for stamp in stamps)])
    urgent = [stamp.urgency for stamp in stamps if stamp.urgency]
    return Scanned(with_lines(items, urgent), turned, mark)


def read_picture(image: Image, dpi: float, ocr: Ocr) -> tuple[Line | Table, ...]:
    """What the picture says, from top to bottom."""
    cleaned = clean(image, dpi)
    width = image.width * 72 / dpi
    rows = [line.words for line in ocr(cleaned.image, dpi)]
    if cleaned.red is not None:
        rows += _signed_in_red(cleaned.red, dpi, ocr, rows)
    tables, rest = find_tables(cleaned.level, cleaned.upright, rows, NARROW * width)
    back = _Back(cleaned.angle, width / 2, image.height * 36 / dpi)
    return in_order(tuple(map(back.line, lines_of(rest))), tuple(map(back.table, tables)))


def _signed_in_red(
    red: Image, dpi: float, ocr: Ocr, rows: Sequence[Sequence[Word]]
) -> list[tuple[Word, ...]]:
    """Position and name that a clerk stamped in red under the signature; the round seal's letters and
    the arrival stamp at the top are left out."""
    from PIL import ImageOps

    middle = red.height * 36 / dpi
    lower = red.crop((0, red.height // 2, red.width, red.height))
    inked = ImageOps.invert(lower).getbbox()
    if inked is None:
        return []
    top, bottom = max(0, inked[1] - MARGIN), min(lower.height, inked[3] + MARGIN)
    band = lower.crop((0, top, lower.width, bottom))
    down = (red.height // 2 + top) * 72 / dpi
    read = [word.box for row in rows for word in row]
    found = []
    for line in (_lowered(line, down) for line in ocr(band, dpi)):
        sure = min((word.confidence or 0.0) for word in line.words)
        lettered = all(word.text.strip(".").isalpha() for word in line.words) and len(line.words) > 1
        apart = not any(overlap(word.box, box) > 0.3 for word in line.words for box in read)
        if sure > SURE and lettered and apart and line.box.y0 > middle:
            found.append(line.words)
    return found


def _lowered(line: Line, points: float) -> Line:
    return Line(
        tuple(
            replace(word, box=replace(word.box, y0=word.box.y0 + points, y1=word.box.y1 + points))
            for word in line.words
        )
    )


class _Back:
    """Turns boxes of the turned picture back to where they stood."""

    def __init__(self, angle: float, x: float, y: float) -> None:
        self._sin, self._cos = math.sin(math.radians(angle)), math.cos(math.radians(angle))
        self._x, self._y = x, y

    def line(self, line: Line) -> Line:
        if not self._sin:
            return line
        return replace(line, words=tuple(replace(word, box=self._box(word.box)) for word in line.words))

    def table(self, table: Table) -> Table:
        if not self._sin:
            return table
        rows = tuple(tuple(map(self._cell, row)) for row in table.rows)
        return replace(table, rows=rows, box=table.box and self._box(table.box))

    def _cell(self, cell: Cell) -> Cell:
        lines = tuple(map(self.line, cell.lines))
        return replace(cell, lines=lines, box=cell.box and self._box(cell.box))

    def _box(self, box: Box) -> Box:
        """The box moved so that its middle stands where it stood; small angles keep its sides."""
        x, y = (box.x0 + box.x1) / 2 - self._x, (box.y0 + box.y1) / 2 - self._y
        dx = x * self._cos - y * self._sin - x
        dy = x * self._sin + y * self._cos - y
        return Box(box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy)
