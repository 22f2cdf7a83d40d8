"""Word tables in, grids out: spans spread over the cells they cover, layout tables told from ruled ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from pipeline.read.docx_styles import VAL, Styles, W, has_borders, number
from pipeline.read.flow import Block, Flow, FlowCell, FlowTable
from pipeline.read.grids import MOST_COLUMNS, bounded, ruled_by_content, text_of

_ROW, _CELL, _SDT = W + "tr", W + "tc", {W + "sdt", W + "sdtContent", W + "customXml", W + "ins"}
Reader = Callable[[Any], list[Block]]


def read_table(table: Any, styles: Styles, read: Reader) -> list[Block]:
    """A w:tbl as one `FlowTable`; a table of a single cell or an unruled column as its content."""
    rows = [list(_cells(row)) for row in _rows(table)]
    if not any(rows):
        return []
    widths = _widths(table, rows)
    bounded(len(rows) * len(widths))
    grid, content = _grid(rows, len(widths), read)
    texts = " ".join(text_of(cell.flows) for row in grid for cell in row if not cell.merged)
    ruled = _ruled(table, rows, styles, texts, len(widths))
    used = [column for column in range(len(widths)) if any(not row[column].merged for row in grid)]
    if (len(grid) == 1 and len(used) == 1) or (len(used) == 1 and not ruled):
        return [block for blocks in content for block in blocks]
    return [FlowTable(grid, widths, ruled)]


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == _ROW:
            properties = child.find(W + "trPr")
            if properties is None or properties.find(W + "del") is None:
                yield child
        elif child.tag in _SDT:
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == _CELL:
            yield child
        elif child.tag in _SDT:
            yield from _cells(child)


def _property(parent: Any, of: str, tag: str) -> Any:
    properties = parent.find(W + of)
    return None if properties is None else properties.find(W + tag)


def _count(found: Any, otherwise: int) -> int:
    value = None if found is None else number(found.get(VAL))
    return otherwise if value is None else min(max(int(value), 0), MOST_COLUMNS)


def _span(cell: Any) -> int:
    return max(_count(_property(cell, "tcPr", "gridSpan"), 1), 1)


def _before(cells: list[Any]) -> int:
    return _count(_property(cells[0].getparent(), "trPr", "gridBefore"), 0) if cells else 0


def _widths(table: Any, rows: list[list[Any]]) -> tuple[float, ...]:
    """Columns' widths by w:tblGrid, as many as the widest row needs."""
    found = table.find(W + "tblGrid")
    columns = () if found is None else found.iter(W + "gridCol")
    widths = [number(column.get(W + "w")) or 0.0 for column in columns]
    need = max(_before(cells) + sum(_span(cell) for cell in cells) for cells in rows)
    need = min(need, MOST_COLUMNS)
    mean = sum(widths) / len(widths) if widths and sum(widths) else 1.0
    return tuple(widths[:need] + [mean] * (need - len(widths)))


def _grid(
    rows: list[list[Any]], width: int, read: Reader
) -> tuple[tuple[tuple[FlowCell, ...], ...], list[list[Block]]]:
    grid: list[list[FlowCell]] = []
    content: list[list[Block]] = []
    for cells in rows:
        line: list[FlowCell] = [FlowCell(())] * min(_before(cells) if cells else 0, width)
        for cell in cells:
            span = min(_span(cell), width - len(line))
            if span < 1:
                break
            merge = _property(cell, "tcPr", "vMerge")
            above = grid[-1][len(line)] if grid else None
            if merge is not None and merge.get(VAL, "continue") == "continue" and above is not None:
                _grow(grid, len(line))
                line += [replace(above, merged=True)] * span
                continue
            blocks = read(cell)
            content.append(blocks)
            first = FlowCell(tuple(flatten(blocks)), columns=span)
            line += [first] + [replace(first, merged=True)] * (span - 1)
        line += [FlowCell(())] * (width - len(line))
        grid.append(line)
    return tuple(tuple(line) for line in grid), content


def _grow(grid: list[list[FlowCell]], column: int) -> None:
    """Makes the cell that begins the merged area above `column` one row taller."""
    row = len(grid) - 1
    while row > 0 and grid[row][column].merged:
        row -= 1
    cell = grid[row][column]
    grid[row][column] = replace(cell, rows=len(grid) - row + 1)


def flatten(blocks: list[Block]) -> Iterator[Flow]:
    """The paragraphs of `blocks`, those of nested tables row by row."""
    for block in blocks:
        if isinstance(block, Flow):
            yield block
        elif isinstance(block, FlowTable):
            for row in block.rows:
                for cell in row:
                    if not cell.merged:
                        yield from cell.flows


def _ruled(table: Any, rows: list[list[Any]], styles: Styles, text: str, width: int) -> bool:
    certain = ruled_by_content(text, width, len(rows))
    if certain is not None:
        return certain
    borders = has_borders(_property(table, "tblPr", "tblBorders"))
    if borders is None:
        style = _property(table, "tblPr", "tblStyle")
        borders = styles.bordered(None if style is None else style.get(VAL))
    drawn = [has_borders(_property(cell, "tcPr", "tcBorders")) for cells in rows for cell in cells]
    if borders and not all(own is False for own in drawn):
        return True
    return sum(own is True for own in drawn) * 2 >= len(drawn)
