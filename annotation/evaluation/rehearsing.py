"""The same documents read by two models in, the tasks that they see otherwise out, for whoever promotes.

A model of `confidence` adds and loses no task; what it changes is how sure a task looks, and with it where
the task stands in the queue and whether it is filed without a look.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotation.evaluation.calibration import right_of
from annotation.evaluation.comparing import Comparison


@dataclass(frozen=True, slots=True)
class Moved:
    """A task that one model holds likelier complete than the other; `right` is whether it is."""

    document: str
    text: str
    before: float
    after: float
    right: bool

    @property
    def better(self) -> bool:
        """Whether the second model is nearer to the truth."""
        return (self.after > self.before) == self.right


def moved(first: Sequence[Comparison], second: Sequence[Comparison], least: float) -> list[Moved]:
    """The tasks whose probability differs by `least` or more, those that move most first. Both are the same
    documents in the same order, read once."""
    found = []
    for one, other in zip(first, second, strict=True):
        matches = {match.found: match for match in one.matches}
        for at, (before, after) in enumerate(zip(one.found_tasks, other.found_tasks, strict=True)):
            was, now = before["confidence"], after["confidence"]
            if was != now and abs(now - was) >= least:
                right = right_of(matches.get(at), "complete") is True
                found.append(Moved(one.id, before["text"], was, now, right))
    return sorted(found, key=lambda it: (-abs(it.after - it.before), it.document, it.text))
