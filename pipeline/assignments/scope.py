"""What a clause inherits from the headings and lead-ins above it, and the drafts that clauses become."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.types import Block, BlockKind, ClauseRole, Deadline, Grounded, Span, UnitMention


@dataclass(frozen=True, slots=True)
class Scope:
    """Handed down: leads, cooperators, deadline; `zone` is what the section holds (TASK unless a
    heading says otherwise); `path` the labels above; in a `statute` only a section "Tổ chức thực hiện"
    assigns; below `ways` stand only ways of handing in. Spans count characters of Layout.text."""

    leads: tuple[UnitMention, ...] = ()
    cooperators: tuple[UnitMention, ...] = ()
    deadline: Deadline | None = None
    zone: ClauseRole = ClauseRole.TASK
    path: tuple[str, ...] = ()
    statute: bool = False
    ways: bool = False


SHUT = {ClauseRole.FUNCTION, ClauseRole.OTHER, ClauseRole.IDLE}  # zones in which nobody is given anything
AIMS = {ClauseRole.AIM, ClauseRole.TARGET, ClauseRole.PRINCIPLE}  # zones of what is wished for by all


@dataclass(frozen=True, slots=True)
class Draft:
    """A task before it has an id and classes; `inherited` flags name what came from above.
    `other_deadlines` are further ones of its words, and one from above that its own overrides."""

    spans: tuple[Span, ...]
    path: tuple[str, ...]
    leads: tuple[UnitMention, ...]
    cooperators: tuple[UnitMention, ...]
    deadline: Deadline | None
    rule: str
    leads_inherited: bool = False
    cooperators_inherited: bool = False
    deadline_inherited: bool = False
    output: Grounded | None = None
    other_deadlines: tuple[Deadline, ...] = ()


def moved(mention: UnitMention, by: int) -> UnitMention:
    """The mention with its span shifted by `by` characters."""
    return replace(mention, span=Span(mention.span.start + by, mention.span.end + by))


def moved_deadline(deadline: Deadline, by: int) -> Deadline:
    """The deadline with its span shifted by `by` characters."""
    return replace(deadline, span=Span(deadline.span.start + by, deadline.span.end + by))


def overridden(own: Deadline | None, handed: Deadline | None) -> tuple[Deadline, ...]:
    """The deadline from above that an own one of another value overrides; empty if none."""
    if own is None or handed is None or same_due(own, handed):
        return ()
    return (handed,)


def same_due(one: Deadline, other: Deadline) -> bool:
    """Whether two deadlines fall due alike, however they are worded."""
    return (one.kind, one.date, one.time, one.rrule, one.trigger) == (
        other.kind,
        other.date,
        other.time,
        other.rrule,
        other.trigger,
    )


_LEVEL_NAMES = {"arabic": "khoản", "letter": "điểm", "dash": "gạch đầu dòng", "plus": "dấu cộng"}


def step(block: Block, position: int, path: tuple[str, ...]) -> tuple[str, ...]:
    """The path extended by this block's label, as a clerk would cite it ("Điều 2", "khoản 1", "điểm a")."""
    if block.kind is BlockKind.ITEM:
        label = block.label.strip("().:/ ")
        if block.marker in ("dash", "plus", "bullet"):
            return (*path, f"gạch đầu dòng {position}")
        inside_article = any(part.startswith("Điều") for part in path)
        name = _LEVEL_NAMES.get(block.marker) if inside_article else None
        return (*path, f"{name} {label}" if name else label)
    if block.label:
        return (*path, block.label.strip(".: "))
    return path
