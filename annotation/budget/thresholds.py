"""Reviewed tasks with their probabilities in, the probability from which on they may be filed unseen out.

A threshold keeps a promise ("at most 1 wrong in 100") where the upper 95 % bound of the share of wrong ones
among the tasks at or above it is within it. Documents are clusters: bounds count the independent tasks that
those of a document are worth (annotation/budget/bounds.py). The bound is that of each threshold by itself;
that the lowest of several is taken makes it a little too hopeful: so an audit sample goes on watching.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotation.budget.bounds import at_most, effective, lower, together, upper
from models.training.reliability import Judged

LEAST_TASKS = 100
"""Reviewed tasks at or above a threshold, without which there is none."""
LEAST_DOCUMENTS = 20
"""The same of documents that they come from."""
SURE = 0.95
_LEVELS = 40  # points of the curve


@dataclass(frozen=True, slots=True)
class Level:
    """What is at or above a threshold: reviewed tasks, their documents, how many are wrong; `worth` how many
    independent tasks they count for."""

    threshold: float
    tasks: int
    documents: int
    wrong: int
    worth: float

    @property
    def error(self) -> float:
        """The share of wrong ones."""
        return self.wrong / self.tasks

    @property
    def bounds(self) -> tuple[float, float]:
        """The lower and upper bound of it, 95 % sure each."""
        fewer = self.error * self.worth
        return lower(fewer, self.worth, SURE), upper(fewer, self.worth, SURE)

    def keeps(self, promise: float) -> bool:
        """Whether the upper bound is within a promise, on enough reviewed tasks."""
        if self.tasks < LEAST_TASKS or self.documents < LEAST_DOCUMENTS:
            return False
        return at_most(self.error * self.worth, self.worth, promise) <= 1 - SURE


def levels(reviewed: Sequence[Judged]) -> Iterator[Level]:
    """Each probability that a reviewed task has, the highest first, as a threshold."""
    documents: dict[str, list[bool]] = {}
    for one in reviewed:
        documents.setdefault(one.document, []).append(one.right)
    alike = together(documents.values())
    sizes: Counter[str] = Counter()
    wrong = squares = 0
    ordered = sorted(reviewed, key=lambda one: -one.likely)
    for at, one in enumerate(ordered):
        squares += 2 * sizes[one.document] + 1  # of the sizes, as one of them grows by one
        sizes[one.document] += 1
        wrong += not one.right
        if at + 1 == len(ordered) or ordered[at + 1].likely < one.likely:  # equal ones go together
            yield Level(one.likely, at + 1, len(sizes), wrong, effective(at + 1, squares, alike))


def chosen(reviewed: Sequence[Judged], promise: float) -> Level | None:
    """The lowest threshold that keeps the promise; None where none does."""
    kept = [level for level in levels(reviewed) if level.keeps(promise)]
    return kept[-1] if kept else None


def curve(reviewed: Sequence[Judged]) -> list[Level]:
    """At most some forty levels, evenly over the tasks, from few tasks to all."""
    found = list(levels(reviewed))
    if not found:
        return []
    wished = [len(reviewed) * step / _LEVELS for step in range(1, _LEVELS + 1)]
    taken: dict[float, Level] = {}
    at = 0
    for wish in wished:
        while found[at].tasks < wish and at + 1 < len(found):
            at += 1
        taken[found[at].threshold] = found[at]
    return list(taken.values())
