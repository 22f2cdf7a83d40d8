"""Which earlier document a document carries out: where it is named as that, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.assignments import find_carried
from pipeline.assignments.corpus_carrying import (
    NOT_PREFACES,
    NOT_SUBJECTS,
    ORDERS,
    PREFACES,
    SUBJECTS,
)
from pipeline.assignments.corpus_relations import ISSUED, Does
from pipeline.structure.blocks import build
from pipeline.types import (
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

LETTER = Header(number=Grounded("9/SYT-NV"), issued_on=ISSUED, type=DocumentType.CONG_VAN)


def document(*lines: str, subject: str = "") -> Directive:
    text = "\n".join([subject, *lines])
    at, paragraphs = len(subject) + 1, []
    for line in lines:
        paragraphs.append(Paragraph(Span(at, at + len(line)), 1))
        at += len(line) + 1
    header = replace(LETTER, subject=Grounded(subject, Span(0, len(subject)))) if subject else LETTER
    return Directive(Layout(text, (), tuple(paragraphs)), header, build(paragraphs, text))


def said(one: Relation) -> str:
    assert one.kind is RelationKind.CARRIES_OUT
    day = one.issued_on.isoformat() if one.issued_on else ""
    return " ".join(filter(None, (one.number.text if one.number else "", day, one.item)))


@pytest.mark.parametrize("example", SUBJECTS, ids=lambda e: e.text[:50])
def test_a_subject_names_what_is_carried_out(example: Does):
    found = find_carried(document("Giao các xã kiểm kê.", subject=example.text))
    assert tuple(map(said, found)) == example.relations


@pytest.mark.parametrize("example", PREFACES, ids=lambda e: e.text[:50])
def test_a_preface_names_what_is_carried_out(example: Does):
    directive = document("Kính gửi: Các sở.", example.text)
    assert tuple(map(said, find_carried(directive))) == example.relations
    for one in find_carried(directive):
        place = directive.layout.text[one.number.span.start : one.number.span.end]
        assert place.replace(" ", "") == one.number.text


@pytest.mark.parametrize("subject", NOT_SUBJECTS)
def test_a_subject_about_the_carrying_out_carries_nothing_out(subject: str):
    assert find_carried(document("Kính gửi: Các sở.", subject=subject)) == ()


@pytest.mark.parametrize("words", NOT_PREFACES)
def test_what_is_cited_or_told_is_not_carried_out(words: str):
    assert find_carried(document("Kính gửi: Các sở.", words)) == ()


@pytest.mark.parametrize("lines", ORDERS)
def test_an_order_to_carry_out_is_a_task_and_no_relation(lines: tuple[str, ...]):
    assert find_carried(document(*lines)) == ()


def test_a_document_is_named_once_and_never_itself():
    first = "Thực hiện Chỉ thị số 15/CT-TTg ngày 02/3/2025, Sở Y tế yêu cầu:"
    found = find_carried(document(first, subject="V/v triển khai Chỉ thị số 15/CT-TTg"))
    assert [one.number.text for one in found] == ["15/CT-TTg"]
    assert find_carried(document("Giao các xã.", subject="V/v thực hiện Công văn số 9/SYT-NV")) == ()


def test_what_is_replaced_is_not_also_carried_out():
    directive = document("Giao các xã.", subject="V/v triển khai Chỉ thị số 15/CT-TTg")
    replaced = Relation(RelationKind.REPLACES, Span(0, 5), Grounded("15/CT-TTg"))
    assert find_carried(directive, (replaced,)) == ()


@given(
    st.lists(
        st.sampled_from(
            ["Thực hiện ", "triển khai ", "Chỉ thị ", "số 4", "/CT-TTg ", "ngày 3/2/2025", ";", ", "]
        )
        | st.text(max_size=5),
        max_size=20,
    )
)
def test_any_pieces_give_relations_within_the_text(pieces: list[str]):
    text = " ".join("".join(pieces).split())
    directive = document(text, subject=text) if text else document("x")
    for one in find_carried(directive):
        assert 0 <= one.span.start < one.span.end <= len(directive.layout.text)
