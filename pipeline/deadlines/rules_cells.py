"""Rules for a cell of a column "Thời hạn": there a bare period, day or recurrence is the deadline."""

from __future__ import annotations

from pipeline.deadlines.values import Context, Length, Reading, Unit, When, dated
from pipeline.rules import Rule, same
from pipeline.types import DeadlineKind


def _period(context: Context, when: When) -> Reading | None:
    return dated(when, context)


def _year(context: Context, year: int) -> Reading | None:
    return dated(When(Unit.YEAR, year), context)


def _length(_: Context, length: Length) -> Reading:
    return Reading(DeadlineKind.RELATIVE, words=f"{length}, không nói tính từ đâu")


RULES = (
    Rule("cell.period", "CELL", "WHEN", _period),
    Rule("cell.year", "CELL", "YEAR", _year),
    Rule("cell.length", "CELL", "LENGTH", _length),
    Rule("cell.deadline", "CELL", "DEADLINE", same),
)
