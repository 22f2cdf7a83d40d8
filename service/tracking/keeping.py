"""What is kept of a duty beside its row: its units, how it stood since when, what happened to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from service.access.viewer import Viewer
from service.audit.log import Audit
from service.mapping import search_key
from service.tables import Duty, DutyEvent, DutyStanding, DutyUnit
from service.tracking.life import Approval, Lead, Life
from service.tracking.rows import Changes, approval_json


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a user, or the product itself (`id` None)."""

    login: str
    id: int | None = None

    @classmethod
    def of(cls, viewer: Viewer) -> Actor:
        """A user who asks."""
        return cls(viewer.login, viewer.id)


SYSTEM = Actor("dondoc")
"""The product: what follows from dates and documents by itself."""


class Keeper:
    """Writes it within one transaction."""

    def __init__(self, session: Session, audit: Audit) -> None:
        self._session = session
        self._audit = audit

    def begin_span(self, duty: int, at: float) -> None:
        """From this moment on the duty stands as its row says."""
        span = DutyStanding
        still = [span.duty_id == duty, span.until.is_(None)]
        self._session.execute(update(span).where(*still).values(until=at))
        names = [
            column.name for column in span.__table__.columns if column.name not in ("id", "since", "until")
        ]
        values = {"duty_id": duty, "since": at, "until": None}
        row = self._session.execute(
            select(*(getattr(Duty, name) for name in names if name != "duty_id")).where(Duty.id == duty)
        ).one()
        self._session.execute(insert(span).values(dict(row._mapping) | values))

    def name(self, duty: int, role: str, units: Sequence[Lead]) -> None:
        """Who has the role from now on."""
        self._session.execute(delete(DutyUnit).where(DutyUnit.duty_id == duty, DutyUnit.role == role))
        rows = [_unit_row(duty, role, place, unit) for place, unit in enumerate(units) if unit.name]
        if rows:
            self._session.execute(insert(DutyUnit), rows)

    def keep(
        self,
        actor: Actor,
        duty: int,
        at: float,
        action: str,
        before: Life | None,
        after: Life,
        note: str,
        changed: Changes,
        approval: Approval | None = None,
    ) -> int:
        """Writes down what happened; the event's id."""
        event: int = self._session.execute(
            insert(DutyEvent)
            .values(
                duty_id=duty,
                at=at,
                actor_id=actor.id,
                actor=actor.login,
                action=action,
                before=before.value if before else "",
                after=after.value,
                note=note,
                changes=changed,
                approval=approval_json(approval) if approval else None,
            )
            .returning(DutyEvent.id)
        ).scalar_one()
        values = {
            "before": {"life": before.value if before else None}
            | {name: old for name, (old, _) in changed.items()},
            "after": {"life": after.value} | {name: new for name, (_, new) in changed.items()},
        }
        if note:
            values["after"]["note"] = note
        self._audit.add(actor.login, f"duty_{action}", subject_of(self._session, duty), values)
        return event


def subject_of(session: Session, duty: int) -> str:
    """What the audit calls a duty: it belongs to its document, and goes with it."""
    document = session.scalar(select(Duty.document_id).where(Duty.id == duty))
    return f"document:{document}/duty:{duty}" if document else f"duty:{duty}"


def _unit_row(duty: int, role: str, place: int, unit: Lead) -> dict[str, Any]:
    return {
        "duty_id": duty,
        "role": role,
        "position": place,
        "name": unit.name,
        "name_key": search_key(unit.name),
        "unit_id": unit.id or None,
    }
