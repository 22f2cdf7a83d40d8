"""The classes of a document's tasks: natures (nature_classifier) and fields (field_classifier)."""

from __future__ import annotations

from collections.abc import Sequence

from models.field_classifier import fields
from models.nature_classifier import nature_of
from pipeline.types import Classified, DocumentContext, TaskContext


def classify(document: DocumentContext, tasks: Sequence[TaskContext]) -> tuple[Classified, ...]:
    """The classes of a document's tasks: the shipped `pipeline.ports.TaskClassifier`."""
    found = []
    for task, (field, field_probability) in zip(tasks, fields(document, tasks), strict=True):
        nature, nature_probability = nature_of(task.text, document.subject, task.headings)
        found.append(Classified(nature, field, nature_probability, field_probability))
    return tuple(found)
