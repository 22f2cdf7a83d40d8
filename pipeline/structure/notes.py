"""A page's rows in, its footnotes told from them: they would cut a paragraph that runs on over the page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.structure.columns import Sheet
from pipeline.structure.rows import Row
from pipeline.types import Origin

_SMALL = 0.85  # of the body's letters
_CALL = re.compile(r"(?:\d{1,2}|[*†]+)\s+\w")


def without_notes(items: Sequence[Row | Sheet]) -> tuple[list[Row | Sheet], list[Row]]:
    """The items without the small print at the page's end that begins with a number, and that print."""
    rows = [item for item in items if isinstance(item, Row)]
    if not rows or rows[0].origin is not Origin.TEXT:
        return list(items), []
    sizes = sorted(_size(row) for row in rows)
    body = sizes[len(sizes) // 2]
    at = len(items)
    while at > 0 and isinstance(row := items[at - 1], Row) and not row.framed and _size(row) < _SMALL * body:
        at -= 1
    while at < len(items) and not _CALL.match(_text(items[at])):
        at += 1
    return list(items[:at]), [row for row in items[at:] if isinstance(row, Row)]


def _size(row: Row) -> float:
    """Letters' height by the largest word: a footnote's number is smaller still."""
    return max(word.size for word in row.line.words) or row.size


def _text(item: Row | Sheet) -> str:
    return item.text if isinstance(item, Row) else ""
