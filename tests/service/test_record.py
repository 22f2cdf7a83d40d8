"""An extraction as the JSON object that users get: every value with its place on the page."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.types import (
    Block,
    BlockKind,
    Box,
    Clause,
    ClauseRole,
    Deadline,
    DeadlineKind,
    Directive,
    DocumentType,
    Extraction,
    Grounded,
    Header,
    Issue,
    Layout,
    Origin,
    Page,
    Place,
    Probabilities,
    Reading,
    SeenTask,
    SourceDocument,
    Span,
    TaskCandidate,
    UnitMention,
    UnitRole,
)
from service.evidence import Proof
from service.record import record

LINES = (
    "Số: 05/CT-UBND",
    "Sở Y tế chủ trì, phối hợp với Công an tỉnh",
    "báo cáo trước ngày 15/3/2019.",
    "Chỉ thị này có hiệu lực kể từ ngày ký.",
)
TEXT = "\n".join(LINES)


def layout(lines=LINES) -> Layout:
    """Every character six points wide, every line on its own, two lines a page."""
    places, at = [], 0
    for number, line in enumerate(lines):
        page, y = 1 + number // 2, 100.0 + 20 * (number % 2)
        for word in line.split(" "):
            x = 50.0 + 6 * (at - TEXT.index(line) if line in TEXT else 0)
            places.append(Place(Span(at, at + len(word)), page, Box(x, y, x + 6 * len(word), y + 12)))
            at += len(word) + 1
    return Layout("\n".join(lines), tuple(places), ())


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def mention(words: str) -> UnitMention:
    return UnitMention(span(words), words, words)


def example(**changes) -> Extraction:
    source = SourceDocument("thang-3/05-ct.pdf", "ab" * 32, "application/pdf", b"")
    pages = tuple(Page(n, 595.0, 842.0, origin, ()) for n, origin in ((1, Origin.TEXT), (2, Origin.OCR)))
    deadline = Deadline(
        span("trước ngày 15/3/2019"),
        "trước ngày 15/3/2019",
        DeadlineKind.DATE,
        date=dt.date(2019, 3, 15),
        rule="before.date",
    )
    task = TaskCandidate(
        id="t1",
        text="Sở Y tế chủ trì, phối hợp với Công an tỉnh báo cáo trước ngày 15/3/2019",
        path="Điều 2 › khoản 1",
        spans=(Span(span("Sở Y tế").start, span("15/3/2019").end),),
        leads=(UnitRole(mention("Sở Y tế"), inherited=True),),
        cooperators=(UnitRole(mention("Công an tỉnh")),),
        deadline=deadline,
        deadline_inherited=False,
        output=None,
        nature="document",
        field="health",
        confidence=0.9,
        rule="request",
    )
    given = {
        "reading": Reading(source, pages),
        "directive": Directive(
            layout(),
            Header(number=Grounded("05/CT-UBND", span("05/CT-UBND")), type=DocumentType.CHI_THI),
            Block(BlockKind.ROOT, Span(0, len(TEXT))),
        ),
        "tasks": (task,),
        "clauses": (Clause(span(LINES[3]), "Điều 3", ClauseRole.IN_FORCE, "in_force.signing"),),
        "execution_clause": False,
        "issues": (Issue("read", "trang 2 mờ"),),
        "version": "rules-1",
    }
    return Extraction(**given | changes)


def test_has_the_fields_of_the_contract():
    made = record(example())
    assert made["id"] == "05-ct"
    assert (made["source"]["pages"], made["source"]["ocr_pages"]) == (2, [2])
    assert made["document"]["number"] == "05/CT-UBND"
    assert made["document"]["type"] == "chi_thi"
    (task,) = made["tasks"]
    assert task["path"] == "Điều 2 › khoản 1"
    assert [(lead["name"], lead["unit_id"], lead["inherited"]) for lead in task["leads"]] == [
        ("Sở Y tế", "so-y-te", True)
    ]
    assert [unit["name"] for unit in task["cooperators"]] == ["Công an tỉnh"]
    assert task["deadline"]["date"] == "2019-03-15"
    assert made["issues"] == [{"stage": "read", "message": "trang 2 mờ"}]


def test_the_evidence_of_a_task_over_two_pages_is_one_box_a_line():
    (task,) = record(example())["tasks"]
    assert [(place["page"], place["box"][1]) for place in task["evidence"]] == [(1, 120.0), (2, 100.0)]


@pytest.mark.parametrize(
    "value",
    [
        lambda task: task["leads"][0],
        lambda task: task["cooperators"][0],
        lambda task: task["deadline"],
    ],
    ids=["lead", "cooperator", "deadline"],
)
def test_offsets_lead_to_the_words_of_a_value(value):
    made = record(example())
    proved = value(made["tasks"][0])
    (place,) = proved["evidence"]
    assert made["text"][place["start"] : place["end"]] == proved["text"]


def test_a_word_that_a_value_holds_in_part_is_boxed_in_part():
    (place,) = record(example())["tasks"][0]["deadline"]["evidence"]
    whole = record(example())["tasks"][0]["evidence"][1]
    assert place["box"][2] == whole["box"][2]
    assert place["box"][2] < 50 + 6 * len(LINES[2])  # the full stop is not part of the deadline


def test_a_task_without_deadline_has_one_of_kind_none():
    task = example().tasks[0]
    bare = TaskCandidate(**{name: getattr(task, name) for name in task.__slots__} | {"deadline": None})
    (made,) = record(example(tasks=(bare,)))["tasks"]
    assert made["deadline"]["kind"] == "none"
    assert made["deadline"]["date"] is None


def test_what_a_second_reader_read_otherwise_is_kept_in_the_same_form_and_nothing_else():
    first = example().tasks[0]
    seen = SeenTask((span("báo cáo"),), (mention("Công an tỉnh"),), (), None, 0.7)
    read_twice = replace(first, second=seen, differs=("text", "leads", "deadline"))
    (made,) = record(example(tasks=(read_twice,)))["tasks"]
    second = made["second"]
    assert list(second) == ["text", "evidence", "leads", "deadline"]
    assert second["text"] == "báo cáo"
    assert second["leads"] == [made["cooperators"][0] | {"inherited": True}]  # its name stands elsewhere
    assert second["deadline"]["kind"] == "none"
    (alone,) = record(example())["tasks"]
    assert "second" not in alone


def test_further_deadlines_tell_whether_they_stand_in_the_task_or_above_it():
    task = example().tasks[0]
    milestone = Deadline(span("15/3/2019"), "15/3/2019", DeadlineKind.DATE, date=dt.date(2019, 3, 15))
    above = Deadline(span("05/CT"), "05/CT", DeadlineKind.EVENT, trigger="được thông qua")
    (made,) = record(example(tasks=(replace(task, other_deadlines=(milestone, above)),)))["tasks"]
    assert [(other["date"], other["trigger"], other["inherited"]) for other in made["other_deadlines"]] == [
        ("2019-03-15", None, False),
        (None, "được thông qua", True),
    ]


def test_says_what_is_no_task_and_why():
    (clause,) = record(example())["clauses"]
    assert (clause["role"], clause["rule"], clause["text"]) == ("in_force", "in_force.signing", LINES[3])
    assert clause["evidence"][0]["page"] == 2


def test_probabilities_and_reasons_come_with_a_task_that_was_judged():
    assert record(example())["tasks"][0]["probabilities"] is None
    likely = Probabilities(0.9, 0.9, 0.8, 0.9, 0.9, 0.6, 0.7, 0.75)
    judged = replace(example().tasks[0], probabilities=likely, reasons=("Phối hợp: nêu ngay trong câu.",))
    (made,) = record(example(tasks=(judged,)))["tasks"]
    assert (made["probabilities"]["leads"], made["probabilities"]["complete"]) == (0.8, 0.75)
    assert made["reasons"] == ["Phối hợp: nêu ngay trong câu."]


def test_the_rule_of_a_clause_is_told_in_words():
    clause = replace(example().clauses[0], rule="in_force")
    (made,) = record(example(clauses=(clause,)))["clauses"]
    assert made["reason"] == "Nói về hiệu lực của văn bản."


def test_a_given_id_wins():
    assert record(example(), "d01")["id"] == "d01"


def test_is_plain_json():
    assert json.loads(json.dumps(record(example()))) == record(example())


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_evidence_never_leaves_its_span(one, other):
    wanted = Span(min(one, other), max(one, other))
    places = Proof(layout()).of((wanted,))
    assert all(wanted.start <= place["start"] < place["end"] <= wanted.end for place in places)
    shown = "".join(TEXT[place["start"] : place["end"]] for place in places)
    assert "".join(shown.split()) == "".join(TEXT[wanted.start : wanted.end].split())
