"""A clause in, the units that cooperate in it out: "phối hợp với Sở A", "Sở A (phối hợp)"."""

from __future__ import annotations

import re

from pipeline.assignments.lexicon import lexicon
from pipeline.text import match_key
from pipeline.types import Span, UnitMention
from pipeline.units import find_units, units_at

_LETTERS = re.compile(r"(?P<name>[A-Z]{2,7})(?=,| và )")


def without_bracketed(mentions: tuple[UnitMention, ...], key: str) -> tuple[UnitMention, ...]:
    """The leads among units whose roles stand in brackets; all of them where none does."""
    words = lexicon()
    cooperators = [m for m in mentions if words.bracket_cooperator.match(key, m.span.end)]
    leads = tuple(m for m in mentions if m not in cooperators)
    return leads if cooperators and leads else mentions


def find_cooperators(text: str) -> tuple[UnitMention, ...]:
    """The units that a clause names as cooperating with its lead, each once, in order."""
    key = match_key(text)
    found: dict[str, UnitMention] = {}
    for bracket in lexicon().cooperates_in_brackets.finditer(key):
        for mention in find_units(text[: bracket.start()])[-1:]:
            found[match_key(mention.name)] = mention
    for match in lexicon().cooperate.finditer(key):
        if lexicon().cooperation_of_others.search(key, 0, match.start()):
            continue
        mentions, end = _units_from(text, past_spaces(key, match.end()))
        such = lexicon().such_as.match(key, end) if mentions else None
        if such:  # "các ngành liên quan như Sở A, Sở B": the group and who is named of it
            mentions = (*mentions, *units_at(text, such.end())[0])
        for mention in mentions:
            found.setdefault(match_key(mention.name), mention)
    return tuple(found.values())


def _units_from(text: str, start: int) -> tuple[tuple[UnitMention, ...], int]:
    """The list that begins at `start`; its first member may be a body known by its letters alone ("WHO và
    các đơn vị liên quan")."""
    mentions, end = units_at(text, start)
    letters = None if mentions else _LETTERS.match(text, start)
    if letters is None:
        return mentions, end
    further, end = units_at(text, letters.end())
    span = Span(letters.start(), letters.end("name"))
    first = UnitMention(span, letters["name"], letters["name"])
    return ((first, *further), end) if further else ((), start)


def past_spaces(key: str, at: int) -> int:
    """The first place from `at` that holds no space, comma or colon."""
    while at < len(key) and key[at] in " :,":
        at += 1
    return at
