"""A record in, its outcome out: `done`, `no_tasks`, or `needs_review` with what there is to look at.

The rules are told in docs/outcomes.md; keep both in step.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.outcomes import Outcome
from service.wording import HEADER_FIELDS, words

_SURE = 0.5  # below this confidence a task is looked at first
_ESSENTIAL = ("number", "issued_on", "issuer")
_DOUBTFUL_DAYS = {"before_issue", "issue_date_missing", "year_missing"}  # flags of pipeline.deadlines


def judge(record: Mapping[str, Any], likely: str | None = None) -> tuple[Outcome, list[dict[str, str]]]:
    """The outcome, and issues to add to the record's own; `likely` names a document with the same number,
    notation and issuer."""
    header, tasks = record["document"], record["tasks"]
    added = []
    if likely is not None:
        added.append(_issue("duplicate", f"có thể trùng với {likely} (same number and issuer)"))
    unclear = _unclear(header, bool(tasks))
    if unclear:
        named = " · ".join(words(HEADER_FIELDS, field) for field in unclear)
        keys = ", ".join(unclear)
        added.append(_issue("header", f"thiếu hoặc không rõ: {named} (missing or doubtful: {keys})"))
    if tasks:
        if any(task["confidence"] < _SURE for task in tasks):
            added.append(_issue("tasks", "có nhiệm vụ chưa chắc chắn (low confidence)"))
        if any(_DOUBTFUL_DAYS & set((task.get("deadline") or {}).get("flags", ())) for task in tasks):
            added.append(_issue("deadlines", "có thời hạn chưa rõ ngày (doubtful deadline)"))
    if added or record["issues"]:
        return Outcome.NEEDS_REVIEW, added
    return (Outcome.DONE if tasks else Outcome.NO_TASKS), added


def _unclear(header: Mapping[str, Any], assigns: bool) -> list[str]:
    """The fields that could not be read; where tasks hang on them also those that were not found."""
    missing = [field for field in _ESSENTIAL if assigns and not header.get(field)]
    return list(dict.fromkeys([*missing, *(header.get("doubtful") or ())]))


def _issue(stage: str, message: str) -> dict[str, str]:
    return {"stage": stage, "message": message}
