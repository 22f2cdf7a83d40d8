"""How documents are mixed now and were when the threshold was found in, whether they are others out.

The population stability index compares two distributions: below 0.1 they are alike, above 0.25 one has moved
(the usual reading in credit scoring). Of few documents it is large by chance alone, about (k - 1)(1/n + 1/m)
for k kinds; so a drift is what exceeds 0.25 and also what chance exceeds about once in 100 times.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

MOVED = 0.25
"""The index from which on a distribution has moved."""
LEAST = 30
"""Documents on each side, without which nothing is said."""
OTHER = "other"
_KINDS = 8  # the commonest kinds that are told apart
_RARE = 2.326  # standard deviations that chance exceeds once in 100 times
_BINS = 10
_MORE = 0.5  # is added to each count, so that a kind that one side lacks has a share


@dataclass(frozen=True, slots=True)
class Drift:
    """The index, its limit, whether it is above; of how many documents now. `index` is None where there are
    too few."""

    index: float | None
    limit: float
    documents: int

    @property
    def moved(self) -> bool:
        """Whether the documents are others now."""
        return self.index is not None and self.index > self.limit


def tenths(likely: Iterable[float]) -> Counter[str]:
    """Probabilities by tenth."""
    return Counter(f"{min(int(one * _BINS), _BINS - 1) / _BINS:.1f}" for one in likely)


def drift(
    before: Mapping[str, int], after: Mapping[str, int], documents: tuple[int, int] | None = None
) -> Drift:
    """Compares counts of kinds; `documents` are how many stand behind each side, where it counts tasks."""
    was, now = documents or (sum(before.values()), sum(after.values()))
    if was < LEAST or now < LEAST:
        return Drift(None, MOVED, now)
    common = [kind for kind, _ in sorted(before.items(), key=lambda one: (-one[1], one[0]))[:_KINDS]]
    old, new = _shares(before, common), _shares(after, common)
    index = sum((new[kind] - old[kind]) * math.log(new[kind] / old[kind]) for kind in old)
    return Drift(index, max(MOVED, _by_chance(len(old) - 1) * (1 / was + 1 / now)), now)


def _shares(counts: Mapping[str, int], common: list[str]) -> dict[str, float]:
    total = sum(counts.values())
    known = {kind: counts.get(kind, 0) for kind in common}
    known[OTHER] = total - sum(known.values())
    return {kind: (number + _MORE) / (total + _MORE * len(known)) for kind, number in known.items()}


def _by_chance(free: int) -> float:
    """The 99 % quantile of chi-square (Wilson and Hilferty)."""
    part = 2 / (9 * free)
    return float(free * (1 - part + _RARE * math.sqrt(part)) ** 3)
