"""What failed and waits to be looked at, as seen from one transaction: known by its hash, let go for another
try. A file that failed was never cleared, so neither its name nor its bytes are kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from service.audit.log import Audit
from service.ledger import Ledger, State
from service.reader import KIND
from service.tables import Job

_TOLD = 100  # hashes that the audit names one by one


@dataclass(frozen=True, slots=True)
class Held:
    """A file that failed: why, after how many tries, when it ended (seconds since 1970)."""

    id: int
    sha256: str
    reason: str
    message: str
    attempts: int
    at: float


class Quarantine:
    """The failed jobs of reading."""

    def __init__(self, session: Session, ledger: Ledger, audit: Audit) -> None:
        self._session = session
        self._ledger = ledger
        self._audit = audit

    def held(self, *, reason: str = "", before: int | None = None, most: int | None = None) -> list[Held]:
        """The latest first, behind the one of the id `before`."""
        which = [*_failed(reason)]
        if before is not None:
            which.append(Job.id < before)
        columns = (Job.id, Job.key, Job.reason, Job.message, Job.attempts, Job.finished_at)
        query = select(*columns).where(*which).order_by(Job.id.desc()).limit(most)
        return [Held(*row[:5], row[5] or 0.0) for row in self._session.execute(query).tuples()]

    def counts(self) -> dict[str, int]:
        """How many of each reason, most first."""
        query = select(Job.reason, func.count()).where(*_failed("")).group_by(Job.reason)
        ordered = query.order_by(func.count().desc(), Job.reason)
        return dict(iter(self._session.execute(ordered).tuples()))

    def release(self, actor: str, hashes: Collection[str] | None = None, reason: str = "") -> int:
        """Lets go of these, of those of a reason, or of all: the next run that meets them tries again.
        How many; the audit tells of it where there were any."""
        which = _failed(reason)
        if hashes is not None:
            which.append(Job.key.in_(list(hashes)))
        keys = list(self._session.scalars(select(Job.key).where(*which).order_by(Job.id)))
        freed = sum(self._ledger.retry(KIND, part) for part in _parts(keys))
        if freed:
            told: dict[str, Any] = {"count": freed} | ({"failure": reason} if reason else {})
            self._audit.add(actor, "released", "quarantine", {"after": told | {"sha256": keys[:_TOLD]}})
        return freed


def _failed(reason: str) -> list[ColumnElement[bool]]:
    which = [Job.kind == KIND, Job.state == State.FAILED]
    return [*which, Job.reason == reason] if reason else which


def _parts(keys: Sequence[str]) -> list[Sequence[str]]:
    """In portions that both databases take as parameters."""
    return [keys[at : at + 500] for at in range(0, len(keys), 500)]
