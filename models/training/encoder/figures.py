"""A judge in, what it is worth out: F1 on documents that it has not seen, and words a second on one core."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from models.reader.judging import Judge
from models.reader.read import see
from models.training.examples import Read, scorer_of
from models.training.reader import SAMPLES, Taught, figures, gathered


def lessons_in(shared: Path, read: Read) -> tuple[list[Taught], list[Taught]]:
    """The samples, and the labelled documents of `shared` that may be learned from."""
    train = shared / "gold" / "train"
    return gathered(SAMPLES, read), gathered(train, read) if train.is_dir() else []


def measured(documents: Sequence[Taught], judge: Judge, shared: Path) -> dict[str, float]:
    """F1 of tasks and of complete tasks, and words a second."""
    found = figures(documents, dict.fromkeys([one.name for one in documents], judge), scorer_of(shared))
    return found | {"words_per_second": round(_speed(documents, judge))}


def _speed(documents: Sequence[Taught], judge: Judge) -> float:
    """Of pieces found, judged and made tasks of."""
    started = time.process_time()
    for one in documents:
        see(one.lesson.view.directive, judge)
    took = time.process_time() - started
    return sum(len(one.lesson.view.text.split()) for one in documents) / took
