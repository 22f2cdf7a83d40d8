"""Tasks as found and the document around them in, the same tasks with their derived classes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.classes.assigner import Assigned, assigner_of
from pipeline.classes.product import product_of
from pipeline.classes.source import source_of
from pipeline.classes.timing import timing_of
from pipeline.classes.urgency import urgency_of
from pipeline.reasons import assigner_reason
from pipeline.types import Clause, ClauseRole, Directive, TaskCandidate

_OPENING = 16  # clauses before the first task in which somebody may say that it is he who assigns
_WORDS = 1500  # characters of each


def derive(
    directive: Directive, clauses: Sequence[Clause], tasks: Sequence[TaskCandidate]
) -> tuple[TaskCandidate, ...]:
    """The tasks in order, with `timing`, `source`, `assigner`, `urgency`, `product`, and `output` where the
    task's own words name what is to be handed in; the assigner's reason is added to theirs."""
    if not tasks:
        return ()
    header, text = directive.header, directive.layout.text
    opening = _opening(clauses, tasks, text)
    source = source_of(header, opening)
    assigned = assigner_of(header, opening)
    urgency = urgency_of(header, text[: _body_start(directive, clauses)])
    found = []
    for task in tasks:
        product = product_of(task.output, task.spans, text)
        found.append(
            replace(
                task,
                timing=timing_of(task.deadline),
                source=source,
                assigner=assigned.level,
                urgency=urgency.value,
                product=product.key,
                output=task.output or product.words,
                reasons=_with_reason(task.reasons, assigned),
            )
        )
    return tuple(found)


def _with_reason(reasons: tuple[str, ...], assigned: Assigned) -> tuple[str, ...]:
    """Who assigns stands right behind why it is a task."""
    said = assigner_reason(assigned.level, assigned.by, assigned.words)
    return (*reasons[:1], said, *reasons[1:]) if said else reasons


def _opening(clauses: Sequence[Clause], tasks: Sequence[TaskCandidate], text: str) -> tuple[str, ...]:
    """The words of the first clauses up to the first task's own."""
    first = min((span.start for task in tasks for span in task.spans), default=0)
    before = [
        clause
        for clause in clauses
        if clause.span.start <= first and clause.role is not ClauseRole.DISTRIBUTION
    ]
    return tuple(
        " ".join(text[one.span.start : min(one.span.end, one.span.start + _WORDS)].split())
        for one in before[-_OPENING:]
    )


def _body_start(directive: Directive, clauses: Sequence[Clause]) -> int:
    """Where the head ends: at the first clause of the body."""
    return min((clause.span.start for clause in clauses), default=directive.root.span.start)
