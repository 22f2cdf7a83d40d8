"""Blocks without pages in, A4 pages out: every word gets a plausible box, every cell a rectangle.

Margins are those of Nghị định 30/2020/NĐ-CP, appendix I. The result depends on the blocks alone. The
pages can be shown as pictures (`svg_page`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from pipeline.errors import Reason, Unreadable
from pipeline.read.flow import Block, Break, Flow, FlowTable
from pipeline.read.typeset_lines import set_flow
from pipeline.read.typeset_tables import lay
from pipeline.types import Box, Line, Origin, Page, Table, Word

A4 = (595.0, 842.0)
_TOP, _BOTTOM, _LEFT, _RIGHT = 57.0, 57.0, 85.0, 43.0
_AFTER = 3.0  # space below a paragraph


def typeset(blocks: Iterable[Block], *, most: int = 100_000) -> tuple[Page, ...]:
    """Pages for `blocks`, no pages where nothing is printed; Unreadable beyond `most` pages."""
    sheets = _Sheets(most)
    for block in blocks:
        match block:
            case Break():
                sheets.turn(block.landscape)
            case Flow():
                sheets.paragraph(block)
            case FlowTable():
                sheets.table(block)
    return sheets.finish()


class _Sheets:
    """The pages set so far and the place on the one being filled."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._width, self._height = A4
        self._pages: list[Page] = []
        self._items: list[Line | Table] = []
        self._y = _TOP
        self._low = _TOP  # bottom of what is printed

    @property
    def _measure(self) -> float:
        return self._width - _LEFT - _RIGHT

    @property
    def _room(self) -> float:
        return self._height - _BOTTOM - self._y

    def turn(self, landscape: bool | None = None) -> None:
        """Ends the page if anything stands on it."""
        if self._items:
            height = max(self._height, round(self._low + _BOTTOM, 2))  # one row may outgrow a sheet
            number = len(self._pages) + 1
            if number > self._most:
                message = f"tệp dài hơn {self._most} trang (too many pages)"
                raise Unreadable(Reason.TOO_MANY_PAGES, message)
            self._pages.append(Page(number, self._width, height, Origin.FLOW, tuple(self._items)))
        self._items = []
        self._y = self._low = _TOP
        if landscape is not None:
            self._width, self._height = reversed(A4) if landscape else A4

    def paragraph(self, flow: Flow) -> None:
        for line in set_flow(flow, _LEFT, self._measure):
            if self._room < line.height and self._items:
                self.turn()
            self._items.append(line.at(self._y))
            self._low = self._y = self._y + line.height
        self._y += _AFTER

    def table(self, table: FlowTable) -> None:
        laid = lay(table, _LEFT, self._measure)
        begin, count = 0, len(table.rows)
        while begin < count:
            end = laid.fitting(begin, self._room)
            alone = begin == 0 and 0 < end == laid.together(0) < count  # a heading without its rows
            if self._items and (end == begin or alone):
                self.turn()
                continue
            if end == begin:  # taller than a sheet: cut between its rows, or let the sheet grow
                end = laid.cut(begin, self._room)
            placed = laid.place(begin, end, self._y)
            self._items.append(placed)
            self._y += sum(laid.heights[begin:end])
            self._low = max(self._y, max((word.box.y1 for word in words_of(placed)), default=0.0))
            begin = end
        self._y = self._low + _AFTER

    def finish(self) -> tuple[Page, ...]:
        self.turn()
        return tuple(self._pages)


def words_of(item: Line | Table) -> Iterator[Word]:
    """The words of a line, or of a table's cells without the repetitions of merged ones."""
    if isinstance(item, Line):
        yield from item.words
    else:
        for row in item.rows:
            for cell in row:
                if not cell.merged:
                    for line in cell.lines:
                        yield from line.words


def svg_page(page: Page) -> str:
    """A picture of a page: an SVG of its words at their boxes and its tables' rules; loads nothing."""
    size = f'width="{page.width:g}" height="{page.height:g}" viewBox="0 0 {page.width:g} {page.height:g}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="Times New Roman,Tinos,serif">',
        '<rect width="100%" height="100%" fill="#fff"/>',
    ]
    for item in page.items:
        if isinstance(item, Table) and item.ruled:
            parts += _rules(item)
        parts += [_svg_word(word) for word in _shown(item)]
    parts.append("</svg>")
    return "\n".join(parts)


def _shown(item: Line | Table) -> Iterator[Word]:
    """A page's words, those of a merged cell once even where its first place is on an earlier page."""
    if isinstance(item, Line):
        yield from item.words
        return
    seen: set[Box] = set()
    for row in item.rows:
        for cell in row:
            for line in cell.lines:
                for word in line.words:
                    if word.box not in seen:
                        seen.add(word.box)
                        yield word


def _rules(table: Table) -> list[str]:
    boxes = {cell.box for row in table.rows for cell in row if cell.box is not None}
    return [
        f'<rect x="{b.x0:g}" y="{b.y0:g}" width="{b.x1 - b.x0:g}" height="{b.y1 - b.y0:g}"'
        ' fill="none" stroke="#000" stroke-width="0.5"/>'
        for b in sorted(boxes, key=lambda b: (b.y0, b.x0))
    ]


def _svg_word(word: Word) -> str:
    box = word.box
    size = word.size or box.y1 - box.y0
    style = (' font-weight="bold"' if word.bold else "") + (' font-style="italic"' if word.italic else "")
    place = f'x="{box.x0:g}" y="{box.y1 - size * 0.25:.2f}" textLength="{box.x1 - box.x0:.2f}"'
    text = escape(_clean(word.text))
    return f'<text {place} font-size="{size:g}"{style} lengthAdjust="spacingAndGlyphs">{text}</text>'


def _clean(text: str) -> str:
    """Without the control characters that XML forbids."""
    return "".join(char for char in text if char >= " " and char not in "\ufffe\uffff")
