"""What may be a unit in charge or a deadline: pieces in, candidates with their places out.

Units and deadlines are named by the shared lexicon and grammar (pipeline/units, pipeline/deadlines); which of
them is whose, and in what role, is judged by what was learned.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from models.reader.pieces import Piece
from pipeline.assignments.scope import moved, moved_deadline
from pipeline.deadlines import find_deadlines, read_cell
from pipeline.types import Deadline, Span, UnitMention
from pipeline.units import find_units

_LONGEST = 3_000  # characters of a piece in which mentions are looked for


@dataclass(frozen=True, slots=True)
class Mentions:
    """A piece's candidates, left to right; spans count in `Layout.text`."""

    units: tuple[UnitMention, ...] = ()
    deadlines: tuple[Deadline, ...] = ()


def mentions_in(pieces: Sequence[Piece], text: str, issued_on: dt.date | None) -> tuple[Mentions, ...]:
    """The candidates of each piece."""
    known: dict[Span, Mentions] = {}  # a merged cell is read once
    for piece in pieces:
        if piece.span not in known:
            known[piece.span] = _mentions(piece, text, issued_on)
    return tuple(known[piece.span] for piece in pieces)


def _mentions(piece: Piece, text: str, issued_on: dt.date | None) -> Mentions:
    base = piece.span.start
    words = text[base : min(piece.span.end, base + _LONGEST)]
    deadlines = find_deadlines(words, issued_on)
    if not deadlines and piece.kind == "cell" and (read := read_cell(words, issued_on)):
        deadlines = (read,)
    return Mentions(
        tuple(moved(one, base) for one in find_units(words)),
        tuple(moved_deadline(one, base) for one in deadlines),
    )
