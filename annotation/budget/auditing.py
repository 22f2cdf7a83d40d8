"""What the audit sample showed in, whether it breaks the promise out.

The sample is looked at after every task that is judged, so a test for one look would cry out too often.
This is Page's (E. S. Page, Continuous inspection schemes, 1954): Wald's sequential likelihood ratio of
"three times as many wrong as promised" against "as many as promised", begun anew whenever it speaks for the
promise, so that a long good time does not hide a bad one. It cries out at a ratio of 20. Audited tasks
count one by one: a few of one document are drawn at most, and where these fall together it stops rather too
early than too late.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from annotation.budget.bounds import at_least, upper

BROKEN = math.log(20)
"""The evidence at which the promise counts as broken."""
WORSE = 3.0
"""The share of wrong ones that is looked for, in promises."""


@dataclass(frozen=True, slots=True)
class Audit:
    """The audited tasks: how many, how many wrong, the evidence against the promise and its limit; `chance`
    is how likely as many wrong ones are by chance where the promise is just kept (exact binomial)."""

    tasks: int
    wrong: int
    evidence: float
    broken: bool
    chance: float

    @property
    def error(self) -> float | None:
        """The share of wrong ones; None of none."""
        return self.wrong / self.tasks if self.tasks else None

    @property
    def most(self) -> float:
        """The upper 95 % bound of it."""
        return upper(self.wrong, self.tasks)


def audited(right: Iterable[bool], promise: float) -> Audit:
    """The audit of tasks in the order in which they were judged."""
    bad = min(WORSE * promise, (1 + promise) / 2)
    miss, hit = math.log(bad / promise), math.log((1 - bad) / (1 - promise))
    tasks = wrong = 0
    evidence = most = 0.0
    for one in right:
        tasks += 1
        wrong += not one
        evidence = max(0.0, evidence + (hit if one else miss))
        most = max(most, evidence)
    return Audit(tasks, wrong, evidence, most >= BROKEN, at_least(wrong, tasks, promise))
