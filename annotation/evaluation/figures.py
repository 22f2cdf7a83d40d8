"""Comparisons in, figures out: precision, recall and F1 over all tasks, classes by macro-F1, empty documents.

The form is that of the scorer beside the labelled documents, and so is every digit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from annotation.evaluation.comparing import CLASSES, Comparison, deadline_value
from annotation.evaluation.resampling import Array, bounds, draws, ratio
from annotation.evaluation.units import ROLES, names, shared

COUNTED = ("task", "lead", "cooperator", "deadline", "complete", "document")
Figures = dict[str, dict[str, Any]]
_FEWEST = 3  # documents that an interval needs
_DIGITS = 4


def figures(compared: Sequence[Comparison]) -> Figures:
    """All figures of these documents."""
    totals = _counts(compared).sum(axis=0)
    found: Figures = {name: _tally(*totals[at]) for at, name in enumerate(COUNTED)}
    for name in CLASSES:
        found[name] = {"macro_f1": _macro_f1(compared, name), "tasks": len(_classes(compared, name))}
    found["documents"] = {
        "gold": len(compared),
        "without_prediction": sum(one.record is None for one in compared),
        "perfect": sum(one.whole for one in compared),
        "empty": sum(not one.gold_tasks for one in compared),
        "empty_left_empty": sum(_left_empty(one) for one in compared),
    }
    return found


def intervals(compared: Sequence[Comparison]) -> dict[str, dict[str, tuple[float | None, float | None]]]:
    """Figure → measure → its 95 % bounds over documents; empty where there are too few of them."""
    if len(compared) < _FEWEST:
        return {}
    taken = draws(len(compared))
    sums = np.einsum("dn,nfk->dfk", taken, _counts(compared))
    found = {}
    for at, name in enumerate(COUNTED):
        right, gold, given = sums[:, at].T
        f1 = ratio(2 * right, gold + given)
        found[name] = {
            "precision": bounds(ratio(right, given)),
            "recall": bounds(ratio(right, gold)),
            "f1": bounds(f1),
        }
    for name in CLASSES:
        found[name] = {"macro_f1": bounds(_macro_drawn(compared, name, taken))}
    empty = np.array([[_left_empty(one), not one.gold_tasks] for one in compared], dtype=float)
    left, all_empty = (taken @ empty).T
    found["documents"] = {"empty_left_empty": bounds(ratio(left, all_empty))}
    return found


def grouped(
    compared: Iterable[Comparison], key: Callable[[Comparison], str]
) -> dict[str, tuple[Comparison, ...]]:
    """The documents by kind, in order of the kinds' names."""
    groups: dict[str, list[Comparison]] = {}
    for one in compared:
        groups.setdefault(key(one), []).append(one)
    return {name: tuple(groups[name]) for name in sorted(groups)}


def kind_of_document(one: Comparison) -> str:
    """The document's type as labelled."""
    return str((one.gold.get("document") or {}).get("type") or "other")


def kind_of_source(one: Comparison) -> str:
    """What the file is: scan, text …, as labelled."""
    return str(one.gold.get("kind_of_source") or "?")


def _left_empty(one: Comparison) -> bool:
    return not one.gold_tasks and one.record is not None and not one.found_tasks


def _counts(compared: Sequence[Comparison]) -> Array:
    """documents × figures × (right, labelled, found)."""
    return np.array([_counted(one) for one in compared], dtype=float).reshape(-1, len(COUNTED), 3)


def _counted(one: Comparison) -> list[tuple[int, ...]]:
    gold, found = one.gold_tasks, one.found_tasks
    rows: list[tuple[int, ...]] = [(len(one.matches), len(gold), len(found))]
    for role in ROLES:
        right = sum(shared(names(gold[m.gold], role), names(found[m.found], role)) for m in one.matches)
        rows.append((right, *(sum(len(names(task, role)) for task in tasks) for tasks in (gold, found))))
    met = sum(m.deadline and deadline_value(gold[m.gold]) is not None for m in one.matches)
    claimed = (sum(deadline_value(task) is not None for task in tasks) for tasks in (gold, found))
    rows.append((met, *claimed))
    rows.append((sum(m.complete for m in one.matches), len(gold), len(found)))
    rows.append((sum(one.header.values()), len(one.header), len(one.header)))
    return rows


def _tally(right: float, gold: float, found: float) -> dict[str, float]:
    precision = right / found if found else 0.0
    recall = right / gold if gold else 0.0
    both = precision + recall
    return {
        "precision": round(precision, _DIGITS),
        "recall": round(recall, _DIGITS),
        "f1": round(2 * precision * recall / both, _DIGITS) if both else 0.0,
        "gold": int(gold),
        "predicted": int(found),
        "right": int(right),
    }


def _classes(compared: Iterable[Comparison], name: str) -> list[tuple[str, str]]:
    """(labelled, found) class of each task found that has a label for it."""
    return [
        (one.gold_tasks[match.gold][name], one.found_tasks[match.found].get(name) or "?")
        for one in compared
        for match in one.matches
        if one.gold_tasks[match.gold].get(name)
    ]


def _macro_f1(compared: Sequence[Comparison], name: str) -> float | None:
    """Mean F1 over the classes that the labels use."""
    if not _classes(compared, name):
        return None
    every = np.ones((1, len(compared)))
    return round(float(_macro_drawn(compared, name, every)[0]), _DIGITS)


def _macro_drawn(compared: Sequence[Comparison], name: str, taken: Array) -> Array:
    """The macro-F1 of each draw of documents."""
    labels = sorted({gold for gold, _ in _classes(compared, name)})
    counts = np.zeros((len(compared), len(labels), 2))  # right, labelled + found
    for at, one in enumerate(compared):
        for gold, found in _classes([one], name):
            counts[at, labels.index(gold)] += (gold == found, 1)
            if found in labels:
                counts[at, labels.index(found), 1] += 1
    right, both = np.moveaxis(np.einsum("dn,nlk->dlk", taken, counts), -1, 0)
    labelled = np.einsum("dn,nl->dl", taken, _labelled(compared, name, labels))
    scores = np.where(labelled > 0, ratio(2 * right, both), np.nan)
    used = (labelled > 0).sum(axis=1)
    return ratio(np.nansum(scores, axis=1), used.astype(float))


def _labelled(compared: Sequence[Comparison], name: str, labels: Sequence[str]) -> Array:
    """documents × classes: how often each class is labelled."""
    rows = [[gold for gold, _ in _classes([one], name)] for one in compared]
    return np.array([[row.count(label) for label in labels] for row in rows], dtype=float)


def rounded(found: Mapping[str, Mapping[str, tuple[float | None, float | None]]]) -> dict[str, Any]:
    """Intervals for JSON."""
    return {
        name: {
            measure: [None if side is None else round(side, _DIGITS) for side in sides]
            for measure, sides in measures.items()
        }
        for name, measures in found.items()
    }
