"""A lead-in over items: its words and what stands below it in, out whether it is a task of its own."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.assignments.below import descendants
from pipeline.assignments.dismissals import announces, attachment_zone, outlines, reopens, zone_of
from pipeline.assignments.issuer import is_speaker
from pipeline.assignments.leaves import is_detail
from pipeline.assignments.roles import find_subject
from pipeline.assignments.scope import AIMS, SHUT, Scope
from pipeline.text import match_key
from pipeline.types import Block, BlockKind, ClauseRole, Header, UnitMention

_DOERLESS_ZONES = {*AIMS, ClauseRole.RECITAL, ClauseRole.RESULT, *SHUT}
_DETAIL_WORDS = 20  # without a colon before them, longer items are no mere details
_HEADING_WORDS = 14  # a lead-in of more words may be an order of its own
HEADING_LENGTH = 160  # a longer line is no heading


def is_whole_task(words: str, below: Scope, items: Sequence[Block], text: str) -> bool:
    """Whether the items below only detail what the lead-in assigns; `text` is Layout.text."""
    if not below.leads or below.zone in _DOERLESS_ZONES or len(words.split()) < 6 or announces(words):
        return False
    below_them = [inner for child in items for inner in descendants(child)]
    if any(inner.kind is BlockKind.TABLE for inner in below_them):
        return False
    said = [text[inner.span.start : inner.span.end] for inner in below_them]
    if not words.rstrip().endswith(":") and max(len(one.split()) for one in said) > _DETAIL_WORDS:
        return False
    details = [is_detail(one) for one in said]
    return all(details) or (sum(details) > len(details) / 2 and outlines(words))


def only_names(words: str) -> bool:
    """Whether a line names who has to do what the next ones say: "5. Sở Tài chính:"."""
    found = find_subject(words) if words.rstrip().endswith(":") else None
    return found is not None and found.bare and bool(found.leads)


def only_leads_over(words: str) -> bool:
    """Whether a paragraph only leads over to what follows, or titles it in capitals."""
    return announces(words) or (words.isupper() and zone_of(words) is not None)


def announced(words: str, header: Header) -> tuple[UnitMention, ...]:
    """Whom a paragraph asks for what the next ones say: "Các sở tập trung thực hiện nhiệm vụ sau:"; offsets
    count in its words."""
    found = find_subject(words) if announces(words) else None
    return () if found is None or is_speaker(header, found, words) else found.leads


def outlined(items: Sequence[Block], text: str) -> bool:
    """Whether the items below describe a report that the lead-in asks for ("1. Nội dung báo cáo …")."""
    titles = (text[item.span.start : item.span.end] for item in items)
    return any(zone_of(title) is ClauseRole.OTHER for title in titles if len(title) < HEADING_LENGTH)


def assigns_itself(words: str, below: Scope) -> bool:
    """Whether a lead-in is a full order of its own besides the items below it."""
    stripped = words.rstrip()
    if not below.leads or not stripped.endswith(".") or len(words.split()) <= _HEADING_WORDS:
        return False
    if announces(words):
        return False
    return not match_key(stripped).endswith(("có trách nhiệm.", "nhiệm vụ.", "chịu trách nhiệm."))


def zone_below(title: str, block: Block, scope: Scope) -> ClauseRole:
    """What the section below a heading holds; a regulation opens again only in a section of its own."""
    above = scope.zone
    if len(title) >= HEADING_LENGTH or above in (ClauseRole.OTHER, ClauseRole.IDLE):
        return above
    attached = attachment_zone(title) if block.marker == "title" and title.isupper() else None
    if attached is not None or above is not ClauseRole.FUNCTION:
        return attached or zone_of(title) or above
    opens = block.kind is not BlockKind.ITEM and reopens(title, statute=scope.statute)
    return ClauseRole.TASK if opens else above
