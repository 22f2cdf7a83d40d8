"""Is a page a scan? In: what the text layer holds and how much of the page a picture covers.
Out: whether the page must be read from its picture.

A text layer does not count as the page's text when it is only a watermark, when it is the garbled work of
another OCR program, or when its fonts name other letters than they show.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from pipeline.text import fold, nfc

# The spelling of a Vietnamese syllable without its marks: onset, vowels, coda.
_SYLLABLE = re.compile(
    r"(?:ngh|ng|gh|gi|nh|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?$"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_CODE = re.compile(r"[A-ZĐ]{1,6}$")
# Signs that no Vietnamese page is written in: other scripts, private codes, "unknown"; ligatures aside.
_STRANGE = re.compile("[\u2e80-\ufaff\ufb07-\U0010ffff]")

COVERING = 0.5  # share of the page that a picture must cover to be the page
SAMPLE = 200
FEW_WORDS = 25  # a watermark, a page number, a stamp
ENOUGH_WORDS = 8  # to tell a language by, where none of it can be


def is_scan(words: Sequence[str], covered: float, drawn: int) -> bool:
    """True if the page must be OCRed: `covered` is the share of the page under pictures, `drawn` counts
    its vector paths and what it shows of letters that are called spaces."""
    if not words:
        return covered > 0.02 or drawn > 0
    if is_misnamed(words):
        return True
    if covered >= COVERING:
        return len(words) < FEW_WORDS or is_garbled(words)
    # Text drawn as outlines, or a scan cut into strips beside a few real words.
    if len(words) < FEW_WORDS and drawn > 400:
        return True
    return len(words) >= FEW_WORDS and readable_share(words[:SAMPLE]) < 0.5


def is_misnamed(words: Sequence[str]) -> bool:
    """True if the fonts name letters that cannot be the ones they show."""
    text = "".join(words)
    if not text.isascii() and len(_STRANGE.findall(text)) > 0.3 * len(text):
        return True
    runs = sum(bool(_LETTERS.search(word)) for word in words[:SAMPLE])
    return runs >= ENOUGH_WORDS and readable_share(words[:SAMPLE]) < 0.25


def is_garbled(words: Sequence[str]) -> bool:
    """True if the words are no good Vietnamese: too few possible syllables or too few marks."""
    return readable_share(words) < 0.85 or marked_share(words) < 0.45


def readable_share(words: Sequence[str]) -> float:
    """Share of the letter runs that can be Vietnamese syllables or abbreviations; 1.0 without any."""
    runs = [run for word in words for run in _LETTERS.findall(nfc(word))]
    if not runs:
        return 1.0
    return sum(map(is_possible, runs)) / len(runs)


@functools.lru_cache(maxsize=20_000)
def is_possible(run: str) -> bool:
    """True for a possible Vietnamese syllable in even case, or an abbreviation in capitals."""
    return bool(_CODE.match(run)) or (_even(run) and bool(_SYLLABLE.match(fold(run))))


def marked_share(words: Sequence[str]) -> float:
    """Share of the letter runs of two letters or more that bear a mark or đ; 1.0 without any."""
    runs = [run for word in words for run in _LETTERS.findall(nfc(word)) if len(run) > 1]
    if not runs:
        return 1.0
    return sum(not run.isascii() for run in runs) / len(runs)


def _even(run: str) -> bool:
    """Letters in one case, or a capital and small ones: "cQNG" is nobody's spelling."""
    return run.islower() or run.isupper() or run[1:].islower()
