"""A lead-in over items: its words and what stands below it in, out whether it is a task of its own."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.assignments.below import descendants
from pipeline.assignments.dismissals import announces, outlines, zone_of
from pipeline.assignments.leaves import is_detail
from pipeline.assignments.scope import AIMS, SHUT, Scope
from pipeline.text import match_key
from pipeline.types import Block, BlockKind, ClauseRole

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
