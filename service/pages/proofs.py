"""A task in, the places that prove its values out: one picture for each value and run of lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_APART = 8.0  # points between lines that belong to one picture


@dataclass(frozen=True, slots=True)
class Proof:
    """Lines on a page that prove a value: `of` is "task", "deadline", "lead" or "cooperator", `index` which
    of several, `k` the number by which the picture is asked for."""

    k: int
    of: str
    index: int
    page: int
    boxes: tuple[tuple[float, ...], ...]


def proofs(task: Mapping[str, Any]) -> list[Proof]:
    """The proofs of a task in the record's form, in a fixed order."""
    found: list[Proof] = []
    for of, index, evidence in _values(task):
        for page, boxes in _runs(evidence):
            found.append(Proof(len(found), of, index, page, boxes))
    return found


def _values(task: Mapping[str, Any]) -> Iterator[tuple[str, int, Sequence[Mapping[str, Any]]]]:
    yield "task", 0, task.get("evidence") or ()
    yield "deadline", 0, (task.get("deadline") or {}).get("evidence") or ()
    for role, of in (("leads", "lead"), ("cooperators", "cooperator")):
        for index, unit in enumerate(task.get(role) or ()):
            yield of, index, unit.get("evidence") or ()


def _runs(evidence: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, tuple[tuple[float, ...], ...]]]:
    """Lines of a page that follow each other closely."""
    run: list[tuple[float, ...]] = []
    page = 0
    for place in evidence:
        box = tuple(map(float, place["box"]))
        if run and (place["page"] != page or not -_APART <= box[1] - run[-1][3] <= _APART):
            yield page, tuple(run)
            run = []
        page = place["page"]
        run.append(box)
    if run:
        yield page, tuple(run)
