"""Which of several readings is the item's deadline, by the labelling guide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pipeline.types import Deadline, DeadlineKind

_RANK = {
    DeadlineKind.DATE: 5,
    DeadlineKind.RELATIVE: 3,
    DeadlineKind.RECURRING: 2,
    DeadlineKind.EVENT: 1,
    DeadlineKind.ONGOING: 0,
}
_EXACT = 4


def choose(readings: Sequence[Deadline], text: str) -> Deadline | None:
    """The item's deadline among `readings` of its `text`, None if there is none.

    The strongest kind wins (a date, a recurrence with its day, a term, a bare recurrence, an event,
    "thường xuyên"); of several dates the last day, of several others the first named.
    """
    if not readings:
        return None
    best = max(map(_rank, readings))
    same = [reading for reading in readings if _rank(reading) == best]
    if best == _RANK[DeadlineKind.DATE]:
        return max(same, key=lambda reading: (reading.date or dt.date.min, reading.span.start))
    return same[0]


def _rank(reading: Deadline) -> int:
    if reading.kind is DeadlineKind.RECURRING and "BY" in (reading.rrule or ""):
        return _EXACT
    return _RANK.get(reading.kind, 0)
