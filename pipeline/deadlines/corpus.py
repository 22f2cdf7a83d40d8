"""The examples corpus of the deadline rules: phrases with their values, and texts without any.

All wording is our own. The corpus is the specification of the rules: every phrase has exactly one
reading that covers it, every rule and every look-alike class occurs in one.
"""

from __future__ import annotations

from pipeline.deadlines import (
    corpus_cells,
    corpus_clauses,
    corpus_clerks_dated,
    corpus_clerks_undated,
    corpus_counted,
    corpus_days,
    corpus_events,
    corpus_nothing,
    corpus_periods,
    corpus_recurring,
)
from pipeline.deadlines.corpus_form import Example, InClause, Negative

EXAMPLES: tuple[Example, ...] = (
    *corpus_days.EXAMPLES,
    *corpus_periods.EXAMPLES,
    *corpus_counted.EXAMPLES,
    *corpus_recurring.EXAMPLES,
    *corpus_events.EXAMPLES,
    *corpus_clerks_dated.EXAMPLES,
    *corpus_clerks_undated.EXAMPLES,
)
CELLS: tuple[Example, ...] = corpus_cells.EXAMPLES
OTHER_EVENTS: tuple[Example, ...] = corpus_cells.OTHER_EVENTS
CLAUSES: tuple[InClause, ...] = corpus_clauses.CLAUSES
NEGATIVES: tuple[Negative, ...] = corpus_nothing.NEGATIVES
