"""Units at the head of a clause in, the subject that they are out: where a name goes on beyond what is known.

A heading's name runs to its colon, a group's to its predicate, a kind of body's to its duty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.assignments.lexicon import lexicon
from pipeline.types import Span, UnitKind, UnitMention
from pipeline.units import split_list

_HEADING_REST = 40  # characters of a heading after the known part of its unit's name
STRETCH = 70  # characters that a unit's name may run on beyond what is known
_DUTY_REACH = 160  # characters of a body's name and description before its duty
_JOINED = re.compile(  # what no name of a kind of body runs over
    r"[,.;:()]|(?<!\w)(?:và|hoặc|để|việc|theo|trong|đã|đang|được|không|nếu|khi|do|là|nhằm|cho|với|phải)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """Leads found at a place: `cue` names how, `start` is where the clause's own words begin there,
    `end` where the units end; `bare` when nothing but the units is said."""

    leads: tuple[UnitMention, ...]
    cue: str
    start: int
    end: int
    bare: bool = False


def heading_name(
    text: str, key: str, start: int, mentions: tuple[UnitMention, ...], end: int
) -> Subject | None:
    """A heading whose last unit's name runs on to the colon: "UBND các xã, phường có đê:"."""
    rest = text[end:].rstrip()
    if not rest.endswith(":") or not 1 < len(rest) <= _HEADING_REST or lexicon().breaks.search(rest[:-1]):
        return None
    if lexicon().action.match(key, end) or lexicon().sure_predicate.search(key, end):
        return None
    last = mentions[-1]
    stop = end + len(rest) - 1
    tail = text[last.span.end : stop].rstrip()
    longer = replace(
        last,
        span=Span(last.span.start, last.span.end + len(tail)),
        text=last.text + tail,
        name=last.name + tail,
    )
    return Subject((*mentions[:-1], longer), "heading", start, stop, bare=True)


def told_by_duty(
    text: str, key: str, start: int, mentions: tuple[UnitMention, ...], end: int
) -> Subject | None:
    """A bare head up to its duty: "Cơ quan kiểm tra có trách nhiệm …"."""
    duty = lexicon().duty.search(key, end, end + STRETCH)
    if duty is None or duty.start() <= end or _JOINED.search(key, end, duty.start()):
        return None
    return _longer(text, start, mentions, duty.start())


def stretched(text: str, key: str, start: int, mentions: tuple[UnitMention, ...], end: int) -> Subject | None:
    """A unit whose name goes on further than known, up to a sure predicate: "Cơ sở giáo dục nghề nghiệp
    ngoài công lập có trách nhiệm …"."""
    predicate = lexicon().sure_predicate.search(key, end, end + STRETCH)
    if predicate is None or lexicon().no_name.search(key, end, predicate.start()):
        return None
    if lexicon().announces.match(key, predicate.start()):
        return None
    return _longer(text, start, mentions, predicate.start())


def _longer(text: str, start: int, mentions: tuple[UnitMention, ...], until: int) -> Subject:
    """The units, the last one's name going on to the predicate that begins at `until`."""
    last = mentions[-1]
    stop = len(text[:until].rstrip(" ,"))
    if stop <= last.span.end:
        return Subject(mentions, "subject", start, last.span.end)
    longer = replace(
        last,
        span=Span(last.span.start, stop),
        text=text[last.span.start : stop],
        name=last.name + text[last.span.end : stop],
    )
    return Subject((*mentions[:-1], longer), "subject", start, stop)


def unknown_group(text: str, key: str, start: int) -> Subject | None:
    """A doer of a kind that the registry does not know: a group before a sure predicate ("Các thư viện phải
    …"), or a body before its duty ("Bảo tàng tỉnh có trách nhiệm …")."""
    opening = lexicon().plural.match(key, start)
    if opening is not None:
        predicate = lexicon().group_predicate.search(key, opening.end(), opening.end() + STRETCH)
        breaks = lexicon().breaks
    elif start == 0 and text[:1].isupper() and not lexicon().thing.match(key):
        predicate = lexicon().duty.search(key, 0, _DUTY_REACH)
        breaks = lexicon().ends_name
    else:
        return None
    if predicate is None or breaks.search(key, start, predicate.start()):
        return None
    stop = len(text[: predicate.start()].rstrip(" ,"))
    words = text[start:stop]
    members = split_list(words) if "," in words else ()
    if start or not members:
        members = (UnitMention(Span(start, stop), words, words, UnitKind.GROUP),)
    return Subject(members, "subject", start, stop)


def titled_duties(text: str, key: str) -> Subject | None:
    """Whose duties a title tells, as written: "Trách nhiệm của cơ quan thanh toán"."""
    title = lexicon().duties_of.fullmatch(key)
    if title is None:
        return None
    start, end = title.span("body")
    body = UnitMention(Span(start, end), text[start:end], text[start:end], UnitKind.GROUP)
    return Subject((body,), "heading", 0, len(text), bare=True)
