"""What a format without pages holds, before it is typeset: blocks of pieces, not yet placed.

The readers of docx, text, html, rtf and xlsx give blocks; `pipeline.read.typeset` gives pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.text import match_key, nfc
from pipeline.types import Span

_ITEM = re.compile(r"(?:[IVX]+|\d+(?:\.\d+)*|[a-zđ])[.)]$|[-–—+•*]|(?:Điều|Chương|Mục|Phần|Phụ|Số:|V/v:?)$")
_RULE = re.compile(r"[-_=*–—.…]{3,}$")
# A heading's first line: the kind of act, or the number of an annex; its title follows below.
_KIND = re.compile(
    r"(?:quyết định|chỉ thị|thông báo|kế hoạch|nghị quyết|công điện|thông tư|nghị định|chương trình|báo cáo"
    r"|tờ trình|hướng dẫn|quy chế|quy định|đề án|phương án|danh mục"
    r"|(?:phụ lục|mẫu|biểu)(?: số)?(?: [ivx\d.]+[a-z]?)?)[:.]?$"
)
_AUTHORITY = re.compile(r"(?:TM|KT|TL|TUQ|Q)\.")  # what stands below it is the next office's line

POINTS = 13.0  # body size of Nghị định 30/2020/NĐ-CP, appendix I: 13 to 14


class Align(StrEnum):
    """How a paragraph's lines stand between the margins."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Piece:
    """A word without a place. `tabs` and `spaces` count what stands before it on its line; `raw` and
    `source` are as in `Word`."""

    text: str
    size: float = POINTS
    bold: bool = False
    italic: bool = False
    raw: str | None = None
    source: Span | None = None
    tabs: int = 0
    spaces: int = 1


@dataclass(frozen=True, slots=True)
class Stretch:
    """What stands between two forced line breaks; `opens` says whether an item begins with it."""

    pieces: tuple[Piece, ...]
    opens: bool = True


@dataclass(frozen=True, slots=True)
class Flow:
    """A paragraph: its stretches, and `indent` (all lines) and `first` (first line, relative to it) in
    points."""

    stretches: tuple[Stretch, ...]
    align: Align = Align.LEFT
    indent: float = 0.0
    first: float = 0.0
    stops: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class FlowCell:
    """A cell: its paragraphs, the columns and rows it spans. `merged` cells are repetitions of one to
    the left or above and carry the same paragraphs."""

    flows: tuple[Flow, ...]
    columns: int = 1
    rows: int = 1
    merged: bool = False


@dataclass(frozen=True, slots=True)
class FlowTable:
    """A grid of cells, every row equally long; `widths` are the columns' shares of the page's width."""

    rows: tuple[tuple[FlowCell, ...], ...]
    widths: tuple[float, ...]
    ruled: bool = True


@dataclass(frozen=True, slots=True)
class Break:
    """A new page; `landscape` where the format turns the sheet, None where it stays as it was."""

    landscape: bool | None = None


Block = Flow | FlowTable | Break


def pieces_of(text: str, start: int | None = 0, *, bold: bool = False) -> tuple[Piece, ...]:
    """The words of `text`, each with its range counted from `start` in the source's own text (None: where
    that has no such text)."""
    pieces: list[Piece] = []
    at = 0
    for word in text.split():
        found = text.index(word, at)
        gap = text[at:found]
        source = None if start is None else Span(start + found, start + found + len(word))
        spaces = gap.count(" ") + gap.count("\xa0")
        pieces.append(
            Piece(
                nfc(word),
                POINTS,
                bold,
                raw=None if nfc(word) == word else word,
                source=source,
                tabs=gap.count("\t"),
                spaces=spaces,
            )
        )
        at = found + len(word)
    return tuple(pieces)


def flow_of(pieces: Iterable[Piece], align: Align = Align.LEFT, indent: float = 0.0) -> Flow:
    """A paragraph of one stretch."""
    return Flow((Stretch(tuple(pieces)),), align, indent)


def stretches_of(lines: Sequence[Sequence[Piece]], *, broken: bool) -> tuple[Stretch, ...]:
    """A paragraph's lines as written, empty ones among them; where `broken` a forced break may stand within
    a sentence, so a line opens only after an empty one or if it clearly begins something new."""
    out: list[Stretch] = []
    parted = True
    for line in lines:
        if line:
            opens = parted or not broken or begins(out[-1].pieces, line)
            out.append(Stretch(tuple(line), opens))
        parted = not line
    return tuple(out)


def begins(before: Sequence[Piece], line: Sequence[Piece]) -> bool:
    """Whether the line after a forced break clearly starts something new."""
    last, head = before[-1], line[0]
    if _ITEM.match(head.text) or _RULE.match(head.text) or _RULE.match(last.text):
        return True
    if (last.text[-1] in ".;:!?/" and head.text[0].isupper()) or _AUTHORITY.match(before[0].text):
        return True
    if (
        _KIND.match(match_key(" ".join(piece.text for piece in before)))
        or _bracketed(line)
        or _bracketed(before)
    ):
        return True
    return head.bold != last.bold or _capitals(line) != _capitals(before)


def _bracketed(line: Sequence[Piece]) -> bool:
    """A line by itself: "(Đã ký)", "(Ban hành kèm theo…)"."""
    return line[0].text.startswith("(") and line[-1].text.endswith(")")


def _capitals(line: Sequence[Piece]) -> bool:
    return "".join(piece.text for piece in line).isupper()
