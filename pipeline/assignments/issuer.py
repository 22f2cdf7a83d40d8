"""Whether a subject is the issuer speaking of itself ("UBND tỉnh ban hành …"): then it is no doer.

Unless the sentence puts a duty on it in so many words: "Bộ A chủ trì, phối hợp với …" in Bộ A's own plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.assignments.subjects import Subject
from pipeline.text import match_key
from pipeline.types import Header, UnitMention
from pipeline.units import without_title

_WRITTEN_OUT = (
    (re.compile(r"\bubnd\b"), "ủy ban nhân dân"),
    (re.compile(r"\bhđnd\b"), "hội đồng nhân dân"),
    (re.compile(r"\btp\.?\s?hcm\b"), "thành phố hồ chí minh"),
)
# several bodies of one rank that issue together and share out the work: "SỞ Y TẾ - CÔNG AN TỈNH"
_BODY = r"(?:sở|công an|bộ chỉ huy|ban|hội|liên đoàn|tòa án|viện|đoàn|ủy ban mặt trận)\s"
_JOINT = re.compile(rf"^(?:{_BODY}.* [-–] {_BODY}|bộ .* [-–] (?:bộ|ngân hàng|thanh tra|tòa án|viện)\s)")
_DUTY = re.compile(
    r"\s*,?\s*(?:chủ trì|có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|phối hợp|làm đầu mối|theo dõi"
    r"|căn cứ)(?!\w)"
)


def speaks_for(header: Header, mentions: Iterable[UnitMention]) -> bool:
    """Whether all these units are the document's issuer (or its head, or its parent)."""
    if header.issuer is None:
        return False
    issuer = _key(header.issuer.text)
    if _JOINT.match(issuer):
        return False
    names = [without_title(_key(mention.name)) for mention in mentions]
    return bool(names) and all(issuer.endswith(name) or issuer.startswith(name) for name in names)


def has_duty(subject: Subject, text: str) -> bool:
    """Whether the text (offsets count there) puts a duty on its subject in so many words."""
    return _DUTY.match(match_key(text), subject.end) is not None


def is_speaker(header: Header, subject: Subject, text: str) -> bool:
    """Whether the plain subject of `text` (offsets count there) only speaks and is given nothing to do."""
    if subject.cue != "subject" or has_duty(subject, text):
        return False
    return speaks_for(header, subject.leads)


def _key(name: str) -> str:
    key = match_key(name)
    for pattern, full in _WRITTEN_OUT:
        key = pattern.sub(full, key)
    return key
