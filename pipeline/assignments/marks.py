"""What a reviewer likes to know of a task besides its fields: drafts in, each one's conditions and marks out.

Marks tell what sort of task it is (conditional, a prohibition, a report …); they are no doubts and lower no
confidence (pipeline/labels.py names them, and the flags that are doubts).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline.assignments.conditions import find_conditions
from pipeline.assignments.scope import Draft
from pipeline.text import match_key
from pipeline.types import Grounded, Span, UnitKind

_REACH = 4000  # characters of a range that are looked at


@dataclass(frozen=True, slots=True)
class Noted:
    """The conditions under which a task holds, and its marks."""

    conditions: tuple[Grounded, ...] = ()
    marks: tuple[str, ...] = ()


@cache
def _pattern(name: str) -> re.Pattern[str]:
    text = (files("pipeline.assignments") / "marks.toml").read_text(encoding="utf-8")
    return re.compile(match_key(tomllib.loads(text)[name]))


def note(drafts: Sequence[Draft], text: str) -> tuple[Noted, ...]:
    """What is noted of each draft, in order; `text` is Layout.text."""
    keys = [match_key(_words(draft, text)) for draft in drafts]
    found = []
    for at, draft in enumerate(drafts):
        conditions = tuple(_conditions(draft, text))
        marks = [
            ("conditional", bool(conditions)),
            ("prohibition", _forbids(draft, text)),
            ("reporting_duty", _pattern("reporting_duty").search(keys[at]) is not None),
            ("chain", at + 1 < len(drafts) and _goes_on(draft, keys[at], drafts[at + 1], keys[at + 1])),
            ("group_lead", any(lead.kind is UnitKind.GROUP for lead in draft.leads)),
        ]
        found.append(Noted(conditions, tuple(name for name, holds in marks if holds)))
    return tuple(found)


def _words(draft: Draft, text: str) -> str:
    return " ".join(_cut(text, span) for span in draft.spans)


def _cut(text: str, span: Span) -> str:
    return text[span.start : min(span.end, span.start + _REACH)].replace("\n", " ")


def _conditions(draft: Draft, text: str) -> Iterator[Grounded]:
    for span in draft.spans:
        words = _cut(text, span)
        for one in find_conditions(words):
            yield Grounded(words[one.start : one.end], Span(span.start + one.start, span.start + one.end))


def _forbids(draft: Draft, text: str) -> bool:
    """Whether a task forbids: it begins so, or goes on so right behind its own lead."""
    first = draft.spans[0]
    if draft.leads and first.covers(draft.leads[0].span):
        before = match_key(text[first.start : draft.leads[0].span.start])
        if _pattern("forbids_by_request").search(before):
            return True
        behind = Span(draft.leads[-1].span.end, max(first.end, draft.leads[-1].span.end))
        if _pattern("prohibition").match(match_key(_cut(text, behind))):
            return True
    return _pattern("prohibition").match(match_key(_cut(text, first))) is not None


def _goes_on(draft: Draft, key: str, following: Draft, following_key: str) -> bool:
    """Whether a task hands its work on to the lead of the one that follows ("A báo cáo B; B tổng hợp …")."""
    if following.leads_inherited or draft.path[:-1] != following.path[: len(draft.path[:-1])]:
        return False
    own = {match_key(lead.name) for lead in draft.leads}
    for lead in following.leads:
        name = match_key(lead.name)
        at = key.find(name)
        if (
            lead.kind is not UnitKind.UNIT
            or name in own
            or at < 0
            or not _pattern("taken_up").search(following_key)
        ):
            continue
        if _pattern("handed_on").search(key, max(0, at - 120), at):
            return True
    return False
