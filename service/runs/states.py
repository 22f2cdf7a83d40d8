"""How a run stands."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """How a run stands; CUT_OFF is never stored: its process gives no sign of life any more."""

    RUNNING = "running"
    ENDED = "ended"
    STOPPED = "stopped"
    CUT_OFF = "cut_off"
