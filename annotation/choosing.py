"""Documents that nobody labelled in, the order in which labelling them teaches most out.

Two things count: doubt, how far the reader is from sure of the document's tasks, and novelty, the share of
its phrases that no labelled document holds. They are taken together by their geometric mean, so that neither
a familiar riddle nor a strange page without a task comes first; a document that is chosen makes its like less
new (B. Settles, Active Learning Literature Survey, 2009, ch. 5: density and diversity beside uncertainty).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from pipeline.text import match_key

_WORD = re.compile(r"\w+")
_PHRASE = 3  # words that are taken together
_UNSEEN = 0.5  # doubt of a document in which nothing was found


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document to choose from: `sure` is how likely each task found in it is complete, 0 to 1."""

    id: str
    text: str
    sure: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A chosen document and why: doubt and novelty, 0 to 1 each."""

    id: str
    doubt: float
    novelty: float

    @property
    def worth(self) -> float:
        """What it is chosen by."""
        return sqrt(self.doubt * self.novelty)


def chosen(candidates: Sequence[Candidate], labelled: Iterable[str], most: int) -> Iterator[Choice]:
    """Up to `most` documents, what teaches most first; `labelled` are the texts that are known."""
    known: set[str] = set()
    for text in labelled:
        known |= phrases(text)
    left = {one.id: (doubt(one), phrases(one.text)) for one in candidates}
    for _ in range(min(most, len(left))):
        best = max(
            (Choice(name, unsure, _novelty(them, known)) for name, (unsure, them) in left.items()),
            key=lambda choice: (choice.worth, choice.doubt, choice.id),
        )
        known |= left.pop(best.id)[1]
        yield best


def doubt(candidate: Candidate) -> float:
    """How unsure the reader is of the document: the mean over its tasks; in the middle where it found none,
    since it says nothing of what it missed."""
    if not candidate.sure:
        return _UNSEEN
    return sum(1 - one for one in candidate.sure) / len(candidate.sure)


def phrases(text: str) -> set[str]:
    """What novelty is measured by: each three words in a row, numbers left out."""
    words = [word for word in _WORD.findall(match_key(text)) if not word.isdecimal()]
    return {" ".join(words[at : at + _PHRASE]) for at in range(max(1, len(words) - _PHRASE + 1))}


def _novelty(them: set[str], known: set[str]) -> float:
    return len(them - known) / len(them) if them else 0.0
