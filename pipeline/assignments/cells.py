"""A table cell in; its words, and the units that it names with their roles, out.

One cell may hold several roles: "Chủ trì: A; Phối hợp: B", "A chủ trì, phối hợp với B", "A (chủ trì), B (phối
hợp)". A cell may also say what its unit does ("Vụ A xây dựng phương án"): then the unit is its subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.assignments.roles import find_subject
from pipeline.assignments.scope import moved
from pipeline.assignments.subjects import Subject
from pipeline.assignments.table_lexicon import table_pattern
from pipeline.text import match_key
from pipeline.types import GridCell, Paragraph, Span, UnitMention
from pipeline.units import split_list

BULLET = re.compile(r"^[\s_.:;|*~]*(?:[-–+•][\s_.]*)?")
_LABEL = re.compile(
    r"(?:(?:các )?(?:cơ quan|đơn vị|cấp)\s+)?"
    r"(?:(?P<lead>chủ trì|thực hiện|đầu mối)|(?P<with>(?:cùng )?phối hợp(?: thực hiện)?|tham gia))\s*:\s*"
)
_WITH = re.compile(r"[,;(]?\s*(?:chủ trì\s*[,;]?\s*)?(?:và\s+)?(?:phối hợp (?:với|cùng)|cùng với)\s+")
_PIECE_END = re.compile(r"chủ trì\s*[,;]\s*|;\s*|\n")
_COOPERATES = re.compile(r"(?:cùng )?(?:phối hợp|tham gia)(?: thực hiện)?[\s).;]*$")
_STROKE = re.compile(r"(?<=\w)\s*/\s*(?=[A-ZĐ]\w*\s+\w)")
_IN_BRACKETS = re.compile(r"\s*\((?:đơn vị |cơ quan )?(?:phối hợp|tham gia)[^)]*\)")


@dataclass(frozen=True, slots=True)
class Party:
    """The units of a cell by their role."""

    leads: tuple[UnitMention, ...] = ()
    cooperators: tuple[UnitMention, ...] = ()


def words_of(cell: GridCell | None, text: str) -> str:
    """A cell's words on one line; empty without a cell."""
    if cell is None:
        return ""
    return " ".join(text[p.span.start : p.span.end].replace("\n", " ") for p in cell.paragraphs).strip()


def span_of(cell: GridCell | None) -> Span | None:
    """From a cell's first word to its last; None where it is blank."""
    if cell is None or not cell.paragraphs:
        return None
    return Span(cell.paragraphs[0].span.start, cell.paragraphs[-1].span.end)


def without_bullet(paragraph: Paragraph, text: str) -> Span:
    """A paragraph's words behind its bullet."""
    bullet = BULLET.match(text[paragraph.span.start : paragraph.span.end])
    return Span(paragraph.span.start + (bullet.end() if bullet else 0), paragraph.span.end)


def has_bullet(paragraph: Paragraph, text: str) -> bool:
    """Whether a paragraph begins with a dash or the like."""
    return text[paragraph.span.start : paragraph.span.end].lstrip().startswith(("-", "–", "+", "•"))


def read_party(paragraphs: tuple[Paragraph, ...], text: str, *, combined: bool = False) -> Party:
    """The units that a cell names; in a `combined` column without labels the first leads, the others
    cooperate."""
    leads: list[UnitMention] = []
    cooperators: list[UnitMention] = []
    cooperate = False
    for paragraph in paragraphs:
        span = without_bullet(paragraph, text)
        for start, end, role in _sections(text[span.start : span.end], cooperate):
            cooperate = role
            party = _section(text[span.start + start : span.start + end], span.start + start, role)
            leads += party.leads
            cooperators += party.cooperators
    leads = _whole_names(leads, text)
    if combined and not cooperators and len(leads) > 1:
        return Party(tuple(leads[:1]), tuple(leads[1:]))
    return Party(tuple(leads), tuple(cooperators))


def _sections(words: str, cooperate: bool) -> Iterator[tuple[int, int, bool]]:
    """The labelled stretches of a paragraph, and whether the units there cooperate."""
    key = match_key(words)
    start, role = 0, cooperate
    for label in _LABEL.finditer(key):
        if label.start() > start:
            yield start, label.start(), role
        start, role = label.end(), label.group("with") is not None
    yield start, len(words), role


def _section(words: str, base: int, cooperate: bool) -> Party:
    """The units of a stretch with one label, or with none."""
    if cooperate:
        return Party((), _units(words, base))
    key = match_key(words)
    cut = _WITH.search(key)
    if cut and cut.start():
        rest = words[cut.end() :]
        return Party(_units(words[: cut.start()], base), _units(rest, base + cut.end()))
    leads: list[UnitMention] = []
    cooperators: list[UnitMention] = []
    for start, end in _pieces(key):
        units = _units(words[start:end], base + start)
        if _COOPERATES.search(key, start, end) and "(" not in key[start:end]:
            cooperators += units
            continue
        for unit in units:
            aside = _IN_BRACKETS.match(key, unit.span.end - base)
            (cooperators if aside else leads).append(unit)
    if not leads:  # "Sở A, Sở B phối hợp thực hiện": on a par
        return Party(tuple(cooperators))
    return Party(tuple(leads), tuple(cooperators))


def _pieces(key: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in _PIECE_END.finditer(key):
        yield start, mark.start() if mark.group().startswith(";") else mark.end()
        start = mark.end()
    if start < len(key):
        yield start, len(key)


def _units(words: str, base: int) -> tuple[UnitMention, ...]:
    """The members of a list without roles, also of one parted by strokes ("Sở A/Sở B")."""
    found: list[UnitMention] = []
    start = 0
    for stroke in [*_STROKE.finditer(words), None]:
        end = stroke.start() if stroke else len(words)
        found += (moved(mention, base + start) for mention in _list(words[start:end]))
        start = stroke.end() if stroke else end
    return tuple(found)


def _list(words: str) -> tuple[UnitMention, ...]:
    subject = find_subject(words)
    if subject is not None and subject.leads and _says_what_it_does(subject, words):
        return subject.leads
    found: list[UnitMention] = []
    for mention in split_list(words):
        if found and _is_within(found[-1], mention, words):
            found[-1] = _joined(found[-1], mention, words)
        else:
            found.append(mention)
    return tuple(found)


def _says_what_it_does(subject: Subject, words: str) -> bool:
    """Whether a verb follows the units that is no part of a name ("Công ty Khai thác thủy lợi", "Đơn vị
    quản lý thiết bị")."""
    name = match_key(subject.leads[-1].name)
    if subject.cue != "subject" or table_pattern("named_by_work").match(name):
        return False
    relative = table_pattern("relative").match(match_key(words[subject.end :]))
    return not (relative and table_pattern("unnamed").match(name))


def _whole_names(mentions: list[UnitMention], text: str) -> list[UnitMention]:
    """The units of a cell; a name over two lines is one ("Vụ Pháp chế" above "Bộ Xây dựng")."""
    found: list[UnitMention] = []
    for mention in mentions:
        if (
            found
            and not text[found[-1].span.end : mention.span.start].strip()
            and _is_part(found[-1], mention)
        ):
            found[-1] = _joined(found[-1], mention, text)
        else:
            found.append(mention)
    return found


def _is_part(one: UnitMention, other: UnitMention) -> bool:
    part, whole = match_key(one.name), match_key(other.name)
    return bool(table_pattern("part").match(part) and table_pattern("whole").match(whole))


def _is_within(one: UnitMention, other: UnitMention, words: str) -> bool:
    """Whether `other` says whose part `one` is: "Vụ Pháp chế - Bộ Xây dựng"."""
    between = words[one.span.end : other.span.start]
    return between.strip() in ("-", "–") and between != between.strip() and _is_part(one, other)


def _joined(one: UnitMention, other: UnitMention, words: str) -> UnitMention:
    text = " ".join(words[one.span.start : other.span.end].split())
    return replace(one, span=Span(one.span.start, other.span.end), text=text, name=text)
