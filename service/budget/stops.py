"""When it stopped by itself, within one transaction: noted once, told to who asked for it, in force until it
is switched on again or has passed by itself.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, select, update
from sqlalchemy.orm import Session

from service.database import now
from service.hooks.news import News
from service.tables import Budget, BudgetStop
from service.urging.mailbox import DONE, FAILED, PAUSES, WAITING, MailFault

_HELD = 180.0  # seconds for one try
_STALE = 3 * 86_400.0  # seconds after which nobody is told by mail any more


class Stops:
    """Reads and writes the stops."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def current(self) -> BudgetStop | None:
        """The stop that is in force, for administrators; None where there is none."""
        newest = select(Budget.id).order_by(Budget.id.desc()).limit(1).scalar_subquery()
        return self._session.scalar(_open(BudgetStop.budget_id == newest))

    def note(self, row: Budget, why: str) -> None:
        """It stopped; told once, however many workers see it."""
        if self._known(row, why):
            return
        self._session.execute(select(Budget.id).where(Budget.id == row.id).with_for_update())
        if self._known(row, why):
            return
        values = {"budget_id": row.id, "why": why, "at": now(), "next_attempt_at": now()}
        self._session.add(BudgetStop(**values, ended_at=None, mail=WAITING, attempts=0, fault=""))
        self._session.flush()
        News(self._session).tell_stopped(row.id, why)

    def end(self, row: Budget) -> None:
        """What made it pause has passed."""
        stop = self._session.scalar(_open(BudgetStop.budget_id == row.id))
        if stop is not None:
            stop.ended_at = now()
            self._session.flush()

    def _known(self, row: Budget, why: str) -> bool:
        which = _open(BudgetStop.budget_id == row.id, BudgetStop.why == why)
        return self._session.scalar(which) is not None

    # ------------------------------------------------------------ mail

    def waiting(self) -> bool:
        """Whether a mail is due; takes no lock."""
        return self._session.scalar(select(BudgetStop.id).where(*_due()).limit(1)) is not None

    def claim(self) -> BudgetStop | None:
        """The next whose mail is due; nobody else gets it for a while."""
        query = select(BudgetStop).where(*_due()).order_by(BudgetStop.next_attempt_at, BudgetStop.id)
        found = self._session.scalar(query.limit(1).with_for_update(skip_locked=True))
        if found is not None:
            values = {"attempts": BudgetStop.attempts + 1, "next_attempt_at": now() + _HELD}
            self._session.execute(update(BudgetStop).where(BudgetStop.id == found.id).values(values))
            self._session.refresh(found)
            self._session.expunge(found)
        return found

    def settle(self, stop: BudgetStop, fault: MailFault | None) -> None:
        """Notes how a try ended; what did not go out is tried again, up to a point. Nothing where another has
        begun a later try."""
        values: dict[str, Any] = {"mail": DONE, "fault": ""}
        if fault is not None:
            given_up = fault is MailFault.ADDRESS or stop.attempts > len(PAUSES)
            values = {"mail": FAILED if given_up else WAITING, "fault": fault.value}
            if not given_up:
                values["next_attempt_at"] = now() + PAUSES[stop.attempts - 1]
        mine = [BudgetStop.id == stop.id, BudgetStop.mail == WAITING, BudgetStop.attempts == stop.attempts]
        self._session.execute(update(BudgetStop).where(*mine).values(values))


def _open(*which: ColumnElement[bool]) -> Select[BudgetStop]:
    query = select(BudgetStop).where(BudgetStop.ended_at.is_(None), *which)
    return query.order_by(BudgetStop.id.desc()).limit(1)


def _due() -> list[ColumnElement[bool]]:
    recent = BudgetStop.at > now() - _STALE
    return [BudgetStop.mail == WAITING, BudgetStop.next_attempt_at <= now(), recent]
