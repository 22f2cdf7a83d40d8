"""Plain text in, blocks out: a line is a paragraph, unless the file is clearly hard-wrapped.

Pieces point at the decoded text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.read import columns
from pipeline.read.flow import Block, Flow, Stretch, flow_of, pieces_of

_ITEM = re.compile(
    r"\s*(?:[-–—+•*]\s|(?:[IVX]+|\d+(?:\.\d+)*|[a-zđ])[.)]\s|(?:Điều|Chương|Mục|Phần|Phụ lục)\s)"
)
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
    flows: list[Block] = [flow_of(pieces_of(line.text, line.start)) for line in lines if line.bare]
    follows = [bool(lines[at - 1].bare) if at else False for at, line in enumerate(lines) if line.bare]
    lines = [line for line in lines if line.bare]
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        end = columns.end_of(flows, at)
        if end > at:
            blocks.append(columns.table_of(flows[at:end]))
        else:
            end = at + 1
            while full and end < len(lines) and follows[end] and _runs_on(lines[end - 1], lines[end], full):
                end += 1
            blocks.append(_joined(flows[at:end]))
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


def _joined(flows: Sequence[Block]) -> Flow:
    rows = [part.pieces for flow in flows if isinstance(flow, Flow) for part in flow.stretches]
    return Flow(tuple(Stretch(row, index == 0) for index, row in enumerate(rows)))


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
    if len(line.bare) < full or not _continues(line, following):
        return False
    return not (line.bare.isupper() and not following.bare.isupper())
