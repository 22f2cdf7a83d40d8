"""What may be accepted unseen at all, however likely: a task as the machine read it, and its document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from service.tables import Document

_OF_TASKS = ("tasks", "deadlines")  # doubts that name single tasks, which carry them themselves


def document_fits(row: Document, stages: Iterable[str]) -> bool:
    """Whether a document is open to all and read without doubt; `stages` are those of its issues."""
    return row.secrecy == "none" and row.clearance == 0 and all(one in _OF_TASKS for one in stages)


def task_fits(values: Mapping[str, Any], flags: Iterable[str]) -> bool:
    """Whether a task has a lead, all that it says stands proved on a page, and nothing of it is flagged."""
    units = [*(values.get("leads") or ()), *(values.get("cooperators") or ())]
    deadline = values.get("deadline") or {}
    proved = all(one.get("evidence") for one in units) and values.get("evidence")
    return bool(values.get("leads") and proved and not [*flags, *(deadline.get("flags") or ())])
