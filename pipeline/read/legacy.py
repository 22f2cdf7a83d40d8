"""Blocks whose words may be in an encoding older than Unicode in, blocks in Unicode out; `raw` keeps the
original. For formats that do not tell fonts: the spelling of the whole document decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.encodings import Encoding, decode, detect, mend_capitals
from pipeline.read.flow import Block, Flow, FlowTable, Piece
from pipeline.read.grids import text_of


def in_unicode(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with their words decoded where that is needed, and without soft hyphens."""
    encoding = detect("\n".join(text_of(flows) for flows in map(_flows, blocks)))
    return [_shown_block(block, encoding) for block in blocks]


def _flows(block: Block) -> tuple[Flow, ...]:
    if isinstance(block, Flow):
        return (block,)
    rows = block.rows if isinstance(block, FlowTable) else ()
    return tuple(flow for row in rows for cell in row if not cell.merged for flow in cell.flows)


def _shown_block(block: Block, encoding: Encoding | None) -> Block:
    """The block with its words in Unicode, without soft hyphens."""
    if isinstance(block, Flow):
        return _shown_flow(block, encoding)
    if isinstance(block, FlowTable):
        rows = tuple(
            tuple(
                replace(cell, flows=tuple(_shown_flow(flow, encoding) for flow in cell.flows)) for cell in row
            )
            for row in block.rows
        )
        return replace(block, rows=rows)
    return block


def _shown_flow(flow: Flow, encoding: Encoding | None) -> Flow:
    stretches = (
        replace(part, pieces=tuple(_shown_piece(piece, encoding) for piece in part.pieces))
        for part in flow.stretches
    )
    return replace(flow, stretches=tuple(part for part in stretches if part.pieces))


def _shown_piece(piece: Piece, encoding: Encoding | None) -> Piece:
    if piece.text.isascii():
        return piece
    text = decode(piece.text, encoding) if encoding else piece.text
    text = mend_capitals(text.replace("\xad", "")) or piece.text
    return piece if text == piece.text else replace(piece, text=text, raw=piece.raw or piece.text)
