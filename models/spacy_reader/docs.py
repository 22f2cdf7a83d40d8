"""A view of a directive in, spaCy documents out: one a piece, its own words first, then what is around it.

The piece's words are the document's first sentence. The second are facts of the piece ("kind=item") and words
of its column, of what it stands under and of its neighbours, each with a mark before it. Units and deadlines
are the document's entities; they, and no other spans, may have a role.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as SpacySpan
from spacy.util import filter_spans, registry
from thinc.api import Ops, get_current_ops
from thinc.types import Ragged

from models.reader.judging import View
from models.spacy_reader.words import MARKS
from pipeline.text import match_key
from pipeline.types import Span

ROLES = "roles"  # spans with a role, by the pipeline's `spancat`
UNIT, DEADLINE = "unit", "deadline"
_OWN = 150  # words of a piece that are read
_SIZES = (3, 6, 12, 25, 50, 100)
_ABOVE, _FURTHER, _TOP, _COLUMN, _BEFORE, _AFTER = MARKS


def docs_of(view: View, nlp: Language) -> list[Doc]:
    """A document for each piece."""
    return list(_Spelling(view, nlp).docs())


def place_of(doc: Doc, start: int, mention: Span) -> SpacySpan | None:
    """The words of a mention in the document of a piece that starts at `start`; None beyond what is read."""
    if mention.end - start > next(doc.sents).end_char:
        return None
    return doc.char_span(mention.start - start, mention.end - start, alignment_mode="expand")


@registry.misc("dondoc.mentions.v1")
def mentions() -> Callable[..., Ragged]:
    """For `[components.spancat]`: suggests the entities."""

    def suggest(docs: Iterable[Doc], *, ops: Ops | None = None) -> Ragged:
        ops = ops or get_current_ops()
        places = [[(one.start, one.end) for one in doc.ents] for doc in docs]
        flat = ops.xp.asarray([one for each in places for one in each], dtype="i").reshape(-1, 2)
        return Ragged(flat, ops.asarray1i([len(each) for each in places]))

    return suggest


class _Spelling:
    def __init__(self, view: View, nlp: Language) -> None:
        self._view, self._vocab = view, nlp.vocab
        known: dict[Span, Doc] = {}  # a merged cell is cut once
        for piece in view.pieces:
            if piece.span not in known:
                known[piece.span] = nlp.make_doc(view.text[piece.span.start : piece.span.end])
        self._own = [known[piece.span][:_OWN] for piece in view.pieces]
        self._keys = [[match_key(word.text) for word in own if not word.is_space] for own in self._own]
        kind = view.directive.header.type
        self._type = kind.value if kind else "unknown"

    def docs(self) -> Iterator[Doc]:
        for at, own in enumerate(self._own):
            around = [*self._facts(at), *self._around(at)]
            words = [word.text for word in own] + around
            spaces = [bool(word.whitespace_) for word in own] + [True] * len(around)
            opens: list[bool | int | None] = [order in (0, len(own)) for order in range(len(words))]
            doc = Doc(self._vocab, words=words, spaces=spaces, sent_starts=opens)
            self._mention(doc, at)
            yield doc

    def _facts(self, at: int) -> list[str]:
        piece, found = self._view.pieces[at], self._view.mentions[at]
        unit_first = bool(found.units) and found.units[0].span.start - piece.span.start < 12
        led = any(self._view.mentions[place].units for place in piece.above)
        return [
            f"type={self._type}",
            f"kind={piece.kind}",
            f"marker={piece.marker}",
            f"depth={min(piece.depth, 5) * '+'}",
            f"edges={piece.opens}{piece.closes}",
            f"annex={piece.annex}",
            f"place={10 * at // len(self._own) * '+'}",
            f"units={min(len(found.units), 3) * '+'}",
            f"due={min(len(found.deadlines), 2) * '+'}",
            f"unit_first={unit_first}",
            f"unit_above={led}",
            f"size={sum(len(self._keys[at]) > size for size in _SIZES) * '+'}",
            f"column={piece.column[:40]}",
            *(f"{'first' + order * '+'}={word}" for order, word in enumerate(self._keys[at][:4])),
            f"last={self._keys[at][-1] if self._keys[at] else ''}",
        ]

    def _around(self, at: int) -> Iterator[str]:
        piece = self._view.pieces[at]
        above = tuple(dict.fromkeys(piece.above))
        yield from (_COLUMN + word for word in piece.column.split()[:8])
        if above:
            yield from self._words(_ABOVE, above[0], 20, 6)
        if above[1:]:
            yield from self._words(_FURTHER, above[1], 6, 2)
        if above[2:]:
            yield from self._words(_TOP, above[-1], 6, 2)
        if at:
            yield from self._words(_BEFORE, at - 1, 5, 2)
        if at + 1 < len(self._own):
            yield from self._words(_AFTER, at + 1, 5, 1)

    def _words(self, mark: str, at: int, first: int, last: int) -> Iterator[str]:
        """A piece's form, its first words and its last."""
        piece, keys = self._view.pieces[at], self._keys[at]
        yield f"{mark}{piece.kind}{piece.marker}"
        yield from (mark + word for word in keys[:first])
        yield from (mark + word for word in keys[first:][-last:])

    def _mention(self, doc: Doc, at: int) -> None:
        start, found = self._view.pieces[at].span.start, self._view.mentions[at]
        placed = []
        for label, mentions in ((UNIT, found.units), (DEADLINE, found.deadlines)):
            for one in mentions:
                span = place_of(doc, start, one.span)
                if span is not None:
                    placed.append(SpacySpan(doc, span.start, span.end, label=label))
        doc.set_ents(filter_spans(placed))
