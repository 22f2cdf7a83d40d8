"""An audit sample breaks a promise where it shows clearly more wrong than allowed also after a good time."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from annotation.budget.auditing import BROKEN, audited


def test_nothing_audited_breaks_nothing():
    found = audited([], 0.01)
    assert (found.tasks, found.error, found.broken, found.most) == (0, None, False, 1.0)


def test_three_wrong_among_the_first_few_break_it_two_do_not():
    assert audited([False, True, False, True, False], 0.01).broken
    assert not audited([False, True, False, True, True], 0.01).broken


def test_as_many_wrong_as_promised_do_not_break_it():
    assert not audited([at % 100 != 50 for at in range(3000)], 0.01).broken


def test_a_long_good_time_does_not_hide_a_bad_one():
    found = audited([True] * 5000 + [False, True, True] * 5, 0.01)
    assert (found.broken, found.wrong) == (True, 5)


def test_once_broken_stays_broken():
    assert audited([False] * 3 + [True] * 1000, 0.01).broken


def test_three_times_as_many_wrong_as_promised_are_seen_within_some_hundred():
    broken = []
    for seed in range(100):
        draw = random.Random(seed)
        broken.append(audited([draw.random() >= 0.03 for _ in range(400)], 0.01).broken)
    assert sum(broken) > 90


def test_a_promise_that_is_kept_is_seldom_called_broken():
    broken = []
    for seed in range(100):
        draw = random.Random(seed)
        broken.append(audited([draw.random() >= 0.005 for _ in range(400)], 0.01).broken)
    assert sum(broken) < 10


@given(st.lists(st.booleans(), max_size=200), st.floats(0.001, 0.5))
def test_one_more_wrong_never_speaks_for_the_promise(right, promise):
    before, after = audited(right, promise), audited([*right, False], promise)
    assert after.evidence >= before.evidence
    assert before.broken <= after.broken
    assert 0 <= after.chance <= 1
    assert after.broken or after.evidence < BROKEN
