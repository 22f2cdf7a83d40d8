"""A scan as read and its text as corrected by hand in, the scan as a faultless engine would read it out.

Only the letters change: the corrected words take the places of those read, so that what is lost on the
corrected pages is not the engine's. The text names the words in the order in which the pages were read
(`transcript` writes the page text to correct). A word that the engine did not see stands beside the word
before, or, where it begins a line of the text, beside the word after: a lost "c)" opens its item again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from rapidfuzz.distance.Indel import normalized_similarity as ratio

from annotation.evaluation.evidence import lines
from pipeline.text import match_key, nfc
from pipeline.types import Box, Cell, Line, Page, Reading, Table, Word

_SURE = 1.0
_MOST = 250_000  # pairs of words weighed; beyond, places are shared out evenly


def transcript(reading: Reading) -> str:
    """The text of the pages, line by line, to be corrected by hand."""
    return "\n".join(line.text for page in reading.pages for line in lines(page.items)) + "\n"


def corrected(reading: Reading, text: str) -> Reading:
    """The reading with the words of `text`, each where the word stood that it corrects."""
    read = [word for page in reading.pages for line in lines(page.items) for word in line.words]
    words, opening = _words(text)
    old, new = [match_key(word.text) for word in read], [match_key(word) for word in words]
    places: list[list[Word]] = [[] for _ in read]
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "delete" or (i == j == 0 and not read):
            continue
        if i == j:
            _insert(
                places, read, words[k:m], i, max((at - k for at in opening if k <= at < m), default=m - k)
            )
        else:
            _replace(places, read, words[k:m], i, j)
    fresh = iter(places)
    pages = tuple(replace(page, items=_items(page, fresh)) for page in reading.pages)
    return replace(reading, pages=pages)


def _words(text: str) -> tuple[list[str], frozenset[int]]:
    """All words of a text, and which of them begin a line."""
    found: list[str] = []
    opening = set()
    for line in nfc(text).splitlines():
        opening.add(len(found))
        found += line.split()
    return found, frozenset(opening)


def _insert(
    places: list[list[Word]], read: Sequence[Word], words: Sequence[str], at: int, first: int
) -> None:
    """Words between `read[at - 1]` and `read[at]`: from the `first` on they share the latter's place."""
    before, after = max(0, at - 1), min(at, len(read) - 1)
    _put(places, read, words, [before if number < first else after for number in range(len(words))])


def _replace(
    places: list[list[Word]], read: Sequence[Word], words: Sequence[str], start: int, end: int
) -> None:
    """Words on the places of `read[start:end]`."""
    found = _aligned([word.text for word in read[start:end]], words)
    _put(places, read, words, [start + at for at in found])


def _put(places: list[list[Word]], read: Sequence[Word], words: Sequence[str], found: Sequence[int]) -> None:
    """Each word on its place."""
    for place, word in zip(found, words, strict=True):
        places[place].append(replace(read[place], text=word, raw=None, confidence=_SURE))


def _aligned(read: Sequence[str], words: Sequence[str]) -> list[int]:
    """Which of the words read each corrected word belongs to, in order: the likest together."""
    if len(read) == len(words) or len(read) * len(words) > _MOST:
        return [at * len(read) // len(words) for at in range(len(words))]
    best = [[0.0] * (len(read) + 1) for _ in range(len(words) + 1)]
    for at, word in enumerate(words):
        for other, old in enumerate(read):
            taken = best[at][other] + ratio(word, old)
            best[at + 1][other + 1] = max(best[at][other + 1], best[at + 1][other], taken)
    found = [0] * len(words)
    at, other = len(words), len(read)
    while at and other:
        if best[at][other] == best[at][other - 1]:
            other -= 1
            continue
        at -= 1
        found[at] = other - 1
        if best[at + 1][other] != best[at][other]:
            other -= 1
    return found


def _items(page: Page, fresh: Iterator[list[Word]]) -> tuple[Line | Table, ...]:
    made: list[Line | Table] = []
    for item in page.items:
        if isinstance(item, Table):
            made.append(replace(item, rows=tuple(tuple(_cell(c, fresh) for c in row) for row in item.rows)))
        else:
            made += _line(item, fresh)
    return tuple(made)


def _cell(cell: Cell, fresh: Iterator[list[Word]]) -> Cell:
    """A merged cell's repetitions are no words of their own: they stay as read."""
    if cell.merged:
        return cell
    return replace(cell, lines=tuple(new for line in cell.lines for new in _line(line, fresh)))


def _line(line: Line, fresh: Iterator[list[Word]]) -> list[Line]:
    """The line with its corrected words side by side; none where all its words were specks."""
    words = tuple(word for _ in line.words for word in _shared(next(fresh)))
    return [replace(line, words=words)] if words else []


def _shared(words: Sequence[Word]) -> Iterator[Word]:
    """Words that share a place, each on its part of the width by its letters."""
    total = sum(len(word.text) for word in words)
    begun = 0
    for word in words:
        box, width = word.box, word.box.x1 - word.box.x0
        left, right = (box.x0 + at * width / total for at in (begun, begun + len(word.text)))
        yield replace(word, box=Box(left, box.y0, right, box.y1))
        begun += len(word.text)
