"""A model is worse in a slice where its interval lies below zero, or its loss is plain over many."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.evaluation.comparing import Comparison, compare
from annotation.evaluation.guarding import changes

TASK = {"text": "Sở Y tế rà soát các trạm y tế xã", "leads": ["Sở Y tế"], "deadline": None}


def read(name: str, likely: float, *, right: bool = True, pages: int = 1) -> Comparison:
    leads = [{"name": "Sở Y tế" if right else "Sở Nội vụ"}]
    task: dict[str, Any] = {**TASK, "leads": leads, "probabilities": {"complete": likely, "task": likely}}
    record = {"source": {"pages": pages}, "document": {}, "tasks": [task]}
    return compare(name, {"document": {}, "tasks": [TASK]}, record)


def worse(first: list[Comparison], second: list[Comparison]) -> set[str]:
    return {f"{one.slice} {one.measure}" for one in changes(first, second) if one.worse}


@settings(max_examples=20)
@given(st.lists(st.floats(0.01, 0.99), min_size=1, max_size=8))
def test_a_model_is_never_worse_than_itself(likely: list[float]) -> None:
    same = [read(f"d{at}", one) for at, one in enumerate(likely)]
    assert worse(same, same) == set()


def test_less_honest_probabilities_are_worse() -> None:
    first = [read(f"d{at}", 0.9) for at in range(9)]
    second = [read(f"d{at}", 0.4) for at in range(9)]
    assert "all brier" in worse(first, second)
    assert worse(second, first) == set()


def test_tasks_that_are_read_wrong_are_worse() -> None:
    first = [read(f"d{at}", 0.9) for at in range(9)]
    second = [read(f"d{at}", 0.9, right=False) for at in range(9)]
    assert "all complete_f1" in worse(first, second)


def test_a_loss_in_one_slice_is_not_hidden_by_the_others() -> None:
    first = [read(f"d{at}", 0.6, pages=9 if at < 5 else 1) for at in range(60)]
    second = [read(f"d{at}", 0.3 if at < 5 else 0.9, pages=9 if at < 5 else 1) for at in range(60)]
    assert worse(first, second) == {"length:long brier"}


def test_a_document_that_goes_either_way_by_chance_is_not_worse() -> None:
    first = [read(f"d{at}", 0.8) for at in range(10)]
    second = [read(f"d{at}", 0.9 if at % 2 else 0.72) for at in range(10)]
    assert worse(first, second) == set()
