"""Which of several readings is the item's deadline, by the labelling guide."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.types import Deadline, DeadlineKind

_RANK = (
    DeadlineKind.DATE,
    DeadlineKind.RECURRING,
    DeadlineKind.RELATIVE,
    DeadlineKind.EVENT,
    DeadlineKind.ONGOING,
)


def choose(readings: Sequence[Deadline], text: str) -> Deadline | None:
    """The item's deadline among `readings` of its `text`, None if there is none.

    The strongest kind wins (a date before a recurrence, an event, "thường xuyên"); of several dates
    the last day, of several others the first named.
    """
    for kind in _RANK:
        same = [reading for reading in readings if reading.kind is kind]
        if same and kind is DeadlineKind.DATE:
            return _final(same)
        if same:
            return same[0]
    return None


def _final(dates: Sequence[Deadline]) -> Deadline:
    known = [reading for reading in dates if reading.date is not None]
    if not known:
        return dates[-1]
    return max(known, key=lambda reading: (reading.date, reading.span.start))
