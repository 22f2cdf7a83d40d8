"""Two readings of a document side by side: a draft of the rules and what a second reader saw in, where they
agree out.

The second reader decides nothing. That it read the same is a reason to trust a value, that it read otherwise
one to look (pipeline/facts.py, pipeline/reasons.py).
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from pipeline.assignments import Draft
from pipeline.assignments.scope import same_due
from pipeline.text import match_key
from pipeline.types import Deadline, DeadlineKind, SeenTask, Span, UnitMention

_SAME = 0.6  # share of the words of two readings that are one task's, by length
_WORDS = 0.85  # and from which on they are the same words
_PARTS = ("text", "leads", "cooperators", "deadline")
_OPEN = (None, DeadlineKind.NONE, DeadlineKind.ONGOING)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How the second reader read one task; `seen` is None where it saw none there."""

    seen: SeenTask | None
    text: bool = False
    leads: bool = False
    cooperators: bool = False
    deadline: bool = False

    @property
    def whole(self) -> bool:
        """Whether it read everything the same."""
        return self.seen is not None and not self.differs

    @property
    def differs(self) -> tuple[str, ...]:
        """What it read otherwise; nothing where it saw no task to read."""
        return tuple(part for part in _PARTS if self.seen is not None and not getattr(self, part))


class SecondReading:
    """What a second reader saw of a document, found again by place."""

    def __init__(self, seen: Sequence[SeenTask]) -> None:
        self._seen = sorted((one for one in seen if one.spans), key=lambda one: one.spans[0].start)
        self._starts = [one.spans[0].start for one in self._seen]
        self._ends = list(accumulate((one.spans[-1].end for one in self._seen), max))

    def near(self, spans: Sequence[Span]) -> tuple[float, SeenTask | None]:
        """The reading that shares most with these places, and how much, 0 to 1."""
        if not spans:
            return 0.0, None
        first = bisect_right(self._ends, min(span.start for span in spans))
        last = bisect_left(self._starts, max(span.end for span in spans))
        near = [(_shared(spans, one.spans), at) for at, one in enumerate(self._seen[first:last], first)]
        share, at = max(near, default=(0.0, -1))
        return share, self._seen[at] if at >= 0 else None


def agreement(draft: Draft, seen: SecondReading) -> Agreement:
    """What the reading nearest to the draft says of it."""
    share, one = seen.near(draft.spans)
    if one is None or share < _SAME:
        return Agreement(None)
    return Agreement(
        one,
        share >= _WORDS,
        _names(draft.leads) == _names(one.leads),
        _names(draft.cooperators) == _names(one.cooperators),
        _due_alike(draft.deadline, one.deadline),
    )


def agreement_facts(found: Agreement) -> dict[str, float]:
    """The agreement as facts for `pipeline.ports.Estimator`."""
    if found.seen is None:
        return {"second_missed": 1.0}
    likely = min(0.99, max(0.01, found.seen.likely))
    return {
        "second_odds": math.log(likely / (1 - likely)),
        "second_text": float(found.text),
        "second_leads": float(found.leads),
        "second_cooperators": float(found.cooperators),
        "second_deadline": float(found.deadline),
        "second_whole": float(found.whole),
    }


def _shared(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Dice's coefficient of two readings' characters."""
    total = sum(map(len, one)) + sum(map(len, other))
    both = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
    return 2 * both / total if total else 0.0


def _names(units: Iterable[UnitMention]) -> frozenset[str]:
    return frozenset(match_key(unit.name) for unit in units)


def _due_alike(one: Deadline | None, other: Deadline | None) -> bool:
    kinds = (one.kind if one else None, other.kind if other else None)
    if all(kind in _OPEN for kind in kinds):
        return True
    return one is not None and other is not None and same_due(one, other)
