"""A text that is wholly a list of units (a table cell, a lead-in): in, its members out."""

from __future__ import annotations

import re

from pipeline.types import Span, UnitKind, UnitMention
from pipeline.units.lists import read_list
from pipeline.units.places import WORD
from pipeline.units.reader import Reader, reader

_EDGE = " \t\n.,;:-–+•*"
_SKIP = re.compile(
    r"(?:[\s.,;:+•*–-]|(?:và|cùng với|cùng|với|phối hợp với|chủ trì|giao)(?=\s|:))*", re.IGNORECASE
)
_SEPARATOR = re.compile(r"\s*[;\n]\s*|\s*,\s*|\s+và\s+")
# after a unit these say its role and not its name
_ROLE = re.compile(
    r"\s*(?:\(|(?:chủ trì|phối hợp|thực hiện|là|làm|tham mưu|chịu trách nhiệm|có trách nhiệm"
    r"|hướng dẫn|phải|yêu cầu|cần|sẽ|rà soát|khẩn trương|chỉ đạo|báo cáo|tiến hành)(?![\w]))"
)
_ASSIGNED = ("được giao", "được phân công")
_MAX_NAME, _MAX_WORDS = 120, 10


def split_list(text: str) -> tuple[UnitMention, ...]:
    """The members of a list; a capitalised piece that no rule knows is kept as it stands."""
    read = reader(text)
    members: list[UnitMention] = []
    at = 0
    while at < len(read.text):
        skipped = _SKIP.match(read.text, at)
        at = skipped.end() if skipped else at
        mentions, end = read_list(read, at)
        if mentions:
            mentions, end = _completed(read, mentions, end)
        elif at < len(read.text):
            mentions, end = _unknown(read, at)
        members += mentions
        at = max(end, at + 1)
    return tuple(members)


def _piece_end(read: Reader, at: int) -> int:
    """Where the piece from `at` ends: at a mark, or at a comma or "và" before a known unit."""
    reach = at + _MAX_NAME + 1  # a longer piece completes no name
    for separator in _SEPARATOR.finditer(read.key, at, reach):
        if separator.group().strip() in (";", "") or read.unit(separator.end()):
            return separator.start()
    return min(len(read.text), reach)


def _completed(read: Reader, mentions: list[UnitMention], end: int) -> tuple[list[UnitMention], int]:
    """A last member goes on to the end of its piece where words follow that the rules do not know."""
    last = mentions[-1]
    rest_end = _piece_end(read, end)
    rest = read.text[end:rest_end]
    if not rest.strip(_EDGE) or rest[0] in ",;:.\n" or len(rest) > _MAX_NAME or _acts(read, last.kind, end):
        return mentions, end
    stop = end + len(rest.rstrip(_EDGE))
    text = read.text[last.span.start : stop]
    head = last.name.removesuffix(" ".join(last.text.split()))
    whole = UnitMention(Span(last.span.start, stop), text, head + " ".join(text.split()), last.kind)
    return [*mentions[:-1], whole], stop


def _acts(read: Reader, kind: UnitKind, end: int) -> bool:
    """Whether what follows a unit says its role or its work, and is no part of its name; a word for a
    kind of unit may be told by a verb ("đơn vị quản lý thiết bị")."""
    if _ROLE.match(read.key, end):
        return True
    if (
        kind in (UnitKind.GROUP, UnitKind.REFERENCE)
        or read.words.describes.match(read.key, end)
        or read.key.endswith(_ASSIGNED, 0, end)
    ):
        return False
    word = WORD.search(read.key, end)
    return word is not None and read.stops(word, read.words.acts)


def _unknown(read: Reader, at: int) -> tuple[list[UnitMention], int]:
    separator = _SEPARATOR.search(read.key, at)
    end = separator.start() if separator else len(read.text)
    words = read.text[at:end].rstrip(_EDGE)
    if not words or not any(c.isupper() for c in words) or len(words.split()) > _MAX_WORDS:
        return [], end
    return [UnitMention(Span(at, at + len(words)), words, " ".join(words.split()), UnitKind.UNIT)], end
