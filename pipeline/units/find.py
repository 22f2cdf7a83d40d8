"""All units that a text mentions: a clause in, mentions with exact spans out, left to right."""

from __future__ import annotations

import re

from pipeline.remembered import remembered
from pipeline.types import UnitKind, UnitMention
from pipeline.units.lists import read_list
from pipeline.units.places import WORD
from pipeline.units.reader import Reader, reader

BEFORE = re.compile(r"([^\W_]+)\s+$")
_VAGUE = frozenset(("đơn vị", "cơ quan", "tổ chức", "cá nhân", "địa phương", "doanh nghiệp", "cơ sở"))


@remembered(1024)
def find_units(text: str) -> tuple[UnitMention, ...]:
    """Every unit, group of units and official in `text`; bare words for kinds of unit are left out."""
    read = reader(text)
    found: list[UnitMention] = []
    end = 0
    for word in WORD.finditer(read.key):
        if word.start() < end or word.group() not in read.words.first_words:
            continue
        if not _may_begin(read, word.start()):
            continue
        mentions, after = read_list(read, word.start())
        if mentions:
            found += [mention for mention in mentions if _tells(read, mention)]
            end = after
    return tuple(found)


def _may_begin(read: Reader, at: int) -> bool:
    """Whether a head in lower case is a word of its own here, and not the end of one ("cán bộ", "cơ sở")."""
    if at and read.text[at - 1] in "/-_.@":  # a number and notation, an address
        return False
    head = read.head(at)
    if head is None or " " in head[0].words or (read.upper(at) and not read.shouting):
        return True
    before = BEFORE.search(read.key[max(0, at - 12) : at])
    return before is None or before.group(1) in read.words.before


def _tells(read: Reader, mention: UnitMention) -> bool:
    """Whether a mention is more than a bare word for a kind of unit ("đơn vị") or a sentence's first word."""
    head = read.head(mention.span.start)
    if head is None or head[1] != mention.span.end:
        return True
    if mention.kind is UnitKind.REFERENCE:
        at = mention.span.start
        while at and read.text[at - 1].isspace():
            at -= 1
        return at > 0 and read.text[at - 1] not in ".;:!?-–+"
    return mention.kind is not UnitKind.GROUP or head[0].words not in _VAGUE
