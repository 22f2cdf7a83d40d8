"""Which answer to a sender is wanted; apart from what makes it, so that a command starts fast."""

from __future__ import annotations

from enum import StrEnum


class Asked(StrEnum):
    """The answer that is wanted; `CURRENT` is what the book knows."""

    CURRENT = "current"
    ARRIVED = "arrived"
    REFUSED = "refused"
    RECEIVED = "received"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    RECALL_ASKED = "recall_asked"
    CHANGE_AGREED = "change_agreed"
    CHANGE_REFUSED = "change_refused"
