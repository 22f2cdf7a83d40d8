"""Markdown in, blocks out: headings and strong words bold, pipe tables as tables, the rest as plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.read.flow import Block, Flow, FlowTable, Piece, Stretch, flow_of, pieces_of
from pipeline.read.grids import Spanned, grid_of
from pipeline.read.plain import TextLine, lines_of

_HEADING = re.compile(r"\s{0,3}#{1,6}\s+")
_ROW = re.compile(r"\s*\|.*\|\s*$")
_RULE = re.compile(r"(?=[^\n]*---)[\s|:-]+$")
_ITEM = re.compile(r"\s*(?:[-+*•]|\d+[.)]|[a-zđ]\))\s")
_MARK = re.compile(r"\*\*|__|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)|`")


def blocks_of(text: str) -> list[Block]:
    """Paragraphs (lines run on until a blank one), items and tables; pieces point at `text`."""
    blocks: list[Block] = []
    rows: list[TextLine] = []
    open_lines: list[tuple[Piece, ...]] = []

    def close() -> None:
        if open_lines:
            blocks.append(Flow(tuple(Stretch(line, index == 0) for index, line in enumerate(open_lines))))
            open_lines.clear()
        if rows:
            blocks.append(_table(rows))
            rows.clear()

    for line in lines_of(text):
        if _ROW.match(line.text):
            if open_lines:
                close()
            rows.append(line)
            continue
        heading = _HEADING.match(line.text)
        if rows or heading or not line.bare or _ITEM.match(line.text) or _RULE.match(line.text):
            close()
        if heading:
            start = heading.end()
            pieces = _shown(pieces_of(line.text[start:], line.start + start, bold=True))
            blocks += [flow_of(pieces)] if pieces else []
        elif line.bare and not _RULE.match(line.text) and (pieces := _shown(_words(line))):
            open_lines.append(pieces)
    close()
    return blocks


def _words(line: TextLine) -> tuple[Piece, ...]:
    return pieces_of(line.text, line.start)


def _shown(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Words without their emphasis marks; what stands between a pair of ** is bold."""
    out: list[Piece] = []
    bold = False
    for piece in pieces:
        opens = piece.text.lstrip('(“"').startswith(("**", "__"))
        text = _MARK.sub("", piece.text) if len(piece.text) > 1 else piece.text
        strong = bold or opens
        if piece.text.count("**") % 2 or piece.text.count("__") % 2:
            bold = not bold
        if text:
            raw = piece.text if text != piece.text else None
            out.append(replace(piece, text=text, raw=raw, bold=piece.bold or strong))
    return tuple(out)


def _table(lines: Sequence[TextLine]) -> FlowTable:
    rows: list[list[Spanned]] = []
    for line in lines:
        if _RULE.match(line.text):
            continue
        cells: list[Spanned] = []
        at = line.text.index("|") + 1
        for written in line.text[at : line.text.rindex("|")].split("|"):
            pieces = _shown(pieces_of(written, line.start + at))
            cells.append(Spanned((flow_of(pieces),) if pieces else ()))
            at += len(written) + 1
        rows.append(cells)
    grid = grid_of(rows)
    return FlowTable(grid, (1.0,) * len(grid[0]) if grid else (1.0,))
