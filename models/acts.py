"""A task's verb phrases: its action in, the acts named in it out, in order.

A verb opens a phrase where only adverbs, light verbs ("tăng cường", "tổ chức") and units stand between it and
the last pause; verbs elsewhere belong to a noun ("kế hoạch kiểm tra") and count as named inside. What a verb
comes to depends on its object: "xây dựng kế hoạch" makes a document, "xây dựng cầu" does not. The words lie
in acts.tsv.
"""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from pipeline.text import match_key
from pipeline.units import find_units

_PAUSE = re.compile(r"[,;.:!?()\n•·]|(?<!\w)[-–+](?!\w)")
_HARD = re.compile(r"[;.:!?\n]")
_WORD = re.compile(r"[^\W_]+")
_NUMBERED = re.compile(r" (?:liên tịch )?số \d")  # what follows a paper's kind where one is cited
_REACH = 7  # words between a verb and its object
_UNIT = "·"
_NOTHING = "-"  # a small verb that says nothing without the right object
_NOUNS = {"paper", "figures", "case"}  # verbs of these are nouns ("quy định", "báo cáo") where none opens
_STRONG = {"draft", "report", "make", "propose", "gather", "join", "cooperate", "forbid", "settle", "settled"}
_SERIAL = {"propose", "review", "make", "draft"}  # another verb may follow at once: "đề xuất sửa đổi"
_MOST_CHARACTERS = 1500  # the acts of a task stand at its head


@dataclass(frozen=True, slots=True)
class Act:
    """A verb phrase: what it comes to, its verb, its object's class ("" without), and how it stands.

    `place` is "head" (a phrase of its own), "aim" (what the work is for) or "inside" (part of a noun or of a
    condition); `sentence` counts from 0; `light`: a light verb stands before it.
    """

    act: str
    verb: str
    object: str
    place: str
    sentence: int
    light: bool = False
    at: int = 0


@dataclass(frozen=True)
class Lexicon:
    """acts.tsv: each phrase's class by role, and what a verb with an object comes to."""

    roles: dict[str, dict[str, str]]
    pairs: dict[tuple[str, str], str]
    bare: dict[str, str]
    by_first_word: dict[str, tuple[str, ...]]  # phrases, the longest first

    def at(self, key: str, word: re.Match[str]) -> str:
        """The longest phrase that opens with a word of the key ("" for none)."""
        start = word.start()
        for phrase in self.by_first_word.get(word.group(), ()):
            end = start + len(phrase)
            if key.startswith(phrase, start) and not key[end : end + 1].isalnum():
                return phrase
        return ""


@cache
def lexicon() -> Lexicon:
    """The phrases of acts.tsv."""
    roles: dict[str, dict[str, str]] = {}
    pairs: dict[tuple[str, str], str] = {}
    bare: dict[str, str] = {}
    text = (files("models") / "acts.tsv").read_text(encoding="utf-8")
    for line in [line for line in text.split("\n") if line and not line.startswith("#")][1:]:
        role, name, phrases = line.split("\t")
        if role == "pair":
            verb, _, thing = name.partition("+")
            pairs[verb, thing] = phrases
        elif role == "bare":
            bare[name] = phrases
        else:
            for phrase in phrases.split(" | "):
                roles.setdefault(match_key(phrase), {}).setdefault(role, name)
    by_first_word: dict[str, list[str]] = {}
    for phrase in sorted(roles, key=len, reverse=True):
        by_first_word.setdefault(_WORD.findall(phrase)[0], []).append(phrase)
    return Lexicon(roles, pairs, bare, {word: tuple(them) for word, them in by_first_word.items()})


@dataclass(frozen=True, slots=True)
class _Token:
    phrase: str
    roles: dict[str, str]
    start: int
    end: int
    words: int  # words of the key before it
    pauses: int  # full stops and the like before it


def _tokens(key: str) -> list[_Token]:
    """The phrases known in a key, in order, none inside another."""
    known, tokens, after = lexicon(), [], 0
    hard = [pause.start() for pause in _HARD.finditer(key)]
    for order, word in enumerate(_WORD.finditer(key)):
        if word.start() >= after and (phrase := known.at(key, word)):
            start, after = word.start(), word.start() + len(phrase)
            tokens.append(_Token(phrase, known.roles[phrase], start, after, order, bisect(hard, start)))
    return tokens


def without_units(text: str) -> str:
    """The text's key, each unit's name replaced by a dot: names of units are full of verbs."""
    key = match_key(text)
    parts, at = [], 0
    for mention in find_units(text):
        parts += [key[at : mention.span.start], f" {_UNIT} "]
        at = mention.span.end
    return "".join(parts) + key[at:]


def first_thing(key: str) -> str:
    """The class of the thing that a key opens with, "" for none: "nghị định về …" names a paper."""
    word = _WORD.match(key.strip(' ·-–+"“('))
    phrase = lexicon().at(key.strip(' ·-–+"“('), word) if word else ""
    roles = lexicon().roles[phrase] if phrase else {}
    return "" if "verb" in roles else roles.get("object", "")


def acts_in(key: str) -> tuple[Act, ...]:
    """The acts named in a key without units, in order."""
    reader = _Reader(key[:_MOST_CHARACTERS])
    return tuple(reader.read())


class _Reader:
    """One pass over the phrases known, keeping whether a verb here would open a phrase of its own."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._known = lexicon()
        self._tokens = _tokens(key)
        self._open = True
        self._aim = False
        self._caused = False  # "chỉ đạo", "yêu cầu": a verb comes, past the words for who is told
        self._cooperates = False  # the last verb: what follows "trong việc" is what is done together
        self._ground = False  # "căn cứ … để": what follows is the work itself, not an aim
        self._sentence = 0
        self._light: int | None = None
        self._inside = ""  # class of the last verb inside: more of it, listed after it, stand inside too

    def read(self) -> list[Act]:
        found: list[Act] = []
        at = 0
        for index, token in enumerate(self._tokens):
            found += self._gap(self._key[at : token.start])
            found += self._step(index, token)
            at = token.end
        found += self._gap(self._key[at:])
        if self._light is not None:
            found += self._close()
        return found

    def _gap(self, gap: str) -> list[Act]:
        """What stands between two phrases: a pause opens, other words close."""
        if not gap or gap == " ":
            return []
        found: list[Act] = []
        parts = _PAUSE.split(gap)
        if _WORD.search(parts[0]):
            found = self._close()
        if len(parts) > 1:
            self._open = True
            if gap.strip() != ",":
                self._inside = ""
                self._caused = self._caused and "," in gap
            if _HARD.search(gap):
                found += self._close()
                self._open, self._aim, self._ground = True, False, False
                self._sentence += "." in gap or ";" in gap
            if _WORD.search(parts[-1]):
                found += self._close()
        return found

    def _close(self) -> list[Act]:
        light, self._light = self._light, None
        self._open, self._inside = False, ""
        return [self._made(light, self._tokens[light].roles["light"])] if light is not None else []

    def _step(self, index: int, token: _Token) -> list[Act]:
        roles = token.roles
        if "light" in roles and self._open:
            self._light = index if self._light is None else self._light
            return []
        if "verb" in roles and self._is_verb(index):
            return self._verb(index)
        if "aim" in roles:
            found = self._close()
            self._open, self._aim, self._ground = True, not self._ground, False
            return found
        if roles.get("fence") == "ground":
            self._ground = self._open
        if "cause" in roles:
            self._caused = self._caused or self._open
            return []
        if "opener" in roles or ("within" in roles and self._cooperates):
            self._open = True
            return []
        if {"fence", "noun", "within"} & roles.keys():
            self._caused = self._caused and "noun" in roles
            return self._close()
        if "object" in roles and "adverb" not in roles:
            return self._close()
        if token.phrase in ("và", "hoặc"):
            self._open = True
        return []

    def _is_verb(self, index: int) -> bool:
        """A word such as "báo cáo" is a verb only where a phrase opens, and never in "Quy định số 3"."""
        token = self._tokens[index]
        if token.roles.get("object") not in _NOUNS:
            return True
        if _NUMBERED.match(self._key, token.end):
            return False
        return self._opens(token.roles["verb"])

    def _opens(self, kind: str) -> bool:
        listed = self._inside and (kind == self._inside or kind not in _STRONG)
        return (self._open or self._caused) and not listed

    def _verb(self, index: int) -> list[Act]:
        kind = self._tokens[index].roles["verb"]
        made = self._made(index, kind)
        if made.act == _NOTHING:
            return self._close()
        self._cooperates = kind == "cooperate"
        if not self._opens(kind):
            self._open, self._inside = False, kind
            return [replace(made, place="inside")]
        light, self._light = self._light, None
        self._open, self._caused, self._inside = kind in _SERIAL, False, ""
        return [replace(made, light=light is not None)]

    def _made(self, index: int, kind: str) -> Act:
        token, thing = self._tokens[index], self._object(index)
        act = self._known.pairs.get((kind, thing)) or self._known.bare[kind]
        place = "aim" if self._aim else "head"
        return Act(act, token.phrase, thing, place, self._sentence, at=token.start)

    def _object(self, index: int) -> str:
        """The class of the object that follows a verb, over verbs listed with it."""
        verb = self._tokens[index]
        last = verb.words + verb.phrase.count(" ") + 1 + _REACH
        for token in self._tokens[index + 1 :]:
            if token.words > last or token.pauses > verb.pauses:
                break
            if {"aim", "fence"} & token.roles.keys():
                break
            if "object" in token.roles and ("verb" not in token.roles or self._close_by(verb, token)):
                return token.roles["object"]
        return ""

    def _close_by(self, verb: _Token, token: _Token) -> bool:
        between = self._key[verb.end : token.start]
        return not _PAUSE.search(between) and len(_WORD.findall(between)) <= 1
