"""A task's nature: the acts that it names and the meanings of its words; text in, a key out.

Two linear models are one sum: one weighs the acts (the grammar lies in acts.py, what is made of it in
nature_features.py), one the words, by what they mean in legal text, so that words that no labelled task had
count too. The weights lie in weights/nature_classifier.npz (plain arrays, never pickled), their digest beside
them; they are read at the first call. See weights/nature_classifier.card.md for data, scores and limits.
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

from models.field_classifier import Words
from models.field_features import weighed
from models.nature_features import Clues, nature_clues

if TYPE_CHECKING:
    import numpy as np

WEIGHTS = Path(__file__).parent / "weights" / "nature_classifier.npz"
_TITLE = 13  # characters from which a step of a task's path is a title and no number


class NatureWeightsChangedError(RuntimeError):
    """The weights are not the ones that were shipped."""


@dataclass(frozen=True)
class NatureModel:
    """Weights of the acts (labels by features) and of the words (spans by terms by labels), and what each
    label starts with."""

    labels: tuple[str, ...]
    features: dict[str, int]
    weights: np.ndarray
    words: Words
    meanings: np.ndarray
    bias: np.ndarray

    def likely(self, clues: Clues) -> dict[str, float]:
        """The probability of each label."""
        scores = self.bias.copy()
        for name, value in clues.acts.items():
            if name in self.features:
                scores += self.weights[:, self.features[name]] * value
        for spoken, span in zip(self.meanings, clues.spans, strict=True):
            found = weighed(span, self.words.rarity)
            scores += spoken[[self.words.columns[term] for term in found]].T @ list(found.values())
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
        labels, features, terms = (
            bytes(arrays[name]).decode("utf-8").split("\n") for name in ("labels", "features", "terms")
        )
        rarity = arrays["rarity"].astype(np.float64).tolist()
        return NatureModel(
            tuple(labels),
            {name: column for column, name in enumerate(features)},
            arrays["weights"].astype(np.float64),
            Words(
                {term: column for column, term in enumerate(terms)},
                dict(zip(terms, rarity, strict=True)),
            ),
            arrays["meanings"].astype(np.float64),
            arrays["bias"].astype(np.float64),
        )


def digest_path(path: Path) -> Path:
    """Where the digest of a weights file lies."""
    return path.with_suffix(".sha256.txt")


def nature_of(text: str, subject: str = "", path: Sequence[str] = ()) -> tuple[str, float]:
    """A task's nature and its probability by the shipped model; `path` is the way to it, the titles of its
    annexes among it."""
    return nature_in(load(), text, subject, path)


def nature_in(model: NatureModel, text: str, subject: str, path: Sequence[str]) -> tuple[str, float]:
    """The same by any model."""
    titles = [step for step in path if len(step) >= _TITLE and not step.startswith("gạch")]
    likely = model.likely(nature_clues(text, subject, titles))
    best = max(likely, key=lambda label: likely[label])
    return best, likely[best]
