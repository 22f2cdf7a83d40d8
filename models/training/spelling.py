"""A text corpus (one paragraph a line, NFC, plain or .xz) → models/weights/spelling.npz.

Run: `python -m models.training.spelling CORPUS`. Counts syllables, pairs and triples of neighbours; rare ones
are left out, so that no sentence of the corpus can be read back.
"""

from __future__ import annotations

import lzma
import re
import sys
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.ngrams import OTHER, WEIGHTS

LEAST_WORD = 20
LEAST_GRAM = 5
_TOKEN = re.compile(r"[^\W\d_]+|[^\w\s]|\d+")


@dataclass(frozen=True)
class Corpus:
    """A corpus as numbers of its `words`; OTHER is 0 and stands around each line."""

    words: list[str]
    tokens: array[int]


def encode(lines: Iterable[str]) -> Corpus:
    """The lines' syllables as numbers, in order."""
    ids = {OTHER: 0}
    tokens = array("i")
    for line in lines:
        found = (token if token[0].isalpha() else OTHER for token in _TOKEN.findall(line.lower()))
        tokens.extend((0, *(ids.setdefault(token, len(ids)) for token in found), 0))
    return Corpus(list(ids), tokens)


def save(corpus: Corpus, path: Path = WEIGHTS, least_word: int = LEAST_WORD, least: int = LEAST_GRAM) -> None:
    """Writes what is frequent enough."""
    import numpy as np

    tokens = np.frombuffer(corpus.tokens, dtype=np.int32)
    counts = np.bincount(tokens, minlength=len(corpus.words))
    kept = sorted(np.flatnonzero(counts >= least_word).tolist(), key=lambda index: corpus.words[index])
    renumbered = np.full(len(corpus.words), -1, dtype=np.int64)
    renumbered[kept] = np.arange(len(kept))
    sequence = renumbered[tokens]
    tables: dict[str, Any] = {}
    for name, length in (("pairs", 2), ("triples", 3)):
        keys, numbers = _grams(sequence, length, len(kept), least)
        tables |= {f"{name}_steps": np.diff(keys, prepend=0), name: numbers.astype(np.int32)}
    words = np.array(" ".join(corpus.words[index] for index in kept))
    np.savez_compressed(path, words=words, counts=counts[kept].astype(np.int32), **tables)


def _grams(sequence: Any, length: int, size: int, least: int) -> tuple[Any, Any]:
    """Keys and numbers of the n-grams of known words seen at least `least` times, sorted by key."""
    import numpy as np

    parts = [sequence[at : len(sequence) - length + 1 + at] for at in range(length)]
    known = np.all([part >= 0 for part in parts], axis=0)
    keys = np.zeros(int(known.sum()), dtype=np.int64)
    for part in parts:
        keys = keys * size + part[known]
    found, numbers = np.unique(keys, return_counts=True)
    often = numbers >= least
    return found[often], numbers[often]


def main(path: Path) -> None:
    """Counts the corpus at `path` and saves the weights."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        save(encode(lines))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
