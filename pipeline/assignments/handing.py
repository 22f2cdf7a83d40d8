"""A lead-in's words in, what they hand down to the items below it out: a deadline, and whether they ask."""

from __future__ import annotations

import datetime as dt
import re

from pipeline.assignments.apart import before_apart
from pipeline.assignments.lexicon import lexicon
from pipeline.assignments.scope import moved_deadline
from pipeline.assignments.subjects import Subject
from pipeline.deadlines import choose, find_deadlines
from pipeline.text import match_key
from pipeline.types import Deadline, DeadlineKind

# what a lead-in that names nobody may hand down; "sau khi xem xét …" there is no deadline
_HANDED_DOWN = {DeadlineKind.DATE, DeadlineKind.RECURRING}
_RHYTHMS = {DeadlineKind.RECURRING, DeadlineKind.ONGOING}
_HEADINGS_OF_AIMS = {"yêu cầu", "mục đích, yêu cầu", "mục tiêu, yêu cầu"}
_GROUNDS = re.compile(
    r"(?:căn cứ|trên cơ sở|tiếp theo|xét|thực hiện (?:quyết định|nghị quyết|chỉ thị|công văn|công điện"
    r"|kế hoạch|thông báo|ý kiến|văn bản|kết luận)(?= (?:chỉ đạo )?(?:số|tại|của)))(?!\w)"
)
_LAST_WORDS = 60  # characters before the colon within which a rhythm is said of the items


def handed_deadline(
    words: str, base: int, found: Subject | None, issued_on: dt.date | None
) -> Deadline | None:
    """The deadline that a lead-in hands down, at its place from `base` on: said of what follows, not of what
    was done before or of the work that a long lead-in names itself."""
    ends = words.rstrip().endswith(":")
    if found is None and not ends:
        return None
    start = found.start if found is not None else 0
    key = match_key(words)
    if _GROUNDS.match(key):  # "Trên cơ sở bản tin (từ tháng 2 đến tháng 5), … như sau:"
        start = max([start, *(request.start() for request in lexicon().asks.finditer(key))])
        if not start:
            return None
    deadline = _deadline(before_apart(words)[start:], base + start, issued_on)
    if deadline is None or (
        found is None and deadline.kind not in _HANDED_DOWN and not _times_season(deadline)
    ):
        return None
    rhythm = deadline.kind in _RHYTHMS
    far = base + len(words) - deadline.span.end > _LAST_WORDS
    return None if rhythm and far else deadline


def asks(words: str) -> bool:
    """Whether a request without addressee is one ("UBND tỉnh yêu cầu:") and no heading ("Yêu cầu:")."""
    stripped = words.strip()
    return stripped.endswith(":") and match_key(stripped).strip(" :") not in _HEADINGS_OF_AIMS


def _deadline(words: str, base: int, issued_on: dt.date | None) -> Deadline | None:
    chosen = choose(find_deadlines(words, issued_on), words)
    return moved_deadline(chosen, base) if chosen else None


def _times_season(deadline: Deadline) -> bool:
    """An occasion ("trong dịp Tết") may time all items; "sau khi xem xét …" times what came before."""
    return deadline.rule == "event.occasion"
