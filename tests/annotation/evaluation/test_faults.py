"""Each error by its kind, with the places that show it."""

from __future__ import annotations

import pytest
from cases import WORDS, due, found, gold, label, place, record, unit
from hypothesis import given
from hypothesis import strategies as st

from annotation.evaluation.comparing import compare
from annotation.evaluation.differences import differences
from annotation.evaluation.faults import faults
from annotation.evaluation.places import boxes, locate
from pipeline.types import Span

TEXT = "1. Sở Y tế rà soát kho thuốc.\n2. Sở Tài chính bố trí kinh phí trong năm tới."


def kinds(*pairs):
    compared = compare("a", gold(*(pair[0] for pair in pairs)), record(*(pair[1] for pair in pairs)))
    return [fault.kinds for fault in faults(compared)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"leads": [unit("Sở Nội vụ")]}, [("leads",)]),
        ({"cooperators": [unit("Sở Nội vụ")], "deadline": due("event")}, [("cooperators", "deadline")]),
        ({"nature": "report"}, [("class",)]),
        ({"text": "việc hoàn toàn khác"}, [("missed",), ("false",)]),
        ({"seen": "chữ của đoạn khác"}, [("evidence",)]),
    ],
)
def test_an_error_is_named_by_its_kinds(changes, expected):
    assert kinds((label(), found(**changes))) == expected


def test_a_missed_task_is_shown_where_its_words_stand():
    words = "bố trí kinh phí trong năm tới"
    start = TEXT.index(words)
    lines = [place(1, 0, 29), place(1, 30, len(TEXT), y=130.0)]
    clauses = [{"role": "aim", "rule": "aim_verb", "evidence": [place(1, 33, len(TEXT) - 1)]}]
    made = record(text=TEXT, lines=lines, clauses=clauses)
    (fault,) = faults(compare("a", gold(label(words)), made))
    (mark,) = fault.marks
    assert (mark.place["start"], mark.place["end"]) == (start, start + len(words))
    assert mark.place["box"][0] > 50.0  # the part of the line that holds the words
    assert fault.read_as == ("aim", "aim_verb")


def test_a_missed_task_says_why_in_the_rules_words():
    clause = {"role": "aim", "rule": "aim_verb", "reason": "Nêu mục tiêu.", "evidence": [place(1, 33, 78)]}
    made = record(text=TEXT, lines=[place(1, 0, len(TEXT))], clauses=[clause])
    (fault,) = faults(compare("a", gold(label("bố trí kinh phí trong năm tới")), made))
    assert fault.read_as == ("aim", "Nêu mục tiêu.")


def test_a_missed_task_that_another_one_swallowed_says_which():
    whole = found(
        "Sở Y tế rà soát kho thuốc. Sở Tài chính bố trí kinh phí trong năm tới", evidence=[place(1, 0, 79)]
    )
    missed = label("Sở Tài chính bố trí kinh phí")
    (fault, *_) = faults(compare("a", gold(missed), record(whole, text=TEXT)))
    assert fault.kinds == ("missed",)
    assert fault.within == 1


def test_words_that_the_text_does_not_hold_have_no_place():
    (fault,) = faults(compare("a", gold(label("chữ không hề có ở đâu")), record(text=TEXT)))
    assert fault.marks == ()


def test_a_wrong_header_field_is_shown_with_both_values():
    made = record()
    made["document"] |= {"number": "13/UBND", "evidence": {"number": [place()]}}
    (fault,) = faults(compare("a", gold(), made))
    assert (fault.kinds, fault.gold, fault.found) == (
        ("header",),
        {"number": "12/UBND-VX"},
        {"number": "13/UBND"},
    )


@given(st.text(max_size=40), st.text(max_size=200))
def test_locating_stays_inside_the_text(words, text):
    span = locate(words, text)
    assert span is None or 0 <= span.start < span.end <= len(text)


@given(st.integers(0, 70), st.integers(1, 60))
def test_any_sentence_is_found_where_it_stands(start, length):
    words = TEXT[start : start + length].split()
    if len(words) > 5:
        span = locate(" ".join(words[1:-1]), TEXT)
        assert span is not None
        assert words[1].strip(".") in TEXT[span.start : span.end]


def test_boxes_are_cut_to_the_passage():
    (part,) = boxes(Span(5, 10), [place(1, 0, 10), place(1, 10, 20)])
    assert part["box"][0] == 150.0


def test_differences_mark_what_only_one_side_has():
    assert differences("Sở Y tế rà soát kho", "Sở Y tế kiểm tra kho") == (
        [("Sở Y tế", True), ("rà soát", False), ("kho", True)],
        [("Sở Y tế", True), ("kiểm tra", False), ("kho", True)],
    )


@given(st.text(max_size=60), st.text(max_size=60))
def test_differences_keep_all_words(one, other):
    left, right = differences(one, other)
    assert " ".join(words for words, _ in left).split() == one.split()
    assert " ".join(words for words, _ in right).split() == other.split()


def test_a_right_task_is_no_error():
    assert kinds((label(WORDS), found(WORDS))) == []
