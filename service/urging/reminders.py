"""Reminders within one transaction: a unit's digest of a day is made once, however many workers look, and
shown to whom it concerns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from service.access.sight import digests_seen, duties_seen
from service.access.viewer import Viewer
from service.tables import Base, Digest, Duty, Reminder, RemindersSeen, UnitAddress
from service.tracking.book import Book
from service.tracking.life import Life
from service.tracking.timing import day_of
from service.urging.causes import Cause, Days, Rules, cause
from service.urging.days import OfficeDays

REMINDED = (Life.NOT_STARTED, Life.IN_PROGRESS, Life.RETURNED, Life.ADJUSTMENT_ASKED)
"""States in which the unit itself still has to do something."""
_LIVES = [life.value for life in REMINDED]
Place = tuple[int, dt.date, int]
"""Where a reminder stands in the order: its digest, its duty's day to sort by and id."""
_FARTHEST = 20  # days that a reminder can come earlier because of days off


@dataclass(frozen=True, slots=True)
class Line:
    """A duty to be reminded of, and why."""

    duty: int
    secret: bool
    due_on: dt.date | None
    cause: Cause


@dataclass(frozen=True, slots=True)
class Shown:
    """A reminder with the digest that it came in and its duty."""

    digest: Digest
    reminder: Reminder
    duty: Duty

    @property
    def place(self) -> Place:
        """Where it stands in the order."""
        return self.digest.id, self.duty.due_key, self.duty.id


class Reminders:
    """Makes and shows them."""

    def __init__(self, session: Session, book: Book, days: OfficeDays) -> None:
        self._session = session
        self._book = book
        self._days = days

    def units_due(self, rules: Rules) -> list[str]:
        """The units that are to be reminded of something today and were not yet, by their keys."""
        return sorted(self._due(rules, Duty.lead_key.not_in(self._told_today())))

    def make(self, rules: Rules, unit: str, *, mails: bool) -> int | None:
        """The digest of today for a unit, with its reminders; None where it has nothing, or has one already.
        `mails` says whether it goes out by mail too, where the unit has an address."""
        lines = self._due(rules, Duty.lead_key == unit).get(unit, [])
        if not lines:
            return None
        digest = self._begun(unit, lines, mails=mails)
        if digest is None:
            return None
        rows = [
            {
                "duty_id": line.duty,
                "kind": line.cause.kind.value,
                "cause_on": line.cause.on,
                "due_on": line.due_on,
                "digest_id": digest,
            }
            for line in lines
        ]
        table = Base.metadata.tables[Reminder.__tablename__]  # many rows go in few statements
        adding = self._insert(table).on_conflict_do_nothing().returning(table.c.id)
        if self._session.connection().execute(adding, rows).first() is None:
            self._session.execute(delete(Digest).where(Digest.id == digest))
            return None
        return digest

    # ------------------------------------------------------------ looking

    def shown(self, viewer: Viewer, after: Place | None = None, most: int = 300) -> list[Shown]:
        """The reminders that he may see, from behind `after`: those of the newest digest first, in it by
        deadline."""
        query = self._seen(viewer, select(Digest, Reminder, Duty))
        if after is not None:
            digest, due_key, duty = after
            later = and_(Digest.id == digest, tuple_(Duty.due_key, Duty.id) > (due_key, duty))
            query = query.where(Digest.id <= digest, or_(Digest.id < digest, later))
        query = query.order_by(Digest.id.desc(), Duty.due_key, Duty.id).limit(most)
        return [Shown(*row) for row in self._session.execute(query).tuples()]

    def newest(self) -> int:
        """The last reminder that there is, whoever may see it; 0 for none."""
        return self._session.scalar(select(func.max(Reminder.id))) or 0

    def last_seen(self, viewer: Viewer) -> int:
        """The last reminder that he has looked at; 0 for none."""
        return self._session.scalar(select(RemindersSeen.last).where(RemindersSeen.user_id == viewer.id)) or 0

    def unseen(self, viewer: Viewer) -> int:
        """How many are new to him."""
        query = self._seen(viewer, select(func.count()).select_from(Digest))
        return self._session.scalar(query.where(Reminder.id > self.last_seen(viewer))) or 0

    def see(self, viewer: Viewer, newest: int) -> None:
        """From now on all up to this one are known to him; what has come since his page was made is not."""
        last = max(self.last_seen(viewer), min(newest, self.newest()))
        adding = self._insert(RemindersSeen).values(user_id=viewer.id, last=last)
        anew = adding.on_conflict_do_update(index_elements=["user_id"], set_={"last": last})
        self._session.execute(anew)

    # ------------------------------------------------------------ inside

    def _seen(self, viewer: Viewer, query: Any) -> Any:
        joined = query.join(Reminder, Reminder.digest_id == Digest.id).join(Duty, Duty.id == Reminder.duty_id)
        return joined.where(duties_seen(viewer), digests_seen(viewer))

    def _told_today(self) -> Any:
        return select(Digest.unit_key).where(Digest.day == self._book.today())

    def _due(self, rules: Rules, which: ColumnElement[bool]) -> dict[str, list[Line]]:
        """What has a cause that was not told yet, by unit."""
        today, calendar = self._book.today(), self._days.calendar()
        columns = (Duty.id, Duty.lead_key, Duty.secret, Duty.due_on, Duty.assigned_on)
        query = select(*columns, Duty.entered_at, Duty.reported_at).where(*_followed(rules, today), which)
        found: list[tuple[str, Line]] = []
        rows = self._session.execute(query.order_by(Duty.due_key, Duty.id)).tuples()
        for duty, unit, secret, due_on, assigned_on, entered_at, told_at in rows:
            told_on = day_of(told_at) if told_at else None
            why = cause(Days(due_on, assigned_on, day_of(entered_at), told_on), today, rules, calendar)
            if why is not None:
                found.append((unit, Line(duty, secret, due_on, why)))
        return self._untold(found)

    def _untold(self, found: Sequence[tuple[str, Line]]) -> dict[str, list[Line]]:
        if not found:
            return {}
        since = min(line.cause.on for _, line in found)
        query = select(Reminder.duty_id, Reminder.kind, Reminder.cause_on).where(Reminder.cause_on >= since)
        told = set(self._session.execute(query).tuples())
        left: dict[str, list[Line]] = {}
        for unit, line in found:
            if (line.duty, line.cause.kind.value, line.cause.on) not in told:
                left.setdefault(unit, []).append(line)
        return left

    def _begun(self, unit: str, lines: Sequence[Line], *, mails: bool) -> int | None:
        """A new digest of today; None where the unit has one."""
        goes = mails and not all(line.secret for line in lines)
        to = self._session.get(UnitAddress, unit) if goes else None
        name = self._session.scalar(select(Duty.lead_name).where(Duty.id == lines[0].duty))
        at = self._book.moment()
        values = {"unit_key": unit, "unit_name": name or "", "day": day_of(at), "created_at": at}
        values |= {"mail": "waiting" if to else "", "address": to.address if to else ""}
        values |= {"attempts": 0, "next_attempt_at": at, "fault": ""}
        adding = self._insert(Digest).values(values).on_conflict_do_nothing().returning(Digest.id)
        made: int | None = self._session.scalar(adding)
        return made

    def _insert(self, table: Any) -> Any:
        is_postgres = self._session.get_bind().dialect.name == "postgresql"
        return (postgresql.insert if is_postgres else sqlite.insert)(table)


def _followed(rules: Rules, today: dt.date) -> list[ColumnElement[bool]]:
    """The duties that can have a cause."""
    soon = today + dt.timedelta(days=max(rules.before, default=0) + _FARTHEST)
    return [
        Duty.life.in_(_LIVES),
        Duty.counted.is_(True),
        Duty.recurs.is_(False),
        or_(Duty.due_on.is_(None), Duty.due_on <= soon),
    ]
