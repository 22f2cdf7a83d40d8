"""What the path needs from outside it, as protocols: the real ones are chosen in service/bootstrap.py."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from pipeline.types import Line, Probabilities


class Ocr(Protocol):
    """Reads a page's picture."""

    def __call__(self, image: object, dpi: float) -> tuple[Line, ...]:
        """`image` is a PIL image; the lines' boxes are in points of the page."""
        ...


class TaskClassifier(Protocol):
    """Gives a task its (nature, field), keys of the label sets in pipeline/labels.py."""

    def __call__(self, text: str, document_type: str, subject: str) -> tuple[str, str]:
        """`text` is the task's; the document's type key and subject may be empty."""
        ...


class Estimator(Protocol):
    """Says how likely each field of a task is right."""

    def __call__(self, facts: Mapping[str, float]) -> Probabilities:
        """`facts` are those of `pipeline.facts`; one that is absent counts as 0."""
        ...
