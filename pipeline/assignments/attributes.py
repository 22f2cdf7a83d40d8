"""Labelled lines of an item ("Cơ quan chủ trì: …", "Thời gian: …"): the item's node in, its attributes out.

Also the closing line that names who does the work described before it ("Vụ A chủ trì, phối hợp với Vụ B
thực hiện.").
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.assignments.cooperators import find_cooperators
from pipeline.assignments.lexicon import lexicon
from pipeline.assignments.roles import find_subject
from pipeline.assignments.scope import moved, moved_deadline
from pipeline.deadlines import choose, find_deadlines, read_cell
from pipeline.text import match_key
from pipeline.types import Block, BlockKind, Deadline, Grounded, Span, UnitMention
from pipeline.units import split_list

_JOINT = re.compile(r"[.;,]\s+|\s[-–]\s")
# words that a closing line may hold beside its units without naming work of its own
_GENERIC = re.compile(
    r"\b(?:chủ trì|phối hợp|với|cùng|thực hiện|triển khai|tổ chức|có trách nhiệm|chịu trách nhiệm|và|các|để"
    r"|hoàn thành|trong|trước|ngày|tháng|năm|quý|giao|do|cơ quan|đơn vị|liên quan|\d+)\b|[\W\d]"
)


@dataclass(frozen=True, slots=True)
class Attributes:
    """What labelled lines say of an item; `used` are the children that said it,
    `spans` those that are part of the task's text all the same."""

    leads: tuple[UnitMention, ...] = ()
    cooperators: tuple[UnitMention, ...] = ()
    deadline: Deadline | None = None
    output: Grounded | None = None
    used: tuple[Block, ...] = ()
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Labelled:
    name: str
    start: int
    end: int


def read_attributes(block: Block, text: str, issued_on: dt.date | None) -> Attributes:
    """The attributes that the labelled lines among a node's children state."""
    found = Attributes()
    for child in (*block.children, *_after_bullets(block)):
        if child.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
            continue
        words = text[child.span.start : child.span.end]
        parts = tuple(_labelled(words))
        if parts and not _heads_section(child, parts, words):
            found = _add_parts(found, parts, child, text, issued_on)
        elif child.children and lexicon().time_heading.fullmatch(match_key(words).strip(" .:")):
            found = _add_below(found, child, text, issued_on)
        elif child.kind is BlockKind.PARAGRAPH and not child.children and block.kind is BlockKind.ITEM:
            found = _add_closing_line(found, child, words, issued_on)
    return replace(found, deadline=None) if _is_meeting(block, found, text) else found


def _is_meeting(block: Block, found: Attributes, text: str) -> bool:
    """Whether the hour that a node's lines state is that of a meeting: its place is said beside it."""
    if found.deadline is None or found.deadline.time is None:
        return False
    lines = (match_key(text[child.span.start : child.span.end]) for child in block.children)
    return any(lexicon().place.match(line) for line in lines)


def _add_below(found: Attributes, child: Block, text: str, issued_on: dt.date | None) -> Attributes:
    """The deadline that a paragraph says below its title ("Thời gian, địa chỉ gửi báo cáo")."""
    for below in child.children:
        words = text[below.span.start : below.span.end]
        reading = choose(find_deadlines(words, issued_on), words)
        if reading is not None and below.kind is BlockKind.PARAGRAPH:
            return replace(found, deadline=moved_deadline(reading, below.span.start))
    return found


def _after_bullets(block: Block) -> tuple[Block, ...]:
    """Unnumbered lines after the last bullet of a numbered item: labelled ones speak for all bullets."""
    last = block.children[-1] if block.children else None
    if last is None or last.marker not in ("dash", "plus", "bullet") or block.kind is not BlockKind.ITEM:
        return ()
    return tuple(child for child in last.children if child.kind is BlockKind.PARAGRAPH)


def _labelled(words: str) -> Iterator[_Labelled]:
    """The labelled parts of a line; empty unless the line opens with a label."""
    key = match_key(words)
    starts = [0, *(match.end() for match in _JOINT.finditer(key))]
    heads: list[tuple[str, int, int]] = []
    for start in starts:
        for name, pattern in lexicon().labels:
            match = pattern.match(key, start)
            if match:
                heads.append((name, start, match.end()))
                break
    if not heads or heads[0][1] != 0:
        return
    for index, (name, _, value_start) in enumerate(heads):
        end = heads[index + 1][1] if index + 1 < len(heads) else len(words)
        yield _Labelled(name, value_start, end)


def _heads_section(child: Block, parts: tuple[_Labelled, ...], words: str) -> bool:
    """ "Tổ chức thực hiện:" over items of its own is a section, no labelled line."""
    return bool(child.children) and (parts[0].name != "time" or bool(words[parts[0].start :].strip()))


def _add_parts(
    found: Attributes, parts: tuple[_Labelled, ...], child: Block, text: str, issued_on: dt.date | None
) -> Attributes:
    for part in parts:
        span = Span(child.span.start + part.start, child.span.start + part.end)
        if not text[span.start : span.end].strip() and child.children and part.name == "time":
            span = Span(child.children[0].span.start, child.children[-1].span.end)
        found = _add(found, part.name, span, text, issued_on)
    return replace(found, used=(*found.used, child))


def _add(found: Attributes, name: str, span: Span, text: str, issued_on: dt.date | None) -> Attributes:
    words = text[span.start : span.end]
    if name == "lead":
        return replace(found, leads=_units(words, span.start))
    if name == "cooperator":
        return replace(found, cooperators=_units(words, span.start))
    if name == "time":
        reading = read_cell(words, issued_on) or choose(find_deadlines(words, issued_on), words)
        return replace(found, deadline=moved_deadline(reading, span.start)) if reading else found
    if name == "output":
        return replace(found, output=Grounded(words.strip(" .;"), span))
    return found


def _units(words: str, base: int) -> tuple[UnitMention, ...]:
    return tuple(moved(mention, base) for mention in split_list(words))


def _add_closing_line(found: Attributes, child: Block, words: str, issued_on: dt.date | None) -> Attributes:
    subject = find_subject(words)
    if subject is None or not subject.leads:
        return found
    cooperators = find_cooperators(words)
    deadline = choose(find_deadlines(words, issued_on), words)
    left = match_key(words)
    for known in (*(u.text for u in (*subject.leads, *cooperators)), deadline.text if deadline else ""):
        left = left.replace(match_key(known), " ") if known else left
    if _GENERIC.sub("", left):
        return found
    base = child.span.start
    return replace(
        found,
        leads=tuple(moved(m, base) for m in subject.leads),
        cooperators=tuple(moved(m, base) for m in cooperators),
        deadline=moved_deadline(deadline, base) if deadline else found.deadline,
        used=(*found.used, child),
        spans=found.spans if words.rstrip().endswith(":") else (*found.spans, child.span),
    )
