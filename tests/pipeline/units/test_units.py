"""The corpus of units, and what must hold for any text."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text import match_key
from pipeline.types import UnitKind, UnitMention
from pipeline.units import find_units, split_list, units_at
from pipeline.units.corpus import MARKED, NOTHING
from pipeline.units.corpus_lists import LISTS, STARTS
from pipeline.units.lexicon import rows
from pipeline.units.reader import LONGEST


def _unmark(marked: str) -> tuple[str, list[tuple[int, int]]]:
    text, spans, start = "", [], 0
    for char in marked:
        if char == "[":
            start = len(text)
        elif char == "]":
            spans.append((start, len(text)))
        else:
            text += char
    return text, spans


@pytest.mark.parametrize("marked", MARKED)
def test_exactly_the_marked_units_are_found(marked: str) -> None:
    text, spans = _unmark(marked)
    assert [m.text for m in find_units(text)] == [text[a:b] for a, b in spans]
    assert [(m.span.start, m.span.end) for m in find_units(text)] == spans


@pytest.mark.parametrize("text", NOTHING)
def test_look_alikes_are_no_units(text: str) -> None:
    assert [m.text for m in find_units(text)] == []


@pytest.mark.parametrize(("text", "names"), LISTS)
def test_a_list_is_split_into_its_members(text: str, names: tuple[str, ...]) -> None:
    members = split_list(text)
    assert tuple(m.name for m in members) == names
    assert all(text[m.span.start : m.span.end] == m.text for m in members)


@pytest.mark.parametrize("marked", STARTS)
def test_a_list_ends_before_the_verb(marked: str) -> None:
    text, spans = _unmark(marked.replace("|", ""))
    mentions, end = units_at(text, 0)
    assert [m.text for m in mentions] == [text[a:b] for a, b in spans]
    assert end == len(_unmark(marked.split("|", maxsplit=1)[0])[0])


def test_the_corpus_is_large_enough_to_lean_on() -> None:
    assert len(MARKED) >= 150
    assert len(NOTHING) >= 20


def test_a_list_may_begin_after_a_conjunction() -> None:
    mentions, end = units_at("và Sở Y tế rà soát", 0)
    assert [m.text for m in mentions] == ["Sở Y tế"]
    assert end == len("và Sở Y tế")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Sở Y tế", UnitKind.UNIT),
        ("các sở, ban, ngành", UnitKind.GROUP),
        ("Giám đốc Sở Y tế", UnitKind.PERSON),
        ("các đơn vị nêu tại mục 2", UnitKind.REFERENCE),
    ],
)
def test_mentions_say_what_they_are(text: str, kind: UnitKind) -> None:
    (mention,) = split_list(text)
    assert mention.kind is kind


@pytest.mark.parametrize("text", ["Giao Sở Y tế rà soát.", "Yêu cầu UBND các huyện báo cáo."])
def test_tone_mark_style_makes_no_difference(text: str) -> None:
    old = text.replace("hóa", "hoá").replace("Ủy", "Uỷ")
    assert [m.span for m in find_units(text)] == [m.span for m in find_units(old)]


_PIECES = [
    "Giao ",
    "Sở Y tế",
    "các sở, ban, ngành",
    ", ",
    " và ",
    "UBND các huyện: ",
    "Kim Động",
    "; ",
    "các Bộ: ",
    "(",
    ")",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join) | st.text(max_size=80))
def test_spans_are_exact_ordered_and_apart(text: str) -> None:
    for mentions in (find_units(text), split_list(text), units_at(text, 0)[0]):
        assert all(text[m.span.start : m.span.end] == m.text for m in mentions)
        assert all(a.span.end <= b.span.start for a, b in pairwise(mentions))


def test_heads_are_listed_once() -> None:
    heads = [match_key(row[0]) for row in rows("heads.tsv")]
    assert sorted(heads) == sorted(set(heads))


@pytest.mark.parametrize(
    "piece",
    [
        "Sở ",
        "sở, ",
        "xã, ",
        "các sở - ",
        "sở. ban. ",
        "Sở Y tế, ",
        "cơ quan này ",
        "Cục A thuộc ",
        "hội đồng ",
        "Công an ",
    ],
)
def test_work_grows_as_the_text_does(piece: str) -> None:
    find_units(piece)  # loads the lexicon
    assert _calls(piece * 800) < 6 * _calls(piece * 200)


def _calls(text: str) -> int:
    """How many functions are called to find a text's units."""
    calls = 0

    def count(_frame: object, event: str, _function: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        find_units(text)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("read", [find_units, split_list])
def test_of_a_text_without_end_the_head_is_read(read: Callable[[str], tuple[UnitMention, ...]]) -> None:
    endless = "Sở Y tế; " * 30_000
    mentions = read(endless)
    assert mentions == read(endless[:LONGEST])
    assert len(mentions) > 1000
    assert mentions[-1].span.end <= LONGEST


@pytest.mark.parametrize("piece", ["Văn phòng ", "Giám đốc ", "Sở Y tế ", "các sở, ", "UBND "])
def test_endless_repetition_is_read_without_failing(piece: str) -> None:
    text = piece * 1500
    assert all(text[m.span.start : m.span.end] == m.text for m in (*find_units(text), *split_list(text)))
