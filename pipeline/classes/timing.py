"""A deadline in, the class of a task's timing out."""

from __future__ import annotations

from pipeline.types import Deadline, DeadlineKind

_TIMINGS = {
    DeadlineKind.DATE: "dated",
    DeadlineKind.EVENT: "event",
    DeadlineKind.RELATIVE: "relative",
    DeadlineKind.RECURRING: "recurring",
    DeadlineKind.ONGOING: "ongoing",
    DeadlineKind.NONE: "undated",
}


def timing_of(deadline: Deadline | None) -> str:
    """A key of `TIMINGS` (pipeline/labels.py): of a task without deadline "undated"."""
    return _TIMINGS[deadline.kind] if deadline else "undated"
