"""The office's own days off and working days within one transaction; every change is audited."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from service.access.roles import Right
from service.access.viewer import Viewer
from service.audit.log import Audit
from service.review.versions import Missing
from service.tables import OfficeDay
from service.tracking.calendar import Calendar


class Pointless(ValueError):  # noqa: N818 - says what is wrong
    """The day is already what it is to be; "working" or "off"."""


class OfficeDays:
    """Reads and changes them."""

    def __init__(self, session: Session, audit: Audit) -> None:
        self._session = session
        self._audit = audit

    def calendar(self) -> Calendar:
        """The office's calendar as it is now."""
        return Calendar({one.day: one.working for one in self._session.scalars(select(OfficeDay))})

    def listed(self, year: int) -> list[OfficeDay]:
        """The office's own days of a year, in order."""
        begin, end = dt.date(year, 1, 1), dt.date(year, 12, 31)
        query = select(OfficeDay).where(OfficeDay.day.between(begin, end))
        return list(self._session.scalars(query.order_by(OfficeDay.day)))

    def put(self, viewer: Viewer, day: dt.date, note: str, *, working: bool) -> None:
        """Makes a day one on which the office works, or does not. Raises `Pointless`, `Forbidden`."""
        viewer.need(Right.FOLLOW)
        if self.calendar().is_working(day) == working:
            raise Pointless("working" if working else "off")
        before = self._taken(day)
        self._session.execute(insert(OfficeDay).values(day=day, working=working, note=note))
        after = {"day": day.isoformat(), "working": working, "note": note}
        self._audit.add(viewer.login, "office_day", "calendar", {"before": before, "after": after})

    def remove(self, viewer: Viewer, day: dt.date) -> None:
        """The day is again what it is for the country. Raises `Missing`, `Forbidden`."""
        viewer.need(Right.FOLLOW)
        before = self._taken(day)
        if not before:
            raise Missing(day.isoformat())
        self._audit.add(viewer.login, "office_day_removed", "calendar", {"before": before})

    def _taken(self, day: dt.date) -> dict[str, object]:
        """Takes the office's own word on a day away; what it said, {} where nothing."""
        row = self._session.get(OfficeDay, day)
        if row is None:
            return {}
        found = {"day": day.isoformat(), "working": row.working, "note": row.note}
        self._session.delete(row)
        self._session.flush()
        return found
