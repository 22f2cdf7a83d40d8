"""Documents that were read again in, sums and what is told of them out: lines for the terminal, a form for
other programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from annotation.evaluation.rehearsing import Retold
from service.learning.telling import task_told
from service.runs.rehearsing import Reread

TOWARDS, AWAY, SAME, UNREVIEWED = "better", "worse", "same", "unreviewed"


@dataclass(slots=True)
class Sums:
    """All documents together; what did not change is counted and not kept."""

    version: str
    documents: int = 0
    reviewed: int = 0
    tasks_before: int = 0
    tasks_after: int = 0
    versions: Counter[str] = field(default_factory=Counter)
    whats: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    gains: Counter[str] = field(default_factory=Counter)
    headers: Counter[str] = field(default_factory=Counter)
    changed: list[Reread] = field(default_factory=list)

    def add(self, one: Reread) -> None:
        """One more document."""
        self.documents += 1
        self.reviewed += one.reviewed
        self.tasks_before += one.tasks_before
        self.tasks_after += one.tasks_after
        self.versions[one.version or "?"] += 1
        for each in one.retold:
            self.whats[each.what] += 1
            self.fields.update(each.fields)
            self.gains[gain_of(one, each)] += 1
        self.headers.update(name for name, _, _ in one.header)
        if one.retold or one.header or one.lost:
            self.changed.append(one)

    @property
    def lost(self) -> list[Reread]:
        """Those of which nothing is read any more."""
        return [one for one in self.changed if one.lost]


def gain_of(one: Reread, each: Retold) -> str:
    """Whether a task is now nearer to what reviewers decided, or whether nobody did."""
    if not one.reviewed:
        return UNREVIEWED
    return TOWARDS if each.gain > 0 else AWAY if each.gain < 0 else SAME


def lines(sums: Sums) -> Iterator[str]:
    """For the terminal."""
    same = sums.documents - len(sums.changed)
    yield f"{sums.documents} văn bản (documents), {same} như cũ (unchanged), {len(sums.lost)} mất (lost)"
    yield f"Nhiệm vụ (tasks): {sums.tasks_before} → {sums.tasks_after}"
    whats = ", ".join(f"{name} {sums.whats[name]}" for name in ("added", "lost", "changed"))
    fields = ", ".join(f"{name} {count}" for name, count in sums.fields.most_common())
    yield f"  {whats}{f' ({fields})' if fields else ''}"
    nearer = f"gần hơn (towards) {sums.gains[TOWARDS]}, xa hơn (away) {sums.gains[AWAY]}"
    yield f"So với rà soát (against reviewers) {sums.reviewed} văn bản: {nearer}, như nhau {sums.gains[SAME]}"
    if sums.headers:
        told = ", ".join(f"{name} {count}" for name, count in sums.headers.most_common())
        yield f"Thể thức (headers): {told}"
    for one in sums.lost:
        yield f"  {one.name}: {one.lost}"


def as_json(sums: Sums) -> dict[str, Any]:
    """All of it, whole."""
    counters = ("versions", "whats", "fields", "gains", "headers")
    counted = {name: dict(getattr(sums, name)) for name in counters}
    plain = ("version", "documents", "reviewed", "tasks_before", "tasks_after")
    told = {name: getattr(sums, name) for name in plain} | counted
    return told | {"changed": [_document(one) for one in sums.changed]}


def _document(one: Reread) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in ("id", "name", "version", "reviewed", "lost")}
    header = [{"field": name, "before": was, "after": now} for name, was, now in one.header]
    tasks = [
        {"what": each.what, "fields": list(each.fields), "gain": gain_of(one, each)} | sides(each)
        for each in one.retold
    ]
    return told | {"header": header, "tasks": tasks}


def sides(each: Retold) -> dict[str, Any]:
    """What reviewers said of a task, what was read before, what is read now; None where there is none."""
    side = each.after or each.before
    was, now = (one.task if one else None for one in (each.before, each.after))
    told = {"said": side.said if side else None, "before": was, "after": now}
    return {name: task_told(task) if task else None for name, task in told.items()}
