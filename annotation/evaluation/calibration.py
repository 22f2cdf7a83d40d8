"""Comparisons in, how honest the probabilities are out: reliability diagrams, expected calibration error, and
precision against the share of tasks that is accepted unseen, likeliest first.

What is judged is each task of a record: whether it is one, and whether each of its fields is right; of a task
that is none no field is right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from annotation.evaluation.comparing import Comparison, Match
from annotation.evaluation.resampling import Array, Interval, bounds, draws, ratio
from models.training.reliability import Judged, brier, chance_error

BINS = 10
FIELDS = ("task", "text", "leads", "cooperators", "deadline", "nature", "field", "complete")
UNCALIBRATED = "confidence"  # what a record without probabilities holds: judged as `complete`
_STEPS = 40


@dataclass(frozen=True, slots=True)
class Bin:
    """The tasks whose probability lies in one tenth: what was promised on average, and what came true."""

    promised: float
    kept: Interval
    tasks: int


@dataclass(frozen=True, slots=True)
class Reliability:
    """How honest a probability is. `error` is the expected calibration error, `chance` the one that perfect
    probabilities would show on as few tasks, `over` how much more was promised than kept on average."""

    error: Interval
    over: Interval
    chance: float
    brier: float
    tasks: int
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """The likeliest `share` of all tasks, the least probability among them, how many of them are right."""

    share: float
    least: float
    precision: Interval


def judged(compared: Sequence[Comparison]) -> dict[str, list[Judged]]:
    """Field → each task's probability with the truth; only fields that tasks have a probability for."""
    found: dict[str, list[Judged]] = {}
    for one in compared:
        matches = {match.found: match for match in one.matches}
        for at, task in enumerate(one.found_tasks):
            for name, likely in _probabilities(task).items():
                right = right_of(matches.get(at), name)
                if right is not None:
                    found.setdefault(name, []).append(Judged(likely, right, one.id))
    return {name: found[name] for name in (*FIELDS, UNCALIBRATED) if name in found}


def _probabilities(task: Mapping[str, Any]) -> dict[str, float]:
    if task.get("probabilities"):
        return {name: float(task["probabilities"][name]) for name in FIELDS if name in task["probabilities"]}
    return {UNCALIBRATED: float(task["confidence"])} if task.get("confidence") is not None else {}


def right_of(match: Match | None, name: str) -> bool | None:
    """Whether a field of a task is right; None where the label does not say."""
    if match is None:
        return False
    if name == "task":
        return True
    right: bool | None = match.complete if name == UNCALIBRATED else getattr(match, name)
    return right


def reliability(points: Sequence[Judged]) -> Reliability:
    """The diagram's figures; `points` must not be empty."""
    likely, right, taken = _drawn(points)
    at = np.minimum((likely * BINS).astype(int), BINS - 1)
    member = np.eye(BINS)[at]
    sums = [taken @ (member * each[:, None]) for each in (np.ones_like(likely), likely, right)]
    tasks, promised, kept = sums
    errors = ratio(np.abs(promised - kept).sum(axis=1), tasks.sum(axis=1))
    overs = ratio((promised - kept).sum(axis=1), tasks.sum(axis=1))
    shares = ratio(kept, tasks)
    return Reliability(
        error=_interval(errors),
        over=_interval(overs),
        chance=chance_error(likely),
        brier=brier(likely, right),
        tasks=len(points),
        bins=tuple(
            Bin(float(promised[0, one] / tasks[0, one]), _interval(shares[:, one]), int(tasks[0, one]))
            for one in range(BINS)
            if tasks[0, one]
        ),
    )


def accepted(points: Sequence[Judged]) -> tuple[Step, ...]:
    """Precision of the likeliest tasks, from few to all; tasks equally likely are accepted together."""
    points = sorted(points, key=lambda one: -one.likely)
    likely, right, taken = _drawn(points)
    tasks, kept = np.cumsum(taken, axis=1), np.cumsum(taken * right, axis=1)
    ends = np.flatnonzero(np.append(likely[1:] < likely[:-1], True))
    wished = np.arange(1, _STEPS + 1) * len(points) / _STEPS - 1
    wanted = {int(ends[at]) for at in np.searchsorted(ends, wished)}
    return tuple(
        Step((at + 1) / len(points), float(likely[at]), _interval(ratio(kept[:, at], tasks[:, at])))
        for at in sorted(wanted)
    )


def unseen(steps: Sequence[Step], precision: float) -> float:
    """The largest share that can be accepted unseen at this precision."""
    return max((step.share for step in steps if step.precision.value >= precision), default=0.0)


def _drawn(points: Sequence[Judged]) -> tuple[Array, Array, Array]:
    """Probabilities, truths, and how often each task is taken: as it is (first row), then by each draw."""
    documents = {name: at for at, name in enumerate(sorted({one.document for one in points}))}
    likely = np.array([one.likely for one in points])
    right = np.array([float(one.right) for one in points])
    every = np.vstack([np.ones(len(documents)), draws(len(documents))])
    return likely, right, every[:, [documents[one.document] for one in points]]


def _interval(drawn: Array) -> Interval:
    """The first is the figure itself, the rest its draws."""
    return Interval(float(drawn[0]), *bounds(drawn[1:]))
