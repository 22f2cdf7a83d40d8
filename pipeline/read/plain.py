"""Plain text (.txt, .md) in, blocks out: a line is a paragraph unless the file is clearly hard-wrapped."""

from __future__ import annotations

from pipeline.errors import Reason, Unreadable
from pipeline.read.flow import Block, flow_of, pieces_of


def decode(content: bytes) -> str:
    """The text of `content`; Unreadable where no encoding fits."""
    for name in ("utf-8-sig", "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"):
        try:
            return content.decode(name)
        except UnicodeDecodeError:
            continue
    raise Unreadable(Reason.WRONG_TYPE, "không phải văn bản (not a text file)")


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
