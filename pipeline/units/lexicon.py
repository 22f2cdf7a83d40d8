"""What is known of units' names: TSV and TOML files in, compiled patterns and tables out (cached).

All patterns run over `match_key` of a text, so that letters' case and tone-mark style make no difference.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.text import match_key

_GAP = {
    "": r"\s*",
    " ": r"\s+",
    ",": r"(?:\s*,\s*|\s+)",
    "/": r"\s*/\s*",
    "-": r"(?:\s*[-–—]\s*|\s*,\s*|\s+(?:và\s+)?)",
    "&": r"\s*(?:&|và|-|,)?\s*",
}
_WORD = re.compile(r"[^\W_]+")
_ABBREVIATION = 3  # letters at least
REGISTER = ("central", "agencies", "bodies", "provincial", "local")
"""Files of the register of units (pipeline/units/register)."""
_SETS = ("go_on", "and_goes_on", "opens_lower", "name_verbs", "verb_names", "after_and", "over_heads")


@dataclass(frozen=True, slots=True)
class Head:
    """A word that opens a unit's name; see heads.tsv for the columns."""

    words: str
    shape: str
    capital: bool
    names: str
    over: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Compiled knowledge; `names` maps a class and a first word to the names that begin so."""

    heads: dict[str, Head]
    head: dict[str, re.Pattern[str]]
    names: dict[tuple[str, str], re.Pattern[str]]
    listed_stop: re.Pattern[str]
    quantifier: re.Pattern[str]
    level: re.Pattern[str]
    tail: re.Pattern[str]
    plain_tail: re.Pattern[str]
    trap: re.Pattern[str]
    marker: re.Pattern[str]
    province: re.Pattern[str]
    cities: frozenset[str]
    sets: dict[str, frozenset[str]]
    inner: frozenset[str]
    verbs: frozenset[str]
    descriptions: tuple[re.Pattern[str], ...]
    describes: re.Pattern[str]
    stops: frozenset[str]
    acts: frozenset[str]
    free: frozenset[str]
    kind_verbs: tuple[str, ...]
    first_words: frozenset[str]
    before: frozenset[str]


def rows(name: str) -> Iterator[tuple[str, ...]]:
    """Rows of a TSV file of this package, without comments and heading."""
    text = (files("pipeline.units") / name).read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("#")]
    for line in lines[1:]:
        yield tuple(line.split("\t"))


def _alternation(phrases: Iterable[str]) -> str:
    return "|".join(sorted(phrases, key=len, reverse=True))


def phrase_pattern(phrase: str) -> str:
    """A pattern for a name: commas, dashes, "và" and "&" may be written in each other's place."""
    pieces: list[str] = []
    end = 0
    key = match_key(phrase)
    words = list(_WORD.finditer(key))
    for number, word in enumerate(words):
        if number:
            pieces.append(_gap(key[end : word.start()], word.group(), words[number - 1].group()))
        pieces.append("(?:và|&)" if word.group() == "và" else re.escape(word.group()))
        end = word.end()
    return "".join(pieces)


def _gap(between: str, word: str, before: str) -> str:
    mark = next((m for m in "&,-/" if m in between), " ")
    if "và" in (word, before):
        return r"\s*"
    return _GAP[mark]


@cache
def word_lists() -> dict[str, Any]:
    """The lists of words.toml by their names, as written there."""
    return tomllib.loads((files("pipeline.units") / "words.toml").read_text(encoding="utf-8"))


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    words = word_lists()
    heads = _heads()
    return Lexicon(
        heads=heads,
        head=_by_first_word(heads),
        names=_names(),
        listed_stop=_listed_stop(words["listed"]),
        quantifier=re.compile(rf"(?:{_alternation(match_key(q) for q in words['quantifier'])})\s+"),
        level=re.compile(rf"(?:{_alternation(words['level'])})(?![\w])"),
        tail=re.compile(rf"(?:\s+|(?=,))(?:{_tails(words, 'tail')})(?![\w])"),
        plain_tail=re.compile(rf"\s+(?:{_tails(words, 'plain_tail')})(?![\w])"),
        marker=re.compile(rf"\s+(?:{_alternation(words['marker'])})(?![\w])"),
        trap=re.compile(rf"(?:{_alternation(_head_pattern(t) for t in _traps())})(?![\w])"),
        province=re.compile(
            rf"(?:{_alternation(phrase_pattern(row[0]) for row in rows('provinces.tsv'))})(?![\w])"
        ),
        verbs=frozenset(match_key(w) for w in words["name"]["verbs"]),
        descriptions=_descriptions(words),
        describes=re.compile(
            rf"\s+(?:{_alternation(map(match_key, words['opener'] + words['describes']))})(?![\w])"
        ),
        sets={name: frozenset(map(match_key, words["name"][name])) for name in _SETS},
        cities=frozenset(match_key(row[0]) for row in rows("provinces.tsv") if "city" in row),
        inner=frozenset(match_key(w) for w in words["name"]["words"]),
        acts=frozenset(match_key(w) for w in words["act"]["words"] + words["stop"]["words"]),
        free=frozenset(match_key(w) for w in words["free"]),
        kind_verbs=tuple(match_key(w) for w in words["kind_verbs"]),
        stops=frozenset(match_key(w) for w in words["stop"]["words"]),
        before=frozenset(match_key(w) for w in words["before"]),
        first_words=frozenset(
            [key.split()[0] for key in heads]
            + [match_key(q).split()[0] for q in words["quantifier"]]
            + ["đồng", "đ", "ông", "bà"]
        ),
    )


def _heads() -> dict[str, Head]:
    heads = {}
    for phrase, shape, case, names, *over in rows("heads.tsv"):
        key = match_key(phrase)
        heads[key] = Head(key, shape, case == "cap", names, bool(over and over[0]))
    for key, head in tuple(heads.items()):
        if head.shape == "title" and head.over:
            heads.setdefault(f"phó {key}", replace(head, words=f"phó {key}"))
    for key in _abbreviations():
        heads.setdefault(key, Head(key, "whole", True, "ubnd", False))
    return heads


def _tails(words: dict[str, list[str]], name: str) -> str:
    """What may follow a unit: what the list holds, first come, and what says where the unit lies."""
    return "|".join(match_key(tail) for tail in (*words[name], *words["tail_of_place"]))


def _listed_stop(words: list[str]) -> re.Pattern[str]:
    """A full stop between two words for kinds of unit, where a list has a comma."""
    listed = _alternation(map(match_key, words))
    return re.compile(rf"(?<!\w)(?:{listed})(\.)(?=\s+(?:các\s+)?(?:{listed})(?!\w))")


def _descriptions(words: dict[str, list[str]]) -> tuple[re.Pattern[str], ...]:
    """Descriptions of a group, the surest first."""
    return _given(words["sure_closer"]), _description(words["opener"], words["closer"]), _works(words)


def _description(openers: list[str], closers: list[str]) -> re.Pattern[str]:
    opener = _alternation(match_key(w) for w in openers)
    closer = _alternation(match_key(w) for w in closers)
    return re.compile(rf"\s+(?:{opener})\s[^;:.()]{{2,110}}?(?=\s*(?::|\(|,?\s+(?:{closer})(?![\w])))")


def _given(closers: list[str]) -> re.Pattern[str]:
    """What a group was given to do, up to a word that can only open the clause's own verb."""
    closer = _alternation(map(match_key, closers))
    return re.compile(rf"\s+được (?:giao|phân công)\s[^;:.(),]{{2,110}}?(?=\s+(?:{closer})\s)")


def _works(words: dict[str, list[str]]) -> re.Pattern[str]:
    """A verb with its object, up to the verb that is the clause's own."""
    verb, main = (_alternation(map(match_key, words[name])) for name in ("works", "main_verb"))
    apart = "".join(rf"(?<!\s{match_key(word)})" for word in words["not_before"])
    return re.compile(
        rf"\s+(?:{verb})(?:\s+(?!(?:{_alternation(words['not_before'])})(?![\w]))[^\W\d]+){{1,6}}?{apart}(?=\s+(?:{main})\s)"
    )


def _by_first_word(heads: Iterable[str]) -> dict[str, re.Pattern[str]]:
    grouped: dict[str, list[str]] = {}
    for key in heads:
        grouped.setdefault(key.split()[0], []).append(_head_pattern(key))
    return {first: re.compile(rf"(?:{_alternation(them)})(?![\w])") for first, them in grouped.items()}


def _traps() -> list[str]:
    text = (files("pipeline.units") / "traps.txt").read_text(encoding="utf-8")
    return [match_key(line) for line in text.split("\n") if line.strip() and not line.startswith("#")]


def _abbreviations() -> Iterator[str]:
    """Abbreviations of one word in the register ("SXD", "BTC"); two letters stand for too much."""
    for name in REGISTER:
        for alias in (one for row in rows(f"register/{name}.tsv") for one in row[2].split("|")):
            if len(alias) >= _ABBREVIATION and alias.isupper() and alias.isalpha():
                yield match_key(alias)


def _head_pattern(key: str) -> str:
    return r"\s+".join(re.escape(word) for word in key.split())


def listed_names() -> Iterator[tuple[str, str]]:
    """Class and name, keys, of every name of names.tsv; the longest of a class first."""
    for kind, listed in rows("names.tsv"):
        for name in sorted(listed.split(" | "), key=len, reverse=True):
            yield match_key(kind), match_key(name)


def _names() -> dict[tuple[str, str], re.Pattern[str]]:
    grouped: dict[tuple[str, str], list[str]] = {}
    for kind, name in listed_names():
        first = _WORD.match(name)
        if first:
            grouped.setdefault((kind, first.group()), []).append(phrase_pattern(name))
    return {key: re.compile(rf"(?:{'|'.join(names)})(?![\w])") for key, names in grouped.items()}
