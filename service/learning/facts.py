"""A document's files and a question in, its record out with what models learn from.

A document is read once, whatever is asked: what each of several second readers sees in it, the facts of each
task beside each of them, and what its label teaches a reader.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from annotation.evaluation.teaching import FACTS, LESSON, READINGS
from models.confidence import estimate
from models.training.lessons import lesson
from models.training.reader import filed, sequences
from pipeline.extract import extract_from
from pipeline.limits import Limits
from pipeline.ports import Ocr, TaskClassifier
from pipeline.progress import Tell, unheard
from pipeline.read import read as read_pages
from pipeline.structure import structure
from pipeline.types import Directive, Probabilities, Reading, SeenTask, SourceDocument
from service.learning.promoted import Second, second_of
from service.reader import Part, Reader
from service.record import record


@dataclass(frozen=True, slots=True)
class Question:
    """`readers` are ids of the second readers to ask, kept in the folder `registry`; of the labelled `tasks`
    a lesson is made where they are given."""

    registry: str
    readers: tuple[str, ...]
    tasks: Sequence[Mapping[str, Any]] | None = field(default=None, repr=False)

    def part(self) -> Part:
        """As it goes with a document: its last part."""
        return Part("question.json", json.dumps(asdict(self), default=str).encode())


def question_of(part: Part) -> Question:
    """What `Question.part` wrote."""
    told = json.loads(part.content)
    return Question(told["registry"], tuple(told["readers"]), told["tasks"])


class _Keeping:
    """The shipped estimator, which keeps the facts that it is asked about."""

    def __init__(self) -> None:
        self.seen: list[dict[str, float]] = []

    def __call__(self, facts: Mapping[str, float]) -> Probabilities:
        self.seen.append(dict(facts))
        return estimate(facts)


class _Sight:
    """A second reader, which keeps what it saw."""

    def __init__(self, reader: Second) -> None:
        self._reader = reader
        self.tasks: list[dict[str, Any]] = []

    def __call__(self, directive: Directive) -> tuple[SeenTask, ...]:
        seen = self._reader(directive)
        self.tasks = [filed(directive, one) for one in seen]
        return seen


def learned_from(
    opened: Callable[[Sequence[Part]], SourceDocument], limits: Limits, ocr: Ocr, classify: TaskClassifier
) -> Reader:
    """The reader; the last part is the question."""

    def read(parts: Sequence[Part], tell: Tell = unheard) -> dict[str, Any]:
        asked = question_of(parts[-1])
        reading = read_pages(opened(parts[:-1]), limits=limits, ocr=ocr, tell=tell)
        made, readings = _alone(reading, classify), []
        for name in asked.readers:
            facts, seen = _beside(reading, classify, second_of(Path(asked.registry), name))
            readings.append({FACTS: facts, "tasks": seen})
        made[READINGS] = readings
        if asked.tasks is not None:
            made[LESSON] = sequences([lesson(structure(reading), asked.tasks)])
        return made

    return read


def _alone(reading: Reading, classify: TaskClassifier) -> dict[str, Any]:
    return record(extract_from(reading, classify=classify, estimate=estimate))


def _beside(
    reading: Reading, classify: TaskClassifier, reader: Second
) -> tuple[list[dict[str, float]], list[dict[str, Any]]]:
    keeping, sight = _Keeping(), _Sight(reader)
    extract_from(reading, classify=classify, estimate=keeping, second=sight)
    return keeping.seen, sight.tasks
