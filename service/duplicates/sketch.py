"""A text in, a sketch of it out: 128 numbers, of which two texts share as many as they share of their words.

Words are taken as shingles of three syllables without diacritics: what OCR gets wrong most are tone marks.
The numbers are minima of as many hash functions over the shingles (MinHash); four of them together are a
band, and texts that share a band are looked at. Sketches are kept in the database: nothing here may change
without a migration that empties them.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.text import fold, nfc

BANDS, ROWS = 32, 4
SYLLABLES = 3
LEAST = 40  # shingles; a text with fewer says too little to be compared
_LONGEST = 400_000  # characters that are looked at
_TOKEN = re.compile(r"[^\W_]+")
_FIGURE = re.compile(r"\d+")
_AT_ONCE = 16  # functions computed together, so that a long text takes little memory
_U = np.uint64


def _constants(count: int) -> tuple[Any, Any]:
    """Odd factors and summands, the same for ever: splitmix64 from a fixed start."""
    state, drawn = 0x5EED, []
    for _ in range(2 * count):
        state = (state + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB & 0xFFFFFFFFFFFFFFFF
        drawn.append(mixed ^ (mixed >> 31))
    return np.array(drawn[:count], dtype=_U) | _U(1), np.array(drawn[count:], dtype=_U)


_FACTORS, _SUMMANDS = _constants(BANDS * ROWS)


@dataclass(frozen=True, slots=True)
class Sketch:
    """`numbers` as they are stored, `bands` as they are looked up."""

    numbers: bytes
    bands: tuple[int, ...]
    shingles: int


def shingles(text: str) -> Any:
    """The text's shingles as sorted different 64-bit numbers."""
    words = _TOKEN.findall(fold(nfc(text[:_LONGEST])))
    codes = {word: zlib.crc32(word.encode()) for word in set(words)}
    row = np.array([codes[word] for word in words], dtype=_U)
    if len(row) < SYLLABLES:
        return np.array([], dtype=_U)
    count = len(row) - SYLLABLES + 1
    made = np.zeros(count, dtype=_U)
    with np.errstate(over="ignore"):
        for at in range(SYLLABLES):
            made = (made ^ row[at : at + count]) * _U(0x9E3779B97F4A7C15)
            made ^= made >> _U(29)
    return np.unique(made)


def sketched(text: str) -> Sketch | None:
    """The text's sketch; None where it is too short to have one."""
    found = shingles(text)
    if len(found) < LEAST:
        return None
    least = []
    with np.errstate(over="ignore"):
        for start in range(0, BANDS * ROWS, _AT_ONCE):
            some = slice(start, start + _AT_ONCE)
            spread = found[None, :] * _FACTORS[some, None] + _SUMMANDS[some, None]
            spread ^= spread >> _U(32)
            least.append((spread * _FACTORS[some, None]).min(axis=1) >> _U(32))
    numbers = np.concatenate(least).astype("<u4")
    return Sketch(numbers.tobytes(), bands_of(numbers), len(found))


def bands_of(numbers: Any) -> tuple[int, ...]:
    """The bands of a sketch's numbers, each a signed 64-bit number that holds which it is."""
    rows = np.asarray(numbers).reshape(BANDS, ROWS)
    kept = []
    for number, row in enumerate(rows):
        low = zlib.crc32(row.tobytes(), number)
        high = zlib.adler32(row.tobytes() + bytes([number]))
        kept.append(int.from_bytes((low << 32 | high).to_bytes(8, "big"), "big", signed=True))
    return tuple(kept)


def alike(one: bytes, others: Sequence[bytes]) -> list[float]:
    """How much a text shares with each of the others, by their sketches alone: estimates of the Jaccard
    coefficient."""
    if not others:
        return []
    mine, theirs = np.frombuffer(one, "<u4"), np.frombuffer(b"".join(others), "<u4")
    shares: list[float] = (theirs.reshape(len(others), -1) == mine).mean(axis=1).tolist()
    return shares


def figures(text: str) -> Counter[str]:
    """The numbers that stand in the text, each as often as it does."""
    return Counter(_FIGURE.findall(text[:_LONGEST]))
