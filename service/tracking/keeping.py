"""What is kept of a duty beside its row: its units, how it stood since when, what happened to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.orm import Session

from service.access.viewer import Viewer
from service.audit.log import Audit, Done
from service.mapping import search_key
from service.tables import Base, Duty, DutyEvent, DutyStanding, DutyUnit
from service.tracking.life import Approval, Lead, Life
from service.tracking.months import SUMMED, Months
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


@dataclass(frozen=True, slots=True)
class Kept:
    """What happened to a duty (`document` is the one whose task it carries), to be written down."""

    duty: int
    document: int | None
    action: str
    before: Life | None
    after: Life
    note: str = ""
    changed: Changes = field(default_factory=dict)
    approval: Approval | None = None

    @property
    def audited(self) -> Done:
        """The same for the audit."""
        old, new = ({name: pair[place] for name, pair in self.changed.items()} for place in (0, 1))
        said = {"note": self.note} if self.note else {}
        before = {"life": self.before.value if self.before else None} | old
        after = {"life": self.after.value} | new | said
        return Done(
            f"duty_{self.action}", _subject(self.document, self.duty), {"before": before, "after": after}
        )


class Keeper:
    """Writes it within one transaction."""

    def __init__(self, session: Session, audit: Audit) -> None:
        self._session = session
        self._audit = audit
        self._months = Months(session, audit)

    def enter(self, rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Duties that are new; their ids, in order."""
        return self._numbered(Duty, [dict(row) for row in rows])

    def begin_spans(self, duties: Sequence[Mapping[str, Any]], at: float) -> None:
        """From this moment on new duties stand as their rows say."""
        self._stand(duties, at, ended=())

    def begin_span(self, row: Duty, at: float) -> None:
        """From this moment on a duty stands as its row says."""
        still = [DutyStanding.duty_id == row.id, DutyStanding.until.is_(None)]
        ending = update(DutyStanding).where(*still).values(until=at).returning(*SUMMED)
        quietly = {"synchronize_session": False}
        ended = self._session.execute(ending, execution_options=quietly).mappings().all()
        self._stand([{name: getattr(row, name) for name in (*_STANDS, "id")}], at, ended)

    def _stand(self, duties: Sequence[Mapping[str, Any]], at: float, ended: Sequence[Any]) -> None:
        span = {"since": at, "until": None}
        rows = [{name: row[name] for name in _STANDS} | {"duty_id": row["id"]} | span for row in duties]
        self._session.connection().execute(insert(_plain(DutyStanding)), rows)
        self._months.move(ended, rows)

    def name(self, duty: int, role: str, units: Sequence[Lead]) -> None:
        """Who has the role from now on."""
        self._session.execute(delete(DutyUnit).where(DutyUnit.duty_id == duty, DutyUnit.role == role))
        self.name_all([(duty, role, units)])

    def name_all(self, named: Sequence[tuple[int, str, Sequence[Lead]]]) -> None:
        """The units of new duties, by duty and role."""
        rows = [
            _unit_row(duty, role, place, unit)
            for duty, role, units in named
            for place, unit in enumerate(units)
            if unit.name
        ]
        if rows:
            self._session.connection().execute(insert(_plain(DutyUnit)), rows)

    def keep(self, actor: Actor, at: float, *several: Kept) -> list[int]:
        """Writes down and audits what happened; the events' ids."""
        rows = [
            {
                "duty_id": one.duty,
                "at": at,
                "actor_id": actor.id,
                "actor": actor.login,
                "action": one.action,
                "before": one.before.value if one.before else "",
                "after": one.after.value,
                "note": one.note,
                "changes": one.changed,
                "approval": approval_json(one.approval) if one.approval else None,
            }
            for one in several
        ]
        events = self._numbered(DutyEvent, rows)
        self._audit.add_all(actor.login, [one.audited for one in several])
        return events

    def _numbered(self, table: type[Duty | DutyEvent], rows: Sequence[dict[str, Any]]) -> list[int]:
        plain = _plain(table)
        made = insert(plain).returning(plain.c.id, sort_by_parameter_order=True)
        return list(self._session.connection().execute(made, rows).scalars())


_STANDS = [
    column.name
    for column in DutyStanding.__table__.columns
    if column.name not in ("id", "duty_id", "since", "until")
]
"""What a standing takes from its duty's row."""


def _plain(table: type[Base]) -> Table:
    """Without the mapper, which would send rows in as many statements as they have kinds of gaps."""
    return Base.metadata.tables[table.__tablename__]


def subject_of(session: Session, duty: int) -> str:
    """What the audit calls a duty: it belongs to its document, and goes with it."""
    return _subject(session.scalar(select(Duty.document_id).where(Duty.id == duty)), duty)


def _subject(document: int | None, duty: int) -> str:
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
