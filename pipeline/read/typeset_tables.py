"""A table without places in, its rows typeset out: cells get rectangles, merged cells are shown on every
page that they reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.read.flow import POINTS, FlowCell, FlowTable
from pipeline.read.typeset_lines import SetLine, set_flow
from pipeline.types import Box, Cell, Line, Table

_PAD = 4.0  # between a cell's rule and its text
_NARROWEST = 24.0  # no column is set narrower, where there is room


@dataclass(frozen=True)
class LaidTable:
    """A table whose cells are typeset but do not stand on a page yet."""

    table: FlowTable
    edges: tuple[float, ...]
    cells: tuple[tuple[tuple[SetLine, ...], ...], ...]
    heights: tuple[float, ...]

    def together(self, begin: int) -> int:
        """The row after those that merged cells bind to row `begin`."""
        rows = self.table.rows
        end = begin + 1
        row = begin
        while row < end:
            end = max(end, *(row + cell.rows for cell in rows[row] if not cell.merged), row + 1)
            end = min(end, len(rows))
            row += 1
        return end

    def fitting(self, begin: int, room: float) -> int:
        """The row after the last bound group that fits in `room`, counted from `begin`."""
        end = begin
        while end < len(self.heights):
            after = self.together(end)
            room -= sum(self.heights[end:after])
            if room < 0:
                break
            end = after
        return end

    def cut(self, begin: int, room: float) -> int:
        """Like `fitting` without regard to merged cells; at least one row."""
        end = begin
        while end < len(self.heights) and (room := room - self.heights[end]) >= 0:
            end += 1
        return max(end, begin + 1)

    def place(self, begin: int, end: int, y: float) -> Table:
        """Rows `begin` to `end` with their top at `y`."""
        tops = [y]
        for height in self.heights[begin:end]:
            tops.append(tops[-1] + height)
        shown: dict[tuple[int, int], Cell] = {}
        rows: list[tuple[Cell, ...]] = []
        for row in range(begin, end):
            for origin in self._origins[row]:
                if origin not in shown:
                    shown[origin] = self._cell(origin, begin, end, tops)
            rows.append(
                tuple(
                    shown[origin] if origin == (row, column) else replace(shown[origin], merged=True)
                    for column, origin in enumerate(self._origins[row])
                )
            )
        box = _box(self.edges[0], tops[0], self.edges[-1], tops[-1])
        return Table(tuple(rows), box, self.table.ruled)

    def _cell(self, origin: tuple[int, int], begin: int, end: int, tops: list[float]) -> Cell:
        """The cell that begins at `origin`, cut to rows `begin` to `end` whose edges are `tops`."""
        top, left = origin
        first = self.table.rows[top][left]
        y0 = tops[max(top, begin) - begin]
        y1 = tops[min(top + first.rows, end) - begin]
        x1 = self.edges[min(left + first.columns, len(self.edges) - 1)]
        lines = _stack(self.cells[top][left], y0 + _PAD / 2)
        return Cell(lines, _box(self.edges[left], y0, x1, y1), merged=False)

    @cached_property
    def _origins(self) -> list[list[tuple[int, int]]]:
        """For each cell the row and column where its merged area begins."""
        rows = self.table.rows
        width = len(self.edges) - 1
        origins = [[(row, column) for column in range(width)] for row in range(len(rows))]
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell.merged:
                    continue
                for down in range(row, min(row + cell.rows, len(rows))):
                    for right in range(column, min(column + cell.columns, width)):
                        origins[down][right] = (row, column)
        return origins


def lay(table: FlowTable, left: float, measure: float) -> LaidTable:
    """`table` typeset in columns over `measure` points from `left`."""
    edges = _edges(table.widths, left, measure)
    cells = tuple(_set_row(row, edges) for row in table.rows)
    return LaidTable(table, edges, cells, _row_heights(table, cells))


def _edges(widths: Sequence[float], left: float, measure: float) -> tuple[float, ...]:
    """Columns' edges: their shares of `measure`, none narrower than can hold a word."""
    floor = min(_NARROWEST, measure / len(widths))
    total = sum(widths) or 1.0
    shares = [max(width / total * measure, floor) for width in widths]
    scale = measure / sum(shares)
    edges = [left]
    for share in shares:
        edges.append(edges[-1] + share * scale)
    return tuple(edges)


def _set_row(row: tuple[FlowCell, ...], edges: tuple[float, ...]) -> tuple[tuple[SetLine, ...], ...]:
    out: list[tuple[SetLine, ...]] = []
    for column, cell in enumerate(row):
        right = edges[min(column + cell.columns, len(edges) - 1)]
        pad = min(_PAD, (right - edges[column]) / 4)
        width = right - edges[column] - 2 * pad
        flows = () if cell.merged else cell.flows
        out.append(tuple(line for flow in flows for line in set_flow(flow, edges[column] + pad, width)))
    return tuple(out)


def _row_heights(table: FlowTable, cells: tuple[tuple[tuple[SetLine, ...], ...], ...]) -> tuple[float, ...]:
    heights = [POINTS + _PAD] * len(table.rows)
    tall: list[tuple[int, int, float]] = []
    for index, (row, row_lines) in enumerate(zip(table.rows, cells, strict=True)):
        for cell, lines in zip(row, row_lines, strict=True):
            need = sum(line.height for line in lines) + _PAD
            if cell.rows > 1:
                tall.append((index, cell.rows, need))
            else:
                heights[index] = max(heights[index], need)
    for index, count, need in tall:
        last = min(index + count, len(heights)) - 1
        heights[last] += max(0.0, need - sum(heights[index : last + 1]))
    return tuple(heights)


def _stack(lines: tuple[SetLine, ...], y: float) -> tuple[Line, ...]:
    out: list[Line] = []
    for line in lines:
        out.append(line.at(y))
        y += line.height
    return tuple(out)


def _box(x0: float, y0: float, x1: float, y1: float) -> Box:
    return Box(round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2))
