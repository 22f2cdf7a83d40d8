"""Bounds of a share are the exact ones, and wider where tasks stand or fall together."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.budget.bounds import at_least, at_most, effective, lower, together, upper


def test_none_wrong_of_299_is_at_most_1_in_100():
    assert upper(0, 299) <= 0.01 < upper(0, 298)  # the rule of three, exactly: log 0.05 / log 0.99


@pytest.mark.parametrize(
    ("wrong", "total", "low", "high"),
    [(1, 10, 0.0051, 0.3942), (5, 50, 0.0402, 0.1988), (50, 100, 0.4136, 0.5864)],
)
def test_bounds_are_those_of_the_tables(wrong, total, low, high):
    assert (round(lower(wrong, total), 4), round(upper(wrong, total), 4)) == (low, high)


@given(st.integers(1, 400), st.data())
def test_tails_are_sums_of_the_binomial(total, data):
    wrong = data.draw(st.integers(0, total))
    share = data.draw(st.floats(0.01, 0.99))
    terms = [math.comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(total + 1)]
    assert at_most(wrong, total, share) == pytest.approx(sum(terms[: wrong + 1]), abs=1e-9)
    assert at_least(wrong, total, share) == pytest.approx(sum(terms[wrong:]), abs=1e-9)


@given(st.integers(1, 500), st.data())
def test_the_share_itself_lies_between(total, data):
    wrong = data.draw(st.integers(0, total))
    assert lower(wrong, total) <= wrong / total + 1e-9
    assert upper(wrong, total) >= wrong / total - 1e-9


def test_nothing_known_is_no_bound():
    assert (lower(0, 0), upper(0, 0)) == (0.0, 1.0)


def test_documents_all_right_or_all_wrong_count_once_each():
    assert together([[True] * 5, [False] * 5, [True] * 5]) == 1.0
    assert effective(15, 3 * 5**2, 1.0) == 3.0


def test_tasks_that_go_wrong_one_by_one_count_each():
    assert together([[True] * 9 + [False]] * 30) == 0.0
    assert effective(20, 2 * 10**2, 0.0) == 20.0


def test_where_nothing_was_wrong_documents_count():
    assert together([[True] * 5] * 40) == 1.0
