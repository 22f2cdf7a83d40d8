"""A line on its way to a paragraph: with its page and what the layout says of it."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.types import Box, Line, Origin


@dataclass(frozen=True, slots=True)
class Row:
    """A line of page `page`. `opens` says whether a paragraph begins with it, None where that is still to
    be seen; `framed` rows belong to the columns of head or foot, where each line stands for itself."""

    line: Line
    box: Box
    page: int
    origin: Origin
    text: str
    opens: bool | None = None
    centred: bool = False
    indent: float = 0.0
    framed: bool = False

    @property
    def size(self) -> float:
        """Height of the letters in points."""
        return self.line.words[0].size or self.box.y1 - self.box.y0


def row_of(line: Line, page: int, origin: Origin, *, framed: bool = False) -> Row | None:
    """A line as a row; None for a line without words."""
    if not line.words:
        return None
    boxes = [word.box for word in line.words]
    around = Box(
        min(box.x0 for box in boxes),
        min(box.y0 for box in boxes),
        max(box.x1 for box in boxes),
        max(box.y1 for box in boxes),
    )
    return Row(
        line, around, page, origin, line.text, opens=line.opens, centred=bool(line.centred), framed=framed
    )
