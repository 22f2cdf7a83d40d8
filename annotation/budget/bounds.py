"""Wrong ones among many in, exact bounds of the share of wrong ones out (Clopper and Pearson, 1934).

Tasks of one document stand or fall together: they tell less than as many of different ones. `together` says
how far (the intraclass correlation of right and wrong within documents, by analysis of variance, over all
that was reviewed), and `effective` how many independent tasks they are worth (Kish's design effect). Counts
may therefore be fractions.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

SURE = 0.95
"""How sure a bound is, on its side."""
_STEPS = 60  # halvings of the interval in which a bound lies
_TERMS = 300  # of the continued fraction
_TINY = 1e-300


def upper(wrong: float, total: float, sure: float = SURE) -> float:
    """The largest share of wrong ones that is still believable; 1 where nothing is known."""
    if total <= 0 or wrong >= total:
        return 1.0
    return _where(lambda share: at_most(wrong, total, share) <= 1 - sure)


def lower(wrong: float, total: float, sure: float = SURE) -> float:
    """The smallest one."""
    if total <= 0 or wrong <= 0:
        return 0.0
    return _where(lambda share: at_least(wrong, total, share) > 1 - sure)


def at_most(wrong: float, total: float, share: float) -> float:
    """How likely no more than `wrong` of `total` are wrong where this share is."""
    return 1.0 if wrong >= total else _beta(1 - share, total - wrong, wrong + 1)


def at_least(wrong: float, total: float, share: float) -> float:
    """How likely `wrong` or more are."""
    return 1.0 if wrong <= 0 else _beta(share, wrong, total - wrong + 1)


def together(documents: Iterable[Sequence[bool]]) -> float:
    """How far the tasks of a document stand or fall together, 0 (not at all) to 1; `documents` say of each
    task whether it is right. Where too little is known to tell, 1: documents then count, not tasks."""
    groups = [one for one in documents if one]
    total, number = sum(map(len, groups)), len(groups)
    right = sum(map(sum, groups))
    if number < 2 or total == number or right in (0, total):
        return 1.0
    mean = right / total
    between = sum(len(one) * (sum(one) / len(one) - mean) ** 2 for one in groups) / (number - 1)
    within = sum(sum(one) * (1 - sum(one) / len(one)) for one in groups) / (total - number)
    size = (total - sum(len(one) ** 2 for one in groups) / total) / (number - 1)
    spread = between + (size - 1) * within
    return min(1.0, max(0.0, (between - within) / spread)) if spread > 0 else 1.0


def effective(total: int, squares: int, alike: float) -> float:
    """How many independent tasks so many are worth; `squares` is the sum of the squares of how many of them
    each document has."""
    return total / (1 + (squares / total - 1) * alike) if total else 0.0


def _where(holds: Callable[[float], bool]) -> float:
    """The share from which on it holds."""
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if holds(middle):
            high = middle
        else:
            low = middle
    return high


def _beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, by its continued fraction (Lentz)."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta(1 - x, b, a)
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    found = d
    for m in range(1, _TERMS):
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / ((1 + step * d) or _TINY)
            c = (1 + step / c) or _TINY
            found *= c * d
        if abs(c * d - 1) < 1e-13:
            break
    return min(1.0, front * found / a)
