"""A view of a directive in, all that an encoder and its heads are given of it out, as numbers.

Each text is read once, also where many pieces say the same; what a piece stands under, beside and in which
column is told by the places of those texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.encoder.facts import OF_MENTIONS, Facts, of_mentions, of_pieces
from models.encoder.slices import Ids, Slicer, Window
from models.reader.judging import View
from models.reader.pieces import Piece

_LONGEST = 4_000  # characters of a piece that are read
AROUND = ("itself", "before", "after", "above", "further above", "top")  # pieces that speak for a piece


@dataclass(frozen=True, slots=True)
class Seen:
    """A document in numbers.

    `windows` and `owners` (the text each belongs to, of `texts` texts); `own` and `column`: the text of each
    piece and of its column's head (`texts` where there is none); `around`: the pieces of `AROUND` for each
    piece (the number of pieces where there is none). Mentions stand in the pieces' order, a piece's units
    before its deadlines: `places` are their pieces, `spans` (window, first token, token behind the last).
    """

    windows: tuple[Window, ...]
    owners: Ids
    texts: int
    own: Ids
    column: Ids
    around: Ids
    facts: Facts
    places: Ids
    spans: tuple[tuple[int, int, int], ...]
    named: Facts


def seen(view: View, slicer: Slicer) -> Seen:
    """What there is to see of a view that has pieces."""
    pieces = view.pieces
    said = [view.text[one.span.start : min(one.span.end, one.span.start + _LONGEST)] for one in pieces]
    columns = [one.column for one in pieces]
    known = {text: at for at, text in enumerate(dict.fromkeys([*said, *filter(None, columns)]))}
    cut = slicer.cut(list(known))
    firsts = np.cumsum([0, *map(len, cut)])
    kind = view.directive.header.type
    own = [known[text] for text in said]
    spans, places, named = _mentions(view, [cut[at] for at in own], [int(firsts[at]) for at in own])
    return Seen(
        windows=tuple(one for windows in cut for one in windows),
        owners=np.repeat(np.arange(len(cut)), [len(one) for one in cut]),
        texts=len(known),
        own=np.array(own, dtype=np.int64),
        column=np.array([known.get(text, len(known)) for text in columns], dtype=np.int64),
        around=np.array([_around(at, pieces) for at in range(len(pieces))], dtype=np.int64),
        facts=of_pieces(pieces, view.mentions, kind.value if kind else "unknown"),
        places=places,
        spans=spans,
        named=named,
    )


def _around(at: int, pieces: Sequence[Piece]) -> list[int]:
    none = len(pieces)
    above = list(dict.fromkeys(pieces[at].above))
    first, second = [*above, none, none][:2]
    return [at, at - 1 if at else none, min(at + 1, none), first, second, above[-1] if above else none]


def _mentions(
    view: View, cut: Sequence[Sequence[Window]], firsts: Sequence[int]
) -> tuple[tuple[tuple[int, int, int], ...], Ids, Facts]:
    spans: list[tuple[int, int, int]] = []
    places: list[int] = []
    tables: list[npt.NDArray[np.float32]] = [np.zeros((0, len(OF_MENTIONS)), dtype=np.float32)]
    for at, (piece, found) in enumerate(zip(view.pieces, view.mentions, strict=True)):
        base = piece.span.start
        for span in (*(one.span for one in found.units), *(one.span for one in found.deadlines)):
            start, end = span.start - base, span.end - base
            window = max(0, sum(other.start <= start for other in cut[at]) - 1)
            tokens = cut[at][window].place(start, end)
            spans.append((firsts[at] + window, tokens.start, tokens.stop))
            places.append(at)
        tables += [of_mentions(piece, found.units), of_mentions(piece, found.deadlines)]
    return tuple(spans), np.array(places, dtype=np.int64), np.concatenate(tables)
