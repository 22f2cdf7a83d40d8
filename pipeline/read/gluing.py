"""Syllables that a PDF split or glued, told by the gaps between letters; those that OCR glued, by spelling.

In: a text layer's words in the order of its content. Out: words again: what stands closer than any
space does is one word; letters that stand apart inside a run that is no syllable are two.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.read.scan import is_possible
from pipeline.text import CAPITALS, SMALL_LETTERS
from pipeline.types import Box, Span, Word

TOUCHING = 0.08  # of the font's size: narrower than any space, wider than kerning
NARROW = 0.2  # of the font's size: spaces of justified text are seldom narrower
READABLE = 0.5  # OCR confidence of a run worth parting
APART = 0.05  # of the font's size, inside a run of letters that is no syllable
_LOWER_UPPER = re.compile(rf"(?<=[{SMALL_LETTERS}])(?=[{CAPITALS}][^\W\d_])")


def joined(words: Sequence[Word], text: str) -> list[Word]:
    """Words that a PDF split made whole ("ĐIỀ", "U" → "ĐIỀU"); `text` is the layer's own."""
    gaps = [_gap(left, right) for left, right in itertools.pairwise(words)]
    found = list(words[:1])
    for at, word in enumerate(words[1:]):
        gap = gaps[at]
        if gap is not None and _is_split(words[at], word, gap, gaps[max(0, at - 6) : at + 7]):
            found[-1] = _one(found[-1], word, text)
        else:
            found.append(word)
    return found


def _gap(left: Word, right: Word) -> float | None:
    """How far apart two words stand, in parts of their size; None where they cannot be one."""
    size = right.size
    if left.size != size or not size or abs(right.box.y1 - left.box.y1) > 0.2 * size:
        return None
    return (right.box.x0 - left.box.x1) / size


def _is_split(left: Word, right: Word, gap: float, near: Sequence[float | None]) -> bool:
    """Touching letters, or a gap well below those around it in what is one syllable."""
    if not -0.2 < gap < NARROW or not left.text[-1].isalpha() or not right.text[0].isalpha():
        return False
    if gap < TOUCHING:
        return True
    usual = sorted(each for each in near if each is not None and each > gap)
    whole = left.text + right.text.rstrip(".,;:)")
    return bool(usual) and gap < 0.6 * usual[len(usual) // 2] and len(usual) > 2 and is_possible(whole)


def _one(left: Word, right: Word, text: str) -> Word:
    assert left.source is not None and right.source is not None
    source = Span(left.source.start, right.source.end)
    raw = text[source.start : source.end]
    return replace(left, text=left.text + right.text, box=left.box.union(right.box), raw=raw, source=source)


@functools.lru_cache(maxsize=20_000)
def is_suspect(token: str) -> bool:
    """A run of letters that is no single syllable: two may be glued in it."""
    if len(token) < 4 or not token.isalpha() or token.isascii() or (token.isupper() and len(token) < 8):
        return False
    return not is_possible(token)


def cuts(token: str, boxes: Sequence[Box], size: float) -> list[int]:
    """Where to cut a glued run: at its gaps, else before a capital if both sides are syllables."""
    gaps = [at + 1 for at in range(len(boxes) - 1) if boxes[at + 1].x0 - boxes[at].x1 > APART * size]
    if gaps:
        return gaps
    at = [match.start() for match in _LOWER_UPPER.finditer(token)]
    parts = [token[start:end] for start, end in zip([0, *at], [*at, len(token)], strict=True)]
    return at if all(len(part) > 1 and is_possible(part) for part in parts) else []


def parted(word: Word) -> tuple[Word, ...]:
    """A word that OCR read in one as its two syllables ("tếthành" → "tế", "thành"), else as it is.

    Of several places the first is taken: in Vietnamese what may begin a syllable does not end one.
    """
    core = word.text.rstrip(".,;:)")
    if not is_suspect(core) or core.isupper() or (word.confidence or 0.0) < READABLE:
        return (word,)
    for at in range(2, len(core) - 1):
        if is_possible(core[:at]) and is_possible(core[at:]):
            middle = word.box.x0 + (word.box.x1 - word.box.x0) * at / len(word.text)
            return (
                replace(word, text=word.text[:at], box=replace(word.box, x1=middle)),
                replace(word, text=word.text[at:], box=replace(word.box, x0=middle)),
            )
    return (word,)
