"""Drafts in, task candidates out: ids, texts, classes, confidence, flags."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from pipeline.agreement import Agreement, SecondReading, agreement, agreement_facts
from pipeline.assignments import Draft, note
from pipeline.facts import Surroundings, facts, surroundings
from pipeline.ports import Estimator, TaskClassifier
from pipeline.reasons import reasons
from pipeline.types import (
    Classified,
    Clause,
    Directive,
    DocumentContext,
    Header,
    SeenTask,
    TaskCandidate,
    TaskContext,
    UnitKind,
    UnitRole,
)

_UNKNOWN = 0.5  # confidence of a task that no estimator judged


def assemble(
    directive: Directive,
    drafts: Sequence[Draft],
    clauses: Sequence[Clause],
    sha256: str,
    classify: TaskClassifier,
    estimate: Estimator | None = None,
    seen: Sequence[SeenTask] | None = None,
) -> tuple[TaskCandidate, ...]:
    """One candidate a draft, in order. Ids derive from the file's hash, the path and the order there.
    `seen` is what a second reader saw, None where there is none."""
    around = surroundings(directive, drafts, clauses)
    text = directive.layout.text
    contexts = [TaskContext(_text(text, d), tuple(m.name for m in d.leads), d.path) for d in drafts]
    classes = classify(_document(directive.header), contexts)
    other = None if seen is None else SecondReading(seen)
    met: dict[str, int] = {}
    tasks = []
    for draft, noted, context, classified in zip(drafts, note(drafts, text), contexts, classes, strict=True):
        path = " › ".join(draft.path)
        order = met[path] = met.get(path, 0) + 1
        identifier = hashlib.sha256(f"{sha256}|{path}|{order}".encode()).hexdigest()[:16]
        agreed = None if other is None else agreement(draft, other)
        task = _candidate(draft, identifier, context.text, classified, around, estimate, agreed)
        tasks.append(replace(task, conditions=noted.conditions, marks=noted.marks))
    return tuple(tasks)


def _document(header: Header) -> DocumentContext:
    return DocumentContext(
        type=header.type.value if header.type else "",
        subject=header.subject.text if header.subject else "",
        issuer=header.issuer.text if header.issuer else "",
    )


def _candidate(
    draft: Draft,
    identifier: str,
    text: str,
    classified: Classified,
    around: Surroundings,
    estimate: Estimator | None,
    agreed: Agreement | None,
) -> TaskCandidate:
    flags = _flags(draft)
    known = facts(draft, text, classified, flags, around) | (agreement_facts(agreed) if agreed else {})
    likely = estimate(known) if estimate else None
    differs = agreed.differs if agreed else ()
    return TaskCandidate(
        id=identifier,
        text=text,
        path=" › ".join(draft.path),
        spans=draft.spans,
        leads=tuple(UnitRole(m, draft.leads_inherited) for m in draft.leads),
        cooperators=tuple(UnitRole(m, draft.cooperators_inherited) for m in draft.cooperators),
        deadline=draft.deadline,
        deadline_inherited=draft.deadline_inherited,
        output=draft.output,
        nature=classified.nature,
        field=classified.field,
        confidence=likely.complete if likely else _UNKNOWN,
        rule=draft.rule,
        flags=flags,
        other_deadlines=draft.other_deadlines,
        probabilities=likely,
        reasons=reasons(draft, around.directive.layout.text, known, likely, around.whence, agreed),
        second=agreed.seen if agreed and differs else None,
        differs=differs,
    )


def _text(text: str, draft: Draft) -> str:
    return " ".join(" ".join(text[span.start : span.end].split()) for span in draft.spans).strip()


def _flags(draft: Draft) -> tuple[str, ...]:
    """Doubts for the reviewer; more than one lead breaks the one-lead rule of Nghị định 39/2022/NĐ-CP."""
    flags: list[str] = []
    if not draft.leads:
        flags.append("no_lead")
    if len(draft.leads) > 1:
        flags.append("several_leads")
    if any(lead.kind is UnitKind.REFERENCE for lead in draft.leads):
        flags.append("lead_by_reference")
    if draft.deadline:
        flags.extend(draft.deadline.flags)
    return tuple(dict.fromkeys(flags))
