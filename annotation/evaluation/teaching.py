"""Comparisons in, what they teach out: each task found, with its facts and which fields are right.

A record that was made to learn from holds `READINGS`, one for each second reader that was asked: the facts of
its tasks beside that reader, and the tasks that this reader saw itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from annotation.evaluation.calibration import FIELDS, right_of
from annotation.evaluation.comparing import Comparison, compare
from models.confidence import Logistic, estimated
from models.training.examples import Example

READINGS, FACTS, LESSON = "readings", "facts", "lesson"
"""Where a record holds what second readers made of it, a reading the facts of the record's tasks, and a
record what its label teaches a reader."""


def examples(compared: Sequence[Comparison], reader: int = 0) -> list[Example]:
    """Every task found, as `dondoc evaluate` judges it, with its facts beside this one of the readers."""
    found = []
    for one in compared:
        matches = {match.found: match for match in one.matches}
        for at, facts in enumerate(_facts(one, reader)):
            right = {name: right_of(matches.get(at), name) for name in FIELDS}
            known = {name: value for name, value in right.items() if value is not None}
            found.append(Example(one.id, facts, known))
    return found


def estimated_by(models: Mapping[str, Logistic], one: Comparison, reader: int = 0) -> Comparison:
    """The same document with the probabilities of these models, beside this one of the readers."""
    if one.record is None:
        return one
    tasks: list[dict[str, Any]] = []
    for task, facts in zip(one.found_tasks, _facts(one, reader), strict=True):
        likely = estimated(models, facts)
        tasks.append({**task, "probabilities": asdict(likely), "confidence": likely.complete})
    return replace(one, record={**one.record, "tasks": tasks})


def seen_by(one: Comparison, reader: int) -> Comparison:
    """The same document as this one of the second readers saw it by itself."""
    if one.record is None:
        return one
    return compare(one.id, one.gold, {**one.record, "tasks": one.record[READINGS][reader]["tasks"]})


def _facts(one: Comparison, reader: int) -> Sequence[Mapping[str, float]]:
    readings: Sequence[Mapping[str, Any]] = (one.record or {}).get(READINGS) or ()
    return readings[reader][FACTS] if readings else ()
