"""The lowest probability from which on tasks may be filed unseen, from reviewed tasks."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.budget.thresholds import LEAST_DOCUMENTS, LEAST_TASKS, chosen, curve, levels
from models.training.reliability import Judged


def reviewed(number: int, likely: float, every: int = 0, name: str = "d") -> list[Judged]:
    """So many tasks, each of a document of its own, every so-manieth wrong."""
    return [Judged(likely, not every or at % every != 0, f"{name}{at}") for at in range(1, number + 1)]


def test_the_threshold_takes_in_what_is_sure_and_leaves_out_what_is_not():
    tasks = reviewed(400, 0.95) + reviewed(400, 0.6, every=5, name="e")
    level = chosen(tasks, 0.01)
    assert level is not None
    assert (level.threshold, level.tasks, level.wrong) == (0.95, 400, 0)
    assert level.bounds[0] == 0.0 < level.bounds[1] <= 0.01


def test_too_few_reviewed_tasks_or_documents_give_none():
    assert chosen([], 0.5) is None
    assert chosen(reviewed(LEAST_TASKS - 1, 0.95), 0.5) is None
    assert chosen([Judged(0.9, True, f"d{at % (LEAST_DOCUMENTS - 1)}") for at in range(1000)], 0.5) is None


def test_what_is_not_yet_known_is_not_promised():
    assert chosen(reviewed(298, 0.95), 0.01) is None  # nothing was wrong, but 1 in 100 may be
    assert chosen(reviewed(299, 0.95), 0.01) is not None


def test_long_documents_do_not_pass_for_many():
    long = [Judged(0.95, True, f"d{at % 30}") for at in range(600)]
    assert chosen(long, 0.01) is None


def test_the_curve_goes_from_few_to_all():
    tasks = [Judged(at / 500, at % 7 > 0, f"d{at}") for at in range(500)]
    found = curve(tasks)
    assert [one.threshold for one in found] == sorted((one.threshold for one in found), reverse=True)
    assert (len(found), found[-1].tasks) == (40, 500)
    assert curve(tasks[:1])[0].tasks == 1
    assert curve([]) == []


TASKS = st.lists(
    st.builds(
        Judged,
        st.sampled_from([0.5, 0.7, 0.9, 0.95, 0.99]),
        st.sampled_from([True] * 9 + [False]),
        st.integers(0, 200).map(str),
    ),
    min_size=150,
    max_size=400,
)


@settings(max_examples=40)
@given(TASKS, st.floats(0.01, 0.5), st.floats(0.01, 0.5))
def test_a_larger_budget_never_files_less(tasks, one, other):
    strict, loose = (chosen(tasks, promise) for promise in sorted((one, other)))
    if strict is not None:
        assert loose is not None
        assert loose.threshold <= strict.threshold


@settings(max_examples=40)
@given(TASKS)
def test_lower_thresholds_hold_all_that_higher_ones_do(tasks):
    found = list(levels(tasks))
    assert all(a.tasks < b.tasks and a.wrong <= b.wrong for a, b in pairwise(found))
    assert all(one.documents <= one.tasks and 0 < one.worth <= one.tasks for one in found)
