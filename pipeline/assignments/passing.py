"""A request within an order in, whether it is only part of that order's work out."""

from __future__ import annotations

import re

from pipeline.assignments.dismissals import is_nobody
from pipeline.assignments.lexicon import lexicon
from pipeline.assignments.roles import begins_action
from pipeline.assignments.subjects import Subject
from pipeline.text import match_key

_NUMBER_WORDS = 2  # of "Cách 1:", no topic
# "…, kịp thời yêu cầu chủ bến sửa": the lead itself asks where there is need
_AS_NEEDED = re.compile(r"(?<!\w)(?:kịp thời|kiên quyết|chủ động|có (?:văn bản|công văn)) $")
_COLON = re.compile(r":\s+(?=\w)")


def asks_in_passing(subject: Subject, text: str, start: int) -> bool:
    """Whether the lead from above itself asks somebody in the course of its work, which begins at `start`:
    "Lập biên bản, đề nghị Sở A thu hồi giấy phép", "Đề nghị cơ quan có thẩm quyền xử lý"."""
    if subject.cue != "request":
        return False
    key = match_key(text)
    if all(is_nobody(lead.name) for lead in subject.leads):
        return bool(subject.leads)
    before = text[start : subject.start]
    if lexicon().asks_others_anew.match(key, subject.start):
        before = before.rstrip(" ;")
    if _AS_NEEDED.search(key[start : subject.start]):
        return _begins_work(before)
    return lexicon().asks_others.match(key, subject.start) is not None and _begins_work(before)


def _begins_work(words: str) -> bool:
    """Whether an order opens before a request of the same sentence, at the head or after its topic."""
    whole = ". " not in words and "; " not in words
    return whole and (begins_action(words) or acts_after_topic(words))


def acts_after_topic(words: str) -> bool:
    """Whether an order follows a topic and its colon ("Hộ dân neo đơn: phối hợp với thôn lập danh sách"); a
    number is no topic ("Cách 1: Gửi qua cổng")."""
    topics = (
        match for match in _COLON.finditer(words) if len(words[: match.start()].split()) > _NUMBER_WORDS
    )
    return any(begins_action(words[match.end() :]) for match in topics)
