"""A directive in, the pieces that the learned reader judges out: its sentences and table cells, in order.

Shared with the rules is only what is no judgement: the tree of blocks (pipeline/structure), where a sentence
ends (pipeline/linguistics).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.linguistics import split_sentences
from pipeline.text import match_key
from pipeline.types import Block, BlockKind, Directive, Grid, Grounded, Span

_LONGEST = 20_000  # characters of a block that are read; structure cuts what is longer


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, or a cell of a table: `span` in `Layout.text`.

    `above` are the places, in the document's order of pieces, of what it stands under, nearest first;
    `row` counts the document's table rows (None outside tables) and `column` are the words above the column.
    `opens` and `closes` tell the first and last sentence of a block.
    """

    span: Span
    kind: str
    marker: str
    depth: int
    above: tuple[int, ...] = ()
    opens: bool = True
    closes: bool = True
    annex: bool = False
    row: int | None = None
    column: str = ""


def pieces_of(directive: Directive) -> tuple[Piece, ...]:
    """All pieces, the addressees first, then the text in reading order."""
    cutting = _Cutting(directive.layout.text)
    above = cutting.addressees(directive.header.addressees)
    cutting.below(directive.root, above, 0, annex=False)
    return tuple(cutting.made)


class _Cutting:
    def __init__(self, text: str) -> None:
        self._text = text
        self._rows = 0
        self.made: list[Piece] = []

    def addressees(self, them: tuple[Grounded, ...]) -> tuple[int, ...]:
        for one in them:
            if one.span is not None:
                self.made.append(Piece(one.span, "addressee", "", 0))
        return tuple(range(len(self.made)))

    def below(self, block: Block, above: tuple[int, ...], depth: int, *, annex: bool) -> None:
        for child in block.children:
            inside = annex or child.kind is BlockKind.ANNEX
            if child.grid is not None:
                self._table(child.grid, above, depth, annex=inside)
                continue
            own = self._sentences(child, above, depth, annex=inside)
            self.below(child, (*own, *above), depth + 1, annex=inside)

    def _sentences(self, block: Block, above: tuple[int, ...], depth: int, *, annex: bool) -> tuple[int, ...]:
        start = block.span.start
        words = self._text[start : min(block.span.end, start + _LONGEST)]
        spans = split_sentences(words)
        first = len(self.made)
        for at, span in enumerate(spans):
            self.made.append(
                Piece(
                    Span(start + span.start, start + span.end),
                    block.kind.value,
                    block.marker,
                    depth,
                    (*range(first + at - 1, first - 1, -1), *above),
                    opens=at == 0,
                    closes=at == len(spans) - 1,
                    annex=annex,
                )
            )
        return tuple(range(len(self.made) - 1, first - 1, -1))

    def _table(self, grid: Grid, above: tuple[int, ...], depth: int, *, annex: bool) -> None:
        heads = [
            " ".join(self._words(span) for span in _spans(grid, 0, at)) for at in range(len(grid.rows[0]))
        ]
        for number in range(len(grid.rows)):
            self._rows += 1
            for at, head in enumerate(heads):
                for span in _spans(grid, number, at):
                    kind = "heads" if number == 0 else "cell"
                    self.made.append(
                        Piece(span, kind, "", depth, above, annex=annex, row=self._rows, column=head)
                    )

    def _words(self, span: Span) -> str:
        return match_key(self._text[span.start : span.end])


def _spans(grid: Grid, row: int, column: int) -> Iterator[Span]:
    """The words of a cell as one range; a merged cell's words are each row's."""
    paragraphs = grid.rows[row][column].paragraphs
    if paragraphs and paragraphs[0].span.start < paragraphs[-1].span.end:
        yield Span(paragraphs[0].span.start, paragraphs[-1].span.end)
