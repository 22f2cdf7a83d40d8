"""Words in, `Layout.text` out: the one place where offsets are given.

Paragraphs are parted by one newline, words by one space; every word gets its `Place`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.structure.rows import Row
from pipeline.text import nfc
from pipeline.types import Paragraph, Place, Span, Word


class Writer:
    """Collects the text and its places; spans are final as soon as they are given."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._at = 0
        self.places: list[Place] = []

    @property
    def text(self) -> str:
        """All that is written so far."""
        return "".join(self._parts)

    @property
    def end(self) -> int:
        """Where the next paragraph will begin, the newline before it counted."""
        return self._at + 1 if self._parts else 0

    def paragraph(self, rows: Sequence[Row]) -> Paragraph | None:
        """Writes the rows as one paragraph; None where they hold no characters."""
        words = [(word, row.page) for row in rows for word in row.line.words]
        written = [(text, word, page) for word, page in words if (text := clean(word.text))]
        if not written:
            return None
        start = self.end
        self._put("\n" if self._parts else "")
        for number, (text, word, page) in enumerate(written):
            if number:
                self._put(" ")
            span = Span(self._at, self._at + len(text))
            self.places.append(Place(span, page, word.box, word.source, word.confidence))
            self._put(text)
        first = rows[0]
        return Paragraph(
            Span(start, self._at),
            first.page,
            _most(words, "bold"),
            _most(words, "italic"),
            first.centred,
            round(max(first.indent, 0.0), 1),
        )

    def _put(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._at += len(text)


def clean(text: str) -> str:
    """A word's text in NFC, without white space at its ends or doubled within."""
    return nfc(text) if text.isalnum() else " ".join(nfc(text).split())


def _most(words: Iterable[tuple[Word, int]], style: str) -> bool:
    """Whether most characters have a style."""
    balance = sum(len(word.text) * (1 if getattr(word, style) else -1) for word, _ in words)
    return balance > 0
