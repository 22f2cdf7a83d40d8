"""How likely each field of a task is right: the facts of a draft in, calibrated probabilities out.

A logistic model a field, its weights readable in weights/confidence.json; weights/confidence.card.md tells
data, calibration and limits. Standard library only.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from pipeline.types import Probabilities

KIND, FILE = "confidence", "confidence.json"
"""What such a model is called in a registry, and its only file there."""
WEIGHTS = Path(__file__).parent / "weights" / FILE
FIELDS = tuple(field.name for field in fields(Probabilities))
_LEAST, _MOST = 0.01, 0.995  # nothing is certain
_PARTS = ("text", "leads", "cooperators", "deadline")  # what a complete task needs right


class BadWeightsError(ValueError):
    """The weights file does not hold a model for each field."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """One field's model: log odds = bias + the sum of weight times fact."""

    bias: float
    weights: Mapping[str, float]

    def odds(self, facts: Mapping[str, float]) -> float:
        """The log odds that the field is right."""
        weights = self.weights
        return self.bias + sum(weights[name] * value for name, value in facts.items() if name in weights)


@functools.cache
def load(path: Path = WEIGHTS) -> dict[str, Logistic]:
    """The shipped models by field."""
    return parse(path.read_bytes(), path.name)


def parse(content: bytes, name: str = FILE) -> dict[str, Logistic]:
    """The models by field of a file called `name`; BadWeightsError where one is missing or not finite."""
    try:
        told = json.loads(content)["fields"]
        models = {
            field: Logistic(
                float(one["bias"]), {key: float(weight) for key, weight in one["weights"].items()}
            )
            for field, one in told.items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadWeightsError(name) from error
    numbers = (number for model in models.values() for number in (model.bias, *model.weights.values()))
    if set(models) != set(FIELDS) or not all(map(math.isfinite, numbers)):
        raise BadWeightsError(name)
    return models


def estimate(facts: Mapping[str, float]) -> Probabilities:
    """The shipped `pipeline.ports.Estimator`."""
    return estimated(load(), facts)


def estimated(models: Mapping[str, Logistic], facts: Mapping[str, float]) -> Probabilities:
    """By these models. No field is likelier right than that there is a task, and no task likelier complete
    than its least likely part."""
    likely = {name: _probability(models[name].odds(facts)) for name in FIELDS}
    for name in FIELDS:
        likely[name] = min(likely[name], likely["task"])
    likely["complete"] = min(likely[name] for name in (*_PARTS, "complete"))
    return Probabilities(**{name: round(value, 3) for name, value in likely.items()})


def _probability(odds: float) -> float:
    return min(_MOST, max(_LEAST, 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))))
