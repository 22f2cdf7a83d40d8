"""Training tells a task that is right from one that is not, by the scorer beside the labels."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from models.confidence import FIELDS, load
from models.training import confidence as training
from models.training.confidence import apart, by_field, left_out
from models.training.examples import Example, gather, judged
from models.training.fitting import AGAINST, CLASSES, OF_CLASSES, OTHERS, READ, crossed, levelled, trained
from pipeline.types import Classified

TASK = {
    "text": "rà soát hồ sơ",
    "leads": ["Sở Nội vụ"],
    "cooperators": [],
    "deadline": None,
    "nature": "inspect",
    "field": "other",
}


def _units(task, role):
    return sorted(task[role])


SCORER = SimpleNamespace(
    SAME_WORDS=0.85,
    pair=lambda gold, found: [
        (at, other, 1.0)
        for at, g in enumerate(gold)
        for other, f in enumerate(found)
        if g["text"] == f["text"]
    ],
    units=_units,
    hits=lambda gold, found: len(set(gold) & set(found)),
    deadline=lambda task: task["deadline"],
)


def test_a_task_without_fault_is_right_in_every_field() -> None:
    (right,) = judged([TASK], [TASK], SCORER)
    assert set(right) == set(FIELDS)
    assert all(right.values())


def test_a_wrong_lead_spoils_the_lead_and_the_whole() -> None:
    (right,) = judged([TASK], [TASK | {"leads": ["Sở Tư pháp"]}], SCORER)
    assert {name for name, good in right.items() if not good} == {"leads", "complete"}


def test_no_field_of_a_false_task_is_right() -> None:
    (right,) = judged([], [TASK], SCORER)
    assert not any(right.values())


def test_a_class_that_nobody_labelled_is_not_judged() -> None:
    (right,) = judged([TASK | {"nature": None}], [TASK], SCORER)
    assert "nature" not in right
    assert right["complete"]


EXAMPLES = [
    Example(
        f"d{at % 9}",
        {"clear": float(at % 3 > 0), "x": float(at % 7)},
        dict.fromkeys(FIELDS, at % 3 > 0 or at % 5 == 0),
    )
    for at in range(270)
]


def test_models_trained_on_some_documents_tell_good_from_bad_on_others() -> None:
    models = {field: trained(EXAMPLES[:180], field, 3.0) for field in FIELDS}
    found = by_field(levelled(models, EXAMPLES[180:]), EXAMPLES[180:])
    good = [one.likely for one in found["complete"] if one.right]
    bad = [one.likely for one in found["complete"] if not one.right]
    assert sum(good) / len(good) > 0.8
    assert sum(bad) / len(bad) < 0.5


def test_each_example_set_aside_is_judged_once() -> None:
    models = {field: trained(EXAMPLES, field, 3.0) for field in FIELDS}
    found = left_out(models, EXAMPLES[:27], FIELDS)
    assert [len(them) for them in found.values()] == [27] * len(FIELDS)


ASIDE = {"d2", "d5", "d8"}


def _slant(models) -> float:
    """What calibration, which is of the other documents set aside, leaves alone."""
    weights = models["complete"].weights
    return weights["x"] / weights["clear"]


def test_a_document_set_aside_is_judged_by_models_that_have_not_seen_it() -> None:
    wrong = dict.fromkeys(FIELDS, False)
    changed = [one if one.document != "d2" else Example("d2", one.facts, wrong) for one in EXAMPLES]
    one, two = (crossed(them, ASIDE, dict.fromkeys(OTHERS, 3.0)) for them in (EXAMPLES, changed))
    assert _slant(one.without["d2"]) == pytest.approx(_slant(two.without["d2"]))
    assert _slant(one.without["d5"]) != pytest.approx(_slant(two.without["d5"]))
    assert len(apart(one, [each for each in EXAMPLES if each.document in ASIDE])["complete"]) == 90


def test_that_rules_were_written_on_a_document_is_no_fact_of_new_ones() -> None:
    made = crossed(EXAMPLES, ASIDE)
    assert set(made.models) == set(OTHERS)
    assert all(READ not in model.weights for model in made.models.values())
    assert set(made.models | OF_CLASSES) == set(FIELDS)


@pytest.mark.parametrize("name", ["begins_small", "leads_unknown"])
def test_what_can_only_speak_against_a_task_never_speaks_for_one(name: str) -> None:
    praised = [
        Example(one.document, {**one.facts, name: float(one.right["complete"])}, one.right)
        for one in EXAMPLES
    ]
    assert name in AGAINST
    assert name not in trained(praised, "complete", 3.0).weights
    assert trained(praised, "complete", 3.0).weights["clear"] > 0


def test_without_labelled_documents_training_is_skipped(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setattr("sys.argv", ["confidence", "--shared", str(tmp_path)])
    training.main()
    assert "skipped" in capsys.readouterr().out


def test_examples_come_from_labels_and_the_files_beside_them(tmp_path) -> None:
    from pipeline.read import open_source, read

    (tmp_path / "labels").mkdir()
    (tmp_path / "sources").mkdir()
    (tmp_path / "labels" / "a.json").write_text('{"id": "a", "tasks": []}')
    (tmp_path / "labels" / "gone.json").write_text('{"id": "gone", "tasks": []}')
    (tmp_path / "sources" / "a.txt").write_text(
        "UBND TỈNH MẪU\nSố: 12/UBND-NC\n\nKính gửi: Sở Nội vụ\n\n"
        "1. Giao Sở Nội vụ rà soát hồ sơ trước ngày 20/3/2024.\n",
        encoding="utf-8",
    )
    examples = gather(
        tmp_path,
        SCORER,
        lambda name, paths: read(open_source(name + ".txt", paths[0].read_bytes())),
        lambda document, tasks: tuple(Classified("inspect", "other", 1.0, 1.0) for _ in tasks),
    )
    assert [one.document for one in examples] == ["a"]
    assert examples[0].facts["rule_request"] == 1.0
    assert examples[0].right["task"] is False


@pytest.mark.parametrize("field", OTHERS)
def test_the_shipped_model_of_each_field_knows_several_facts(field: str) -> None:
    assert len(load()[field].weights) > 10


@pytest.mark.parametrize("field", CLASSES)
def test_a_surer_classifier_makes_its_class_likelier(field: str) -> None:
    assert load()[field].weights[f"{field}_odds"] > 0
