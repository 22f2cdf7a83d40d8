"""A duty in, its parts out: a group's duty divided among its members, a central one handed down with earlier
days; what the parts have reached is rolled up.

The whole stays in the book and is counted no more: its parts stand for it. Once all of them are done it waits
for confirmation itself, and goes back to being worked on when one is taken up again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.tables import Duty
from service.tracking.book import Book, Moved
from service.tracking.entering import NewDuty, Origin
from service.tracking.entry_rows import Past
from service.tracking.keeping import SYSTEM, Actor
from service.tracking.life import OPEN, Lead, Life, NotAllowed
from service.tracking.rows import lead_of, standing_of

_CLOSED = frozenset({Life.DONE, Life.CANCELLED})


@dataclass(frozen=True, slots=True)
class Part:
    """What a unit is to do of a duty; "" and None take the whole's."""

    lead: Lead
    text: str = ""
    due_on: dt.date | None = None


class Parts:
    """Divides duties within one transaction."""

    def __init__(self, session: Session, book: Book) -> None:
        self._session = session
        self._book = book
        book.after_each_step(self.settle)

    def divide(
        self,
        actor: Actor,
        whole: Duty,
        parts: Sequence[Part],
        origin: Origin = Origin.PART,
        *,
        seen: int | None = None,
    ) -> list[int]:
        """Makes duties of a duty; their ids. Raises `NotAllowed`: "state" where it is open no more, "late"
        where a part is due after the whole, "twice" where a unit would get the same part again; `Moved` where
        it is no longer at the revision `seen`."""
        if seen is not None and seen != whole.revision:
            raise Moved(str(whole.id))
        if Life(whole.life) not in OPEN:
            raise NotAllowed("state", whole.life)
        self._check(whole, parts)
        news = [part_of(whole, one.lead, origin, text=one.text, due_on=one.due_on) for one in parts]
        made = self._book.enter_all(actor, [Past(new) for new in news])
        columns = {"counted": False}
        self._book.amend(actor, whole, standing_of(whole), columns, "divide")
        return made

    def settle(self, child: Duty) -> None:
        """Rolls up what the parts of the whole of `child` have reached, after a step of it."""
        if child.parent_id is None or child.origin == Origin.OCCURRENCE:
            return
        whole = self._book.held(child.parent_id)
        if whole is None:
            return
        query = select(Duty.life, Duty.percent, Duty.done_on).where(Duty.parent_id == whole.id)
        rows = [
            (Life(life), percent, done_on) for life, percent, done_on in self._session.execute(query).tuples()
        ]
        standing = standing_of(whole)
        after = rolled(standing.life, [life for life, _, _ in rows])
        days = [done_on for life, _, done_on in rows if life is Life.DONE and done_on]
        new = replace(
            standing,
            life=after,
            percent=_mean([100 if life is Life.DONE else percent or 0 for life, percent, _ in rows]),
            done_on=max(days, default=None) if after is Life.AWAITING else None,
        )
        if after is not Life.DONE and after is not Life.CANCELLED:
            self._book.amend(SYSTEM, whole, new, {}, "roll_up")
            self.settle(whole)

    def _check(self, whole: Duty, parts: Sequence[Part]) -> None:
        query = select(Duty.lead_name, Duty.lead_key, Duty.text).where(Duty.parent_id == whole.id)
        seen = {(lead_of(name, key), text) for name, key, text in self._session.execute(query).tuples()}
        for part in parts:
            if whole.due_on and part.due_on and part.due_on > whole.due_on:
                raise NotAllowed("late", part.lead.name)
            key = (part.lead, part.text or whole.text)
            if key in seen or part.lead == Lead(""):
                raise NotAllowed("twice", part.lead.name)
            seen.add(key)


def rolled(whole: Life, parts: Sequence[Life]) -> Life:
    """The state of a whole whose parts are in these states; what people decided about it themselves stays."""
    if whole in (Life.DONE, Life.CANCELLED, Life.SUSPENDED, Life.ADJUSTMENT_ASKED, Life.REFUSED):
        return whole
    counted = [life for life in parts if life is not Life.CANCELLED]
    if not counted:
        return whole
    if all(life is Life.DONE for life in counted):
        return Life.AWAITING
    if any(life is not Life.NOT_STARTED for life in counted):
        return Life.IN_PROGRESS
    return Life.NOT_STARTED


def part_of(
    whole: Duty,
    lead: Lead,
    origin: Origin,
    *,
    text: str = "",
    due_on: dt.date | None = None,
    period: str | None = None,
) -> NewDuty:
    """A duty that carries what its whole says, for one unit or one period."""
    return NewDuty(
        origin=origin,
        text=text or whole.text,
        lead=lead,
        assigned_on=whole.assigned_on,
        due_on=due_on or whole.due_on,
        document=whole.document_id,
        task=whole.task_id,
        parent=whole.id,
        period=period,
        document_number=whole.document_number,
        document_on=whole.document_on,
        document_type=whole.document_type,
        issuer=whole.issuer,
        output=whole.output,
        nature=whole.nature,
        field=whole.field,
        source=whole.source,
        assigner=whole.assigner,
        urgency=whole.urgency,
        clearance=whole.clearance,
        starred=whole.starred,
    )


def _mean(values: Sequence[int]) -> int | None:
    return round(sum(values) / len(values)) if values else None
