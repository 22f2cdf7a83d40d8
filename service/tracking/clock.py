"""Which moment it is: the database's clock, or the one that a simulation turns."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.database import now

Clock = Callable[[Session], float]
"""A transaction in, seconds since 1970 out."""


def database_clock(session: Session) -> float:
    """The database's own clock, the same for all workers."""
    return float(session.scalar(select(now())) or 0.0)
