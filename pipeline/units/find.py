"""All units that a text mentions: a clause in, mentions with exact spans out, left to right."""

from __future__ import annotations

import re

from pipeline.types import UnitKind, UnitMention
from pipeline.units.lists import read_list
from pipeline.units.reader import Reader

_WORD = re.compile(r"[^\W_]+")


def find_units(text: str) -> tuple[UnitMention, ...]:
    """Every unit, group of units and official in `text`; bare words for kinds of unit are left out."""
    reader = Reader(text)
    found: list[UnitMention] = []
    end = 0
    for word in _WORD.finditer(reader.key):
        if word.start() < end or word.group() not in reader.words.first_words:
            continue
        mentions, after = read_list(reader, word.start())
        if mentions:
            found += [m for m in mentions if _telling(m)]
            end = after
    return tuple(found)


def _telling(mention: UnitMention) -> bool:
    return mention.kind is not UnitKind.GROUP or " " in mention.text
