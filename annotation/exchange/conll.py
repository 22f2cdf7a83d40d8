"""Marked documents ⇄ columns after CoNLL-2003: a token a line, a blank line after each document.

Columns, separated by tabs: the token, its offset, then for tasks, units and deadlines B- and I- with the id
of the region (several joined by "|" where they overlap; a further B- of the same id begins its next piece),
"O" where there is none. What columns cannot hold stands in the comment before: `# dondoc = {…}` (JSON: id,
text, values, links).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from annotation.exchange.pieces import pieces
from annotation.exchange.regions import (
    Kind,
    Region,
    Regions,
    WrongFile,
    head_of,
    put_together,
    taken_apart,
    with_places,
)
from annotation.marked import MarkedDocument
from pipeline.types import Span

_COMMENT = "# dondoc = "
_OUTSIDE = "O"
_COLUMNS = (Kind.TASK, Kind.UNIT, Kind.DEADLINE)


def write(documents: Iterable[MarkedDocument]) -> Iterator[str]:
    """The lines of all documents."""
    for document in documents:
        placed, head = head_of(taken_apart(document))
        yield _COMMENT + json.dumps(head | {"text": placed.text}, ensure_ascii=False)
        for piece in pieces(placed.text, placed.regions):
            token = placed.text[piece.start : piece.end]
            if not token.isspace():
                columns = (_tag(placed.regions, kind, piece) for kind in _COLUMNS)
                yield "\t".join((token, str(piece.start), *columns))
        yield ""


def read(lines: Iterable[str]) -> Iterator[MarkedDocument]:
    """The documents of the lines; raises `WrongFile` with the line's number."""
    head: Mapping[str, Any] | None = None
    tokens: list[list[str]] = []
    for number, line in enumerate((*lines, ""), 1):
        if line.startswith(_COMMENT):
            head = _json(line.removeprefix(_COMMENT), number)
        elif line.strip():
            cells = line.split("\t")
            if len(cells) != 2 + len(_COLUMNS) or not cells[1].isdecimal() or head is None:
                raise WrongFile(f"dòng {number}: thiếu cột hoặc chú thích đầu (missing columns or head)")
            tokens.append(cells)
        elif head is not None:
            yield put_together(_regions(head, tokens))
            head, tokens = None, []


def _tag(regions: Iterable[Region], kind: Kind, piece: Span) -> str:
    found = [
        f"{'B' if span.start == piece.start else 'I'}-{region.id}"
        for region in regions
        if region.kind is kind
        for span in region.spans
        if span.covers(piece)
    ]
    return "|".join(found) or _OUTSIDE


def _json(words: str, number: int) -> Mapping[str, Any]:
    try:
        found: Mapping[str, Any] = json.loads(words)
    except json.JSONDecodeError as error:
        raise WrongFile(f"dòng {number}: chú thích không phải JSON (comment is not JSON)") from error
    return found


def _regions(head: Mapping[str, Any], tokens: Iterable[list[str]]) -> Regions:
    spans: dict[str, list[Span]] = {}
    for token, offset, *columns in tokens:
        start = int(offset)
        for tag in (tag for column in columns for tag in column.split("|") if tag != _OUTSIDE):
            begin, _, name = tag.partition("-")
            known = spans.setdefault(name, [])
            if begin == "B" or not known:
                known.append(Span(start, start + len(token)))
            else:
                known[-1] = Span(known[-1].start, start + len(token))
    return with_places(head, head.get("text", ""), spans)
