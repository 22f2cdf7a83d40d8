"""Fairness between the sources of work (start-time fair queueing): the turns of new jobs.

Jobs are claimed by turn. A source's jobs stand one step apart, behind its last open one and behind the
job that is claimed next, so that sources with open work take turns however much each has, and who comes
later waits for no more than a round. A source with a greater share stands in smaller steps: with a share of
16 it gets 16 jobs for one of another, which waits but never for ever.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from sqlalchemy import BindParameter, ColumnElement, func, literal, select
from sqlalchemy.orm import Session

from service.tables import Job

PEOPLE = 16
"""The share of what a person waits for, beside an archive's of 1."""


def turns(session: Session, kind: str, source: str, share: int, waiting: str) -> Iterator[float]:
    """The turns of a source's next jobs, rising; `waiting` is the state of what can be claimed.

    Two that ask at the same time may be given the same: the older job then goes first.
    """
    open_of_kind = (Job.kind == kind, Job.finished_at.is_(None))
    next_up = select(func.min(Job.turn)).where(Job.kind == kind, Job.state == waiting)
    its_last = select(func.max(Job.turn)).where(*open_of_kind, Job.source == source)
    found = session.execute(select(next_up.scalar_subquery(), its_last.scalar_subquery())).one()
    clock, last = found
    if clock is None:  # all is under way or put back: behind that
        clock = session.scalar(select(func.max(Job.turn)).where(*open_of_kind))
    begin = max(clock or 0.0, last or 0.0)
    return (begin + step / share for step in count(1))


def turn_of_one_begun(dialect: str, kind: BindParameter[str], waiting: str) -> ColumnElement[float]:
    """The turn of a job of no source that is begun as it is added, as SQL: it stands there should it be put
    back."""
    next_up = select(func.min(Job.turn)).where(Job.kind == kind, Job.state == waiting)
    its_last = select(func.max(Job.turn)).where(
        Job.kind == kind, Job.finished_at.is_(None), Job.source == literal("")
    )
    greatest = func.greatest if dialect == "postgresql" else func.max
    known = (func.coalesce(one.scalar_subquery(), 0.0) for one in (next_up, its_last))
    return greatest(*known) + 1.0
