"""Comparisons in, all that an evaluation says in figures out; `as_json` is its form for machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from annotation.evaluation.calibration import (
    UNCALIBRATED,
    Reliability,
    Step,
    accepted,
    judged,
    reliability,
    unseen,
)
from annotation.evaluation.comparing import Comparison
from annotation.evaluation.evidence import covered
from annotation.evaluation.faults import KINDS, Fault
from annotation.evaluation.figures import (
    Figures,
    figures,
    grouped,
    intervals,
    kind_of_document,
    kind_of_source,
    rounded,
)
from annotation.evaluation.resampling import Interval, bounds, draws, ratio

KEYS: Mapping[str, Callable[[Comparison], str]] = {
    "type": kind_of_document,
    "source": kind_of_source,
    "document": lambda one: one.id,
}
Bounds = dict[str, dict[str, tuple[float | None, float | None]]]
PRECISIONS = (0.95, 0.98)


@dataclass(frozen=True, slots=True)
class Group:
    """Figures of some documents, with their 95 % bounds where there are enough of them."""

    name: str
    documents: int
    figures: Figures
    intervals: Bounds


@dataclass(frozen=True, slots=True)
class Proved(Interval):
    """The share of tasks whose boxes hold their words, `right` of `tasks`."""

    right: int = 0
    tasks: int = 0


@dataclass(frozen=True, slots=True)
class Ocr:
    """The scans that have a corrected text: as read, and with its words. `loss` is how much of complete F1
    that is missing the engine has lost."""

    read: Group
    corrected: Group

    @property
    def loss(self) -> float | None:
        """The share of the loss that is OCR's; None where nothing is lost."""
        now, then = (one.figures["complete"]["f1"] for one in (self.read, self.corrected))
        return (then - now) / (1 - now) if now < 1 else None


@dataclass(frozen=True, slots=True)
class Summary:
    """All figures: of all documents, `by` kind (keys of KEYS), of probabilities by field, of the evidence."""

    whole: Group
    by: Mapping[str, tuple[Group, ...]]
    reliability: Mapping[str, Reliability]
    accepted: Mapping[str, tuple[Step, ...]]
    evidence: Proved | None
    faults: Mapping[str, int]
    ocr: Ocr | None


def summarise(
    compared: Sequence[Comparison], faults: Sequence[Fault], corrected: Sequence[Comparison] = ()
) -> Summary:
    """The figures; `corrected` are the comparisons of scans whose text was put right by hand."""
    points = judged(compared)
    known = {one.id for one in corrected}
    counts = Counter(kind for fault in faults for kind in fault.kinds)
    return Summary(
        whole=group("", compared),
        by={
            name: tuple(group(kind, them) for kind, them in grouped(compared, key).items())
            for name, key in KEYS.items()
        },
        reliability={name: reliability(them) for name, them in points.items()},
        accepted={
            name: accepted(points[name]) for name in ("task", "complete", UNCALIBRATED) if name in points
        },
        evidence=_evidence(compared),
        faults={kind: counts[kind] for kind in KINDS if counts[kind]},
        ocr=Ocr(group("", [one for one in compared if one.id in known]), group("", corrected))
        if known
        else None,
    )


def group(name: str, compared: Sequence[Comparison]) -> Group:
    """The figures of some documents."""
    return Group(name, len(compared), figures(compared), intervals(compared))


def _evidence(compared: Sequence[Comparison]) -> Proved | None:
    """The share of tasks whose boxes hold their words; None where no record says what is seen under them."""
    rows = [
        [covered(task["text"], task["seen"]) for task in one.found_tasks if "seen" in task]
        for one in compared
    ]
    counts = np.array([[sum(row), len(row)] for row in rows], dtype=float)
    if not counts[:, 1].sum():
        return None
    right, tasks = (draws(len(compared)) @ counts).T
    whole = counts.sum(axis=0)
    low, high = bounds(ratio(right, tasks))
    return Proved(float(whole[0] / whole[1]), low, high, right=int(whole[0]), tasks=int(whole[1]))


def as_json(summary: Summary) -> dict[str, Any]:
    """The figures for machines; `figures` has the form of the scorer beside the labelled documents."""
    return {
        "figures": summary.whole.figures,
        "intervals": rounded(summary.whole.intervals),
        "by": {
            name: {one.name: {"documents": one.documents, "figures": one.figures} for one in groups}
            for name, groups in summary.by.items()
        },
        "calibration": {name: asdict(one) for name, one in summary.reliability.items()},
        "accepted": {name: [asdict(step) for step in steps] for name, steps in summary.accepted.items()},
        "accepted_unseen": {
            name: {f"{precision:g}": round(unseen(steps, precision), 4) for precision in PRECISIONS}
            for name, steps in summary.accepted.items()
        },
        "evidence": asdict(summary.evidence) if summary.evidence else None,
        "faults": dict(summary.faults),
        "ocr": _ocr(summary.ocr) if summary.ocr else None,
    }


def _ocr(ocr: Ocr) -> dict[str, Any]:
    return {
        "documents": ocr.read.documents,
        "read": ocr.read.figures,
        "corrected": ocr.corrected.figures,
        "share_of_loss": None if ocr.loss is None else round(ocr.loss, 4),
    }
