"""What the path needs from outside it, as protocols: the real ones are chosen in service/bootstrap.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from pipeline.types import (
    Classified,
    Directive,
    DocumentContext,
    Line,
    Probabilities,
    SeenTask,
    TaskContext,
)


class Ocr(Protocol):
    """Reads a page's picture."""

    def __call__(self, image: object, dpi: float) -> tuple[Line, ...]:
        """`image` is a PIL image; the lines' boxes are in points of the page."""
        ...


class TaskClassifier(Protocol):
    """Gives each task of a document its nature and field, keys of the label sets in pipeline/labels.py."""

    def __call__(self, document: DocumentContext, tasks: Sequence[TaskContext]) -> tuple[Classified, ...]:
        """All tasks of the document at once, since each also speaks for its neighbours; one answer a task."""
        ...


class SecondReader(Protocol):
    """Reads a document without the rules, so that their reading can be held against another."""

    def __call__(self, directive: Directive) -> tuple[SeenTask, ...]:
        """The tasks that it sees, in reading order."""
        ...


class Estimator(Protocol):
    """Says how likely each field of a task is right."""

    def __call__(self, facts: Mapping[str, float]) -> Probabilities:
        """`facts` are those of `pipeline.facts`; one that is absent counts as 0."""
        ...
