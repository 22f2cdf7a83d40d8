"""What an encoder cannot see in the words: where a piece stands, and what kind of thing is named in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from models.reader.mentions import Mentions
from models.reader.pieces import Piece
from pipeline.types import BlockKind, Deadline, DeadlineKind, DocumentType, UnitKind, UnitMention

Facts = npt.NDArray[np.float32]
_SIZES = (12, 25, 50, 100, 200, 400)  # characters
_MARKERS = ("arabic", "bracketed", "dash", "decimal2", "decimal3", "dieu", "lead", "letter", "plus", "roman")
_KINDS = (*(one.value for one in BlockKind), "addressee", "heads", "cell")
_OPENING = 12  # characters before a unit that still opens the piece


def _columns(*names: str) -> dict[str, int]:
    return {name: at for at, name in enumerate(names)}


OF_PIECES = _columns(
    *(f"type={one.value}" for one in DocumentType),
    *(f"kind={one}" for one in _KINDS),
    *(f"marker={one}" for one in _MARKERS),
    *(f"depth={one}" for one in range(6)),
    *(f"longer={one}" for one in _SIZES),
    *(f"units={one}" for one in range(4)),
    *(f"due={one}" for one in range(3)),
    *("opens", "closes", "annex", "opens_with_unit", "first_column", "row", "units_above"),
    *(f"place={one}" for one in range(10)),
)
OF_MENTIONS = _columns(
    *(f"unit={one.value}" for one in UnitKind),
    *(f"deadline={one.value}" for one in DeadlineKind),
    *(f"kind={one}" for one in _KINDS),
    *(f"at={one}" for one in range(4)),
    *(f"of={one}" for one in range(1, 5)),
    *("first", "last"),
)


def of_pieces(pieces: Sequence[Piece], mentions: Sequence[Mentions], kind: str) -> Facts:
    """A row a piece, a column a fact of `OF_PIECES`; `kind` is the document's type."""
    rows = [list(_of_piece(at, pieces, mentions, kind)) for at in range(len(pieces))]
    return _table(rows, OF_PIECES)


def _of_piece(at: int, pieces: Sequence[Piece], mentions: Sequence[Mentions], kind: str) -> Iterator[str]:
    piece, found = pieces[at], mentions[at]
    size = piece.span.end - piece.span.start
    yield f"type={kind}"
    yield f"kind={piece.kind}"
    yield f"marker={piece.marker}"
    yield f"depth={min(piece.depth, 5)}"
    yield from (f"longer={one}" for one in _SIZES if size > one)
    yield f"units={min(len(found.units), 3)}"
    yield f"due={min(len(found.deadlines), 2)}"
    yield f"place={10 * at // len(pieces)}"
    told = {
        "opens": piece.opens,
        "closes": piece.closes,
        "annex": piece.annex,
        "opens_with_unit": bool(found.units) and found.units[0].span.start - piece.span.start < _OPENING,
        "first_column": piece.row is not None and (at == 0 or pieces[at - 1].row != piece.row),
        "row": piece.row is not None,
        "units_above": any(mentions[place].units for place in piece.above),
    }
    yield from (name for name, holds in told.items() if holds)


def of_mentions(piece: Piece, mentions: Sequence[UnitMention | Deadline]) -> Facts:
    """A row for each of a piece's units, or of its deadlines, a column a fact of `OF_MENTIONS`."""
    return _table([list(_of_mention(at, piece, mentions)) for at in range(len(mentions))], OF_MENTIONS)


def _of_mention(at: int, piece: Piece, mentions: Sequence[UnitMention | Deadline]) -> Iterator[str]:
    one = mentions[at]
    yield f"{'deadline' if isinstance(one, Deadline) else 'unit'}={one.kind.value}"
    yield f"kind={piece.kind}"
    yield f"at={min(at, 3)}"
    yield f"of={min(len(mentions), 4)}"
    if one.span.start - piece.span.start < 4:
        yield "first"
    if piece.span.end - one.span.end < 4:
        yield "last"


def _table(rows: Sequence[Sequence[str]], columns: dict[str, int]) -> Facts:
    made = np.zeros((len(rows), len(columns)), dtype=np.float32)
    for at, row in enumerate(rows):
        made[at, [columns[name] for name in row if name in columns]] = 1
    return made
