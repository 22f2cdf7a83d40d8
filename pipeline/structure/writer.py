"""Words in, `Layout.text` out: the one place where offsets are given.

Paragraphs are parted by one newline, words by one space; every word gets its `Place`.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.structure.rows import Row
from pipeline.text import nfc
from pipeline.types import Paragraph, Place, Span


class Writer:
    """Collects the text and its places; spans are final as soon as they are given."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._at = 0
        self.places: list[Place] = []

    @property
    def text(self) -> str:
        """All that is written so far."""
        return "\n".join(self._parts)

    @property
    def end(self) -> int:
        """Where the next paragraph will begin, the newline before it counted."""
        return self._at + 1 if self._parts else 0

    def paragraph(self, rows: Sequence[Row]) -> Paragraph | None:
        """Writes the rows as one paragraph; None where they hold no characters."""
        start = at = self.end
        texts: list[str] = []
        bold = italic = 0
        for row in rows:
            page = row.page
            for word in row.line.words:
                text = clean(word.text)
                if not text:
                    continue
                length = len(text)
                span = Span(at, at + length)
                self.places.append(Place(span, page, word.box, word.source, word.confidence))
                texts.append(text)
                at += length + 1
                bold += length if word.bold else -length
                italic += length if word.italic else -length
        if not texts:
            return None
        self._parts.append(" ".join(texts))
        self._at = at - 1
        first = rows[0]
        indent = round(max(first.indent, 0.0), 1)
        span = Span(start, self._at)
        return Paragraph(span, first.page, bold > 0, italic > 0, first.centred, indent)


def clean(text: str) -> str:
    """A word's text in NFC, without white space at its ends or doubled within."""
    return nfc(text) if text.isalnum() else " ".join(nfc(text).split())
