"""Texts in, bags of words to compare by out: small letters, one tone style, abbreviations written out.

A label may hold `tokens`, its words' hashes, where its text is kept back: then both sides are hashed.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pipeline.text import nfc

Bag = Counter[str]
SAME_TASK = 0.6  # Dice of the words from which two tasks can be one
SAME_WORDS = 0.85  # from which a task's words count as right
SAME_FIELD = 0.8  # from which a header field does

_DROPPED = re.compile(r"[.,;:()\"'“”‘’/]")
_JOINING = re.compile(r"[-–—&]")
_TABLE = Path(__file__).with_name("abbreviations.tsv")


@lru_cache(maxsize=20_000)
def normal(text: str) -> str:
    """`text` as it is compared: "Sở KH&ĐT, UBND TX." → "sở kế hoạch và đầu tư ủy ban nhân dân thị xã"."""
    text = _DROPPED.sub(" ", nfc(text).casefold())
    for short, full in _abbreviations():
        text = short.sub(full, text)
    styles, moved = _tones()
    text = styles.sub(lambda found: moved[found.group()], text)
    return " ".join(_JOINING.sub(" ", text).split())


@cache
def _abbreviations() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = (line.split("\t") for line in _TABLE.read_text(encoding="utf-8").splitlines() if line[:1] != "#")
    return tuple((re.compile(rf"\b{short}\b"), full) for short, full in rows)


@cache
def _tones() -> tuple[re.Pattern[str], dict[str, str]]:
    """The new style of marks ("oà", "uý") and what each is in the old one ("òa", "úy")."""
    marks = [unicodedata.lookup(f"COMBINING {name}") for name in _MARKS]
    moved = {nfc(a + b + mark): nfc(a + mark + b) for a, b in ("oa", "oe", "uy") for mark in marks}
    return re.compile("|".join(moved)), moved


_MARKS = ("GRAVE ACCENT", "ACUTE ACCENT", "HOOK ABOVE", "TILDE", "DOT BELOW")


def bag(text: str | None) -> Bag:
    """How often each word stands in `text`."""
    return Counter(normal(text or "").split())


def hashed(text: str | None) -> Bag:
    """The same by the words' hashes, as labels' `tokens` hold them."""
    return Counter(_hash(word) for word in normal(text or "").split())


def _hash(word: str) -> str:
    return hashlib.blake2b(word.encode(), digest_size=4).hexdigest()


def bags(
    gold: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]]
) -> tuple[list[Bag], list[Bag]]:
    """The words of labelled and of found tasks, both hashed where the labels are."""
    if any("tokens" in task for task in gold):
        return [Counter(task["tokens"]) for task in gold], [hashed(task["text"]) for task in found]
    made: Callable[[str], Bag] = bag
    return [made(task["text"]) for task in gold], [made(task["text"]) for task in found]


def dice(one: Bag, other: Bag) -> float:
    """How much two bags share, 0 to 1; 0 where both are empty."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
