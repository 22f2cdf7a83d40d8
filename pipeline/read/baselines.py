"""Words with boxes → lines: one baseline each, never across a column gap.

In: the words of one page or one table cell, in any order. Out: `Line`s from top to bottom, left to
right. Used for text layers and for OCR alike.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from pipeline.types import Line, Word

# A list marker stands off from its text by a tab, which is no column gap.
_MARKER = re.compile(r"(?:[-–—+*•●○▪·]|(?:[0-9]{1,3}|[IVXLC]{1,6}|[a-zđ])(?:\.[0-9]{1,3})*[.)/]?)$")
# The blanks that the heading leaves for number and day ("Số:      /CT-UBND", "ngày     tháng").
_BEFORE_BLANK = re.compile(r"(?i)(?:số|số:|so:|ngày|tháng|năm)$")
_AFTER_BLANK = re.compile(r"(?i)(?:[/-].*|tháng|năm)$")


def lines_of(words: Iterable[Word], split: bool = True) -> tuple[Line, ...]:
    """Lines from top to bottom, then left to right; `split` cuts them at column gaps."""
    lines = [line for row in _rows(list(words)) for line in (_split(row) if split else [Line(tuple(row))])]
    return tuple(sorted(lines, key=_place))


def _place(line: Line) -> tuple[float, float]:
    """Reading order of lines: lines that share a row come left to right."""
    box = line.box
    return (round(box.y1 / 3), box.x0)


def split_at_gaps(words: Sequence[Word]) -> list[Line]:
    """The words of one row, left to right, cut where a column gap lies between them."""
    return _split(sorted(words, key=lambda word: word.box.x0))


def _rows(words: list[Word]) -> list[list[Word]]:
    """Words whose feet stand level are one row: tops differ with the accents, feet do not."""
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


def _split(row: list[Word]) -> list[Line]:
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
    if gap < size or gap < 3 * usual:
        return False
    if first and _MARKER.match(left.text):
        return gap > 5 * size
    if _BEFORE_BLANK.match(left.text) or _AFTER_BLANK.match(right.text):
        return gap > 8 * size
    return True
