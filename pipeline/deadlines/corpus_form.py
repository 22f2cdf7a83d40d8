"""How the examples corpus is written: values, and phrases that mean one of them or nothing.

`means(value, "phrase", …)` gives one example a phrase, read with the document's date `issued`;
`clause("text", ("phrase", value), …)` shows the deadlines that stand in a whole clause,
`nothing("class", "phrase", …)` gives texts in which no deadline may be found, by look-alike class.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pipeline.deadlines.values import BEFORE_ISSUE, MONTH_ASSUMED, YEAR_ASSUMED
from pipeline.types import DeadlineKind

ISSUED = "2024-03-05"


@dataclass(frozen=True, slots=True)
class Value:
    """A deadline's normal form."""

    kind: DeadlineKind
    date: dt.date | None = None
    time: dt.time | None = None
    rrule: str | None = None
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Example:
    """A phrase, the document's date, and what it means."""

    phrase: str
    issued_on: dt.date | None
    value: Value


@dataclass(frozen=True, slots=True)
class InClause:
    """A whole clause and its deadlines, left to right: the words of each and what they mean."""

    text: str
    found: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Negative:
    """A text without any deadline, and the class of look-alike it holds ("" for plain ones)."""

    text: str
    kind: str


def on(day: str, *flags: str, at: str | None = None) -> Value:
    """A day (ISO), with its hour and flags."""
    time = dt.time.fromisoformat(at) if at else None
    return Value(DeadlineKind.DATE, dt.date.fromisoformat(day), time, None, frozenset(flags))


def coming(day: str, *flags: str, at: str | None = None) -> Value:
    """A day whose year the document's date gives."""
    return on(day, YEAR_ASSUMED, *flags, at=at)


def this_month(day: str) -> Value:
    """A day whose month the document's date gives."""
    return on(day, MONTH_ASSUMED)


def past(day: str, *flags: str) -> Value:
    """A day before the document's own."""
    return on(day, BEFORE_ISSUE, *flags)


def every(rrule: str | None, *flags: str, at: str | None = None) -> Value:
    """A recurrence; None where the words do not fix it."""
    time = dt.time.fromisoformat(at) if at else None
    return Value(DeadlineKind.RECURRING, None, time, rrule, frozenset(flags))


def undated(*flags: str, at: str | None = None) -> Value:
    """A day that cannot be known without the document's date."""
    time = dt.time.fromisoformat(at) if at else None
    return Value(DeadlineKind.DATE, None, time, None, frozenset(flags))


RELATIVE = Value(DeadlineKind.RELATIVE)
EVENT = Value(DeadlineKind.EVENT)
ONGOING = Value(DeadlineKind.ONGOING)


def means(value: Value, *phrases: str, issued: str | None = ISSUED) -> tuple[Example, ...]:
    """One example for each phrase."""
    date = dt.date.fromisoformat(issued) if issued else None
    return tuple(Example(phrase, date, value) for phrase in phrases)


def clause(text: str, *found: tuple[str, Value]) -> InClause:
    """A clause, read with the document's date `ISSUED`, and the deadlines in it."""
    return InClause(text, found)


def nothing(kind: str, *texts: str) -> tuple[Negative, ...]:
    """One negative for each text."""
    return tuple(Negative(text, kind) for text in texts)
