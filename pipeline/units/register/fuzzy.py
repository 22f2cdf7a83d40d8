"""Names with slips of the pen or of OCR: a name as written in, the registered name that it must be out.

A slip is believed where the name is like exactly one registered name: the same but for accents, or at least
`THRESHOLD` alike, and no other is nearly as like. It changes letters, not words: a word more or less makes
another name ("các", "Dung Quất"). Numbers must agree, and the first word but for its accents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.text import fold

THRESHOLD = 0.88
"""Least similarity (letters in common, as rapidfuzz's `ratio`) at which a name is taken for another."""
MARGIN = 0.04
"""How much less like every other name must be."""
_SHORTEST = 6  # letters of a name in which a slip can be told
_NUMBER = re.compile(r"\b(?:\d+|[ivx]+)\b")


@dataclass(frozen=True, slots=True)
class Close:
    """A registered name and how like it the written one is, 0 to 1."""

    name: str
    similarity: float


@lru_cache(maxsize=8192)
def nearest(said: str, names: tuple[str, ...]) -> Close | None:
    """The one registered name that `said` must mean, or None; both as words joined by spaces."""
    from rapidfuzz import fuzz, process

    if len(said) < _SHORTEST:
        return None
    plain = fold(said)
    close = [
        Close(name, round(score / 100, 2))
        for name, score, _ in process.extract(said, names, scorer=fuzz.ratio, score_cutoff=70, limit=6)
        if _comparable(said, name)
    ]
    same = [one for one in close if fold(one.name).replace(" ", "") == plain.replace(" ", "")]
    if same:
        return same[0] if len(same) == 1 else None
    if not close or close[0].similarity < THRESHOLD:
        return None
    return None if len(close) > 1 and close[1].similarity > close[0].similarity - MARGIN else close[0]


def _comparable(said: str, name: str) -> bool:
    """Whether nothing but slips may lie between two names."""
    one, other = fold(said).split(), fold(name).split()
    if one[0] != other[0] or _NUMBER.findall(said) != _NUMBER.findall(name):
        return False
    return len(one) == len(other) or "".join(one) == "".join(other)
