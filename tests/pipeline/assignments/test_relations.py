"""What a document does to earlier ones: extended, amended, replaced, revoked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.assignments import find_drafts, find_relations
from pipeline.assignments.citations import find_citations
from pipeline.assignments.corpus_relations import ISSUED, NOTHING, RELATIONS, Does
from pipeline.structure.blocks import build
from pipeline.types import (
    ClauseRole,
    Directive,
    DocumentType,
    Grounded,
    Header,
    Layout,
    Paragraph,
    Relation,
    RelationKind,
    Span,
)

DECISION = Header(issued_on=ISSUED, type=DocumentType.QUYET_DINH, issuer=Grounded("UBND TỈNH AN BÌNH"))


def document(*lines: str, header: Header = DECISION) -> Directive:
    text = "\n".join(lines)
    at, paragraphs = 0, []
    for line in lines:
        paragraphs.append(Paragraph(Span(at, at + len(line)), 1))
        at += len(line) + 1
    return Directive(Layout(text, (), tuple(paragraphs)), header, build(paragraphs, text))


def relations(*lines: str) -> tuple[Relation, ...]:
    directive = document(*lines)
    return find_relations(directive, find_drafts(directive)[1])


def said(one: Relation) -> str:
    number = one.number.text if one.number else ""
    day = one.issued_on.isoformat() if one.issued_on else ""
    new = f"→ {one.deadline.date}" if one.deadline else ""
    return " ".join(filter(None, (one.kind.value, number, day, one.item, new)))


@pytest.mark.parametrize("example", RELATIONS, ids=lambda e: e.text[:40])
def test_what_a_document_does_to_earlier_ones(example: Does):
    assert tuple(said(one) for one in relations(example.text)) == example.relations


@pytest.mark.parametrize("text", NOTHING, ids=lambda text: text[:40])
def test_citations_orders_and_rules_do_nothing(text: str):
    assert relations(text) == ()


def test_every_kind_of_relation_has_examples():
    kinds = [relation.partition(" ")[0] for example in RELATIONS for relation in example.relations]
    assert all(kinds.count(kind.value) >= 4 for kind in RelationKind if kind is not RelationKind.CARRIES_OUT)


def test_the_number_is_proved_by_its_place():
    text = "Thu hồi Công văn số 8 8 / UBND - NC ngày14 / 4 /2025."
    (one,) = relations("Nội dung họp như sau.", text)
    start = one.number.span.start - len("Nội dung họp như sau.") - 1
    assert text[start : start + len(one.number.span)] == "8 8 / UBND - NC"


def test_a_list_of_revoked_documents():
    found = relations(
        "Điều 1. Bãi bỏ các văn bản sau:",
        "1. Quyết định số 11/QĐ-UBND ngày 02/01/2019 về bến đò.",
        "2. Công văn số 12/UBND-KT ngày 03/01/2019.",
    )
    assert [said(one) for one in found] == ["revokes 11/QĐ-UBND 2019-01-02", "revokes 12/UBND-KT 2019-01-03"]


def test_an_order_to_amend_is_a_task_and_no_relation():
    lines = ("1. Giao Sở Tư pháp:", "a) Bãi bỏ Quyết định số 11/QĐ-UBND ngày 02/01/2019 của Sở.")
    assert relations(*lines) == ()


def test_what_only_amends_is_no_task_and_what_also_assigns_is_one():
    only = "Thay thế nội dung giao Sở Y tế tại Công văn số 30/UBND-VX ngày 06/01/2025."
    drafts, clauses = find_drafts(document(only))
    assert drafts == ()
    assert [clause.role for clause in clauses] == [ClauseRole.AMENDMENT]
    drafts, _ = find_drafts(document(only.removesuffix(".") + "; giao Sở Nội vụ kiểm kê các bến đò."))
    assert [lead.name for draft in drafts for lead in draft.leads] == ["Sở Nội vụ"]


@given(st.text(max_size=300))
def test_any_text_gives_citations_within_it(text: str):
    for one in find_citations(text):
        assert 0 <= one.span.start <= one.number_span.start < one.number_span.end <= one.span.end <= len(text)


@given(
    st.lists(
        st.sampled_from(
            ["Gia hạn ", "thay thế ", "Công văn ", "số 4", "5/TB-UBND ", "ngày 31/02/2024", ";", " và "]
        )
        | st.text(max_size=5),
        max_size=30,
    )
)
def test_any_pieces_give_relations_within_the_text(pieces: list[str]):
    text = " ".join("".join(pieces).split())
    for one in relations(text) if text else ():
        assert 0 <= one.span.start < one.span.end <= len(text)
