"""One item's text in, the parts that have a lead of their own out.

An item is one task, however many verbs follow each other; a part of it with another lead is a task of its
own, and so is each member of an inline enumeration "(i) …; (ii) …" (labelling guide, "Where one task ends").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.assignments.cooperators import find_cooperators
from pipeline.assignments.dismissals import dismiss
from pipeline.assignments.lexicon import lexicon
from pipeline.assignments.prose import reports_trouble
from pipeline.assignments.roles import find_subject, subject_at
from pipeline.assignments.scope import moved
from pipeline.assignments.subjects import Subject
from pipeline.linguistics import split_sentences
from pipeline.text import match_key
from pipeline.types import ClauseRole, Span, UnitMention

_INLINE = re.compile(r"(?:^|[\s:;])\((?:x|ix|iv|v?i{1,3}|v|\d{1,2})\)\s+")
_AGREES = {ClauseRole.PERMISSION, ClauseRole.AMENDMENT, ClauseRole.REPORTED, ClauseRole.RESULT}
_TOPIC = re.compile(
    r"^(?:(?:về|đối với) [^:;.]{1,120}: "
    r"|(?:chính phủ|thủ tướng chính phủ|(?:ubnd|ủy ban nhân dân) \w+) (?=đồng ý|thống nhất))",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"(?:trường hợp|nếu|khi|trong quá trình|riêng|trong đó)\b")
# a sentence that begins with its time names its doer behind the comma: "Ngay sau kỳ nghỉ, các trường …"
_TIMED = re.compile(
    r"(?:(?:ngay )?sau (?!đó)|trước |chậm nhất|trong (?:tháng|quý|năm|tuần|ngày) )[^.;:,]{0,60},\s"
    r"|(?:h[àằ]ng (?:tuần|tháng|quý|năm)|định kỳ)[^.;:,]{0,60},\s(?=[^.;:,]{2,80} chủ trì(?!\w))"
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of an item, the subject it names, if any, and who cooperates by the words before an inline
    enumeration; offsets count in the item's text."""

    span: Span
    subject: Subject | None
    cooperators: tuple[UnitMention, ...] = ()


def segment(text: str, within: Span | None = None) -> tuple[Segment, ...]:
    """The segments of an item's text (or of a stretch of it); one when only one lead is named."""
    part = within or Span(0, len(text))
    inline = _inline_members(text, part)
    if inline:
        return inline
    starts = [part.start]
    leads = lead_keys(_subject_within(text, part))
    key = match_key(text)
    sentence_starts = {span.start for span in split_sentences(text)}
    for match in lexicon().clause_joint.finditer(key, part.start, part.end):
        at = match.end()
        if match.group().startswith(".") and at not in sentence_starts:
            continue
        timed = _TIMED.match(key, at) if at in sentence_starts else None
        if timed:
            found = subject_at(text, timed.end(), key)
        elif _CONDITION.match(key, at):
            if at not in sentence_starts or not reports_trouble(text[at : part.end]):
                continue
            found = _subject_within(text, Span(at, part.end))
        else:
            found = subject_at(text, at, key)
        if found is None or not found.leads or found.cue == "heading":
            continue
        weak = found.cue == "subject" and not lexicon().sure_predicate.match(key, found.end)
        if weak and at not in sentence_starts:
            continue
        if leads and at not in sentence_starts and lexicon().asks_others.match(key, at):
            continue  # "lập dự toán, đề nghị cấp có thẩm quyền phê duyệt": the same lead asks
        named = lead_keys(found)
        agreed = (
            len(starts) == 1 and found.cue == "request" and _only_agrees(text[part.start : match.start()])
        )
        shared = bool(leads) and named <= leads and not (at in sentence_starts and _presides(key, found))
        if not agreed and (named == leads or shared):
            continue
        starts = [at] if agreed else [*starts, at]
        leads = named
    return tuple(_cut(text, starts, part.end))


def _presides(key: str, subject: Subject) -> bool:
    """Whether one of several leads has a part of the work of its own ("Hằng năm, Sở A chủ trì …")."""
    return lexicon().by_predicate.match(key, subject.end) is not None


def _only_agrees(words: str) -> bool:
    """Whether what stands before a request only agrees or reports ("Đồng ý …; giao Sở A …")."""
    why = dismiss(_TOPIC.sub("", words))
    return why is not None and why.role in _AGREES


def lead_keys(subject: Subject | None) -> frozenset[str]:
    """The names of a subject's leads, to compare by."""
    return frozenset(match_key(lead.name) for lead in subject.leads) if subject else frozenset()


def _cut(text: str, starts: list[int], stop: int) -> list[Segment]:
    ends = [*starts[1:], stop]
    segments = []
    for start, end in zip(starts, ends, strict=True):
        span = _trim(text, start, end)
        if len(span):
            segments.append(Segment(span, _subject_within(text, span)))
    return segments


def _subject_within(text: str, span: Span) -> Subject | None:
    """The subject of a part, its offsets counted in the whole item's text."""
    found = find_subject(text[span.start : span.end])
    if found is None:
        return None
    leads = tuple(moved(lead, span.start) for lead in found.leads)
    return replace(found, leads=leads, start=found.start + span.start, end=found.end + span.start)


def _trim(text: str, start: int, end: int) -> Span:
    while end > start and text[end - 1] in " \n;,":
        end -= 1
    return Span(start, max(start, end))


def _inline_members(text: str, part: Span) -> tuple[Segment, ...]:
    """Members of "… : (i) a; (ii) b"; empty when there are fewer than two that open with a verb."""
    marks = list(_INLINE.finditer(text, part.start, part.end))
    if len(marks) < 2:
        return ()
    ends = [*(mark.start() for mark in marks[1:]), part.end]
    bodies = [_trim(text, mark.end(), end) for mark, end in zip(marks, ends, strict=True)]
    if not all(lexicon().action.match(match_key(text[b.start : b.end])) for b in bodies):
        return ()
    lead_in = _subject_within(text, Span(part.start, marks[0].start()))
    if lead_in is not None:
        lead_in = replace(lead_in, bare=False)
    before = find_cooperators(text[part.start : marks[0].start()])
    said = tuple(moved(unit, part.start) for unit in before)
    return tuple(Segment(body, _subject_within(text, body) or lead_in, said) for body in bodies)
