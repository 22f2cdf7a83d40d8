"""The office's promise, kept in rows of which the newest holds: set, switched off, stopped; all audited."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from annotation.budget.thresholds import chosen
from service.audit.log import Audit
from service.budget.evidence import Evidence
from service.budget.mix import Mix
from service.budget.stops import Stops
from service.database import now
from service.learning.models import in_use
from service.tables import Budget
from service.tracking.keeping import SYSTEM

SUBJECT = "budget"
LEAST_WRONG, MOST_WRONG = 0.001, 0.2
LEAST_AUDIT, MOST_AUDIT = 0.01, 0.9
_SAME = ("wrong_share", "audit_share", "reviewed", "models")
_TOLD = ("active", "wrong_share", "audit_share", "threshold", "models", "stopped")
_LAST = select(Budget.active, Budget.stopped).order_by(Budget.id.desc()).limit(1)


class Unfit(ValueError):  # noqa: N818 - says what is wrong
    """A share that cannot be promised or audited; the message names the field."""


class Budgets:
    """Reads and writes the promise within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._audit = Audit(session)

    def current(self) -> Budget | None:
        """What holds now; None where nothing was ever promised."""
        return self._session.scalar(select(Budget).order_by(Budget.id.desc()).limit(1))

    @property
    def holds(self) -> bool:
        """Whether there is a promise that was not taken back or stopped; without the cost of its row."""
        active, stopped = self._session.execute(_LAST).tuples().first() or (False, "")
        return active and not stopped

    def switch_on(self, by: str, wrong_share: float, audit_share: float) -> Budget:
        """Promises anew, from all that was reviewed until now; raises `Unfit`."""
        if not LEAST_WRONG <= wrong_share <= MOST_WRONG:
            raise Unfit("wrong_share")
        if not LEAST_AUDIT <= audit_share <= MOST_AUDIT:
            raise Unfit("audit_share")
        shares = {"wrong_share": wrong_share, "audit_share": audit_share}
        return self._add(by, {"active": True} | shares | self._found(wrong_share))

    def switch_off(self, by: str) -> None:
        """Nothing more is accepted unseen; what was accepted stays."""
        row = self.current()
        if row is not None and row.active:
            same = {name: getattr(row, name) for name in _SAME}
            self._add(by, same | {"active": False, "threshold": None, "reference": {}})

    def stop(self, row: Budget, why: str) -> None:
        """It stops itself, until it is switched on again."""
        values = {"stopped": why, "stopped_at": now()}
        self._session.execute(update(Budget).where(Budget.id == row.id).values(values))
        self._session.refresh(row)
        self._audit.add(SYSTEM.login, "budget_stopped", SUBJECT, {"after": {"stopped": why}})
        Stops(self._session).note(row, why)

    def seek(self, row: Budget) -> Budget:
        """Looks again for a threshold where there was none, or where others judge now than those with whom it
        was found: then it is promised anew, with an audit of its own. What holds after that."""
        changed = row.models != in_use(self._session)
        if row.threshold is not None and not changed:
            return row
        found = self._found(row.wrong_share)
        if found["threshold"] is None:
            return row
        if changed:
            shares = {"wrong_share": row.wrong_share, "audit_share": row.audit_share}
            return self._add(SYSTEM.login, {"active": True} | shares | found)
        self._session.execute(update(Budget).where(Budget.id == row.id).values(found | {"set_at": now()}))
        self._session.refresh(row)
        self._audit.add(SYSTEM.login, SUBJECT, SUBJECT, {"after": {"threshold": found["threshold"]}})
        return row

    def _found(self, wrong_share: float) -> dict[str, Any]:
        reviewed = Evidence(self._session).reviewed()
        level = chosen(reviewed.tasks, wrong_share)
        return {
            "threshold": level.threshold if level else None,
            "reviewed": len(reviewed.tasks),
            "models": in_use(self._session),
            "reference": Mix(self._session).of(reviewed.documents) if level else {},
        }

    def _add(self, by: str, values: dict[str, Any]) -> Budget:
        before = self.current()
        row = {"set_at": now(), "set_by": by, "stopped": "", "stopped_at": None} | values
        made = self._session.execute(insert(Budget).values(row).returning(Budget.id)).scalar_one()
        after = self._session.get_one(Budget, made)
        told = {"before": _told(before) if before else {}, "after": _told(after)}
        self._audit.add(by, SUBJECT, SUBJECT, told)
        return after


def _told(row: Budget) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _TOLD}
