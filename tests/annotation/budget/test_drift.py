"""Documents that are mixed otherwise than those that were reviewed are noticed; chance is not."""

from __future__ import annotations

import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from annotation.budget.drift import LEAST, MOVED, drift, tenths


def test_the_same_mix_has_not_moved():
    found = drift({"chi_thi": 100, "cong_van": 300}, {"chi_thi": 25, "cong_van": 75})
    assert (round(found.index, 1), found.moved) == (0.0, False)


def test_another_mix_has():
    assert drift({"chi_thi": 300, "cong_van": 100}, {"chi_thi": 20, "cong_van": 80}).moved


def test_kinds_that_were_never_seen_are_a_drift():
    assert drift({"chi_thi": 400}, {"chi_thi": 50, "luat": 50}).moved


def test_of_few_documents_nothing_is_said():
    found = drift({"chi_thi": 400}, {"luat": LEAST - 1})
    assert (found.index, found.moved) == (None, False)
    assert drift({}, {"luat": 400}).index is None


def test_tasks_of_few_documents_are_few():
    assert drift({"0.9": 4000}, {"0.1": 4000}, (400, LEAST - 1)).index is None


def test_chance_is_no_drift():
    moved = 0
    for seed in range(100):
        draw = random.Random(seed)
        before, after = (Counter(draw.choices("abcdefghij", k=size)) for size in (100, 40))
        moved += drift(before, after).moved
    assert moved < 6


def test_probabilities_fall_into_tenths():
    assert tenths([0.0, 0.05, 0.95, 0.995, 1.0]) == {"0.0": 2, "0.9": 3}


COUNTS = st.dictionaries(st.sampled_from("abcdefghijkl"), st.integers(1, 200), min_size=1)


@given(COUNTS, COUNTS)
def test_the_index_is_never_negative(before, after):
    found = drift(before, after)
    assert found.index is None or found.index >= -1e-12
    assert found.limit >= MOVED
