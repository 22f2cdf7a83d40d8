"""Ruling lines and words → ruled tables, merged cells repeated.

In: a page's level and upright rulings and its words. Out: `Table`s, and the words outside them. Two
neighbouring fields of the grid belong to one cell where no ruling parts them; that is all there is to
merged cells. Joining over pages is the work of pipeline.structure.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.types import Box, Cell, Line, Table, Word

SNAP = 3.0  # points: rulings nearer than this are one
REACH = 4.0  # points: a ruling that ends this near another one meets it
MOST_RULINGS = 4000

Ruling = tuple[float, float, float]  # place, start, end


@dataclass(frozen=True, slots=True)
class _Grid:
    """Rows and columns of one table and the rulings in it."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    level: tuple[Ruling, ...]
    upright: tuple[Ruling, ...]

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def find_tables(
    level: Sequence[Ruling],
    upright: Sequence[Ruling],
    rows: Sequence[Sequence[Word]],
    narrowest: float = 0.0,
) -> tuple[tuple[Table, ...], list[list[Word]]]:
    """The tables from top to bottom, at least `narrowest` points wide, and the rows of words without
    those that stand in tables."""
    tables, rest = [], [list(row) for row in rows]
    for grid in _grids(merge(level), merge(upright)):
        if grid.xs[-1] - grid.xs[0] < narrowest:
            continue
        inside = [[word for word in row if _within(word, grid.box)] for row in rest]
        table = _table(grid, inside)
        if table is not None:
            tables.append(table)
            rest = [[word for word in row if not _within(word, grid.box)] for row in rest]
    return tuple(tables), [row for row in rest if row]


def merge(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Rulings at one place that touch or overlap, made one; double lines become single."""
    merged: list[Ruling] = []
    for group in _clusters(list(rulings)[:MOST_RULINGS]):
        place = sum(ruling[0] for ruling in group) / len(group)
        start, end = None, 0.0
        for _, low, high in sorted(group, key=lambda ruling: ruling[1]):
            if start is None:
                start, end = low, high
            elif low <= end + REACH:
                end = max(end, high)
            else:
                merged.append((place, start, end))
                start, end = low, high
        if start is not None:
            merged.append((place, start, end))
    return merged


def _clusters(rulings: list[Ruling]) -> list[list[Ruling]]:
    groups: list[list[Ruling]] = []
    for ruling in sorted(rulings):
        if groups and ruling[0] - groups[-1][0][0] <= SNAP:
            groups[-1].append(ruling)
        else:
            groups.append([ruling])
    return groups


def _grids(level: list[Ruling], upright: list[Ruling]) -> list[_Grid]:
    """One grid for each set of rulings that hang together by crossing."""
    parent = list(range(len(level) + len(upright)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, ruling in enumerate(level):
        for j, other in enumerate(upright):
            if _cross(ruling, other):
                parent[root(i)] = root(len(level) + j)
    parts: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for i, ruling in enumerate(level):
        parts.setdefault(root(i), ([], []))[0].append(ruling)
    for j, other in enumerate(upright):
        parts.setdefault(root(len(level) + j), ([], []))[1].append(other)
    grids = [_grid(rows, columns) for rows, columns in parts.values()]
    return sorted((grid for grid in grids if grid), key=lambda grid: grid.ys[0])


def _cross(level: Ruling, upright: Ruling) -> bool:
    y, x0, x1 = level
    x, y0, y1 = upright
    return x0 - REACH <= x <= x1 + REACH and y0 - REACH <= y <= y1 + REACH


def _grid(level: list[Ruling], upright: list[Ruling]) -> _Grid | None:
    """A grid of two columns at least; tables without outer uprights are closed at their ends."""
    if len(level) < 2 or not upright:
        return None
    x0, x1 = min(ruling[1] for ruling in level), max(ruling[2] for ruling in level)
    y0, y1 = min(ruling[1] for ruling in upright), max(ruling[2] for ruling in upright)
    xs = _places([ruling[0] for ruling in upright], x0, x1)
    ys = _places([ruling[0] for ruling in level], y0, y1)
    if len(xs) < 3 or len(ys) < 2:
        return None
    return _Grid(xs, ys, tuple(level), tuple(upright))


def _places(found: list[float], low: float, high: float) -> tuple[float, ...]:
    places: list[float] = []
    for place in sorted([*found, low, high]):
        if not places or place - places[-1] > SNAP + REACH / 2:
            places.append(place)
    return tuple(places)


def _within(word: Word, box: Box) -> bool:
    x, y = (word.box.x0 + word.box.x1) / 2, (word.box.y0 + word.box.y1) / 2
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


def _table(grid: _Grid, inside: Sequence[Sequence[Word]]) -> Table | None:
    """The grid's table; None where fewer than two cells hold words (a frame, a rule, a drawing)."""
    homes = _regions(grid)
    held: dict[tuple[int, int], list[Line]] = {}
    for row in inside:
        for home, words in _by_cell(grid, homes, row).items():
            held.setdefault(home, []).append(Line(tuple(words)))
    if len(held) < 2:
        return None
    boxes = _boxes(grid, homes)
    rows = tuple(
        tuple(
            Cell(tuple(held.get(home, ())), boxes[home], merged=home != (row, column))
            for column in range(len(grid.xs) - 1)
            for home in [homes[row, column]]
        )
        for row in range(len(grid.ys) - 1)
    )
    return Table(rows, grid.box)


def _by_cell(
    grid: _Grid, homes: dict[tuple[int, int], tuple[int, int]], row: Sequence[Word]
) -> dict[tuple[int, int], list[Word]]:
    """The words of one row of text by the cells that hold their middles."""
    found: dict[tuple[int, int], list[Word]] = {}
    for word in sorted(row, key=lambda word: word.box.x0):
        down = bisect_right(grid.ys, (word.box.y0 + word.box.y1) / 2) - 1
        across = bisect_right(grid.xs, (word.box.x0 + word.box.x1) / 2) - 1
        field = (min(down, len(grid.ys) - 2), min(across, len(grid.xs) - 2))
        found.setdefault(homes[field], []).append(word)
    return found


def _regions(grid: _Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """Each field's cell, named by the cell's first field in reading order."""
    homes: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(grid.ys) - 1):
        for column in range(len(grid.xs) - 1):
            homes[row, column] = (row, column)
            top, left = grid.ys[row], grid.xs[column]
            bottom, right = grid.ys[row + 1], grid.xs[column + 1]
            if column and not _parted(grid.upright, left, top, bottom):
                homes[row, column] = homes[row, column - 1]
            if row and not _parted(grid.level, top, left, right):
                _join(homes, homes[row, column], homes[row - 1, column])
    return homes


def _join(
    homes: dict[tuple[int, int], tuple[int, int]], one: tuple[int, int], other: tuple[int, int]
) -> None:
    first, second = min(one, other), max(one, other)
    if first != second:
        for field, home in homes.items():
            if home == second:
                homes[field] = first


def _parted(rulings: Sequence[Ruling], place: float, start: float, end: float) -> bool:
    """True if rulings at `place` cover most of the way from `start` to `end`."""
    covered = sum(
        max(0.0, min(end, high) - max(start, low))
        for at, low, high in rulings
        if abs(at - place) <= SNAP + REACH / 2
    )
    return covered > 0.6 * (end - start)


def _boxes(grid: _Grid, homes: dict[tuple[int, int], tuple[int, int]]) -> dict[tuple[int, int], Box]:
    boxes: dict[tuple[int, int], Box] = {}
    for (row, column), home in homes.items():
        box = Box(grid.xs[column], grid.ys[row], grid.xs[column + 1], grid.ys[row + 1])
        boxes[home] = boxes[home].union(box) if home in boxes else box
    return boxes
