"""Where a head word or a place stands in a text: offsets in, ends out."""

from __future__ import annotations

import re

from pipeline.text import match_key
from pipeline.units.lexicon import Head, Lexicon, lexicon
from pipeline.units.slips import mended

WORD = re.compile(r"[^\W_]+")
SPACE = re.compile(r"\s+")
JOINT = re.compile(r"\s*,\s*(?:và\s+)?|\s+và\s+|\s*/\s*|\s+-\s+")
_MANY = re.compile(r"(?:các|hai|ba|bốn|\d{1,2})\s+")
_PLACE_WORD = re.compile(r"(?:[^\W\d_]|['’])+|\d+")
_IA = re.compile(r"l[aA] (?=[A-ZĐƠÔ])")  # "Ia", as it opens names of highland communes, read for "la"
_SHOUTING = 0.7  # share of capitals from which letters' case says nothing
_MAX_PLACE_WORDS = 5
_MAX_LEVELS = 12  # in one list; there are no more levels of government


class Places:
    """Finds heads and places in one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: Lexicon = lexicon()
        self.key = mended(text)
        letters = [c for c in text[:400] if c.isalpha()]
        self.shouting = sum(c.isupper() for c in letters) > _SHOUTING * len(letters)

    def said(self, start: int, end: int) -> str:
        """The words from `start` to `end` as written, slips and a list's commas as meant, single spaces."""
        written = self.text[start:end]
        letters = zip(written, match_key(written), self.key[start:end], strict=True)
        return " ".join("".join(_meant(*letter) for letter in letters).split())

    def upper(self, at: int) -> bool:
        """Whether a capital stands at `at`."""
        return self.text[at : at + 1].isupper()

    def after_space(self, at: int) -> int | None:
        """Where the next word begins if only spaces lie between."""
        space = SPACE.match(self.key, at)
        return space.end() if space else None

    def head(self, at: int) -> tuple[Head, int] | None:
        """The head word at `at` and its end."""
        word = WORD.match(self.key, at)
        pattern = self.words.head.get(word.group()) if word else None
        match = pattern.match(self.key, at) if pattern else None
        if match is None or self.words.trap.match(self.key, at):
            return None
        head = self.words.heads[" ".join(match.group().split())]
        return None if head.capital and not self.upper(at) else (head, match.end())

    def opens_unit(self, at: int) -> bool:
        """Whether a new unit begins at `at`, so that a name cannot go on."""
        found = self.head(at)
        return found is not None and found[0].shape in ("whole", "named", "title")

    def levels(self, at: int, *, many: bool = True) -> tuple[int, int] | None:
        """A place or levels of government at `at`: its end, and where its name begins (-1: unnamed)."""
        quantity = _MANY.match(self.key, at) if many else None
        level = self.words.level.match(self.key, quantity.end() if quantity else at)
        if level is None:
            return None
        colon = (
            re.compile(r"\s*:\s*|\s+").match(self.key, level.end())
            if quantity
            else SPACE.match(self.key, level.end())
        )
        named = self.place(colon.end()) if colon else None
        if colon and named:
            return named, colon.end()
        end = level.end()
        for _ in range(_MAX_LEVELS):
            joint = JOINT.match(self.key, end)
            more = self.words.level.match(self.key, joint.end()) if joint else None
            named = self.place(self.after_space(more.end()) or -1) if more else None
            further = JOINT.match(self.key, named) if named else None
            if quantity and named and (further is None or self.opens_unit(further.end())):
                return named, -1  # "các xã, phường, đặc khu Côn Đảo": one list as written
            if more is None or named:
                listed = re.compile(r"\s*:\s*").match(self.key, end) if quantity else None
                province = self.words.province.match(self.key, listed.end()) if listed else None
                return (province.end(), province.start()) if province else (end, -1)
            end = more.end()
        return end, -1

    def _verb(self, at: int) -> bool:
        """Whether a verb begins a line or cell here and no place's name ("Công an tỉnh Chủ trì")."""
        first = WORD.match(self.key, at)
        second = WORD.match(self.key, self.after_space(first.end()) or len(self.key)) if first else None
        if first is None or second is None or self.upper(second.start()):
            return False
        return f"{first.group()} {second.group()}" in self.words.acts

    def place(self, at: int) -> int | None:
        """End of a place's proper name at `at`."""
        if at < 0:
            return None
        province = self.words.province.match(self.key, at)
        if province:
            return province.end()
        begins = self.upper(at) or self.text[at : at + 1].isdigit() or _IA.match(self.text, at)
        if self.shouting or not begins or self.opens_unit(at) or self._verb(at):
            return None
        end = at
        for _ in range(_MAX_PLACE_WORDS):
            word = _PLACE_WORD.match(self.text, end if end == at else end + 1)
            first = self.text[word.start() : word.start() + 1] if word else ""
            if word is None or not (first.isupper() or word.group().isdigit() or (end == at and begins)):
                break
            if end > at and self.opens_unit(word.start()):
                break
            end = word.end()
            if self.text[end : end + 1] not in (" ", "-"):
                break
        return end if end > at else None


def _meant(written: str, read: str, meant: str) -> str:
    """A letter as written unless a slip of it was mended; `read` is its key, `meant` the mended one."""
    if read == meant:
        return written
    return meant.upper() if written.isupper() else meant
