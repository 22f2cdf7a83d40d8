"""Words with boxes → lines: one baseline each, never across a column gap.

In: the words of one page or one table cell, in any order. Out: `Line`s from top to bottom, left to
right. Used for text layers and for OCR alike.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from pipeline.types import Box, Line, Table, Word

# A list marker stands off from its text by a tab, which is no column gap.
_MARKER = re.compile(r"(?:[-–—+*•●○▪·]|(?:[0-9]{1,3}|[IVXLC]{1,6}|[a-zđ])(?:\.[0-9]{1,3})*[.)/]?)$")
# The blanks that the heading leaves for number and day ("Số:      /CT-UBND", "ngày     tháng").
_BEFORE_BLANK = re.compile(r"(?i)(?:số|số:|so:|ngày|tháng|năm)$")
_AFTER_BLANK = re.compile(r"(?i)(?:[/-].*|tháng|năm)$")


def lines_of(rows: Iterable[Sequence[Word]]) -> tuple[Line, ...]:
    """Rows of words cut at column gaps, from top to bottom, then left to right."""
    return reading_order(line for row in rows if row for line in _split(row))


def reading_order(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Lines from top to bottom; lines whose feet stand level come left to right."""
    placed = sorted(((line.box, line) for line in lines), key=lambda pair: pair[0].y1)
    rows: list[list[tuple[Box, Line]]] = []
    for box, line in placed:
        if rows and box.y1 - rows[-1][0][0].y1 < 0.3 * (box.y1 - box.y0):
            rows[-1].append((box, line))
        else:
            rows.append([(box, line)])
    return tuple(line for row in rows for _, line in sorted(row, key=lambda pair: pair[0].x0))


def in_order(lines: Sequence[Line], tables: Sequence[Table]) -> tuple[Line | Table, ...]:
    """Lines with the tables set in before the first line that stands below their top."""
    items: list[Line | Table] = list(lines)
    for table in tables:
        top = table.box.y0 if table.box else 0.0
        at = next((i for i, item in enumerate(items) if item.box and item.box.y1 > top + 3), len(items))
        items.insert(at, table)
    return tuple(items)


def with_lines(items: Sequence[Line | Table], lines: Iterable[Line]) -> tuple[Line | Table, ...]:
    """`items` with further lines set in where they stand."""
    found = list(items)
    for line in lines:
        foot = line.box.y1
        at = next((i for i, item in enumerate(found) if item.box and item.box.y1 > foot), len(found))
        found.insert(at, line)
    return tuple(found)


def rows_of(words: Iterable[Word]) -> list[list[Word]]:
    """Words of a text layer whose feet stand level are one row: tops differ with the accents there,
    feet do not."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.box.y1):
        if rows and word.box.y1 - rows[-1][0].box.y1 < 0.45 * max(_size(word), _size(rows[-1][0])):
            rows[-1].append(word)
        else:
            rows.append([word])
    for row in rows:
        row.sort(key=lambda word: word.box.x0)
    return rows


def _size(word: Word) -> float:
    return word.size or word.box.y1 - word.box.y0


def _split(words: Sequence[Word]) -> list[Line]:
    row = sorted(words, key=lambda word: word.box.x0)
    gaps = [right.box.x0 - left.box.x1 for left, right in itertools.pairwise(row)]
    if not gaps:
        return [Line(tuple(row))]
    usual = sorted(gaps)[len(gaps) // 2] if len(gaps) > 2 else 0.0
    lines, start = [], 0
    for at, gap in enumerate(gaps):
        if _is_column_gap(row[at], row[at + 1], gap, usual, at == start):
            lines.append(Line(tuple(row[start : at + 1])))
            start = at + 1
    lines.append(Line(tuple(row[start:])))
    return lines


def _is_column_gap(left: Word, right: Word, gap: float, usual: float, first: bool) -> bool:
    size = max(left.size, right.size, 6.0)
    if gap < 1.3 * size or gap < 3 * usual:
        return False
    if first and _MARKER.match(left.text):
        return gap > 5 * size
    if _BEFORE_BLANK.match(left.text) or _AFTER_BLANK.match(right.text):
        return gap > 8 * size
    return True


def overlap(one: Box, other: Box) -> float:
    """Shared area as a share of the smaller box."""
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.y1, other.y1) - max(one.y0, other.y0)
    if across <= 0 or down <= 0:
        return 0.0
    return across * down / max(0.01, min(area(one), area(other)))


def area(box: Box) -> float:
    """Area in square points."""
    return (box.x1 - box.x0) * (box.y1 - box.y0)
