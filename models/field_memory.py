"""What a reviewer decided about a document's tasks speaks for the others: the fields decided so far and what
the field model says of every task in, what it should now be held for out.

The tasks of a document tend to be of one field, and neighbours more so. Three weights tell how much: of the
model's own scores, of the share that a field has among the decided tasks (smoothed), of the nearest decided
task's field. They are learned from labelled documents (models/training/field_memory.py); with (1, 0, 0)
nothing is remembered.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

WEIGHTS = Path(__file__).parent / "weights" / "field_memory.json"
_UNSEEN = 0.3  # tasks that are thought to have been decided evenly before the first one


@dataclass(frozen=True, slots=True)
class Memory:
    """The weights of the model's own scores, of the decided share and of the nearest decided task."""

    own: float = 1.0
    share: float = 0.0
    nearest: float = 0.0


@functools.cache
def load(path: Path = WEIGHTS) -> Memory:
    """The shipped weights."""
    return Memory(**json.loads(path.read_text(encoding="ascii")))


def remembered(memory: Memory, scores: np.ndarray, decided: Mapping[int, int]) -> np.ndarray:
    """Scores of each task and field given what is decided.

    `scores` are the model's (tasks by labels, logarithms of probabilities), `decided` the label's column by
    the task's row; the answer has the form of `scores`, not normalised.
    """
    if not decided:
        return scores
    share, nearest = clues(scores.shape, decided)
    found: np.ndarray = memory.own * scores + memory.share * share + memory.nearest * nearest
    return found


def clues(shape: tuple[int, int], decided: Mapping[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """What is decided, as it is weighed: the logarithm of each field's share against an even one, and 1 where
    the decided task nearest to a task, of two the one before it, has the field. `decided` is not empty."""
    import numpy as np

    tasks, labels = shape
    counts = np.bincount(list(decided.values()), minlength=labels)
    shares = (counts + _UNSEEN / labels) / (counts.sum() + _UNSEEN)
    nearest = np.zeros(shape)
    for row in range(tasks):
        nearest[row, decided[min(decided, key=lambda other: (abs(other - row), other))]] = 1.0
    return np.broadcast_to(np.log(shares * labels), shape), nearest
