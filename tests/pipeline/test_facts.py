"""What speaks for and against a task, as numbers."""

from __future__ import annotations

import math

import pytest

from pipeline.assignments import find_drafts
from pipeline.facts import facts, legibility, surroundings
from pipeline.read import open_source, read
from pipeline.structure import structure
from pipeline.types import Box, Classified, Directive, Layout, Place, Span

CLASSES = Classified("inspect", "other", 0.9, 0.5)


def facts_of(*lines: str) -> list[dict[str, float]]:
    head = ("UBND TỈNH MẪU", "Số: 12/UBND-NC", "Kính gửi: Các sở, ban, ngành", "")
    content = "\n".join((*head, *lines)).encode()
    directive = structure(read(open_source("a.txt", content)))
    drafts, clauses = find_drafts(directive)
    around = surroundings(directive, drafts, clauses)
    text = directive.layout.text
    return [facts(one, text[one.spans[0].start : one.spans[0].end], CLASSES, (), around) for one in drafts]


def test_how_a_task_was_found() -> None:
    own, handed = facts_of(
        "1. Giao Sở Nội vụ rà soát hồ sơ cán bộ.", "2. Sở Y tế:", "a) Kiểm tra các trạm y tế trong tỉnh."
    )
    assert own["rule_request"] == 1.0
    assert own["leads_inherited"] == 0.0
    assert handed["rule_inherited"] == handed["leads_inherited"] == 1.0
    assert handed["depth"] > own["depth"]


@pytest.mark.parametrize(
    ("words", "fact"),
    [
        ("rà soát hồ sơ, báo cáo trước khi hết tháng thứ hai của mùa vụ", "time_unread"),
        ("rà soát hồ sơ và tham gia đầy đủ khi được mời", "cooperation_unread"),
    ],
)
def test_words_that_no_field_took_up_are_noticed(words: str, fact: str) -> None:
    plain, odd = facts_of("1. Giao Sở Nội vụ rà soát hồ sơ.", f"2. Giao Sở Y tế {words}.")
    assert not plain[fact]
    assert odd[fact]


def test_several_leads_count() -> None:
    (one,) = facts_of("1. Giao Sở Nội vụ, Sở Y tế rà soát hồ sơ cán bộ.")
    assert one["leads"] == pytest.approx(math.log(2))


def test_what_the_engine_read_with_doubt_is_less_legible() -> None:
    places = tuple(
        Place(Span(at, at + 2), 1, Box(0, 0, 9, 9), confidence=sure)
        for at, sure in ((0, 0.9), (3, 0.5), (6, 0.1))
    )
    directive = Directive(Layout("ab cd ef", places, ()), None, None)  # type: ignore[arg-type]
    assert legibility(directive, (Span(0, 5),)) == pytest.approx(0.7)
    assert legibility(directive, (Span(6, 8),)) == pytest.approx(0.1)
    assert legibility(Directive(Layout("ab", (), ()), None, None), (Span(0, 2),)) == 1.0  # type: ignore[arg-type]
