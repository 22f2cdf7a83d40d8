"""The lease ledger: which work is to be done, by whom it is held, and how it ended.

A job is known by (kind, key) and enqueued once. A worker claims it for some seconds and gets a
`Lease` with a fencing token that only grows; only the holder of the current token may end the job,
so a worker that was thought dead and comes back late cannot write. All times are by the database's
clock. A `Ledger` works inside its caller's transaction: what a job produces and the job's end are
committed together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, and_, case, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from service.database import now
from service.tables import Job


class State(StrEnum):
    """A job's state; LEASED with a lease in the past counts as READY."""

    READY = "ready"
    LEASED = "leased"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to work on a job until it expires; `token` proves it."""

    job: int
    kind: str
    key: str
    token: int
    attempts: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A job as it stands: `outcome` and `reason` once it has ended."""

    key: str
    state: State
    attempts: int
    outcome: str
    reason: str
    message: str


class LeaseLost(Exception):  # noqa: N818 - says what happened
    """The lease expired and another worker has the job: this one's result must not be kept."""


class Ledger:
    """The jobs table as seen from one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def enqueue(self, kind: str, keys: Iterable[str], *, priority: int = 0) -> int:
        """Adds the jobs that are not yet known; how many those were. Higher priority goes first."""
        rows = [_fresh(kind, key, priority) for key in dict.fromkeys(keys)]
        if not rows:
            return 0
        dialect = self._session.get_bind().dialect.name
        insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
        times = {"next_attempt_at": now(), "created_at": now()}
        added = 0
        for row in rows:
            statement = insert(Job).values(row | times).on_conflict_do_nothing().returning(Job.id)
            added += self._session.execute(statement).first() is not None
        return added

    def claim(
        self, kind: str, *, owner: str, seconds: float, key: str | None = None, most_attempts: int = 3
    ) -> Lease | None:
        """Leases the next free job (or the one of this `key`) for `seconds`; None where none is free."""
        free = [Job.kind == kind, Job.attempts < most_attempts, Job.next_attempt_at <= now(), _is_free()]
        if key is not None:
            free.append(Job.key == key)
        first = (
            select(Job.id)
            .where(*free)
            .order_by(Job.priority.desc(), Job.id)
            .limit(1)
            .with_for_update(skip_locked=True)  # PostgreSQL; SQLite has but one writer
            .scalar_subquery()
        )
        taken = self._session.execute(
            update(Job)
            .where(Job.id == first)
            .values(
                state=State.LEASED,
                owner=owner,
                token=Job.token + 1,
                attempts=Job.attempts + 1,
                lease_until=now() + seconds,
            )
            .returning(Job.id, Job.kind, Job.key, Job.token, Job.attempts)
            .execution_options(synchronize_session=False)
        ).first()
        return Lease(*taken) if taken else None

    def has_free(self, kind: str) -> bool:
        """Whether there is a job to claim; takes no lock."""
        free = [Job.kind == kind, Job.next_attempt_at <= now(), _is_free()]
        return self._session.scalar(select(Job.id).where(*free).limit(1)) is not None

    def defer(self, lease: Lease, seconds: float) -> None:
        """Puts the job back for some seconds, not counted as an attempt; raises `LeaseLost` as `complete`."""
        self._end(lease, state=State.READY, attempts=Job.attempts - 1, next_attempt_at=now() + seconds)

    def renew(self, leases: Iterable[Lease], seconds: float) -> int:
        """A sign of life: prolongs those of the leases that are still held; how many."""
        mine = [and_(Job.id == lease.job, Job.token == lease.token) for lease in leases]
        if not mine:
            return 0
        return self._change([or_(*mine), Job.state == State.LEASED], lease_until=now() + seconds)

    def complete(self, lease: Lease, outcome: str) -> None:
        """Ends the job well; raises `LeaseLost` unless the token is the current one."""
        self._end(lease, state=State.DONE, outcome=outcome, reason="", message="", finished_at=now())

    def fail(self, lease: Lease, reason: str, message: str = "", *, retry_in: float | None = None) -> None:
        """Ends the job as failed, or puts it back for `retry_in` seconds; raises `LeaseLost` as above."""
        if retry_in is None:
            self._end(
                lease,
                state=State.FAILED,
                outcome="failed",
                reason=reason,
                message=message,
                finished_at=now(),
            )
        else:
            self._end(
                lease,
                state=State.READY,
                reason=reason,
                message=message,
                next_attempt_at=now() + retry_in,
            )

    def bury(self, kind: str, most_attempts: int, reason: str, message: str = "") -> int:
        """Fails the free jobs that were begun `most_attempts` times and never ended; how many."""
        return self._change(
            [Job.kind == kind, Job.attempts >= most_attempts, _is_free()],
            state=State.FAILED,
            outcome="failed",
            reason=reason,
            message=message,
            finished_at=now(),
        )

    def release(self, owner: str, *, blameless: bool = False) -> int:
        """Frees at once what `owner` holds, since it is dead or stops; how many. A blameless stop does
        not count as an attempt."""
        attempts = Job.attempts - 1 if blameless else Job.attempts
        held = [Job.owner == owner, Job.state == State.LEASED]
        return self._change(held, state=State.READY, owner="", attempts=attempts)

    def retry(self, kind: str, keys: Iterable[str] | None = None) -> int:
        """Frees failed jobs (all of the kind, or these) for another try; how many."""
        which: list[ColumnElement[bool]] = [Job.kind == kind, Job.state == State.FAILED]
        if keys is not None:
            which.append(Job.key.in_(list(keys)))
        return self._change(
            which, state=State.READY, attempts=0, outcome="", finished_at=None, next_attempt_at=now()
        )

    def find(self, kind: str, key: str) -> Entry | None:
        """The job as it stands, or None; an expired lease shows as READY."""
        state = case((_is_free(), State.READY), else_=Job.state)
        row = self._session.execute(
            select(Job.key, state, Job.attempts, Job.outcome, Job.reason, Job.message).where(
                Job.kind == kind, Job.key == key
            )
        ).first()
        return Entry(row[0], State(row[1]), *row[2:]) if row else None

    def counts(self, kind: str) -> dict[str, int]:
        """How many jobs of the kind are in each state."""
        of_kind = select(Job.state, func.count()).where(Job.kind == kind).group_by(Job.state)
        return dict(iter(self._session.execute(of_kind).tuples()))

    def _end(self, lease: Lease, **values: Any) -> None:
        mine = [Job.id == lease.job, Job.token == lease.token, Job.state == State.LEASED]
        if not self._change(mine, owner="", **values):
            raise LeaseLost(lease.key)

    def _change(self, which: list[ColumnElement[bool]], **values: Any) -> int:
        statement = update(Job).where(*which).values(**values)
        result = self._session.execute(statement.execution_options(synchronize_session=False))
        assert isinstance(result, CursorResult)
        return result.rowcount


def _is_free() -> ColumnElement[bool]:
    expired = and_(Job.state == State.LEASED, Job.lease_until < now())
    return or_(Job.state == State.READY, expired)


def _fresh(kind: str, key: str, priority: int) -> dict[str, Any]:
    return {
        "kind": kind,
        "key": key,
        "priority": priority,
        "state": State.READY,
        "attempts": 0,
        "token": 0,
        "owner": "",
        "lease_until": 0.0,
        "outcome": "",
        "reason": "",
        "message": "",
    }
