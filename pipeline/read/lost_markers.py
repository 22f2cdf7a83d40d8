"""List markers that layout analysis lost: "2.", "a)", "-" standing alone before a line.

In: the rows of words read so far, the picture with those words painted over, a reader of small crops.
Out: the rows, each with the marker that stands right before it. A lost marker merges two items of a
list, and so two tasks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.types import Box, Word

if TYPE_CHECKING:
    from PIL.Image import Image

REACH = 45.0  # points to the left of a line in which its marker stands
_MARKER = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[a-zđ][.)]|[IVX]{1,4}\.)$")

Reader = Callable[["Image"], tuple[str, float]]


def with_markers(rows: Sequence[Sequence[Word]], left: Image, dpi: float, read: Reader) -> list[list[Word]]:
    """The rows, completed where ink that reads as a marker stands before them."""
    import numpy as np

    ink = np.asarray(left) < 128
    return [[*_marker(row, ink, left, dpi, read), *row] for row in rows if row]


def _marker(row: Sequence[Word], ink: Any, left: Image, dpi: float, read: Reader) -> list[Word]:
    first = row[0]
    if len(row) < 3 or _MARKER.match(first.text) or not first.text[0].isalnum():
        return []
    top, bottom = min(word.box.y0 for word in row[:3]), max(word.box.y1 for word in row[:3])
    found = _ink_before(ink, Box(first.box.x0 - REACH, top, first.box.x0 - 2, bottom), dpi)
    if found is None:
        return []
    if _is_dash(found, top, bottom):
        return [Word("-", found, first.size, confidence=0.6)]
    scale = dpi / 72
    sides = (found.x0 * scale, found.y0 * scale, found.x1 * scale, found.y1 * scale)
    text, confidence = read(left.crop(sides))
    if confidence < 0.5 or not _MARKER.match(text):
        return []
    return [Word(text, found, first.size, confidence=round(confidence, 3))]


def _ink_before(ink: Any, box: Box, dpi: float) -> Box | None:
    """The box around the ink in `box`, None if there is none or it runs out of it (a stroke, a frame)."""
    import numpy as np

    scale = dpi / 72
    x0, x1 = max(0, round(box.x0 * scale)), max(0, round(box.x1 * scale))
    y0, y1 = max(0, round(box.y0 * scale)), round(box.y1 * scale)
    part = ink[y0:y1, x0:x1]
    columns = np.flatnonzero(part.any(axis=0))
    if not len(columns):
        return None
    # Only what stands together nearest to the line: specks farther left are no part of its marker.
    breaks = np.flatnonzero(np.diff(columns) > 6 * scale)
    start = int(columns[breaks[-1] + 1]) if len(breaks) else int(columns[0])
    part = part[:, start:]
    ys, xs = np.nonzero(part)
    if len(xs) < 12 or start == 0 or (part[0].any() and part[-1].any()):
        return None
    sides = x0 + start + xs.min(), y0 + ys.min(), x0 + start + xs.max() + 1, y0 + ys.max() + 1
    return Box(*(float(side) / scale for side in sides))


def _is_dash(box: Box, top: float, bottom: float) -> bool:
    """A level stroke at half height."""
    across, down = box.x1 - box.x0, box.y1 - box.y0
    middle = ((box.y0 + box.y1) / 2 - top) / (bottom - top)
    return 2.5 <= across <= 12 and down <= 0.5 * across and 0.35 <= middle <= 0.75
