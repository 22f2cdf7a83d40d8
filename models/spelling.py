"""Vietnamese spelling: OCR lines in, the same lines out with misread marks put right.

Tesseract reads letters well and their marks less well ("đê nghị" for "đề nghị"). A word is changed only
to a syllable with the same letters, only where its neighbours make the change far likelier than what
was read; `Word.raw` keeps the reading. Counts: models/ngrams.py.
"""

from __future__ import annotations

import functools
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.ngrams import OTHER, UNKNOWN, Ngrams, load
from pipeline.ports import Ocr
from pipeline.text import fold
from pipeline.types import Line, Word

# natural logs: the likelihood that a change is charged
CHANGE = 2.5  # another mark
SURE = 3.0  # on top for a word of full confidence
NAME = 3.0  # on top for a capitalised word beside another: names are not in any corpus
FEWER = 0.5  # on top where the change takes marks away: OCR loses more than it invents
BEAM = 12  # readings of the last two words that are followed up
_CORE = re.compile(r"^([^\w]*)([^\W\d_]+)([^\w]*)$")


def healed(ocr: Ocr) -> Ocr:
    """An `Ocr` that reads by `ocr` and puts misread marks right."""

    def read(image: object, dpi: float) -> tuple[Line, ...]:
        return heal(ocr(image, dpi), load())

    return read


def heal(lines: Sequence[Line], ngrams: Ngrams) -> tuple[Line, ...]:
    """The lines with misread marks put right; words and boxes stay as they are otherwise."""
    words = [word for line in lines for word in line.words]
    fixed = [held for line in lines for held in [_is_name(line)] * len(line.words)]
    mended = iter(_mended(words, fixed, ngrams))
    return tuple(replace(line, words=tuple(next(mended) for _ in line.words)) for line in lines)


def _is_name(line: Line) -> bool:
    """A line of two to five capitalised words and nothing else is a signer's name."""
    texts = [word.text for word in line.words]
    return 2 <= len(texts) <= 5 and all(text.isalpha() and text.istitle() for text in texts)


def _mended(words: Sequence[Word], fixed: Sequence[bool], ngrams: Ngrams) -> Iterator[Word]:
    tokens = list(_tokens(words, fixed))
    best = _likeliest([token for _, token, _ in tokens], [charge for _, _, charge in tokens], ngrams)
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


def _likeliest(tokens: Sequence[str], costs: Sequence[float], ngrams: Ngrams) -> list[str]:
    """The likeliest syllables for the tokens: Viterbi over the last two, the best `BEAM` kept at each."""
    other = ngrams.ids.get(OTHER, UNKNOWN)
    scores = {(other, other): 0.0}
    steps: list[dict[tuple[int, int], tuple[tuple[int, int], str]]] = []
    for token, cost in zip(tokens, costs, strict=True):
        reached: dict[tuple[int, int], float] = {}
        came: dict[tuple[int, int], tuple[tuple[int, int], str]] = {}
        for variant, charge in _charged(token, cost, ngrams):
            word = ngrams.ids.get(variant, UNKNOWN)
            for pair, score in scores.items():
                total = score + ngrams.likelihood(*pair, word) - charge
                if total > reached.get((pair[1], word), -math.inf):
                    reached[pair[1], word] = total
                    came[pair[1], word] = pair, variant
        scores = dict(sorted(reached.items(), key=lambda item: -item[1])[:BEAM])
        steps.append(came)
    chosen: list[str] = []
    last = max(scores, key=lambda pair: scores[pair])
    for came in reversed(steps):
        last, variant = came[last]
        chosen.append(variant)
    return chosen[::-1]


def _charged(token: str, cost: float, ngrams: Ngrams) -> Iterator[tuple[str, float]]:
    """What a token can be, itself first, each with its charge."""
    yield token, 0.0
    if token == OTHER or cost == math.inf:
        return
    for variant in ngrams.variants.get(fold(token), ()):
        if variant != token:
            yield variant, cost + (FEWER if _marks(variant) < _marks(token) else 0.0)


@functools.lru_cache(maxsize=20_000)
def _marks(word: str) -> int:
    """How many marks the word bears, the bar of đ included."""
    return len(unicodedata.normalize("NFD", word)) - len(word) + word.count("đ")


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
