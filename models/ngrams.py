"""Counts of Vietnamese syllables, pairs and triples: how likely a syllable is after the two before it.

In: weights/spelling.npz (models/training/spelling.py makes it, weights/spelling.md tells of it). Keys are
numbers in base `len(words)`; the tables are sorted and searched in place, so that they stay small.
"""

from __future__ import annotations

import functools
import math
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.text import fold

WEIGHTS = Path(__file__).parent / "weights" / "spelling.npz"
OTHER = "#"  # numbers, signs, foreign words
UNKNOWN = -1
BACK_OFF = math.log(0.4)  # "stupid back-off" of Brants et al. 2007


@dataclass(frozen=True, slots=True)
class Counts:
    """N-grams of one length: `keys` sorted, `numbers` beside them."""

    keys: Sequence[int]
    numbers: Sequence[int]

    def of(self, key: int) -> int:
        """How often the n-gram was seen; 0 where it is rare or unknown."""
        at = bisect_left(self.keys, key)
        return self.numbers[at] if at < len(self.keys) and self.keys[at] == key else 0


@dataclass(frozen=True)
class Ngrams:
    """Syllables by number, their counts, and the syllables that share their letters."""

    ids: dict[str, int]
    counts: Sequence[int]
    pairs: Counts
    triples: Counts
    variants: dict[str, tuple[str, ...]]
    total: int

    def likelihood(self, first: int, second: int, word: int) -> float:
        """Natural log of the likelihood of `word` after `first second`; backs off to fewer of them."""
        size = len(self.counts)
        if word == UNKNOWN:
            return 2 * BACK_OFF - math.log(self.total)
        lost = 0.0
        if second != UNKNOWN:
            pair = first * size + second
            triple = self.triples.of(pair * size + word) if first != UNKNOWN else 0
            if triple:
                return math.log(triple / self.pairs.of(pair))
            lost = BACK_OFF if first != UNKNOWN else 0.0
            both = self.pairs.of(second * size + word)
            if both:
                return lost + math.log(both / self.counts[second])
        return lost + BACK_OFF + math.log(self.counts[word] / self.total)


@functools.cache
def load(path: Path = WEIGHTS) -> Ngrams:
    """The shipped counts."""
    import numpy as np

    with np.load(path, allow_pickle=False) as file:
        words = str(file["words"]).split()
        counts = file["counts"].tolist()
        tables = [
            Counts(array("q", np.cumsum(file[f"{name}_steps"]).tobytes()), array("i", file[name].tobytes()))
            for name in ("pairs", "triples")
        ]
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(fold(word), []).append(word)
    ids = {word: number for number, word in enumerate(words)}
    variants = {key: tuple(group) for key, group in groups.items()}
    return Ngrams(ids, counts, tables[0], tables[1], variants, sum(counts))
