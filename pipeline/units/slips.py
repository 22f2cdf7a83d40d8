"""Slips of OCR in words that name units: a text in, its matching key with them mended out, same length.

A unit is named as it was meant, its text stays as written. A phrase of the lexicon with other accents
("Chì cục Thú y", "các tô chức") is read as the phrase where no other word can be meant: it has several words
or a listed name after it, stands where a unit begins and differs little. A full stop between two members of a
list in lower case is read as its comma.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import zip_longest

from rapidfuzz import fuzz

from pipeline.text import fold, match_key
from pipeline.units.lexicon import lexicon, listed_names, word_lists

_WORD = re.compile(r"[^\W_]+")
_LETTER = re.compile(r"\S")
_LIKE = 82  # similarity of the written words to the phrase, per cent
_SHORT = 3  # letters of a body's abbreviation that ends other words too
_LIKE_NAME = 60  # after a head with a capital only a name can be meant
_BEGINS = re.compile(r"(?:(?<!\w)(?:các|những|mọi|mỗi|và|tất cả)|[,/])\s+$")


class _Folded(dict[int, str]):
    """Letters without marks by their codes, found when first asked for; one letter for one."""

    def __missing__(self, code: int) -> str:
        letter = fold(chr(code))
        self[code] = letter if len(letter) == 1 else chr(code)
        return self[code]


_FOLDED = _Folded()


@dataclass(slots=True)
class _Node:
    """A word of a tree of phrases, by folded words; `phrases` are those that end here."""

    further: dict[str, _Node] = field(default_factory=dict)
    phrases: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, words: list[str]) -> None:
        node = self
        for word in words:
            if word != "và":
                node = node.further.setdefault(fold(word), _Node())
        node.phrases.append(tuple(w for w in words if w != "và"))


@dataclass(frozen=True, slots=True)
class _Phrases:
    first: frozenset[str]  # folded words that a head may begin with
    heads: _Node
    names: dict[str, _Node]
    short: dict[str, str]  # folded heads of one word that a name follows
    classes: dict[str, str]
    bodies: tuple[str, ...]
    plain: frozenset[str]
    other: frozenset[str]
    short_slip: dict[str, str]
    level_slip: dict[str, str]
    no_level: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    folded: str


def _keys(table: dict[str, str]) -> dict[str, str]:
    return {match_key(written): match_key(meant) for written, meant in table.items()}


@cache
def _phrases() -> _Phrases:
    heads, names = _Node(), dict[str, _Node]()
    for kind, name in listed_names():
        names.setdefault(kind, _Node()).add(_WORD.findall(name))
    known, words = lexicon().heads, word_lists()
    short_slip = _keys(words["short_slip"])
    for key in known:
        if " " in key:
            heads.add(key.split())
    short = {fold(key): key for key, head in known.items() if " " not in key and head.shape == "named"}
    return _Phrases(
        first=frozenset((*heads.further, *short, *map(fold, short_slip))),
        heads=heads,
        names=names,
        short=short,
        classes={key: head.names for key, head in known.items() if head.names in names},
        bodies=tuple(key for key, head in known.items() if head.names == "ubnd" and len(key) > _SHORT),
        plain=frozenset(key for key, head in known.items() if head.shape != "title" and not head.capital),
        other=frozenset(map(match_key, words["no_slip"])),
        short_slip=short_slip,
        level_slip=_keys(words["level_slip"]),
        no_level=frozenset(map(match_key, words["no_level"])),
    )


def mended(text: str) -> str:
    """The matching key of `text` with slips in the words for units mended; offsets stay."""
    key = match_key(text)
    words = [_Word(m.start(), m.end(), m.group()) for m in _WORD.finditer(key.translate(_FOLDED))]
    first = _phrases().first
    letters = list(key)
    for at in (index for index, word in enumerate(words) if word.folded in first):
        for word, meant in _mendings(text, key, words, at):
            letters[word.start : word.end] = meant
    mended_key = "".join(letters)
    for word, following in zip_longest(words, words[1:]):
        level = _phrases().level_slip.get(key[word.start : word.end])
        if level is not None and _after_body(key, mended_key, word, following):
            letters[word.start : word.end] = level
    return _with_commas(text, "".join(letters))


def _after_body(key: str, mended_key: str, word: _Word, following: _Word | None) -> bool:
    """Whether a level of government must stand at `word`: right after "UBND", "Công an" and the like."""
    if following is not None and key[following.start : following.end] in _phrases().no_level:
        return False
    end = word.start - 1
    return end >= 0 and mended_key[end].isspace() and mended_key.endswith(_phrases().bodies, 0, end)


def _mendings(text: str, key: str, words: list[_Word], at: int) -> Iterator[tuple[_Word, str]]:
    """Words from `at` and what is meant by them, for a head and the name after it."""
    known = _phrases()
    first = words[at]
    capital = text[first.start].isupper()
    alone = _alone(text, key, first) if capital else None
    if first.folded not in known.heads.further and alone is None:
        return
    span, phrase = _longest(known.heads, key, words, at, " ")
    head = " ".join(phrase)
    if span and _meant(key, span, phrase) and (capital or _begins(key, first.start, head)):
        yield from zip(span, phrase, strict=True)
    elif not span and alone is not None:
        span, head = words[at : at + 1], alone
    kind = known.classes.get(head)
    after = at + len(span)
    if kind is None or after >= len(words) or not text[words[after].start].isupper():
        return
    named, name = _longest(known.names[kind], key, words, after, " ,&–-")
    if named and _meant(key, named, name, _LIKE_NAME):
        yield from zip(named, name, strict=True)
    if named and len(span) == 1:
        yield span[0], head


def _alone(text: str, key: str, word: _Word) -> str | None:
    """The head that a capitalised word stands for, if a name follows: "Sờ", "Sữ" for "Sở"."""
    if not text[word.start + 1 : word.end].islower():
        return None
    written = key[word.start : word.end]
    return _phrases().short_slip.get(written) or _phrases().short.get(word.folded)


def _begins(key: str, start: int, head: str) -> bool:
    """Whether a unit in lower case may begin here: after "các" or in a list."""
    return head in _phrases().plain and _BEGINS.search(key[max(0, start - 8) : start]) is not None


def _longest(
    node: _Node, key: str, words: list[_Word], at: int, gaps: str
) -> tuple[list[_Word], tuple[str, ...]]:
    """The longest phrase of the tree that stands at `at`: its words there, and as the lexicon has them."""
    path: list[_Word] = []
    best: list[_Word] = []
    phrases: list[tuple[str, ...]] = []
    for index in range(at, len(words)):
        word = words[index]
        if path and not _joined(key[words[index - 1].end : word.start], gaps):
            break
        if path and word.folded == "va" and "va" not in node.further and gaps != " ":
            continue
        following = node.further.get(word.folded)
        if following is None:
            break
        node, path = following, [*path, word]
        if node.phrases:
            best, phrases = path, node.phrases
    return best, _nearest(key, best, phrases)


def _joined(between: str, gaps: str) -> bool:
    return 0 < len(between) <= 3 and all(c in gaps or c.isspace() for c in between)


def _nearest(key: str, words: list[_Word], phrases: list[tuple[str, ...]]) -> tuple[str, ...]:
    if not phrases:
        return ()
    written = " ".join(key[w.start : w.end] for w in words)
    return max(phrases, key=lambda phrase: fuzz.ratio(written, " ".join(phrase)))


def _meant(key: str, words: list[_Word], phrase: tuple[str, ...], like: int = _LIKE) -> bool:
    """Whether the written words differ from the phrase by a slip only."""
    written = " ".join(key[w.start : w.end] for w in words)
    if written == " ".join(phrase) or written in _phrases().other:
        return False
    return fuzz.ratio(written, " ".join(phrase)) >= like


def _with_commas(text: str, key: str) -> str:
    """Full stops between members of a list in lower case as commas."""
    letters = list(key)
    for match in lexicon().listed_stop.finditer(key):
        after = _LETTER.search(text, match.end(1))
        if after and after.group().islower():
            letters[match.start(1)] = ","
    return "".join(letters)
