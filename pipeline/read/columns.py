"""A head or foot written in two columns with tabs or spaces in; a table without rules out.

So do offices write that use no table: "UBND TỈNH [tabs] CỘNG HÒA XÃ HỘI…", "Nơi nhận: [tabs] CHỦ TỊCH".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.read.flow import Align, Block, Flow, FlowCell, FlowTable, Piece, Stretch
from pipeline.text import match_key

_GAP = 4  # spaces between words that part two columns; one tab does as well
_FAR = 160.0  # points from the left margin: a line that begins there stands in the right column
_TAB, _SPACE = 36.0, 0.25  # a tab in points, a space in parts of the size
_TALLEST = 40  # paragraphs of a head or foot
_NARROW = 60  # characters of a column's line
_FRAMING = re.compile(r"cộng hòa xã hội|độc lập\s*-\s*tự do|đảng cộng sản việt nam|nơi nhận")
_BODY = re.compile(r"kính gửi|(?:[ivx]+|\d+(?:\.\d+)*|[a-zđ])[.)] |(?:điều|chương|mục|phần|phụ lục) ")


def split(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with such heads and feet made tables."""
    out: list[Block] = []
    at = 0
    while at < len(blocks):
        end = end_of(blocks, at)
        out.append(table_of(blocks[at:end]) if end > at else blocks[at])
        at = max(end, at + 1)
    return out


def end_of(blocks: Sequence[Block], begin: int) -> int:
    """Where a two-column head or foot that begins at `begin` ends; `begin` itself where none does."""
    first = blocks[begin]
    if not isinstance(first, Flow) or not any(_gap(part) for part in first.stretches):
        return begin
    last, words = begin, ""
    for at in range(begin, min(begin + _TALLEST, len(blocks))):
        block = blocks[at]
        if not isinstance(block, Flow) or not all(_fits(part, block) for part in block.stretches):
            break
        last = at + 1
        words += " " + match_key(" ".join(_text(part.pieces) for part in block.stretches))
    return last if _FRAMING.search(words) else begin


def table_of(flows: Sequence[Block]) -> FlowTable:
    """The paragraphs as one row of two cells."""
    sides: tuple[list[Flow], list[Flow]] = ([], [])
    for flow in flows:
        assert isinstance(flow, Flow)
        for part in flow.stretches:
            gap = _gap(part)
            if gap:
                _add(sides[0], part.pieces[:gap])
                _add(sides[1], part.pieces[gap:])
            else:
                _add(sides[_stands_right(part, flow)], part.pieces)
    cells = tuple(FlowCell(tuple(side)) for side in sides)
    return FlowTable((cells,), (2.0, 3.0), ruled=False)


def _add(side: list[Flow], pieces: Sequence[Piece]) -> None:
    head, *rest = pieces
    side.append(Flow((Stretch((replace(head, tabs=0, spaces=0), *rest)),), Align.CENTRE))


def _gap(part: Stretch) -> int:
    """The word before which the widest gap stands, 0 where there is none."""
    widths = [0, *(piece.tabs * _GAP + piece.spaces for piece in part.pieces[1:])]
    widest = max(widths)
    return widths.index(widest) if widest >= _GAP else 0


def _stands_right(part: Stretch, flow: Flow) -> bool:
    head = part.pieces[0]
    begins = flow.indent + flow.first + head.tabs * _TAB + head.spaces * _SPACE * head.size
    return flow.align is Align.RIGHT or begins >= _FAR or head.spaces >= _NARROW // 4


def _fits(part: Stretch, flow: Flow) -> bool:
    """Whether a line may belong to the columns: it has a gap, or is a short line of one of them."""
    text = _text(part.pieces)
    key = match_key(text)
    if _BODY.match(key):
        return False
    if _gap(part) or _stands_right(part, flow) or key.startswith("-"):
        return True
    return len(text) <= _NARROW and flow.align is not Align.CENTRE


def _text(pieces: Sequence[Piece]) -> str:
    return " ".join(piece.text for piece in pieces)
