"""Comparisons in, the slices that they fall into out, and how honest and how complete each slice is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from annotation.evaluation.calibration import judged, reliability
from annotation.evaluation.comparing import Comparison, deadline_value
from annotation.evaluation.figures import figures, kind_of_document, kind_of_source

EVERY = "all"
LONG = 5  # pages from which a document is long
_SCANS = ("scan", "jpeg", "png", "tiff", "photo")


def slices_of(one: Comparison) -> tuple[str, ...]:
    """All slices of a document: its type, scan or text, the level that assigns, its length, deadlines."""
    record = one.record or {}
    source = record.get("source") or {}
    scanned = bool(source.get("ocr_pages")) or kind_of_source(one).startswith(_SCANS)
    levels = [str(task["assigner"]) for task in one.found_tasks if task.get("assigner")]
    dated = any(deadline_value(task) is not None for task in one.gold_tasks)
    return (
        EVERY,
        f"type:{kind_of_document(one)}",
        f"source:{'scan' if scanned else 'text'}",
        f"level:{max(sorted(set(levels)), key=levels.count) if levels else 'unknown'}",
        f"length:{'long' if (source.get('pages') or 1) >= LONG else 'short'}",
        f"deadline:{'with' if dated else 'without'}",
    )


def by_slice(
    compared: Sequence[Comparison], told: Sequence[Comparison] | None = None
) -> dict[str, tuple[Comparison, ...]]:
    """The documents of each slice, in order of the slices' names. `told` are the same documents in the same
    order as somebody else read them: they are given then, in the slices of `compared`."""
    found: dict[str, list[Comparison]] = {}
    for one, other in zip(compared, compared if told is None else told, strict=True):
        for name in slices_of(one):
            found.setdefault(name, []).append(other)
    return {name: tuple(found[name]) for name in sorted(found)}


def figures_by_slice(
    compared: Sequence[Comparison], second: Sequence[Comparison] | None = None
) -> dict[str, dict[str, float]]:
    """Of each slice: documents, tasks found, F1 of tasks and of complete ones (those of `second` where it is
    a second reader that is told of); of the probability that a task is complete the calibration error and
    the Brier score (where a task was found)."""
    told = by_slice(compared, second)
    return {name: _counts(told[name]) | _honesty(them) for name, them in by_slice(compared).items()}


def _counts(compared: Sequence[Comparison]) -> dict[str, float]:
    counted = figures(compared)
    return {
        "documents": len(compared),
        "tasks": sum(len(one.found_tasks) for one in compared),
        "task_f1": counted["task"]["f1"],
        "complete_f1": counted["complete"]["f1"],
    }


def _honesty(compared: Sequence[Comparison]) -> dict[str, float]:
    if points := judged(compared).get("complete"):
        honest = reliability(points)
        return {"ece": round(honest.error.value, 4), "brier": round(honest.brier, 4)}
    return {}


def losses(one: Comparison) -> dict[str, tuple[float, float]]:
    """What of a document counts for each measure, above and below the line: a measure over documents is the
    sum above over the sum below, and more is better."""
    points = judged([one]).get("complete", [])
    missed = sum((point.likely - point.right) ** 2 for point in points)
    right = sum(match.complete for match in one.matches)
    return {
        "complete_f1": (2.0 * right, float(len(one.gold_tasks) + len(one.found_tasks))),
        "brier": (-float(missed), float(len(points))),
    }


def table(compared: Sequence[Comparison], measure: str) -> Any:
    """documents × (above, below)."""
    return np.array([losses(one)[measure] for one in compared], dtype=float).reshape(-1, 2)
