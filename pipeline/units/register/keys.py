"""Names as they are compared: a name in, its words in one spelling out; titles before a name fall away.

Case, tone-mark style, punctuation, "và" and "&" make no difference; short forms are written out.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pipeline.text import match_key
from pipeline.units.lexicon import rows

_WORD = re.compile(r"[^\W_]+")
_ASIDE = re.compile(r"\([^()]{0,80}\)?")
_PERSON = r"(?:(?:đồng chí|đ/c|đ c|ông|bà|các đồng chí)\s+)?(?:phó\s+)?"
_MAX_TITLES = 2  # "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ"


@lru_cache(maxsize=16_384)
def words(name: str) -> tuple[str, ...]:
    """The words of a name in one spelling, without what stands in brackets."""
    short = _abbreviations()
    found: list[str] = []
    for word in _WORD.findall(match_key(_ASIDE.sub(" ", name).replace("&", " "))):
        if word != "và":
            found += short.get(word) or (word.lstrip("0") or word,)
    return tuple(found)


def compact(parts: tuple[str, ...]) -> str:
    """Words as one key, so that "Kon Tum" and "KonTum", "NN PTNT" and "NNPTNT" are one."""
    return "".join(parts)


def named(name: str) -> tuple[str, ...]:
    """The words of the body that a name means: of "Giám đốc Sở Y tế" those of "Sở Y tế"."""
    return tuple(without_title(" ".join(words(name))).split())


def without_title(key: str) -> str:
    """A matching key without the titles before a body's name; unchanged where only a title stands."""
    pattern, leaves = _titles()
    for _ in range(_MAX_TITLES):
        title = pattern.match(key)
        if title is None:
            break
        left, rest = leaves[" ".join(title["title"].split())], key[title.end() :].lstrip(" ,")
        key = f"{left} {rest}" if left and not rest.startswith(left) else rest
    return key


@cache
def _titles() -> tuple[re.Pattern[str], dict[str, str]]:
    leaves = {match_key(title): match_key(left) for title, left in rows("register/titles.tsv")}
    listed = "|".join(re.escape(title) for title in sorted(leaves, key=len, reverse=True))
    return re.compile(rf"{_PERSON}(?P<title>{listed})(?:\s*,)?\s+(?=\S)"), leaves


@cache
def _abbreviations() -> dict[str, tuple[str, ...]]:
    return {
        match_key(short): tuple(match_key(long).split()) for short, long in rows("register/abbreviations.tsv")
    }
