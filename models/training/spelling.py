"""A text corpus (one paragraph a line, NFC, plain or .xz) → models/weights/spelling.npz.

Run: `python -m models.training.spelling CORPUS`. Counts syllables and neighbouring pairs; rare ones are
left out, so that no sentence of the corpus can be read back.
"""

from __future__ import annotations

import collections
import itertools
import lzma
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from models.spelling import OTHER, WEIGHTS

LEAST_WORD = 20
LEAST_PAIR = 10
_TOKEN = re.compile(r"[^\W\d_]+|[^\w\s]|\d+")


def count(lines: Iterable[str]) -> tuple[collections.Counter[str], collections.Counter[tuple[str, str]]]:
    """How often each syllable and each pair of neighbours stands in the lines."""
    words: collections.Counter[str] = collections.Counter()
    pairs: collections.Counter[tuple[str, str]] = collections.Counter()
    for line in lines:
        found = _TOKEN.findall(line.lower())
        tokens = [OTHER, *(token if token[0].isalpha() else OTHER for token in found), OTHER]
        words.update(tokens)
        pairs.update(itertools.pairwise(tokens))
    return words, pairs


def save(
    words: collections.Counter[str], pairs: collections.Counter[tuple[str, str]], path: Path = WEIGHTS
) -> None:
    """Writes what is frequent enough."""
    import numpy as np

    kept = sorted(word for word, number in words.items() if number >= LEAST_WORD)
    ids = {word: index for index, word in enumerate(kept)}
    rows = sorted(
        (ids[first], ids[second], number)
        for (first, second), number in pairs.items()
        if number >= LEAST_PAIR and first in ids and second in ids
    )
    first, second, number = np.array(rows, dtype=np.int64).T
    np.savez_compressed(
        path,
        words=np.array(" ".join(kept)),
        counts=np.array([words[word] for word in kept], dtype=np.int32),
        first_steps=np.diff(first, prepend=0).astype(np.uint16),
        seconds=second.astype(np.uint16),
        pair_counts=number.astype(np.int32),
    )


def main(path: Path) -> None:
    """Counts the corpus at `path` and saves the weights."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        save(*count(lines))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
