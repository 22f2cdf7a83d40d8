from __future__ import annotations

import pytest

from annotation.agreement import agreement, alpha, marked_agreement
from annotation.marked import MarkedDocument, MarkedTask, MarkedUnit
from pipeline.types import Span

TEXT = "Sở Y tế rà soát các trạm y tế trên địa bàn. Sở Nội vụ báo cáo biên chế năm nay."
HEALTH, HOME = MarkedUnit("Sở Y tế"), MarkedUnit("Sở Nội vụ")


def task(words: str, unit: MarkedUnit, nature: str) -> MarkedTask:
    start = TEXT.index(words)
    return MarkedTask(words, (Span(start, start + len(words)),), (unit,), nature=nature, field="health")


REVIEW = task("rà soát các trạm y tế trên địa bàn", HEALTH, "inspect")
REPORT = task("báo cáo biên chế năm nay", HOME, "report")


def test_two_who_say_the_same_agree_wholly():
    document = MarkedDocument("d1", TEXT, (REVIEW, REPORT))
    found = marked_agreement([document], [document])
    assert (found.spans, found.f1["complete"], found.alpha["nature"], found.alpha["word"]) == (1, 1, 1, 1)
    assert found.alpha["field"] is None  # both tasks are of one field: nothing to tell apart
    assert found.different == {"d1": 0}


def test_a_missed_task_and_another_unit_are_two_differences():
    one = MarkedDocument("d1", TEXT, (REVIEW, REPORT))
    other = MarkedDocument("d1", TEXT, (task("rà soát các trạm y tế trên địa bàn", HOME, "inspect"),))
    found = marked_agreement([one], [other])
    assert found.different == {"d1": 2}
    assert found.f1["task"] == pytest.approx(2 / 3, abs=1e-4)
    assert found.f1["complete"] == 0
    marks = len("ràsoátcáctrạmytếtrênđịabàn"), len("báocáobiênchếnămnay")
    assert found.spans == pytest.approx(2 * marks[0] / (2 * marks[0] + marks[1]))


def test_it_does_not_matter_who_is_first():
    one = {"d1": {"tasks": [{"text": "rà soát trạm y tế", "leads": ["Sở Y tế"]}]}, "d2": {"tasks": []}}
    other = {"d1": {"tasks": []}, "d2": {"tasks": [{"text": "báo cáo biên chế", "leads": ["Sở Nội vụ"]}]}}
    assert agreement(one, other).f1 == agreement(other, one).f1


def test_without_a_shared_document_there_is_nothing_to_tell():
    with pytest.raises(ValueError, match="no document"):
        agreement({"a": {"tasks": []}}, {"b": {"tasks": []}})


KRIPPENDORFF = [
    (1, 1, None, 1),
    (2, 2, 3, 2),
    (3, 3, 3, 3),
    (3, 3, 3, 3),
    (2, 2, 2, 2),
    (1, 2, 3, 4),
    (4, 4, 4, 4),
    (1, 1, 2, 1),
    (2, 2, 2, 2),
    (None, 5, 5, 5),
    (None, None, 1, 1),
    (None, None, 3, None),
]
"""Four observers, twelve things, values missing: the worked example of Krippendorff's "Computing
Krippendorff's Alpha-Reliability" (2011), whose nominal alpha is 0.743."""


def test_alpha_is_that_of_the_worked_example():
    assert alpha(KRIPPENDORFF) == pytest.approx(0.743, abs=5e-4)


@pytest.mark.parametrize(
    ("units", "value"),
    [([("a", "a"), ("b", "b")], 1.0), ([("a", "b"), ("b", "a")], -0.5), ([("a", "a")], None), ([], None)],
)
def test_alpha_at_its_ends(units: list[tuple[str, str]], value: float | None):
    assert alpha(units) == value
