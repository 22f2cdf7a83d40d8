"""Labelled documents → models/weights/field_memory.json: how far decided tasks speak for the others.

    python -m models.training.field_memory --gold DIR --raw FILE.txt.xz --archive DIR [--test DIR] [--save]

The field model that the labelled documents are read by is taught by none of them (`untaught`): by the
archive's noted tasks, the raw text and the invented tasks alone, as an office's documents are new to the
shipped one. Prints how many of the fields a reviewer has to correct, without and with memory. Takes some ten
minutes, nearly all for the archive and the raw text; draws no chance. Needs the extra `train`.
"""

from __future__ import annotations

import argparse
import json
import warnings
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from sklearn.exceptions import ConvergenceWarning

from models.field_classifier import FieldModel, shares
from models.field_memory import WEIGHTS, Memory, clues, load, remembered
from models.training.field_classifier import Beside, read_beside, train
from models.training.field_sources import Gold, read_gold, read_noted
from models.training.field_words import Material, learn_material

_RIDGE = 5.0  # holds the weights near to no memory, in tasks


@dataclass(frozen=True)
class Reviewed:
    """A document whose tasks were decided in reading order: the field model's scores (tasks by labels), and
    each task's column; -1 where nobody said."""

    scores: np.ndarray
    fields: tuple[int, ...]


def untaught(material: Material, archive: Sequence[Gold], raw: Path) -> FieldModel:
    """The field model without any labelled document."""
    warnings.simplefilter("ignore", ConvergenceWarning)  # few iterations regularise
    return train(material, archive, Beside((), read_beside(raw, None).stated))[0]


def reviewed(model: FieldModel, documents: Sequence[Gold]) -> list[Reviewed]:
    """Labelled documents as a model reads them."""
    return [
        Reviewed(shares(model, one.context, one.tasks), tuple(map(model.labels.index, one.fields)))
        for one in documents
    ]


def fitted(documents: Sequence[Reviewed]) -> Memory:
    """The likeliest weights, each task being seen when those before it are decided; none is negative."""
    rows = [row for one in documents for row in _rows(one)]
    if not rows:
        return Memory()
    said, wanted = np.stack([row[0] for row in rows]), np.array([row[1] for row in rows])
    first, at = np.array([1.0, 0.0, 0.0]), np.arange(len(rows))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = said @ weights
        scores -= scores.max(axis=1, keepdims=True)
        logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        slope = np.einsum("nl,nlw->w", np.exp(logs), said) - said[at, wanted].sum(axis=0)
        away = weights - first
        return -float(logs[at, wanted].sum()) + _RIDGE * float(away @ away) / 2, slope + _RIDGE * away

    found = minimize(loss, first, jac=True, method="L-BFGS-B", bounds=[(0.0, None)] * 3).x
    return Memory(*(round(float(one), 3) for one in found))


def _rows(one: Reviewed) -> list[tuple[np.ndarray, int]]:
    """Each task that was decided after another: the model's score, share and nearest by label; its column."""
    rows, decided = [], dict[int, int]()
    for at, field in enumerate(one.fields):
        if decided and field >= 0:
            share, nearest = clues(one.scores.shape, decided)
            rows.append((np.stack([one.scores[at], share[at], nearest[at]], axis=1), field))
        if field >= 0:
            decided[at] = field
    return rows


def corrected(one: Reviewed, memory: Memory) -> list[bool]:
    """Whether each task's field has to be corrected, in reading order, where a correction changes what the
    tasks after it are held for (service/review/following.py); tasks that nobody labelled left out."""
    held = one.scores.argmax(axis=1)
    decided: dict[int, int] = {}
    found = []
    for at, field in enumerate(one.fields):
        if field < 0:
            continue
        found.append(bool(held[at] != field))
        decided[at] = field
        if found[-1]:
            held = remembered(memory, one.scores, decided).argmax(axis=1)
    return found


def _report(title: str, documents: Sequence[Reviewed], memory: Memory) -> None:
    for name, used in (("without", Memory()), ("with", memory)):
        wrong = [one for document in documents for one in corrected(document, used)]
        print(f"{title}, {name} memory: {sum(wrong)} of {len(wrong)} fields to correct")


def main() -> None:
    """Fit, tell, and save if asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    for name in ("gold", "raw", "archive"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--test", type=Path)
    parser.add_argument("--save", action="store_true")
    asked = parser.parse_args()
    model = untaught(learn_material(asked.raw), read_noted(asked.archive), asked.raw)
    documents = reviewed(model, read_gold(asked.gold))
    third = documents[2::3]
    inside = [one for at, one in enumerate(documents) if at % 3 != 2]
    _report("the third kept back", third, fitted(inside))
    memory = fitted(documents)
    print(memory)
    if asked.save:
        WEIGHTS.write_text(json.dumps(asdict(memory)) + "\n", encoding="ascii")
        load.cache_clear()
    if asked.test:
        _report("test", reviewed(model, read_gold(asked.test)), memory)


if __name__ == "__main__":
    main()
