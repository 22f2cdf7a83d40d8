"""Which of several readings is the item's deadline, by the labelling guide."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from pipeline.deadlines.values import YEAR_ASSUMED, YEAR_MISSING
from pipeline.types import Deadline, DeadlineKind

_RANK = {
    DeadlineKind.DATE: 5,
    DeadlineKind.RELATIVE: 3,
    DeadlineKind.RECURRING: 2,
    DeadlineKind.EVENT: 1,
    DeadlineKind.ONGOING: 0,
}
_EXACT = 4
_RANGES = frozenset({"from.range", "clause.range", "within_range"})
_FIGURES = re.compile(r"(\d{1,2})(?:(?:\s?/\s?|\s+tháng\s+)(\d{1,2})\b)?")


def choose(readings: Sequence[Deadline], text: str) -> Deadline | None:
    """The item's deadline among `readings` of its `text`, None if there is none.

    The strongest kind wins (a date, a recurrence with its day, a term, a bare recurrence, an event,
    "thường xuyên"); of several dates the last day, of several others the first named. "Hằng tháng
    … trước ngày 25" is one recurrence.
    """
    if not readings:
        return None
    joined = _joined(readings)
    if joined is not None:
        return joined
    readings = _without_frames(readings)
    best = max(map(_rank, readings))
    same = [reading for reading in readings if _rank(reading) == best]
    if best == _RANK[DeadlineKind.DATE]:
        return max(same, key=lambda reading: (reading.date or dt.date.min, reading.span.start))
    return next((reading for reading in same if reading.rrule), same[0])  # "định kỳ … hằng tháng"


def _rank(reading: Deadline) -> int:
    if reading.kind is DeadlineKind.RECURRING and "BY" in (reading.rrule or ""):
        return _EXACT
    return _RANK.get(reading.kind, 0)


def _without_frames(readings: Sequence[Deadline]) -> Sequence[Deadline]:
    """Readings without the dates that belong to a recurrence.

    A range beside "hằng ngày" ("từ ngày A đến ngày B") frames it; a day without year beside a
    yearly day ("trước 10/6 và … trước 10/12 hằng năm") comes again with it.
    """
    rrules = [reading.rrule or "" for reading in readings]
    if any(rrule.startswith(("FREQ=DAILY", "FREQ=WEEKLY")) for rrule in rrules):
        return [reading for reading in readings if reading.rule not in _RANGES]
    if any("BYMONTH=" in rrule for rrule in rrules):
        return [reading for reading in readings if YEAR_ASSUMED not in reading.flags]
    return readings


def _joined(readings: Sequence[Deadline]) -> Deadline | None:
    """A recurrence whose day stands later in the sentence."""
    days = [reading for reading in readings if reading.kind is DeadlineKind.DATE]
    if len(days) != 1 or not days[0].rule.startswith(("before", "until")):
        return None
    day = days[0]
    for reading in readings:
        on = _day_in(reading.rrule or "", day)
        if on and reading.span.start < day.span.start:
            rrule = f"{reading.rrule};{on}"
            words = f"{reading.text} + {day.text} → {rrule}"
            parts = (reading.rule, *reading.parts, day.rule, *day.parts)
            return Deadline(day.span, day.text, reading.kind, None, day.time, rrule, "joined", parts, words)
    return None


def _day_in(rrule: str, day: Deadline) -> str:
    """The BY-part that a day without year (or month) adds to a bare recurrence, "" if none."""
    figures = _FIGURES.findall(day.text)
    if not figures or "BY" in rrule:
        return ""
    number, month = int(figures[-1][0]), figures[-1][1]
    if (
        rrule.startswith("FREQ=MONTHLY")
        and not month
        and (day.rule == "until.day_number" or {"day.of_next_month", "month.next"} & set(day.parts))
    ):
        return f"BYMONTHDAY={number}"
    yearly = YEAR_ASSUMED in day.flags or YEAR_MISSING in day.flags or "day.next_year" in day.parts
    if rrule == "FREQ=YEARLY" and month and yearly:
        return f"BYMONTH={int(month)};BYMONTHDAY={number}"
    return ""
