"""Whole fragments of directives (fragments.txt) give the tasks that a careful clerk would enter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pipeline.assignments import Draft, find_drafts
from pipeline.structure.blocks import build
from pipeline.types import (
    Directive,
    DocumentType,
    Grid,
    GridCell,
    Grounded,
    Header,
    Layout,
    Paragraph,
    Span,
)

FRAGMENTS = (Path(__file__).parent / "fragments.txt").read_text(encoding="utf-8")
GAPS = {"a roster of bodies", "a prohibition", "cooperators of a kind that is not known"}
ISSUED = dt.date(2025, 8, 4)


@dataclass
class Fragment:
    """Lines of a document of some kind, and its tasks as "text @ leads + cooperators", or "… | deadline"."""

    name: str
    kind: DocumentType
    addressees: list[str]
    lines: list[str] = field(default_factory=list)
    tasks: list[str] = field(default_factory=list)


def fragments() -> Iterator[Fragment]:
    found: Fragment | None = None
    for line in FRAGMENTS.splitlines():
        if line.startswith("== "):
            if found is not None:
                yield found
            name, _, rest = line.removeprefix("== ").partition(" [")
            kind, _, addressees = rest.partition("]")
            found = Fragment(name, DocumentType(kind), _parted(addressees, ";"))
        elif found is not None and line.startswith("=> "):
            found.tasks.append(line.removeprefix("=> "))
        elif found is not None and line.strip():
            found.lines.append(line)
    if found is not None:
        yield found


def _parted(words: str, by: str) -> list[str]:
    return [part.strip() for part in words.split(by) if part.strip()]


def directive(fragment: Fragment) -> Directive:
    items: list[Paragraph | Grid] = []
    rows: list[tuple[GridCell, ...]] = []
    written: list[str] = []
    at = 0

    def paragraph(words: str) -> Paragraph:
        nonlocal at
        start, at = at, at + len(words) + 1
        written.append(words)
        return Paragraph(Span(start, start + len(words)), 1)

    for line in fragment.lines:
        if not line.startswith("table: "):
            items.append(paragraph(line))
            continue
        cells = [part.strip() for part in line.removeprefix("table: ").split("|")]
        rows.append(
            tuple(
                GridCell(rows[-1][column].paragraphs, merged=True)
                if words == "^"
                else GridCell((paragraph(words),))
                for column, words in enumerate(cells)
            )
        )
    text = "\n".join(written)
    if rows:
        items.append(Grid(Span(rows[0][0].paragraphs[0].span.start, len(text)), 1, tuple(rows)))
    header = Header(
        issued_on=ISSUED,
        type=fragment.kind,
        issuer=Grounded("ỦY BAN NHÂN DÂN TỈNH AN BÌNH"),
        addressees=tuple(Grounded(one) for one in fragment.addressees),
    )
    return Directive(Layout(text, (), tuple(items)), header, build(items, text))


def said(draft: Draft, text: str) -> str:
    words = " ".join(text[span.start : span.end] for span in draft.spans)
    leads = "; ".join(unit.name for unit in draft.leads)
    cooperators = "; ".join(unit.name for unit in draft.cooperators)
    return f"{words} @ {leads} + {cooperators}" if cooperators else f"{words} @ {leads}"


def due(draft: Draft) -> str:
    deadline = draft.deadline
    return str((deadline.date or deadline.rrule or deadline.kind.value) if deadline else None)


def cases() -> Iterator[object]:
    """The fragments; those of GAPS are read wrongly as yet."""
    gap = pytest.mark.xfail(strict=True, reason="the name is not known")
    for one in fragments():
        yield pytest.param(one, id=one.name, marks=[gap] if one.name in GAPS else [])


@pytest.mark.parametrize("fragment", cases())
def test_a_fragment_gives_the_tasks_of_a_careful_clerk(fragment: Fragment) -> None:
    whole = directive(fragment)
    drafts, _ = find_drafts(whole)
    timed = any(" | " in task for task in fragment.tasks)
    found = [said(draft, whole.layout.text) + (f" | {due(draft)}" if timed else "") for draft in drafts]
    assert found == fragment.tasks
