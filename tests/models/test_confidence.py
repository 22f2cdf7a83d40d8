"""Probabilities of a task's fields from the facts of how it was found."""

from __future__ import annotations

import json
from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.confidence import FIELDS, BadWeightsError, Logistic, estimate, load
from models.training.logistic import calibrated, fit, matrix, platt
from models.training.reliability import (
    Judged,
    accepted,
    calibration_error,
    chance_error,
    interval,
    level,
    ranking,
)

CLEAR = {"rule_table_row": 1.0, "words": 3.0, "begins_action": 1.0, "share_of_tasks": 0.9, "lead_unit": 1.0}
SMUDGED = CLEAR | {"ocr": 1.0, "illegible": 0.4, "page_illegible": 0.4, "time_unread": 1.0}
FACTS = st.dictionaries(
    st.sampled_from(sorted({key for model in load().values() for key in model.weights} | {"unheard_of"})),
    st.floats(0, 50),
)


@given(FACTS)
def test_a_field_is_never_likelier_right_than_the_task_nor_the_whole_than_its_parts(facts) -> None:
    found = estimate(facts)
    assert all(0 < value < 1 for value in astuple(found))
    assert all(value <= found.task for value in astuple(found))
    assert found.complete <= min(found.text, found.leads, found.cooperators, found.deadline)


def test_what_is_hard_to_read_is_trusted_less() -> None:
    assert estimate(SMUDGED).complete < estimate(CLEAR).complete


def test_a_fact_that_the_models_do_not_know_says_nothing() -> None:
    assert estimate(CLEAR | {"rule_of_next_year": 1.0}) == estimate(CLEAR)


@pytest.mark.parametrize("drop", ["task", "complete"])
def test_weights_without_a_model_for_each_field_are_refused(tmp_path, drop: str) -> None:
    fields = {name: {"bias": 0.0, "weights": {}} for name in FIELDS if name != drop}
    path = tmp_path / "w.json"
    path.write_text(json.dumps({"fields": fields}))
    with pytest.raises(BadWeightsError):
        load(path)


def test_weights_that_are_no_numbers_are_refused(tmp_path) -> None:
    path = tmp_path / "w.json"
    path.write_text(json.dumps({"fields": {n: {"bias": float("nan"), "weights": {}} for n in FIELDS}}))
    with pytest.raises(BadWeightsError):
        load(path)


# ---------------------------------------------------------------- training

DOCUMENTS = [f"d{at // 50}" for at in range(400)]
TRAITS = [
    {"good": float(at % 2), "noise": float((at // 10) % 5), "one_document": float(at == 0)}
    for at in range(400)
]
RIGHT = np.array([float((at % 10) // 2 < (4 if at % 2 else 1)) for at in range(400)])
EVEN = np.ones(400)


def test_fitting_finds_what_matters_and_leaves_out_what_few_documents_show() -> None:
    made = matrix(TRAITS, DOCUMENTS, least=2)
    model = fit(made, RIGHT, EVEN, 1.0)
    assert set(model.weights) == {"good", "noise"}
    assert model.weights["good"] > 10 * abs(model.weights["noise"])
    assert fit(made, RIGHT, EVEN, 1.0) == model
    assert abs(fit(made, RIGHT, EVEN, 1000.0).weights["good"]) < model.weights["good"]


def test_calibration_brings_promises_to_the_level_of_what_is_kept() -> None:
    boastful = Logistic(3.0, {"good": 1.0})
    odds = np.array([boastful.odds(one) for one in TRAITS])
    honest = calibrated(boastful, *platt(odds, RIGHT))
    likely = np.array([1 / (1 + np.exp(-honest.odds(one))) for one in TRAITS])
    assert abs(level(likely, RIGHT)) < 0.05 < level(1 / (1 + np.exp(-odds)), RIGHT)


def test_calibration_keeps_to_what_it_was_given_where_there_is_nothing_to_learn_from() -> None:
    slope, shift = platt(np.array([2.0]), np.array([1.0]))
    assert slope == pytest.approx(1.0, abs=0.05)
    assert shift == pytest.approx(0.0, abs=0.2)


def test_the_calibration_error_is_the_gap_between_promise_and_truth() -> None:
    likely = np.array([0.9] * 10 + [0.2] * 10)
    kept = np.array([1.0] * 9 + [0.0] + [1.0] * 2 + [0.0] * 8)
    assert calibration_error(likely, kept) == pytest.approx(0.0)
    assert calibration_error(likely, 1 - kept) == pytest.approx(0.7)
    assert 0 < chance_error(likely) < 0.2


def test_a_ranking_is_perfect_where_every_right_one_is_held_likelier() -> None:
    assert ranking(np.array([0.9, 0.8, 0.3]), np.array([1.0, 1.0, 0.0])) == 1.0
    assert ranking(np.array([0.5, 0.5]), np.array([1.0, 0.0])) == 0.5


def test_the_share_taken_unseen_ends_where_precision_would_fall_too_low() -> None:
    likely = np.array([0.9, 0.8, 0.8, 0.1])
    assert accepted(0.95)(likely, np.array([1.0, 1.0, 1.0, 0.0])) == 0.75
    assert accepted(0.95)(likely, np.array([1.0, 1.0, 0.0, 0.0])) == 0.25
    assert accepted(0.95)(likely, np.array([0.0, 1.0, 1.0, 1.0])) == 0.0


def test_an_interval_holds_its_figure_and_is_wide_where_documents_differ() -> None:
    alike = [Judged(0.5, at % 2 == 0, f"d{at // 10}") for at in range(100)]
    unlike = [Judged(0.5, at < 50, f"d{at // 10}") for at in range(100)]
    (same, low, high), (_, wide_low, wide_high) = interval(alike, level), interval(unlike, level)
    assert low <= same <= high
    assert wide_high - wide_low > high - low
