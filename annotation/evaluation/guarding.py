"""The same documents read by two models in, the slices in which the second is worse out.

Worse: the 95 % interval of the difference (second less first, over draws of documents, the same for both)
lies wholly below zero; or the difference itself is below `-TOLERANCE` and the slice has `ENOUGH` documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from annotation.evaluation.comparing import Comparison
from annotation.evaluation.resampling import Interval, bounds, draws, ratio
from annotation.evaluation.slices import by_slice, table

MEASURES = ("complete_f1", "brier")
"""Both so that more is better: of Brier's score it is its negative that is compared."""
TOLERANCE, ENOUGH = 0.02, 20


@dataclass(frozen=True, slots=True)
class Change:
    """How much better the second model is in a slice by a measure; negative: worse."""

    slice: str
    measure: str
    documents: int
    difference: Interval

    @property
    def worse(self) -> bool:
        """Whether a protected slice must not become so."""
        high = self.difference.high
        plainly = high is not None and high < 0
        return plainly or (self.documents >= ENOUGH and self.difference.value < -TOLERANCE)


def changes(
    first: Sequence[Comparison],
    second: Sequence[Comparison],
    measures: Sequence[str] = MEASURES,
    sliced: Sequence[Comparison] | None = None,
) -> list[Change]:
    """The changes of all slices; both are the same documents in the same order. Slices are those of the
    first reading, or of `sliced`, so that no document changes its slice."""
    by = first if sliced is None else sliced
    before, after = by_slice(by, first), by_slice(by, second)
    return [_change(name, one, before[name], after[name]) for name in before for one in measures]


def _change(name: str, measure: str, first: Sequence[Comparison], second: Sequence[Comparison]) -> Change:
    taken = np.vstack([np.ones(len(first)), draws(len(first))])
    before, after = (taken @ table(them, measure) for them in (first, second))
    drawn = ratio(*after.T) - ratio(*before.T)
    value = 0.0 if np.isnan(drawn[0]) else float(drawn[0])
    return Change(name, measure, len(first), Interval(value, *bounds(drawn[1:])))
