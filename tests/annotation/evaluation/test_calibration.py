"""Probabilities against what came true, and intervals over documents."""

from __future__ import annotations

import numpy as np
import pytest
from cases import WORDS, due, found, gold, label, record
from hypothesis import given
from hypothesis import strategies as st

from annotation.evaluation.calibration import accepted, judged, reliability, unseen
from annotation.evaluation.comparing import compare
from annotation.evaluation.figures import figures, intervals
from annotation.evaluation.summary import as_json, summarise
from models.training.reliability import Judged, calibration_error

POINTS = st.lists(
    st.builds(Judged, st.floats(0, 1), st.booleans(), st.sampled_from("abcd")), min_size=1, max_size=30
)


def likely(**changes: float) -> dict[str, float]:
    names = ("task", "text", "leads", "cooperators", "deadline", "nature", "field", "complete")
    return dict.fromkeys(names, 0.9) | changes


def test_of_a_task_that_is_none_no_field_is_right():
    compared = compare("a", gold(), record(found(probabilities=likely())))
    assert {name: [one.right for one in them] for name, them in judged([compared]).items()} == {
        name: [False] for name in likely()
    }


def test_a_field_without_label_is_not_judged():
    labelled = label()
    del labelled["nature"]
    points = judged([compare("a", gold(labelled), record(found(probabilities=likely())))])
    assert "nature" not in points
    assert [one.right for one in points["complete"]] == [True]


def test_a_record_without_probabilities_is_judged_by_its_confidence():
    compared = compare("a", gold(label()), record(found(deadline=due("event"))))
    assert judged([compared]) == {"confidence": [Judged(0.8, False, "a")]}


def test_a_reliability_diagram_tells_what_was_promised_and_kept():
    points = [Judged(0.95, True, "a"), Judged(0.95, False, "b"), Judged(0.15, False, "c")]
    made = reliability(points)
    assert [(one.tasks, round(one.promised, 2), one.kept.value) for one in made.bins] == [
        (1, 0.15, 0.0),
        (2, 0.95, 0.5),
    ]
    assert made.over.value == pytest.approx((0.95 + 0.95 + 0.15 - 1) / 3)


@given(POINTS)
def test_the_calibration_error_is_the_one_that_training_reports(points):
    likelihood = np.array([one.likely for one in points])
    right = np.array([float(one.right) for one in points])
    made = reliability(points).error
    assert made.value == pytest.approx(calibration_error(likelihood, right))
    assert made.low is None or 0 <= made.low <= made.high <= 1


@given(POINTS)
def test_accepting_all_gives_the_precision_of_all(points):
    last = accepted(points)[-1]
    assert last.share == 1.0
    assert last.precision.value == pytest.approx(np.mean([one.right for one in points]))


def test_the_likeliest_are_accepted_first_and_equal_ones_together():
    points = [
        Judged(0.9, True, "a"),
        Judged(0.5, False, "b"),
        Judged(0.5, True, "a"),
        Judged(0.1, False, "b"),
    ]
    steps = accepted(points)
    assert [(step.share, step.precision.value) for step in steps] == [
        (0.25, 1.0),
        (0.75, pytest.approx(2 / 3)),
        (1.0, 0.5),
    ]
    assert unseen(steps, 0.95) == 0.25


def test_an_interval_holds_its_figure_and_is_the_same_each_time():
    compared = [
        compare(str(at), gold(label(), label("việc khác bị bỏ sót")), record(*[found()] * (at % 2 + 1)))
        for at in range(12)
    ]
    made = intervals(compared)
    low, high = made["task"]["f1"]
    assert low <= figures(compared)["task"]["f1"] <= high
    assert made == intervals(compared)


def test_documents_that_are_all_alike_leave_no_doubt():
    compared = [compare(str(at), gold(label()), record(found())) for at in range(5)]
    assert intervals(compared)["complete"]["f1"] == (1.0, 1.0)


def test_two_documents_have_no_interval():
    assert intervals([compare(str(at), gold(label()), record(found())) for at in range(2)]) == {}


def test_a_summary_has_figures_by_kind_of_document_and_of_source():
    scan = gold(label(), kind_of_source="scan", document={"type": "chi_thi"})
    compared = [compare("a", scan, record(found(seen=WORDS))), compare("b", gold(), record(found()))]
    made = as_json(summarise(compared, ()))
    assert set(made["by"]["type"]) == {"chi_thi", "cong_van"}
    assert made["by"]["source"]["scan"]["figures"]["complete"]["f1"] == 1.0
    assert made["by"]["document"]["b"]["figures"]["documents"]["empty_left_empty"] == 0
    assert made["evidence"]["value"] == 1.0


def test_what_ocr_loses_is_told_against_the_corrected_text():
    labels = gold(label(), label("Sở Tài chính bố trí kinh phí cho năm tới"))
    read = compare("a", labels, record(found()))
    right = compare("a", labels, record(*(found(task["text"]) for task in labels["tasks"])))
    made = as_json(summarise([read], (), [right]))["ocr"]
    assert (made["documents"], made["share_of_loss"]) == (1, 1.0)
