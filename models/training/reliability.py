"""How honest probabilities are: (probability, right, document) in, figures with their intervals out.

The expected calibration error is that of ten equal bins; intervals are those of 1,000 draws of documents with
replacement, so that a long document does not pass for many.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_BINS = 10
_DRAWS = 1000
_SEED = 5


@dataclass(frozen=True)
class Judged:
    """A probability, whether what it was said of was right, and of which document."""

    likely: float
    right: bool
    document: str


def calibration_error(likely: Array, right: Array) -> float:
    """Mean distance between what was said and what came true, bin by bin."""
    bins = np.minimum((likely * _BINS).astype(int), _BINS - 1)
    gaps = [abs(float((likely[bins == one] - right[bins == one]).sum())) for one in np.unique(bins)]
    return sum(gaps) / len(likely)


def brier(likely: Array, right: Array) -> float:
    """Mean squared distance from the truth; 0 is best."""
    return float(((likely - right) ** 2).mean())


def level(likely: Array, right: Array) -> float:
    """How much more was promised than kept, on average."""
    return float((likely - right).mean())


def chance_error(likely: Array) -> float:
    """The calibration error that perfect probabilities would show on as few examples, by chance alone."""
    random = np.random.default_rng(_SEED)
    draws = [
        calibration_error(likely, (random.random(len(likely)) < likely).astype(float)) for _ in range(200)
    ]
    return float(np.mean(draws))


def ranking(likely: Array, right: Array) -> float:
    """How often a right one is held likelier than a wrong one (area under the ROC curve)."""
    good, bad = likely[right > 0], likely[right == 0]
    if not len(good) or not len(bad):
        return float("nan")
    return float((good[:, None] > bad).mean() + 0.5 * (good[:, None] == bad).mean())


def accepted(precision: float) -> Callable[[Array, Array], float]:
    """The share of tasks that can be taken unseen, likeliest first, before precision falls below this."""

    def share(likely: Array, right: Array) -> float:
        order = np.argsort(-likely, kind="stable")
        kept = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
        ends = np.append(likely[order][1:] < likely[order][:-1], True)  # equal ones are taken together
        good = np.flatnonzero((kept >= precision) & ends)
        return float((good[-1] + 1) / len(order)) if len(good) else 0.0

    return share


def interval(judged: Sequence[Judged], figure: Callable[[Array, Array], float]) -> tuple[float, float, float]:
    """A figure with the bounds of its 95 % interval over documents."""
    documents = sorted({one.document for one in judged})
    rows = [
        np.array([[o.likely, o.right] for o in judged if o.document == name], dtype=float)
        for name in documents
    ]
    random = np.random.default_rng(_SEED)
    drawn = []
    for _ in range(_DRAWS):
        sample = np.vstack([rows[at] for at in random.integers(len(rows), size=len(rows))])
        drawn.append(figure(sample[:, 0], sample[:, 1]))
    every = np.vstack(rows)
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return figure(every[:, 0], every[:, 1]), float(low), float(high)
