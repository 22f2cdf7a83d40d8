"""Whether a process was told to end, asked by long work between two pieces, so that none holds it up."""

from __future__ import annotations

from collections.abc import Callable

Ending = Callable[[], bool]
"""Says whether to leave off; what was left is taken up again by whoever comes next."""


def never() -> bool:
    """For work that is to be done to its end."""
    return False
