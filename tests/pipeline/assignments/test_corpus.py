"""Every example of the assignment corpus reads as it says."""

from __future__ import annotations

import pytest

from pipeline.assignments.cooperators import find_cooperators
from pipeline.assignments.corpus import ASSIGNMENTS, DISMISSALS, SPLITS, Assigns, Dismisses, Splits
from pipeline.assignments.dismissals import dismiss
from pipeline.assignments.roles import find_subject
from pipeline.assignments.segments import segment


@pytest.mark.parametrize("example", ASSIGNMENTS, ids=lambda e: e.text[:40])
def test_leads_and_cooperators(example: Assigns) -> None:
    found = find_subject(example.text)
    leads = tuple(lead.name for lead in found.leads) if found else ()
    assert leads == example.leads
    assert tuple(unit.name for unit in find_cooperators(example.text)) == example.cooperators


@pytest.mark.parametrize("example", DISMISSALS, ids=lambda e: e.text[:40])
def test_what_is_no_task(example: Dismisses) -> None:
    why = dismiss(example.text)
    assert why is not None
    assert why.role is example.role


@pytest.mark.parametrize("example", ASSIGNMENTS, ids=lambda e: e.text[:40])
def test_assignments_are_not_dismissed(example: Assigns) -> None:
    assert dismiss(example.text) is None


@pytest.mark.parametrize("example", SPLITS, ids=lambda e: e.text[:40])
def test_an_item_is_cut_where_the_lead_changes(example: Splits) -> None:
    parts = [example.text[part.span.start : part.span.end] for part in segment(example.text)]
    assert len(parts) == len(example.parts)
    for part, beginning in zip(parts, example.parts, strict=True):
        assert part.startswith(beginning)
