"""What counts as right: pairing, units, deadlines, header; and the same digits as the scorer's."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cases import WORDS, due, found, gold, label, record, unit
from hypothesis import given
from hypothesis import strategies as st

from annotation.evaluation import words
from annotation.evaluation.comparing import compare, pair
from annotation.evaluation.figures import figures
from annotation.evaluation.units import same, shared
from annotation.evaluation.words import bag, dice, normal

SHARED = Path(__file__).resolve().parents[4] / "shared"
VOCABULARY = ("rà soát", "báo cáo", "kết", "quả", "Sở Y tế", "UBND tỉnh", "TX", "thị xã", "hoà", "uỷ")
texts = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=8).map(" ".join)
tasks = st.lists(texts, max_size=6).map(lambda them: [{"text": text} for text in them])


def one(label_changes: dict[str, Any], found_changes: dict[str, Any]):
    compared = compare("a", gold(label(**label_changes)), record(found(**found_changes)))
    (match,) = compared.matches
    return match


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Sở KH&ĐT, UBND TX.", "sở Kế hoạch và Đầu tư; Ủy ban nhân dân thị xã"),
        ("Uỷ ban nhân dân", "Ủy ban nhân dân"),
        ("Kinh tế - xã hội", "kinh tế xã hội"),
        ("lãnh đạo Sở hoà giải", "lãnh đạo Sở hòa giải"),
    ],
)
def test_texts_are_compared_without_signs_short_forms_and_styles(text, other):
    assert normal(text) == normal(other)


def test_a_task_is_complete_when_words_units_and_deadline_are_right():
    assert one({}, {}).complete
    assert one({}, {"nature": "report"}).complete  # the classes do not count
    assert not one({}, {"leads": [unit("Sở Nội vụ")]}).leads
    assert not one({"cooperators": ["Công an tỉnh"]}, {}).cooperators
    assert not one({}, {"text": WORDS + " cùng những việc khác không ai giao cho ai cả"}).text


@pytest.mark.parametrize(
    ("labelled", "read", "right"),
    [
        (due(), due("ongoing"), True),
        (due("date", date="2024-03-15"), due("date", date="2024-03-15", time="17:00"), True),
        (due("date", date="2024-03-15"), due("date", date="2024-03-16"), False),
        (
            due("recurring", rrule="FREQ=YEARLY"),
            due("recurring", rrule="RRULE:FREQ=MONTHLY;INTERVAL=12"),
            True,
        ),
        (due("recurring", rrule="FREQ=MONTHLY"), due("recurring", rrule="INTERVAL=1;FREQ=MONTHLY"), True),
        (due("event", text="sau khi họp"), due("relative", text="sau khi họp"), False),
        (due("event"), due(), False),
    ],
)
def test_deadlines_agree_by_what_they_mean(labelled, read, right):
    assert one({"deadline": labelled}, {"deadline": read}).deadline is right


@pytest.mark.parametrize(
    ("one_name", "other", "alike"),
    [
        ("UBND tỉnh Mẫu Sơn", "Ủy ban nhân dân tỉnh", True),
        ("UBND xã", "UBND huyện", False),
        ("Sở Tài nguyên và Môi trường", "Sở TN&MT", True),
        ("Sở Y tế", "Sở Nội vụ", False),
    ],
)
def test_units_answer_by_name(one_name, other, alike):
    assert same(normal(one_name), normal(other)) is alike


def test_an_officer_answers_like_his_office():
    assert one({"leads": ["Giám đốc Sở Y tế"]}, {}).leads


def test_handwritten_fields_and_those_without_label_are_not_asked():
    document = {"number": "1/X", "handwritten": ["number"], "signer": None, "type": "cong_van"}
    assert compare("a", gold(document=document), record()).header == {"type": True}


def test_a_subject_counts_with_most_of_its_words_and_a_signer_by_name():
    document = {"subject": "Về việc rà soát cơ sở khám bệnh", "signer": "Lê An"}
    read = {"subject": "V/v rà soát cơ sở khám bệnh", "signer": {"name": "Lê An", "position": "Giám đốc"}}
    assert compare("a", gold(document=document), record(document=read)).header == {
        "subject": False,  # "V/v" is one sign more: labels hold the words
        "signer": True,
    }


def test_labels_may_hold_hashes_of_their_words():
    hidden = label()
    tokens = dict(words.hashed(hidden.pop("text")))
    compared = compare("a", gold(hidden | {"tokens": tokens}), record(found()))
    assert compared.matches[0].closeness == 1.0


def test_what_could_not_be_read_misses_everything():
    compared = compare("a", gold(label(), label("khác hẳn")), None)
    assert (compared.missed, compared.false) == ((0, 1), ())
    assert not any(compared.header.values())


def test_an_empty_document_counts_as_left_empty_only_if_it_was_read():
    read, unread = compare("a", gold(), record()), compare("b", gold(), None)
    counts = figures([read, unread])["documents"]
    assert (counts["empty"], counts["empty_left_empty"], counts["perfect"]) == (2, 1, 2)


def test_figures_of_an_invented_set():
    compared = [
        compare("a", gold(label(), label("việc bị bỏ sót hoàn toàn")), record(found())),
        compare("b", gold(), record(found("việc không ai giao"))),
    ]
    made = figures(compared)
    assert made["task"] == {
        **{"precision": 0.5, "recall": 0.5, "f1": 0.5},
        **{"gold": 2, "predicted": 2, "right": 1},
    }
    assert made["lead"]["precision"] == 0.5
    assert made["nature"] == {"macro_f1": 1.0, "tasks": 1}


@given(texts, texts)
def test_likeness_of_words_is_symmetric_and_within_bounds(a, b):
    assert dice(bag(a), bag(b)) == dice(bag(b), bag(a))
    assert 0.0 <= dice(bag(a), bag(b)) <= 1.0
    assert dice(bag(a), bag(a)) == 1.0


@given(tasks, tasks)
def test_pairs_are_one_to_one_and_as_many_either_way(a, b):
    pairs = pair(a, b)
    assert len({i for i, _, _ in pairs}) == len({j for _, j, _ in pairs}) == len(pairs)
    assert sorted(score for *_, score in pairs)[-1:] == sorted(score for *_, score in pair(b, a))[-1:]


@given(tasks)
def test_a_set_pairs_wholly_with_itself(a):
    assert len(pair(a, a)) == len(a)


@given(st.lists(texts, max_size=5), st.lists(texts, max_size=5))
def test_no_unit_counts_twice(a, b):
    assert 0 <= shared(a, b) <= min(len(a), len(b))
    assert shared(a, a) == len(a)


@given(st.lists(st.tuples(st.lists(texts, max_size=4), st.lists(texts, max_size=4)), min_size=1, max_size=4))
def test_figures_lie_within_their_bounds(documents):
    compared = [
        compare(str(at), gold(*map(label, wanted)), record(*map(found, given_)))
        for at, (wanted, given_) in enumerate(documents)
    ]
    for name, figure in figures(compared).items():
        if "f1" in figure:
            low, high = sorted((figure["precision"], figure["recall"]))
            assert 0.0 <= figure["f1"] <= 1.0
            assert low - 1e-4 <= figure["f1"] <= high + 1e-4, name


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("scorer", SHARED / "eval" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scored(labels: dict[str, Any], records: dict[str, Any], module: ModuleType) -> dict[str, Any]:
    """The figures of the scorer beside the labels."""
    tallies = {k: module.Tally() for k in ("task", "lead", "cooperator", "deadline", "complete", "document")}
    classes: dict[str, list[Any]] = {"nature": [], "field": []}
    for key, one_label in labels.items():
        module.score_document(one_label, records.get(key, {}), tallies, classes)
    made = {name: tally.figures() for name, tally in tallies.items()}
    return made | {
        name: {"macro_f1": module.macro_f1(seen), "tasks": len(seen)} for name, seen in classes.items()
    }


@pytest.mark.skipif(not (SHARED / "eval" / "score.py").is_file(), reason="no labelled documents beside")
@pytest.mark.parametrize("name", ["dev", "train"])
def test_figures_equal_those_of_the_scorer_to_the_digit(name):
    """On records that are wrong in every way: each label against the labels after it, in part."""
    labels = {}
    for path in sorted((SHARED / "gold" / name / "labels").glob("*.json")):
        one_label = json.loads(path.read_text(encoding="utf-8"))
        labels[one_label.get("id") or path.stem] = one_label
    every = list(labels.values())
    records = {
        key: {
            "document": every[at - 1]["document"] if at % 3 == 0 else one_label["document"],
            "tasks": [
                *_disturbed(one_label["tasks"], every[at - 1]["tasks"]),
                *every[at - 1]["tasks"][:2],
            ],
        }
        for at, (key, one_label) in enumerate(labels.items())
        if at % 7 != 6
    }
    ours = figures([compare(key, one_label, records.get(key)) for key, one_label in labels.items()])
    assert {k: v for k, v in ours.items() if k != "documents"} == scored(labels, records, scorer())


def _disturbed(tasks: list[dict[str, Any]], others: list[dict[str, Any]]) -> list[dict[str, Any]]:
    made = []
    for at, task in enumerate(tasks):
        other = others[at % len(others)] if others else task
        cut = task["text"].split()
        changes: list[dict[str, Any]] = [
            {},
            {"text": " ".join(cut[: max(1, len(cut) * 3 // 4)])},
            {"leads": other["leads"], "nature": other.get("nature")},
            {"deadline": other["deadline"], "cooperators": other["cooperators"]},
            {"leads": [f"Giám đốc {unit}" for unit in task["leads"]]},
        ]
        made.append(task | changes[at % len(changes)])
    return made
