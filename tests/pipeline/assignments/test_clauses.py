"""Every clause that is no task has a class."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.assignments import find_drafts
from pipeline.assignments.clauses import named
from pipeline.assignments.corpus_clauses import CLASSES
from pipeline.structure.blocks import build
from pipeline.types import (
    Clause,
    ClauseRole,
    Directive,
    DocumentType,
    Grounded,
    Header,
    Layout,
    Paragraph,
    Span,
)

LETTER = Header(
    issued_on=dt.date(2025, 8, 4),
    type=DocumentType.CONG_VAN,
    issuer=Grounded("ỦY BAN NHÂN DÂN TỈNH AN BÌNH"),
)
EXAMPLES = [(text, role) for role, texts in CLASSES.items() for text in texts]


def clauses(*lines: str) -> tuple[Clause, ...]:
    text = "\n".join(lines)
    at, paragraphs = 0, []
    for line in lines:
        paragraphs.append(Paragraph(Span(at, at + len(line)), 1))
        at += len(line) + 1
    return find_drafts(Directive(Layout(text, (), tuple(paragraphs)), LETTER, build(paragraphs, text)))[1]


@pytest.mark.parametrize(("text", "role"), EXAMPLES, ids=[text[:40] for text, _ in EXAMPLES])
def test_a_clause_that_assigns_nothing_has_its_class(text: str, role: ClauseRole):
    assert clauses(text)[0].role is role


def test_every_class_has_examples():
    # a distribution stands in the foot; what is idle is told by the document's kind, not by its words
    said = {ClauseRole.TASK, ClauseRole.LEAD_IN, ClauseRole.DISTRIBUTION, ClauseRole.IDLE}
    assert {role for role in ClauseRole if len(CLASSES.get(role, ())) < 8} == said


def test_what_a_section_holds_is_the_class_of_its_clauses():
    found = clauses(
        *("I. QUAN ĐIỂM", "1. Trồng cây nào sống cây ấy.", "2. Ít mà chắc."),
        *("II. MỤC TIÊU", "1. Rừng phủ kín đồi trọc.", "2. Suối trong trở lại."),
    )
    assert [clause.role for clause in found if clause.role is not ClauseRole.HEADING] == [
        *(ClauseRole.PRINCIPLE, ClauseRole.PRINCIPLE),
        *(ClauseRole.TARGET, ClauseRole.TARGET),
    ]


@given(st.text(max_size=200), st.sampled_from(list(ClauseRole)), st.sampled_from(["", "no_doer", "zone_aim"]))
def test_naming_neither_makes_a_task_nor_unmakes_one(text: str, role: ClauseRole, rule: str):
    clause = Clause(Span(0, len(text)), "", role, rule)
    (after,) = named([clause], text)
    assert (after.role is ClauseRole.TASK) == (role is ClauseRole.TASK)
    assert after.span == clause.span
