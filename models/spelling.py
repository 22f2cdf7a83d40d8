"""Vietnamese spelling: OCR lines in, the same lines out with misread marks put right.

Tesseract reads letters well and their marks less well ("đê nghị" for "đề nghị"). A word is changed only
to a syllable with the same letters, only where its neighbours make the change far likelier than what
was read; `Word.raw` keeps the reading. Weights: weights/spelling.npz, see weights/spelling.md.
"""

from __future__ import annotations

import functools
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.ports import Ocr
from pipeline.text import fold
from pipeline.types import Line, Word

WEIGHTS = Path(__file__).parent / "weights" / "spelling.npz"
OTHER = "#"  # numbers, signs, foreign words
CHANGE = 3.0  # natural log: the likelihood a misread mark is charged
SURE = 3.0  # charged on top for a word of full confidence
NAME = 3.0  # charged on top for a capitalised word beside another: names are not in any corpus
FEWER = 1.5  # charged on top where the change takes marks away: OCR loses more than it invents
BACK_OFF = math.log(0.4)
_CORE = re.compile(r"^([^\w]*)([^\W\d_]+)([^\w]*)$")


@dataclass(frozen=True)
class Spelling:
    """Counts of syllables and of pairs, and the syllables that share their letters."""

    counts: dict[str, int]
    pairs: dict[tuple[str, str], int]
    variants: dict[str, tuple[str, ...]]
    total: int

    def follows(self, before: str, word: str) -> float:
        """Log likelihood of `word` after `before`; backs off to the word alone."""
        pair = self.pairs.get((before, word))
        if pair:
            return math.log(pair / self.counts[before])
        return BACK_OFF + math.log(self.counts.get(word, 1) / self.total)


@functools.cache
def load(path: Path = WEIGHTS) -> Spelling:
    """The shipped counts."""
    import numpy as np

    with np.load(path, allow_pickle=False) as file:
        words = str(file["words"]).split()
        counts = dict(zip(words, file["counts"].tolist(), strict=True))
        firsts = np.cumsum(file["first_steps"], dtype=np.int64).tolist()
        pairs = {
            (words[first], words[second]): count
            for first, second, count in zip(
                firsts, file["seconds"].tolist(), file["pair_counts"].tolist(), strict=True
            )
        }
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(fold(word), []).append(word)
    return Spelling(counts, pairs, {key: tuple(group) for key, group in groups.items()}, sum(counts.values()))


def healed(ocr: Ocr) -> Ocr:
    """An `Ocr` that reads by `ocr` and puts misread marks right."""

    def read(image: object, dpi: float) -> tuple[Line, ...]:
        return heal(ocr(image, dpi), load())

    return read


def heal(lines: Sequence[Line], spelling: Spelling) -> tuple[Line, ...]:
    """The lines with misread marks put right; words and boxes stay as they are otherwise."""
    words = [word for line in lines for word in line.words]
    fixed = [held for line in lines for held in [_is_name(line)] * len(line.words)]
    mended = iter(_mended(words, fixed, spelling))
    return tuple(replace(line, words=tuple(next(mended) for _ in line.words)) for line in lines)


def _is_name(line: Line) -> bool:
    """A line of two to five capitalised words and nothing else is a signer's name."""
    texts = [word.text for word in line.words]
    return 2 <= len(texts) <= 5 and all(text.isalpha() and text.istitle() for text in texts)


def _mended(words: Sequence[Word], fixed: Sequence[bool], spelling: Spelling) -> Iterator[Word]:
    tokens = list(_tokens(words, fixed))
    best = _likeliest([token for _, token, _ in tokens], [charge for _, _, charge in tokens], spelling)
    chosen = dict(zip((at for at, _, _ in tokens), best, strict=True))
    for index, word in enumerate(words):
        yield _respelt(word, chosen[index]) if index in chosen else word


def _tokens(words: Sequence[Word], fixed: Sequence[bool]) -> Iterator[tuple[int, str, float]]:
    """(index of the word or a negative number for a sign, what stands there, charge for a change)."""
    for index, word in enumerate(words):
        match = _CORE.match(word.text)
        if match is None:
            yield -1 - index, OTHER, 0.0
            continue
        if match[1]:
            yield -1 - index, OTHER, 0.0
        beside = (words[at].text for at in (index - 1, index + 1) if 0 <= at < len(words))
        named = match[2].istitle() and any(text.istitle() for text in beside)
        sure = 1.0 if word.confidence is None else word.confidence
        cost = math.inf if fixed[index] else CHANGE + SURE * sure + (NAME if named else 0.0)
        yield index, match[2].lower(), cost
        if match[3]:
            yield -1 - index, OTHER, 0.0


def _likeliest(tokens: Sequence[str], charges: Sequence[float], spelling: Spelling) -> list[str]:
    """The likeliest syllables for the tokens (Viterbi over the variants of each)."""
    scores: dict[str, float] = {OTHER: 0.0}
    steps: list[dict[str, str]] = []
    for token, cost in zip(tokens, charges, strict=True):
        reached: dict[str, float] = {}
        came: dict[str, str] = {}
        for variant in _variants(token, spelling):
            charge = _charge(token, variant, cost)
            before = max(scores, key=lambda old: scores[old] + spelling.follows(old, variant))
            reached[variant] = scores[before] + spelling.follows(before, variant) - charge
            came[variant] = before
        scores = reached
        steps.append(came)
    chosen: list[str] = []
    last = max(scores, key=lambda variant: scores[variant])
    for came in reversed(steps):
        chosen.append(last)
        last = came[last]
    return chosen[::-1]


def _charge(read: str, variant: str, cost: float) -> float:
    if variant == read:
        return 0.0
    return cost + (FEWER if _marks(variant) < _marks(read) else 0.0)


@functools.lru_cache(maxsize=20_000)
def _marks(word: str) -> int:
    """How many marks the word bears, the bar of đ included."""
    return len(unicodedata.normalize("NFD", word)) - len(word) + word.count("đ")


def _variants(token: str, spelling: Spelling) -> tuple[str, ...]:
    """What the token can be: itself first, then the syllables with the same letters."""
    if token == OTHER:
        return (token,)
    return (token, *(variant for variant in spelling.variants.get(fold(token), ()) if variant != token))


def _respelt(word: Word, syllable: str) -> Word:
    match = _CORE.match(word.text)
    assert match is not None
    core = match[2]
    if core.lower() == syllable:
        return word
    shown = syllable.upper() if core.isupper() and len(core) > 1 else syllable
    if core[0].isupper():
        shown = shown[0].upper() + shown[1:]
    return replace(word, text=f"{match[1]}{shown}{match[3]}", raw=word.raw or word.text)
