"""Comparisons in, what they teach out: each task found, with its facts and which fields are right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from annotation.evaluation.calibration import FIELDS, right_of
from annotation.evaluation.comparing import Comparison
from models.confidence import Logistic, estimated
from models.training.examples import Example

FACTS = "facts"
"""Where a task of a record holds the facts that its probabilities come from."""


def examples(compared: Sequence[Comparison]) -> list[Example]:
    """Every task found, as `dondoc evaluate` judges it."""
    found = []
    for one in compared:
        matches = {match.found: match for match in one.matches}
        for at, task in enumerate(one.found_tasks):
            right = {name: right_of(matches.get(at), name) for name in FIELDS}
            known = {name: value for name, value in right.items() if value is not None}
            found.append(Example(one.id, task[FACTS], known))
    return found


def estimated_by(models: Mapping[str, Logistic], one: Comparison) -> Comparison:
    """The same document with the probabilities of these models."""
    if one.record is None:
        return one
    tasks: list[dict[str, Any]] = []
    for task in one.found_tasks:
        likely = estimated(models, task[FACTS])
        tasks.append({**task, "probabilities": asdict(likely), "confidence": likely.complete})
    return replace(one, record={**one.record, "tasks": tasks})
