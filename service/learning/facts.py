"""A document's files in, its record out with what a confidence model learns from: the facts of each task."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from annotation.evaluation.teaching import FACTS
from models.confidence import estimate
from models.reader.model import second
from pipeline.extract import extract
from pipeline.limits import Limits
from pipeline.ports import Ocr, TaskClassifier
from pipeline.progress import Tell, unheard
from pipeline.types import Probabilities, SourceDocument
from service.reader import Part, Reader
from service.record import record


class _Keeping:
    """The shipped estimator, which keeps the facts that it is asked about."""

    def __init__(self) -> None:
        self.seen: list[dict[str, float]] = []

    def __call__(self, facts: Mapping[str, float]) -> Probabilities:
        self.seen.append(dict(facts))
        return estimate(facts)


def learned_from(
    opened: Callable[[Sequence[Part]], SourceDocument], limits: Limits, ocr: Ocr, classify: TaskClassifier
) -> Reader:
    """The reader."""

    def read(parts: Sequence[Part], tell: Tell = unheard) -> dict[str, Any]:
        keeping = _Keeping()
        made = record(
            extract(
                opened(parts),
                limits=limits,
                ocr=ocr,
                classify=classify,
                estimate=keeping,
                second=second,
                tell=tell,
            )
        )
        for task, facts in zip(made["tasks"], keeping.seen, strict=True):
            task[FACTS] = facts
        return made

    return read
