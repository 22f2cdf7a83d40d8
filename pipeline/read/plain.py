"""Plain text in, blocks out: a line is a paragraph, unless the file is clearly hard-wrapped; a head or foot
written in two columns with spaces becomes a table without rules. Pieces point at the decoded text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.read.flow import Align, Block, Flow, FlowCell, FlowTable, Piece, Stretch, pieces_of
from pipeline.text import match_key

_GAP = re.compile(r"(?<=\S)(?: {3,}|\t+[ \t]*)(?=\S)")
_FRAMING = re.compile(r"cộng hòa xã hội|độc lập\s*-\s*tự do|đảng cộng sản việt nam|nơi nhận")
_ITEM = re.compile(
    r"\s*(?:[-–—+•*]\s|(?:[IVX]+|\d+(?:\.\d+)*|[a-zđ])[.)]\s|(?:Điều|Chương|Mục|Phần|Phụ lục)\s)"
)
_TALLEST = 40  # lines of a head or foot
_COLUMN = 60  # characters of its columns
_FULL = 0.75  # of the usual length: a line this long was ended by the margin
_WRAPPED = 0.5  # share of full lines that run on into the next one


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of the text and the offset of its first character."""

    text: str
    start: int

    @property
    def bare(self) -> str:
        """Without spaces at its ends."""
        return self.text.strip()


def blocks_of(text: str) -> list[Block]:
    """The text's paragraphs, and its two-column head and foot."""
    lines = lines_of(text)
    full = _full_length(lines)
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        end = _columns_end(lines, at)
        if end > at:
            blocks.append(_columns(lines[at:end]))
        else:
            end = at + 1
            while full and end < len(lines) and _runs_on(lines[end - 1], lines[end], full):
                end += 1
            blocks += _paragraph(lines[at:end])
        at = end
    return blocks


def lines_of(text: str) -> list[TextLine]:
    """Lines with their offsets; form feeds and the rest of Unicode's breaks end a line as well."""
    lines: list[TextLine] = []
    at = 0
    for line in text.splitlines(keepends=True):
        lines.append(TextLine(line, at))
        at += len(line)
    return lines


def _paragraph(lines: Sequence[TextLine]) -> list[Block]:
    rows = [pieces_of(line.text, line.start) for line in lines]
    stretches = tuple(Stretch(row, index == 0) for index, row in enumerate(rows) if row)
    return [Flow(stretches)] if stretches else []


def _full_length(lines: Sequence[TextLine]) -> int:
    """The length from which a line counts as ended by the margin; 0 where the text is not wrapped."""
    lengths = sorted(len(line.bare) for line in lines if line.bare)
    if len(lengths) < 8:
        return 0
    usual = lengths[int(len(lengths) * 0.9)]
    if not 40 <= usual <= 130 or lengths[-1] > usual * 1.3:
        return 0
    full = int(usual * _FULL)
    pairs = [(one, other) for one, other in pairwise(lines) if len(one.bare) >= full and other.bare]
    on = sum(_continues(one, other) for one, other in pairs)
    return full if len(pairs) >= 4 and on >= len(pairs) * _WRAPPED else 0


def _continues(line: TextLine, following: TextLine) -> bool:
    if _ITEM.match(following.text):
        return False
    return following.bare[0].islower() or line.bare[-1] not in '.;:!?/”"'


def _runs_on(line: TextLine, following: TextLine, full: int) -> bool:
    """Whether the margin broke the paragraph after `line`."""
    if len(line.bare) < full or not following.bare or not _continues(line, following):
        return False
    return not (line.bare.isupper() and not following.bare.isupper())


def _columns_end(lines: Sequence[TextLine], begin: int) -> int:
    """The end of a two-column head or foot that begins at `begin`, or `begin` itself."""
    last = begin
    for end in range(begin, min(begin + _TALLEST, len(lines))):
        line = lines[end].text.rstrip()
        if _GAP.search(line):
            last = end + 1
        elif last == begin or (line and not _fits_column(line)):
            break
        elif line:
            last = end + 1
        elif end + 1 < len(lines) and not _GAP.search(lines[end + 1].text.rstrip()):
            break
    text = match_key("".join(line.text for line in lines[begin:last]))
    return last if _FRAMING.search(text) else begin


def _fits_column(line: str) -> bool:
    """Whether a line without a gap may belong to one column: short, or a recipient of "Nơi nhận"."""
    return line.startswith((" " * 8, "-")) or (len(line) <= _COLUMN and not _ITEM.match(line))


def _columns(lines: Sequence[TextLine]) -> Block:
    """The lines as a table of two columns without rules."""
    edge = min(m.end() for line in lines for m in [_GAP.search(line.text.rstrip())] if m)
    left: list[Flow] = []
    right: list[Flow] = []
    for line in lines:
        gap = _GAP.search(line.text.rstrip())
        if gap is None:
            side = right if len(line.text) - len(line.text.lstrip()) >= edge * 0.6 else left
            _add(side, pieces_of(line.text, line.start))
        else:
            _add(left, pieces_of(line.text[: gap.start()], line.start))
            _add(right, pieces_of(line.text[gap.end() :], line.start + gap.end()))
    return FlowTable(((FlowCell(tuple(left)), FlowCell(tuple(right))),), (2.0, 3.0), ruled=False)


def _add(side: list[Flow], pieces: tuple[Piece, ...]) -> None:
    if pieces:
        side.append(Flow((Stretch(pieces),), Align.CENTRE))
