"""A record in, each of its clauses in reading order with what was decided and why out.

A task stands with the clause in which it begins; one that begins in none stands for itself at the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.wording import CLAUSE_ROLES, classes, product, words

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Explained:
    """A clause: what it is, why, and the tasks that it assigns."""

    path: str
    text: str
    role: str
    rule: str
    reason: str
    tasks: tuple[Record, ...] = ()

    @property
    def said(self) -> str:
        """Its role in Vietnamese."""
        return words(CLAUSE_ROLES, self.role)


def explained(record: Record) -> tuple[Explained, ...]:
    """All clauses of a document, and the tasks that no clause holds."""
    clauses = record["clauses"]
    ranges = [_range(clause["evidence"]) for clause in clauses]
    held: dict[int, list[Record]] = {}
    for task in record["tasks"]:
        start, _ = _range(task["evidence"])
        at = next((at for at, (first, last) in enumerate(ranges) if first <= start < last), -1)
        held.setdefault(at, []).append(task)
    rows = [_row(clause, held.get(at, ())) for at, clause in enumerate(clauses)]
    loose = [
        Explained(task["path"], task["text"], "task", task["rule"], "", (task,)) for task in held.get(-1, ())
    ]
    return (*rows, *loose)


def _row(clause: Record, tasks: Sequence[Record]) -> Explained:
    reason = clause.get("reason", "")
    return Explained(clause["path"], clause["text"], clause["role"], clause["rule"], reason, tuple(tasks))


def _range(evidence: Sequence[Record]) -> tuple[int, int]:
    """From the first character to the last; (-1, -1) where a value stands nowhere."""
    if not evidence:
        return -1, -1
    return min(place["start"] for place in evidence), max(place["end"] for place in evidence)


def only_tasks(rows: Sequence[Explained]) -> tuple[Explained, ...]:
    """What assigns."""
    return tuple(row for row in rows if row.tasks)


def only_clauses(rows: Sequence[Explained]) -> tuple[Explained, ...]:
    """What assigns nothing."""
    return tuple(row for row in rows if not row.tasks)


_ASKED = {
    "task": "nhiệm vụ",
    "text": "câu chữ",
    "leads": "chủ trì",
    "cooperators": "phối hợp",
    "deadline": "thời hạn",
    "nature": "tính chất",
    "field": "lĩnh vực",
    "complete": "trọn vẹn",
}


def likelihoods(task: Record) -> str:
    """How likely each field of a task is right ("nhiệm vụ 97% · câu chữ 95% · …"); "" if nobody judged it."""
    found = task.get("probabilities") or {}
    return " · ".join(f"{said} {round(100 * found[name])}%" for name, said in _ASKED.items() if name in found)


def values(task: Record) -> Iterator[tuple[str, str]]:
    """The values of a task with their names, those that it has."""
    yield "Chủ trì", "; ".join(unit["name"] for unit in task["leads"])
    if task["cooperators"]:
        yield "Phối hợp", "; ".join(unit["name"] for unit in task["cooperators"])
    deadline = task["deadline"] or {}
    if deadline.get("words") or deadline.get("text"):
        yield "Thời hạn", deadline.get("words") or deadline["text"]
    if product(task):
        yield "Sản phẩm", product(task)
    yield "Phân loại", " · ".join(said for _, said in classes(task))


def as_json(record: Record, rows: Sequence[Explained]) -> dict[str, Any]:
    """What `dondoc explain --format json` writes of a document."""
    return {
        "id": record["id"],
        "number": record["document"]["number"],
        "clauses": [
            {
                "path": row.path,
                "text": row.text,
                "role": row.role,
                "role_words": row.said,
                "rule": row.rule,
                "reason": row.reason,
                "tasks": [dict(task) for task in row.tasks],
            }
            for row in rows
        ],
    }
