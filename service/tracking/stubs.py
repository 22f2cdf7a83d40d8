"""Secret documents that are not kept: number, day, unit and deadline in, a duty without words out.

Such a duty is seen by people of its clearance alone and stays out of exports, reports and feeds.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from service.database import now
from service.mapping import search_key
from service.stored import EVERY, TaskFilter
from service.tables import Duty, Stub
from service.tracking.book import Book
from service.tracking.entering import NewDuty, Origin
from service.tracking.keeping import SYSTEM, Actor
from service.tracking.life import Lead

CLEARANCES = {"mat": 1, "toi_mat": 2, "tuyet_mat": 3}
"""What it takes to see a duty of each level of secrecy."""


class Stubs:
    """Typed records within one transaction."""

    def __init__(self, session: Session, book: Book) -> None:
        self._session = session
        self._book = book

    def add(
        self,
        number: str,
        issued_on: dt.date,
        unit: Lead,
        deadline: dt.date | None,
        *,
        level: str = "mat",
        sha256: str | None = None,
        actor: Actor = SYSTEM,
    ) -> int:
        """Files a record of a document that is not kept, and its duty; the record's id."""
        values = {"number": number, "issued_on": issued_on, "unit": unit.name, "sha256": sha256}
        stub: int = self._session.execute(
            insert(Stub)
            .values(values | {"unit_key": search_key(unit.name), "deadline": deadline, "created_at": now()})
            .returning(Stub.id)
        ).scalar_one()
        self._enter(actor, stub, number, issued_on, unit, deadline, CLEARANCES[level])
        return stub

    def find(self, wanted: TaskFilter = EVERY) -> list[dict[str, Any]]:
        """The records that match, soonest deadline first."""
        query = select(Stub).order_by(Stub.deadline.is_(None), Stub.deadline, Stub.id)
        if wanted.unit:
            query = query.where(Stub.unit_key.contains(search_key(wanted.unit), autoescape=True))
        if wanted.due_before:
            query = query.where(Stub.deadline < wanted.due_before)
        return [
            {key: getattr(stub, key) for key in ("id", "number", "issued_on", "unit", "deadline")}
            for stub in self._session.scalars(query)
        ]

    def enter_missing(self) -> None:
        """Duties for records that were typed before there was a book; they are shown as of the highest level,
        since theirs is not known."""
        entered = set(self._session.scalars(select(Duty.task_id).where(Duty.origin == Origin.STUB.value)))
        for stub in self._session.scalars(select(Stub).order_by(Stub.id)):
            if _name(stub.id) not in entered:
                highest = max(CLEARANCES.values())
                self._enter(
                    SYSTEM, stub.id, stub.number, stub.issued_on, Lead(stub.unit), stub.deadline, highest
                )

    def _enter(
        self,
        actor: Actor,
        stub: int,
        number: str,
        issued_on: dt.date,
        unit: Lead,
        deadline: dt.date | None,
        clearance: int,
    ) -> None:
        self._book.enter(
            actor,
            NewDuty(
                "",
                unit,
                issued_on,
                origin=Origin.STUB,
                due_on=deadline,
                task=_name(stub),
                document_number=number,
                document_on=issued_on,
                clearance=clearance,
                source="other",
                assigner="other",
            ),
        )


def _name(stub: int) -> str:
    return f"stub-{stub}"
