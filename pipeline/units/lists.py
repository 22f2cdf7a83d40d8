"""Coordinated units: a text and a place in, the units of the list that begins there out."""

from __future__ import annotations

import re

from pipeline.types import Span, UnitKind, UnitMention
from pipeline.units.lexicon import Head
from pipeline.units.reader import Found, Reader

_LEAD = re.compile(r"\s*(?:(?:và|cùng|với|cùng với|;|,)\s+)*")
_JOINT = re.compile(
    r"\s*[,;]\s*(?:(?:và|cùng|cùng với|với)\s+)?|\s+(?:và|cùng|cùng với|với|&)\s+|\s*[-–+•]\s+|\s*\n\s*[-–+•]?\s*"
)
_NAME_JOINT = re.compile(r"\s*[,;]\s*(?:và\s+)?|\s+và\s+|\s*\n\s*")
_ASIDE = re.compile(r"\s*\((?!\s*(?:qua|để|trước|gửi))[^()]{1,60}\)(?=\s*(?:[,;]|và\s|$))")


def read_list(reader: Reader, start: int) -> tuple[list[UnitMention], int]:
    """Units joined to one list from exactly `start`, and where it ends (`start` if there is none)."""
    mentions: list[UnitMention] = []
    at, end = start, start
    while True:
        found = reader.unit(at)
        if found is None:
            return mentions, end
        members, end = _spread(reader, at, found)
        mentions += members
        aside = _ASIDE.match(reader.key, end)
        joint = _JOINT.match(reader.key, aside.end() if aside else end)
        if joint is None:
            return mentions, end
        at = joint.end()


def _spread(reader: Reader, at: int, found: Found) -> tuple[list[UnitMention], int]:
    """The unit at `at`, and the names that go on under its head ("các Sở: Tài chính, Y tế")."""
    whole = _mention(reader, at, found.end, found.kind)
    if found.head is None or found.name_at < 0:
        return [whole], found.end
    further: list[UnitMention] = []
    end = found.end
    while True:
        joint = _NAME_JOINT.match(reader.key, end)
        stop = _name(reader, found.head, joint.end(), found.grouped) if joint else None
        if joint is None or stop is None:
            break
        further.append(_shared(reader, found, joint.end(), stop))
        end = stop
    if not further and ":" not in reader.text[at : found.name_at]:
        return [whole], end
    first = _shared(reader, found, found.name_at, found.end)
    if not found.grouped:
        first = whole
    return [first, *further], end


def _name(reader: Reader, head: Head, at: int, grouped: bool) -> int | None:
    """End of a bare name that goes on with a list under `head`; it must not itself open a unit."""
    if at >= len(reader.text) or not reader.text[at].isupper():
        return None
    listed = reader.listed(head, at)
    if listed is not None:
        return listed
    opens = reader.head(at)
    if not grouped or reader.shouting or (opens and opens[0].shape != "part"):
        return None
    end = reader.capitals(at)
    return end if end > at else None


def _shared(reader: Reader, found: Found, start: int, end: int) -> UnitMention:
    head = found.head.words if found.head else ""
    text = reader.text[start:end]
    name = f"{head[:1].upper()}{head[1:]} {text}"
    kind = UnitKind.PERSON if found.kind is UnitKind.PERSON else UnitKind.UNIT
    return UnitMention(Span(start, end), text, name, kind)


def _mention(reader: Reader, start: int, end: int, kind: UnitKind) -> UnitMention:
    text = reader.text[start:end]
    return UnitMention(Span(start, end), text, " ".join(text.split()), kind)


def units_at(text: str, start: int) -> tuple[tuple[UnitMention, ...], int]:
    """The list of units that begins at `start` (spaces and a bare "và"/"cùng" skipped), and its end;
    `((), start)` where none begins."""
    lead = _LEAD.match(text, start)
    at = lead.end() if lead else start
    mentions, end = read_list(Reader(text), at)
    return (tuple(mentions), end) if mentions else ((), start)
