"""What the readers of tables share: cells with spans laid out in a grid, layout tables told from ruled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.errors import Reason, Unreadable
from pipeline.read.flow import Flow, FlowCell
from pipeline.text import match_key

MOST_COLUMNS = 200
_MOST_CELLS = 100_000
_MOST_ROWS_SPANNED = 1000
# What only the two-column head and foot of an act hold (Nghị định 30/2020/NĐ-CP, boxes 1 and 9b).
_FRAMING = re.compile(
    r"cộng hòa xã hội|việt nam dân chủ cộng hòa|đảng cộng sản việt nam|nơi nhận|độc lập\s*-\s*tự do"
)
_HEADING = re.compile(r"(?:s?tt|số tt|số thứ tự|số\s*tt)\b")


@dataclass(frozen=True, slots=True)
class Spanned:
    """A cell as a markup states it: content and the columns and rows it spans."""

    flows: tuple[Flow, ...]
    columns: int = 1
    rows: int = 1


def grid_of(rows: Sequence[Sequence[Spanned]]) -> tuple[tuple[FlowCell, ...], ...]:
    """Rows of equal length; a cell with spans is repeated, `merged`, in all that it covers."""
    placed: dict[tuple[int, int], FlowCell] = {}
    for row, cells in enumerate(rows):
        bounded(len(placed))
        column = 0
        for cell in cells:
            while (row, column) in placed:
                column += 1
            if column >= MOST_COLUMNS:
                break
            columns = min(max(cell.columns, 1), MOST_COLUMNS - column)
            height = min(max(cell.rows, 1), _MOST_ROWS_SPANNED, len(rows) - row)
            _put(placed, (row, column), FlowCell(cell.flows, columns, height))
            column += columns
    width = max((column + 1 for _, column in placed), default=0)
    empty = FlowCell(())
    return tuple(
        tuple(placed.get((row, column), empty) for column in range(width)) for row in range(len(rows))
    )


def bounded(cells: int) -> None:
    """Refuses a table of more cells than any annex has."""
    if cells > _MOST_CELLS:
        raise Unreadable(Reason.TOO_LARGE, "bảng quá lớn (table too large)")


def _put(placed: dict[tuple[int, int], FlowCell], at: tuple[int, int], cell: FlowCell) -> None:
    """Sets `cell` and its repetitions; its spans end where another cell stands already."""
    row, column = at
    while cell.columns > 1 and any((row, column + over) in placed for over in range(1, cell.columns)):
        cell = replace(cell, columns=cell.columns - 1)
    for down in range(cell.rows):
        for over in range(cell.columns):
            placed[row + down, column + over] = replace(cell, merged=bool(down or over))


def ruled_by_content(text: str, columns: int, rows: int) -> bool | None:
    """Whether a table with this text is a ruled one whatever its rules say; None where that must decide."""
    key = match_key(text[:1000]).strip()
    if columns <= 4 and rows <= 8 and _FRAMING.search(key):
        return False
    return True if columns >= 3 and rows > 1 and _HEADING.match(key) else None


def text_of(flows: Sequence[Flow]) -> str:
    """The words of paragraphs, spaced once."""
    return " ".join(piece.text for flow in flows for part in flow.stretches for piece in part.pieces)
