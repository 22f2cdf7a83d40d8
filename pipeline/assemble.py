"""Drafts in, task candidates out: ids, texts, classes, confidence, flags."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable

from pipeline.assignments import Draft
from pipeline.ports import TaskClassifier
from pipeline.types import Directive, TaskCandidate, UnitKind, UnitRole

# share of tasks found by each rule that a clerk need not touch, on the labelled training documents (`make
# score`); a learned combiner replaces this table
_CONFIDENCE = {
    "table_row": 0.95,
    "heading": 0.85,
    "labelled_line": 0.85,
    "inherited": 0.84,
    "subject": 0.8,
    "addressee": 0.75,
    "request": 0.72,
    "by": 0.6,
}
_DOUBT = 0.85  # factor for a task with flags


def assemble(
    directive: Directive, drafts: Iterable[Draft], sha256: str, classify: TaskClassifier
) -> tuple[TaskCandidate, ...]:
    """One candidate a draft, in order. Ids derive from the file's hash, the path and the order there."""
    header = directive.header
    kind = header.type.value if header.type else ""
    subject = header.subject.text if header.subject else ""
    seen: dict[str, int] = {}
    tasks = []
    for draft in drafts:
        path = " › ".join(draft.path)
        order = seen[path] = seen.get(path, 0) + 1
        text = _text(directive.layout.text, draft)
        nature, field = classify(text, kind, subject)
        flags = _flags(draft)
        tasks.append(
            TaskCandidate(
                id=hashlib.sha256(f"{sha256}|{path}|{order}".encode()).hexdigest()[:16],
                text=text,
                path=path,
                spans=draft.spans,
                leads=tuple(UnitRole(m, draft.leads_inherited) for m in draft.leads),
                cooperators=tuple(UnitRole(m, draft.cooperators_inherited) for m in draft.cooperators),
                deadline=draft.deadline,
                deadline_inherited=draft.deadline_inherited,
                output=draft.output,
                nature=nature,
                field=field,
                confidence=round(_confidence(draft, flags) * _legibility(directive, draft), 3),
                rule=draft.rule,
                flags=flags,
                other_deadlines=draft.other_deadlines,
            )
        )
    return tuple(tasks)


def _confidence(draft: Draft, flags: tuple[str, ...]) -> float:
    return _CONFIDENCE.get(draft.rule, 0.5) * (_DOUBT if flags else 1.0)


def _legibility(directive: Directive, draft: Draft) -> float:
    """Mean confidence of the OCR in the task's words; 1.0 for words of a text layer."""
    places = directive.layout.places
    read: list[float] = []
    for span in draft.spans:
        first = bisect_left(places, span.start, key=lambda place: place.span.start)
        for place in places[first:]:
            if place.span.start >= span.end:
                break
            if place.confidence is not None:
                read.append(place.confidence)
    return sum(read) / len(read) if read else 1.0


def _text(text: str, draft: Draft) -> str:
    return " ".join(" ".join(text[span.start : span.end].split()) for span in draft.spans).strip()


def _flags(draft: Draft) -> tuple[str, ...]:
    """Doubts for the reviewer; more than one lead breaks the one-lead rule of Nghị định 39/2022/NĐ-CP."""
    flags: list[str] = []
    if len(draft.leads) > 1:
        flags.append("several_leads")
    if any(lead.kind is UnitKind.REFERENCE for lead in draft.leads):
        flags.append("lead_by_reference")
    if draft.deadline:
        flags.extend(draft.deadline.flags)
    return tuple(dict.fromkeys(flags))
