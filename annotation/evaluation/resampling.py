"""Numbers a document in, the bounds of a figure out: 1,000 draws of documents with replacement.

Tasks of one document stand or fall together, so documents are drawn, not tasks. The seed is fixed: the same
documents give the same bounds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
DRAWS = 1000
_SEED = 20260101
_SIDES = (2.5, 97.5)  # percent: 95 of 100 draws lie between


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its 95 % bounds over documents; bounds are None where too few documents have it."""

    value: float
    low: float | None = None
    high: float | None = None


def draws(documents: int) -> Array:
    """How often each draw (row) takes each document (column)."""
    random = np.random.default_rng(_SEED)
    shares = np.full(documents, 1 / documents)
    return random.multinomial(documents, shares, size=DRAWS).astype(np.float64)


def bounds(drawn: Array) -> tuple[float | None, float | None]:
    """The bounds of what the draws gave; draws that gave nothing (nan) do not count."""
    known = drawn[~np.isnan(drawn)]
    if len(known) < DRAWS / 2:
        return None, None
    low, high = np.percentile(known, _SIDES)
    return float(low), float(high)


def ratio(above: Array, below: Array) -> Array:
    """`above` / `below`; nan where there is nothing below."""
    found = np.full(np.broadcast(above, below).shape, np.nan)
    np.divide(above, below, out=found, where=below != 0)
    return found
