"""The lease ledger: which work is to be done, by whom it is held, and how it ended.

A job is known by (kind, key) and enqueued once. A worker claims it for some seconds and gets a
`Lease` with a fencing token that only grows; only the holder of the current token may end the job,
so a worker that was thought dead and comes back late cannot write. All times are by the database's
clock. A `Ledger` works inside its caller's transaction: what a job produces and the job's end are
committed together. Who uses it, and what it promises: docs/ledger.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CursorResult,
    Float,
    Select,
    Update,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from service.database import now
from service.tables import Job
from service.turns import turn_of_one_begun, turns

_AT_ONCE = 1000  # jobs of one statement
_WOKEN = 100  # of what is due again, the longest due first


class State(StrEnum):
    """A job's state. LATER is READY from its time on, LEASED once its lease has run out."""

    READY = "ready"
    LATER = "later"
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

    # ------------------------------------------------------------ work comes in

    def enqueue(self, kind: str, keys: Iterable[str], *, source: str = "", share: int = 1) -> int:
        """Adds the jobs that are not yet known; how many those were. Sources take turns, one of a greater
        share gets more of them (service/turns.py)."""
        fresh = list(dict.fromkeys(keys))
        if not fresh:
            return 0
        known = {"kind": kind, "source": source, "state": State.READY, "attempts": 0, "token": 0}
        adding = _adding(self._session.get_bind().dialect.name, known)
        given = turns(self._session, kind, source, share, State.READY)
        rows = [{"key": key, "turn": turn} for key, turn in zip(fresh, given, strict=False)]
        return sum(
            len(self._session.execute(adding, rows[begin : begin + _AT_ONCE]).all())
            for begin in range(0, len(rows), _AT_ONCE)
        )

    # ------------------------------------------------------------ work is taken

    def take(self, kind: str, key: str, *, owner: str, seconds: float) -> Lease | None:
        """Adds a job that is begun at once; None where it is known."""
        taking = _taking(self._session.get_bind().dialect.name)
        given = {"of_kind": kind, "of_key": key, "of_owner": owner, "for_seconds": seconds}
        job = self._session.scalar(taking, given)
        return None if job is None else Lease(job, kind, key, 1, 1)

    def claim(
        self, kind: str, *, owner: str, seconds: float, key: str | None = None, most_attempts: int = 3
    ) -> Lease | None:
        """Leases the next free job (or the one of this `key`) for `seconds`; None where none is free."""
        if key is None:
            taken = self.claim_many(kind, 1, owner=owner, seconds=seconds, most_attempts=most_attempts)
        else:
            its_own = [Job.kind == kind, Job.key == key, _is_free(), Job.attempts < most_attempts]
            taken = self._lease(select(Job.id).where(*its_own), owner, seconds)
        return taken[0] if taken else None

    def claim_many(
        self, kind: str, most: int, *, owner: str, seconds: float, most_attempts: int = 3
    ) -> list[Lease]:
        """Leases up to `most` free jobs for `seconds`, in the order of their turns."""
        self._wake(kind)
        free = [Job.kind == kind, Job.state == State.READY, Job.attempts < most_attempts]
        return self._lease(select(Job.id).where(*free).order_by(Job.turn, Job.id).limit(most), owner, seconds)

    def has_free(self, kind: str) -> bool:
        """Whether there is a job to claim; takes no lock."""
        ready = select(Job.id).where(Job.kind == kind, Job.state == State.READY).order_by(Job.turn, Job.id)
        return any(self._session.scalar(some.limit(1)) is not None for some in (ready, _due(kind)))

    # ------------------------------------------------------------ work is held

    def renew(self, leases: Iterable[Lease], seconds: float) -> int:
        """A sign of life: prolongs those of the leases that are still held; how many."""
        mine = [and_(*_held(lease)) for lease in leases]
        return self._change([or_(*mine)], state=State.LEASED, due_at=now() + seconds) if mine else 0

    def complete(self, lease: Lease, outcome: str) -> None:
        """Ends the job well; raises `LeaseLost` unless the token is the current one."""
        given = {"its_job": lease.job, "its_token": lease.token, "ended_as": outcome}
        result = self._session.connection().execute(_completing(), given)
        if not result.rowcount:
            raise LeaseLost(lease.key)

    def fail(self, lease: Lease, reason: str, message: str = "", *, retry_in: float | None = None) -> None:
        """Ends the job as failed, or puts it back for `retry_in` seconds; raises `LeaseLost` as above."""
        if retry_in is None:
            self._end(lease, **_failed(reason, message))
        else:
            self._end(lease, reason=reason, message=message, **_put_back(retry_in))

    def defer(self, lease: Lease, seconds: float) -> None:
        """Puts the job back for some seconds, not counted as an attempt; raises `LeaseLost` as `complete`."""
        self._end(lease, attempts=Job.attempts - 1, **_put_back(seconds))

    # ------------------------------------------------------------ work is freed

    def bury(
        self, kind: str, most_attempts: int, reason: str, message: str = "", *, key: str | None = None
    ) -> list[str]:
        """Fails free jobs (all of the kind, or the one of this `key`) that were begun `most_attempts` times
        and never ended; their keys."""
        tried = [Job.kind == kind, Job.attempts >= most_attempts, _is_free()]
        if key is not None:
            tried.append(Job.key == key)
        ended = update(Job).where(*tried).values(**_let_go(), **_failed(reason, message)).returning(Job.key)
        return list(self._session.scalars(ended.execution_options(synchronize_session=False)))

    def release(self, owner: str, *, blameless: bool = False) -> int:
        """Frees at once what `owner` holds, since it is dead or stops; how many. A blameless stop does
        not count as an attempt."""
        attempts = Job.attempts - 1 if blameless else Job.attempts
        return self._change([Job.owner == owner], **_let_go(), state=State.READY, attempts=attempts)

    def retry(self, kind: str, keys: Iterable[str] | None = None) -> int:
        """Frees failed jobs (all of the kind, or these) for another try; how many."""
        which: list[ColumnElement[bool]] = [Job.kind == kind, Job.state == State.FAILED]
        if keys is not None:
            which.append(Job.key.in_(list(keys)))
        return self._change(which, state=State.READY, attempts=0, outcome="", finished_at=None)

    # ------------------------------------------------------------ looking

    def find(self, kind: str, key: str) -> Entry | None:
        """The job as it stands, or None; what is due again, or held by an expired lease, shows as READY."""
        state = case((Job.due_at <= now(), State.READY), else_=Job.state)
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

    # ------------------------------------------------------------ inside

    def _wake(self, kind: str) -> None:
        """What is due again is READY: so the next job is found in one index, without a look at those that are
        held or wait. A holder who is late keeps his right until another takes the job. Walked in the index's
        order, in which PostgreSQL marks dead entries to be passed over from then on."""
        longest = _due(kind).order_by(Job.due_at).limit(_WOKEN)
        due = longest.with_for_update(skip_locked=True).cte("due")
        self._change([Job.id.in_(select(due.c.id))], state=State.READY, due_at=None)

    def _lease(self, which: Select[int], owner: str, seconds: float) -> list[Lease]:
        first = which.with_for_update(skip_locked=True).cte("first")  # PostgreSQL; SQLite has but one writer
        taking = (
            update(Job)
            .where(Job.id.in_(select(first.c.id)))
            .values(
                state=State.LEASED,
                owner=owner,
                token=Job.token + 1,
                attempts=Job.attempts + 1,
                due_at=now() + seconds,
            )
            .returning(Job.turn, Job.id, Job.kind, Job.key, Job.token, Job.attempts)
        )
        taken = self._session.execute(taking.execution_options(synchronize_session=False)).tuples()
        return [Lease(*row[1:]) for row in sorted(taken)]

    def _end(self, lease: Lease, **values: Any) -> None:
        if not self._change(_held(lease), **_let_go() | values):
            raise LeaseLost(lease.key)

    def _change(self, which: list[ColumnElement[bool]], **values: Any) -> int:
        statement = update(Job).where(*which).values(**values)
        result = self._session.execute(statement.execution_options(synchronize_session=False))
        assert isinstance(result, CursorResult)
        return result.rowcount


def _adding(dialect: str, values: dict[str, Any]) -> ReturningInsert[int]:
    """Adds jobs that are not yet known."""
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    fresh = values | {"outcome": "", "reason": "", "message": "", "created_at": now()}
    return insert(Job.__table__).values(fresh).on_conflict_do_nothing().returning(Job.id)  # type: ignore[arg-type]


@cache
def _taking(dialect: str) -> ReturningInsert[int]:
    kind: BindParameter[str] = bindparam("of_kind")
    values: dict[str, Any] = {"kind": kind, "key": bindparam("of_key"), "source": "", "state": State.LEASED}
    values |= {"attempts": 1, "token": 1, "owner": bindparam("of_owner")}
    values |= {"due_at": now() + bindparam("for_seconds", type_=Float)}
    return _adding(dialect, values | {"turn": turn_of_one_begun(dialect, kind, State.READY)})


@cache
def _completing() -> Update:
    held = [Job.id == bindparam("its_job"), Job.token == bindparam("its_token"), Job.owner.is_not(None)]
    values = {"state": State.DONE, "outcome": bindparam("ended_as"), "reason": "", "message": ""}
    return update(Job).where(*held).values(_let_go() | values | {"finished_at": now()})


def _is_free() -> ColumnElement[bool]:
    return or_(Job.state == State.READY, Job.due_at <= now())


def _due(kind: str) -> Select[int]:
    """Expired leases, and jobs that were put back until now."""
    return select(Job.id).where(Job.kind == kind, Job.due_at <= now())


def _held(lease: Lease) -> list[ColumnElement[bool]]:
    return [Job.id == lease.job, Job.token == lease.token, Job.owner.is_not(None)]


def _let_go() -> dict[str, Any]:
    return {"owner": None, "due_at": None}


def _put_back(seconds: float) -> dict[str, Any]:
    return {"state": State.LATER, "due_at": now() + seconds} if seconds > 0 else {"state": State.READY}


def _failed(reason: str, message: str) -> dict[str, Any]:
    ended = {"state": State.FAILED, "outcome": "failed", "finished_at": now()}
    return ended | {"reason": reason, "message": message}
