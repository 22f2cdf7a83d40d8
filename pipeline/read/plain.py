"""Plain text (.txt, .md) in, blocks out: a line is a paragraph unless the file is clearly hard-wrapped."""

from __future__ import annotations

from pipeline.read.flow import Block, flow_of, pieces_of


def blocks_of(text: str) -> list[Block]:
    """One paragraph a line; pieces point at `text`."""
    blocks: list[Block] = []
    at = 0
    for line in text.splitlines(keepends=True):
        pieces = pieces_of(line, at)
        if pieces:
            blocks.append(flow_of(pieces))
        at += len(line)
    return blocks
