"""The examples of pipeline/classes say what each class must be."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.classes.assigner import assigner_of
from pipeline.classes.corpus_assigners import HEADS, Head
from pipeline.classes.corpus_products import ASKED, STATED, Asked
from pipeline.classes.corpus_sources import PAPERS, URGENT, Paper
from pipeline.classes.product import product_of
from pipeline.classes.source import source_of
from pipeline.classes.timing import timing_of
from pipeline.classes.urgency import urgency_of
from pipeline.deadlines import choose, find_deadlines
from pipeline.labels import ASSIGNERS, ENGLISH, PRODUCTS, TASK_SOURCES, TIMINGS, URGENCIES
from pipeline.types import DocumentType, Grounded, Header, Span, Urgency


def grounded(text: str) -> Grounded | None:
    return Grounded(text) if text else None


def header(head: Head) -> Header:
    parent, _, own = head.issuer.rpartition(" / ")
    authority, _, position = head.signed.partition("|")
    return Header(
        issuer=grounded(f"{parent} {own}".strip()),
        parent=grounded(parent),
        number=grounded(head.number),
        type=DocumentType(head.type) if head.type else None,
        subject=grounded(head.subject),
        signer_authority=grounded(authority if position else ""),
        signer_position=grounded(position or authority),
        issued_on=dt.date.fromisoformat(head.day or "2025-08-04"),
    )


@pytest.mark.parametrize("head", HEADS, ids=lambda head: f"{head.level}: {head.issuer} {head.number}")
def test_the_level_of_who_assigns(head: Head):
    assert assigner_of(header(head), head.said).level == head.level


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.text[:50])
def test_the_product_that_a_task_asks_for(asked: Asked):
    found = product_of(None, [Span(0, len(asked.text))], asked.text)
    assert (found.key, found.words.text if found.words else "") == (asked.key, asked.words)


@pytest.mark.parametrize(("key", "words"), STATED)
def test_the_product_that_a_column_states_is_kept_as_written(key: str, words: str):
    stated = Grounded(words, Span(0, len(words)))
    assert product_of(stated, [Span(0, 20)], "Xây dựng kế hoạch khác") == type(product_of(stated, [], ""))(
        key, stated
    )


def test_the_words_of_a_product_stand_where_it_says():
    text = "1. Giao Sở Y tế\nlập danh sách\ncác trạm, báo cáo UBND tỉnh."
    found = product_of(None, [Span(3, 15), Span(16, len(text))], text)
    assert found.words is not None and found.words.span is not None
    assert found.words.text == "danh sách các trạm"
    assert text[found.words.span.start : found.words.span.end] == "danh sách\ncác trạm"


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: f"{paper.key}: {paper.number} {paper.subject}")
def test_the_source_of_a_task(paper: Paper):
    kind = DocumentType(paper.type) if paper.type else None
    known = Header(number=grounded(paper.number), type=kind, subject=grounded(paper.subject))
    assert source_of(known, [paper.said] if paper.said else []) == paper.key


@pytest.mark.parametrize(("urgency", "mark", "kind", "head"), URGENT)
def test_how_urgent_a_document_is(urgency: str, mark: str, kind: str, head: str):
    assert urgency_of(Header(urgency=Urgency(mark), type=DocumentType(kind)), head) == urgency


@pytest.mark.parametrize(
    ("timing", "phrase"),
    [
        ("dated", "trước ngày 15/3/2024"),
        ("dated", "trong quý II năm 2024"),
        ("dated", "trong 15 ngày kể từ ngày ký"),
        ("event", "sau khi được phê duyệt"),
        ("relative", "chậm nhất 05 ngày làm việc sau khi nhận đủ hồ sơ"),
        ("recurring", "trước ngày 25 hằng tháng"),
        ("recurring", "định kỳ"),
        ("ongoing", "thường xuyên"),
        ("undated", "khẩn trương"),
        ("undated", "theo quy định"),
    ],
)
def test_timing_follows_from_the_deadline(timing: str, phrase: str):
    assert timing_of(choose(find_deadlines(phrase, dt.date(2024, 3, 1)), phrase)) == timing


def test_there_are_examples_of_every_class():
    assert {head.level for head in HEADS} == set(ASSIGNERS)
    assert {asked.key for asked in ASKED} | {key for key, _ in STATED} == set(PRODUCTS)
    assert {paper.key for paper in PAPERS} == set(TASK_SOURCES)
    assert {urgency for urgency, *_ in URGENT} == set(URGENCIES) == set(Urgency)
    assert len(HEADS) >= 60 and len(ASKED) >= 60


@pytest.mark.parametrize(
    ("name", "vietnamese"),
    [
        ("timing", TIMINGS),
        ("source", TASK_SOURCES),
        ("assigner", ASSIGNERS),
        ("urgency", URGENCIES),
        ("product", PRODUCTS),
    ],
)
def test_every_key_has_both_languages(name: str, vietnamese: dict[str, str]):
    assert list(ENGLISH[name]) == list(vietnamese)
