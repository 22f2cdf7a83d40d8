"""A task's nature and field by two linear models over words: text in, a key of each label set out.

The weights lie in weights/task_classifier.npz (plain arrays, never pickled), their digest beside them; they
are read at the first call. See weights/task_classifier.card.md for data, scores and limits.
"""

from __future__ import annotations

import functools
import hashlib
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from models.field_classifier import fields
from models.nature_classifier import nature_of
from models.task_features import field_features, field_prior, nature_features
from pipeline.types import Classified, DocumentContext, TaskContext

if TYPE_CHECKING:
    import numpy as np

WEIGHTS = Path(__file__).parent / "weights" / "task_classifier.npz"
BLEND = 0.5  # weight of the learned score beside the lexicon's, by cross-validation


class WeightsChangedError(RuntimeError):
    """The weights are not the ones that were shipped."""


@dataclass(frozen=True)
class Linear:
    """One linear model: a row of weights for each label, a column for each term."""

    labels: tuple[str, ...]
    terms: dict[str, int]
    weights: np.ndarray
    bias: np.ndarray

    def scores(self, features: dict[str, float]) -> dict[str, float]:
        """The score of each label for a task's features; the highest wins."""
        known = [(self.terms[name], value) for name, value in features.items() if name in self.terms]
        columns = [column for column, _ in known]
        total = self.bias + self.weights[:, columns] @ [value for _, value in known]
        return dict(zip(self.labels, total.tolist(), strict=True))


@functools.cache
def load(path: Path = WEIGHTS) -> tuple[Linear, Linear]:
    """The models of nature and field; WeightsChangedError if the file was not shipped so."""
    import numpy as np

    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != digest_path(path).read_text(encoding="ascii").strip():
        raise WeightsChangedError(path.name)
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        return _linear(arrays, "nature"), _linear(arrays, "field")


def digest_path(path: Path) -> Path:
    """Where the digest of a weights file lies."""
    return path.with_suffix(".sha256.txt")


def _linear(arrays: np.lib.npyio.NpzFile, name: str) -> Linear:
    import numpy as np

    terms = bytes(arrays[f"{name}_terms"]).decode("utf-8").split("\n")
    labels = bytes(arrays[f"{name}_labels"]).decode("utf-8").split("\n")
    return Linear(
        tuple(labels),
        {term: column for column, term in enumerate(terms)},
        arrays[f"{name}_weights"].astype(np.float32),
        arrays[f"{name}_bias"].astype(np.float32),
    )


def best_nature(model: Linear, text: str, document_type: str, subject: str) -> tuple[str, float]:
    """The nature and its probability, by the model."""
    return _likeliest(model.scores(nature_features(text, document_type, subject)))


def best_field(model: Linear, text: str, document_type: str, subject: str) -> tuple[str, float]:
    """The field and its probability: what the lexicon says, and the model's score added; the lexicon also
    knows fields that the training documents lack."""
    scores = model.scores(field_features(text, document_type, subject))
    least = min(scores.values())
    prior = field_prior(text, subject)
    return _likeliest({label: prior[label] + BLEND * scores.get(label, least) for label in prior})


def _likeliest(scores: dict[str, float]) -> tuple[str, float]:
    best = max(scores, key=lambda label: scores[label])
    return best, 1.0 / sum(math.exp(score - scores[best]) for score in scores.values())


def classify(document: DocumentContext, tasks: Sequence[TaskContext]) -> tuple[Classified, ...]:
    """The classes of a document's tasks: the shipped `pipeline.ports.TaskClassifier`."""
    if not tasks:
        return ()
    found = []
    for task, (field, field_probability) in zip(tasks, fields(document, tasks), strict=True):
        nature, nature_probability = nature_of(task.text, document.subject, task.headings)
        found.append(Classified(nature, field, nature_probability, field_probability))
    return tuple(found)
