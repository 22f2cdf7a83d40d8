"""What was decided about a document's tasks speaks for those beside them."""

from __future__ import annotations

import numpy as np
import pytest

from models.field_memory import Memory, load, remembered

HEALTH, ROADS, SCHOOLS = 0, 1, 2
UNSURE = np.log(np.array([[0.4, 0.35, 0.25]] * 4))


def test_nothing_is_remembered_before_anything_is_decided() -> None:
    assert remembered(load(), UNSURE, {}) is UNSURE


def test_a_decided_task_speaks_for_the_unsure_ones_beside_it() -> None:
    held = remembered(load(), UNSURE, {0: ROADS}).argmax(axis=1)
    assert list(held) == [ROADS] * 4


def test_the_nearest_decided_task_counts_most() -> None:
    held = remembered(Memory(own=0.7, nearest=1.5), UNSURE, {0: ROADS, 3: SCHOOLS}).argmax(axis=1)
    assert list(held) == [ROADS, ROADS, SCHOOLS, SCHOOLS]


def test_a_sure_task_keeps_its_own_field() -> None:
    sure = np.log(np.array([[0.4, 0.35, 0.25], [0.98, 0.01, 0.01]]))
    assert remembered(load(), sure, {0: ROADS}).argmax(axis=1)[1] == HEALTH


def test_what_documents_of_one_field_teach_is_to_remember_and_what_mixed_ones_teach_is_not_to() -> None:
    pytest.importorskip("sklearn")
    from models.training.field_memory import Reviewed, corrected, fitted

    alike = [Reviewed(UNSURE, (field,) * 4) for field in (HEALTH, ROADS, SCHOOLS)] * 5
    mixed = [Reviewed(UNSURE, (HEALTH, ROADS, SCHOOLS, ROADS))] * 15
    learned, shy = fitted(alike), fitted(mixed)
    assert learned.share + learned.nearest > 1.0 > shy.nearest
    wrong = [sum(sum(corrected(one, memory)) for one in alike) for memory in (Memory(), learned)]
    assert wrong == [40, 10]  # of the ten documents that are not about health, all four tasks; then the first
