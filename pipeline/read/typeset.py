"""Blocks without pages in, A4 pages out: every word gets a plausible box, every cell a rectangle.

Margins are those of Nghị định 30/2020/NĐ-CP, appendix I. The result depends on the blocks alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.read.flow import POINTS, Align, Block, Break, Flow, FlowCell, FlowTable, Piece
from pipeline.types import Box, Cell, Line, Origin, Page, Table, Word

A4 = (595.0, 842.0)
_TOP, _BOTTOM, _LEFT, _RIGHT = 57.0, 57.0, 85.0, 43.0
_LEADING = 1.25  # line height by font size
_AFTER = 3.0  # space below a paragraph
_PAD = 4.0  # between a cell's rule and its text
_TAB = 36.0
_NARROWEST = 24.0  # no column is set narrower
# Widths of a Times-like face in thousandths of the size; letters with marks are as wide as their base.
_WIDTHS = {
    **dict.fromkeys("ijlt/\\|'", 278),
    **dict.fromkeys(" .,;:", 250),
    **dict.fromkeys("frsI()[]-", 333),
    **dict.fromkeys("abcdeghknopquvxyzJ", 480),
    **dict.fromkeys("0123456789_$*?–", 500),
    **dict.fromkeys("FPSEZLTB+=<>", 590),
    **dict.fromkeys("ACDGHKNOQRUVXYw", 715),
    **dict.fromkeys("mMW%@—…", 880),
}


@dataclass(frozen=True, slots=True)
class _Set:
    """A typeset line without its height on the page: words with y0 = 0."""

    words: tuple[Word, ...]
    height: float
    opens: bool
    centred: bool


_Laid = tuple[list[list[list[_Set]]], list[float], list[float]]  # a table's cells, row heights, edges


def typeset(blocks: Iterable[Block], *, part: int = 0, first: int = 1) -> tuple[Page, ...]:
    """Pages for `blocks`, numbered from `first`; no pages where nothing is printed."""
    sheets = _Sheets(part, first)
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

    def __init__(self, part: int, first: int) -> None:
        self._part, self._number = part, first
        self._width, self._height = A4
        self._pages: list[Page] = []
        self._items: list[Line | Table] = []
        self._y = _TOP

    @property
    def _measure(self) -> float:
        return self._width - _LEFT - _RIGHT

    @property
    def _room(self) -> float:
        return self._height - _BOTTOM - self._y

    def turn(self, landscape: bool | None = None) -> None:
        if self._items:
            height = max(self._height, self._y + _BOTTOM)  # one row may be taller than a sheet
            page = Page(self._number, self._width, height, Origin.FLOW, tuple(self._items), self._part)
            self._pages.append(page)
            self._number += 1
        self._items = []
        self._y = _TOP
        if landscape is not None:
            self._width, self._height = reversed(A4) if landscape else A4

    def paragraph(self, flow: Flow) -> None:
        for line in set_flow(flow, _LEFT, self._measure):
            if self._room < line.height and self._items:
                self.turn()
            self._items.append(_at(line, self._y))
            self._y += line.height
        self._y += _AFTER

    def table(self, table: FlowTable) -> None:
        edges = _edges(table.widths, _LEFT, self._measure)
        set_rows = [_set_row(row, edges) for row in table.rows]
        heights = _row_heights(table, set_rows)
        begin = 0
        while begin < len(heights):
            fit = _fitting(table, heights, begin, self._room)
            if fit == begin:
                if self._items:
                    self.turn()
                    continue
                fit = _whole(table, begin)
            self._items.append(self._rows(table, (set_rows, heights, edges), begin, fit))
            begin = fit
        self._y += _AFTER

    def _rows(self, table: FlowTable, laid: _Laid, begin: int, end: int) -> Table:
        set_rows, heights, edges = laid
        tops = [self._y]
        for height in heights[begin:end]:
            tops.append(tops[-1] + height)
        places = _origins(table, begin, end)
        rows: list[tuple[Cell, ...]] = []
        for row in range(begin, end):
            cells: list[Cell] = []
            for column, cell in enumerate(table.rows[row]):
                top, left = places[row - begin][column]
                source = table.rows[top][left]
                y0, y1 = tops[top - begin], tops[min(top + source.rows, end) - begin]
                box = Box(edges[left], y0, edges[min(left + source.columns, len(edges) - 1)], y1)
                cells.append(Cell(_stack(set_rows[top][left], y0 + _PAD / 2), box, cell.merged))
            rows.append(tuple(cells))
        box = Box(edges[0], tops[0], edges[-1], tops[-1])
        self._y = tops[-1]
        return Table(tuple(rows), box, table.ruled)

    def finish(self) -> tuple[Page, ...]:
        self.turn()
        return tuple(self._pages)


def _edges(widths: Sequence[float], left: float, measure: float) -> list[float]:
    """Columns' edges: their shares of `measure`, none narrower than can hold a word."""
    floor = min(_NARROWEST, measure / len(widths))
    total = sum(widths) or 1.0
    shares = [max(width / total * measure, floor) for width in widths]
    scale = measure / sum(shares)
    edges = [left]
    for share in shares:
        edges.append(edges[-1] + share * scale)
    return edges


def _set_row(row: tuple[FlowCell, ...], edges: list[float]) -> list[list[_Set]]:
    out: list[list[_Set]] = []
    for column, cell in enumerate(row):
        if cell.merged:
            out.append([])
            continue
        right = edges[min(column + cell.columns, len(edges) - 1)]
        left = edges[column] + _PAD
        width = max(right - _PAD - left, 8.0)
        out.append([line for flow in cell.flows for line in set_flow(flow, left, width)])
    return out


def _row_heights(table: FlowTable, set_rows: list[list[list[_Set]]]) -> list[float]:
    heights = [POINTS + _PAD] * len(table.rows)
    tall: list[tuple[int, int, float]] = []
    for index, row in enumerate(table.rows):
        for cell, lines in zip(row, set_rows[index], strict=True):
            need = sum(line.height for line in lines) + _PAD
            if cell.rows > 1:
                tall.append((index, cell.rows, need))
            else:
                heights[index] = max(heights[index], need)
    for index, count, need in tall:
        last = min(index + count, len(heights)) - 1
        heights[last] += max(0.0, need - sum(heights[index : last + 1]))
    return heights


def _whole(table: FlowTable, begin: int) -> int:
    """The row after the group of rows that cells starting at or after `begin` hold together."""
    end = begin + 1
    row = begin
    while row < min(end, len(table.rows)):
        end = max(end, *(row + cell.rows for cell in table.rows[row] if not cell.merged), row + 1)
        row += 1
    return min(end, len(table.rows))


def _fitting(table: FlowTable, heights: list[float], begin: int, room: float) -> int:
    """The row after the last group of rows that fits in `room`."""
    end = begin
    while end < len(heights):
        after = _whole(table, end)
        room -= sum(heights[end:after])
        if room < 0:
            break
        end = after
    return end


def _origins(table: FlowTable, begin: int, end: int) -> list[list[tuple[int, int]]]:
    """For each cell of rows `begin` to `end`, the row and column where its merged area starts."""
    width = len(table.rows[begin])
    origins = [[(row, column) for column in range(width)] for row in range(begin, end)]
    for row in range(begin, end):
        for column, cell in enumerate(table.rows[row]):
            if cell.merged:
                continue
            for down in range(row, min(row + cell.rows, end)):
                for right in range(column, min(column + cell.columns, width)):
                    origins[down - begin][right] = (row, column)
    return origins


def _stack(lines: list[_Set], y: float) -> tuple[Line, ...]:
    out: list[Line] = []
    for line in lines:
        out.append(_at(line, y))
        y += line.height
    return tuple(out)


def _at(line: _Set, y: float) -> Line:
    words = tuple(
        replace(word, box=Box(word.box.x0, y + word.box.y0, word.box.x1, y + word.box.y1))
        for word in line.words
    )
    return Line(words, line.opens, line.centred)


def set_flow(flow: Flow, left: float, width: float) -> list[_Set]:
    """The lines of a paragraph between `left` and `left + width`; y counts from each line's top."""
    indent = min(max(flow.indent, 0.0), width * 0.6)
    first = min(max(indent + flow.first, 0.0), width * 0.6)
    lines: list[_Set] = []
    for stretch in flow.stretches:
        opens = stretch.opens
        row: list[tuple[Piece, float, float]] = []
        x = first if not lines else indent
        for piece in stretch.pieces:
            space = _gap(piece, x, flow, bool(row))
            span = _width(piece.text, piece.bold) * piece.size
            if row and x + space + span > width:
                lines.append(_line(row, flow.align, left, width, opens))
                row, x, space, opens = [], indent, 0.0, False
            span = min(span, max(width - x - space, 1.0))
            row.append((piece, x + space, span))
            x += space + span
        if row:
            lines.append(_line(row, flow.align, left, width, opens))
    return lines


def _gap(piece: Piece, x: float, flow: Flow, inside: bool) -> float:
    """Points between `x` and the piece: to the next tab stops, and its spaces."""
    space = piece.size * 0.25
    if piece.tabs and flow.align is Align.LEFT:
        at = x
        for _ in range(min(piece.tabs, 40)):
            at = next((stop for stop in flow.stops if stop > at + 1), (at // _TAB + 1) * _TAB)
        return max(at - x, space if inside else 0.0) + piece.spaces * space
    return max(piece.spaces + 4 * piece.tabs, 1 if inside else 0) * space


def _line(
    row: list[tuple[Piece, float, float]], align: Align, left: float, width: float, opens: bool
) -> _Set:
    spare = max(width - row[-1][1] - row[-1][2], 0.0)
    lead = row[0][1] if align is Align.CENTRE else 0.0
    shift = {Align.LEFT: 0.0, Align.CENTRE: (spare - lead) / 2, Align.RIGHT: spare}[align] + left
    size = max(piece.size for piece, _, _ in row)
    words = tuple(_word(piece, x + shift, span, size) for piece, x, span in row)
    return _Set(words, size * _LEADING, opens, align is Align.CENTRE)


def _word(piece: Piece, x: float, span: float, size: float) -> Word:
    box = Box(round(x, 2), round(size - piece.size, 2), round(x + span, 2), round(size * 1.15, 2))
    return Word(piece.text, box, piece.size, piece.bold, piece.italic, piece.raw, piece.source)


@lru_cache(maxsize=65536)
def _width(text: str, bold: bool) -> float:
    """Width of `text` at size 1."""
    total = 0
    for char in unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D")):
        if not unicodedata.combining(char):
            total += _WIDTHS.get(char, 500 if char.islower() else 600)
    return max(total, 100) * (1.06 if bold else 1.0) / 1000
