"""Any Unicode through the code that reads clauses, units and deadlines: no exception, no span outside."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.fuzz import failure, invented, shortest, target

_SLOW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
_PIECES = [
    "Giao ",
    "Sở Y tế",
    " chủ trì, ",
    "phối hợp với ",
    "các sở, ",
    "trước ngày ",
    "31/02",
    "\n1. ",
    "a) ",
]


@_SLOW
@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=12), max_size=30).map("".join))
def test_text_of_pieces_and_any_unicode(text):
    target(text.encode("utf-8", "surrogatepass"))


@_SLOW
@given(st.binary(max_size=200))
def test_any_bytes(data):
    target(data)


@pytest.mark.parametrize("seed", range(6))
def test_spliced_examples_of_the_rules_neither_fail_nor_are_slow(seed):
    assert failure(invented(random.Random(seed))) == ""


def test_a_failing_input_is_told_and_cut_short(monkeypatch):
    def breaks(data: bytes) -> None:
        if b"31/02" in data:
            raise ValueError("no such day")

    monkeypatch.setattr("benchmarks.fuzz.target", breaks)
    assert failure("Giao Sở Y tế trước ngày 31/02.") == "ValueError: no such day"
    assert shortest("Giao Sở Y tế báo cáo trước ngày 31/02, giao Sở Nội vụ.") == "31/02"
