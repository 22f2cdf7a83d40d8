"""A paragraph without a place in, its lines out, wrapped at a width and with a box for every word."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from pipeline.read.flow import Align, Flow, Piece
from pipeline.types import Box, Line, Word

_LEADING = 1.25  # line height by font size
_TAB = 36.0
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
_Row = list[tuple[Piece, float, float]]  # pieces with x and width


@dataclass(frozen=True, slots=True)
class SetLine:
    """A typeset line without its height on the page: x of its words counts from the page's left."""

    row: tuple[tuple[Piece, float, float], ...]
    size: float
    opens: bool
    centred: bool

    @property
    def height(self) -> float:
        """Points from this line's top to the next one's."""
        return self.size * _LEADING

    def at(self, y: float) -> Line:
        """The line with its top at `y`."""
        top, low = y + self.size, round(y + self.size * 1.15, 2)
        words: list[Word] = []
        for piece, x, span in self.row:
            box = Box(round(x, 2), round(top - piece.size, 2), round(x + span, 2), low)
            words.append(Word(piece.text, box, piece.size, piece.bold, piece.italic, piece.raw, piece.source))
        return Line(tuple(words), self.opens, self.centred)


def set_flow(flow: Flow, left: float, width: float) -> list[SetLine]:
    """The lines of a paragraph between `left` and `left + width`."""
    indent = min(max(flow.indent, 0.0), width * 0.6)
    first = min(max(indent + flow.first, 0.0), width * 0.6)
    lines: list[SetLine] = []
    for stretch in flow.stretches:
        opens = stretch.opens
        row: _Row = []
        x = first if not lines else indent
        for piece in stretch.pieces:
            space = _gap(piece, x, flow, bool(row))
            span = _width(piece.text, piece.bold) * piece.size
            if row and x + space + span > width:
                lines.append(_line(row, flow.align, left, width, opens))
                row, x, space, opens = [], indent, 0.0, False
            space = min(space, max(width - x - span, 0.0)) if not row else space
            span = min(span, max(width - x - space, 1.0))
            row.append((piece, x + space, span))
            x += space + span
        if row:
            lines.append(_line(row, flow.align, left, width, opens))
    return lines


def _gap(piece: Piece, x: float, flow: Flow, inside: bool) -> float:
    """Points between `x` and the piece: to the next tab stops, and its spaces."""
    space = piece.size * 0.25
    if not piece.tabs:
        return (piece.spaces or inside) * space
    if flow.align is Align.LEFT:
        at = x
        for _ in range(min(piece.tabs, 40)):
            at = next((stop for stop in flow.stops if stop > at + 1), (at // _TAB + 1) * _TAB)
        return max(at - x, space if inside else 0.0) + piece.spaces * space
    return (piece.spaces + 4 * piece.tabs) * space


def _line(row: _Row, align: Align, left: float, width: float, opens: bool) -> SetLine:
    spare = max(width - row[-1][1] - row[-1][2], 0.0)
    lead = row[0][1] if align is Align.CENTRE else 0.0
    shift = {Align.LEFT: 0.0, Align.CENTRE: (spare - lead) / 2, Align.RIGHT: spare}[align] + left
    size = max(piece.size for piece, _, _ in row)
    placed = tuple((piece, x + shift, span) for piece, x, span in row)
    return SetLine(placed, size, opens, align is Align.CENTRE)


@lru_cache(maxsize=65536)
def _width(text: str, bold: bool) -> float:
    """Width of `text` at size 1."""
    total = 0
    for char in unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D")):
        if not unicodedata.combining(char):
            total += _WIDTHS.get(char, 500 if char.islower() else 600)
    return max(total, 100) * (1.06 if bold else 1.0) / 1000
