"""A task's nature by its verb phrases: a linear model over the acts that it names; text in, a key out.

The grammar lies in acts.py, what is made of it in nature_features.py; the weights in
weights/nature_classifier.npz (plain arrays, never pickled), their digest beside them, read at the first call.
See weights/nature_classifier.card.md for data, scores and limits.
"""

from __future__ import annotations

import functools
import hashlib
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from models.nature_features import nature_features

if TYPE_CHECKING:
    import numpy as np

WEIGHTS = Path(__file__).parent / "weights" / "nature_classifier.npz"
_TITLE = 13  # characters from which a step of a task's path is a title and no number


class NatureWeightsChangedError(RuntimeError):
    """The weights are not the ones that were shipped."""


@dataclass(frozen=True)
class NatureModel:
    """A row of weights for each label, a column for each feature."""

    labels: tuple[str, ...]
    features: dict[str, int]
    weights: np.ndarray
    bias: np.ndarray

    def likely(self, found: Mapping[str, float]) -> dict[str, float]:
        """The probability of each label."""
        known = [(self.features[name], value) for name, value in found.items() if name in self.features]
        scores = self.bias.copy()
        for column, value in known:
            scores += self.weights[:, column] * value
        top = float(scores.max())
        raised = [math.exp(score - top) for score in scores.tolist()]
        return {label: one / sum(raised) for label, one in zip(self.labels, raised, strict=True)}


@functools.cache
def load(path: Path = WEIGHTS) -> NatureModel:
    """The model; NatureWeightsChangedError if the file was not shipped so."""
    import numpy as np

    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != digest_path(path).read_text(encoding="ascii").strip():
        raise NatureWeightsChangedError(path.name)
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        names = bytes(arrays["features"]).decode("utf-8").split("\n")
        return NatureModel(
            tuple(bytes(arrays["labels"]).decode("utf-8").split("\n")),
            {name: column for column, name in enumerate(names)},
            arrays["weights"].astype(np.float64),
            arrays["bias"].astype(np.float64),
        )


def digest_path(path: Path) -> Path:
    """Where the digest of a weights file lies."""
    return path.with_suffix(".sha256.txt")


def nature_of(text: str, subject: str = "", path: Sequence[str] = ()) -> tuple[str, float]:
    """A task's nature and its probability; `path` is the way to it, the titles of its annexes among it."""
    titles = [step for step in path if len(step) >= _TITLE and not step.startswith("gạch")]
    likely = load().likely(nature_features(text, subject, titles))
    best = max(likely, key=lambda label: likely[label])
    return best, likely[best]
