"""A text that is wholly a list of units (a table cell, a lead-in): in, its members out."""

from __future__ import annotations

import re

from pipeline.text import match_key
from pipeline.types import Span, UnitKind, UnitMention
from pipeline.units.lists import read_list
from pipeline.units.reader import Reader

_EDGE = " \t\n.,;:-–+•*"
_PIECE = re.compile(r"\s*[;\n]\s*|\s*,\s*|\s+và\s+")


def split_list(text: str) -> tuple[UnitMention, ...]:
    """The members of a list; a piece that no rule knows is kept as it stands between separators."""
    reader = Reader(text)
    members: list[UnitMention] = []
    at = 0
    while at < len(text):
        at = _skip(text, at)
        mentions, end = read_list(reader, at)
        if not mentions:
            mentions, end = _unknown(reader, at)
        members += mentions
        at = max(end, at + 1)
    return tuple(members)


def _skip(text: str, at: int) -> int:
    joint = re.compile(r"(?:[\s.,;:+•*–-]|(?:và|cùng|với)\s)*", re.I).match(text, at)
    return joint.end() if joint else at


def _unknown(reader: Reader, at: int) -> tuple[list[UnitMention], int]:
    piece = _PIECE.search(reader.key, at)
    end = piece.start() if piece else len(reader.text)
    words = reader.text[at:end].rstrip(_EDGE)
    if not words or not any(c.isupper() for c in words):
        return [], max(end, at)
    return [UnitMention(Span(at, at + len(words)), words, " ".join(words.split()), UnitKind.UNIT)], end


def same_name(one: str, other: str) -> bool:
    """Whether two names are written alike but for case, tone-mark style and spaces."""
    return match_key(" ".join(one.split())) == match_key(" ".join(other.split()))
