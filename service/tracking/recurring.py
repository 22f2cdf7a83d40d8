"""A duty that comes back (RFC 5545 RRULE) in, an occurrence for each period out, closed by itself.

The series stays in the book, is counted no more and ends only by being cancelled. An occurrence is entered
when its period has begun, and once only, however many workers look.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import islice

from dateutil.rrule import rrulestr
from sqlalchemy import select
from sqlalchemy.orm import Session

from service.tables import Duty
from service.tracking.book import Book
from service.tracking.entering import NewDuty, Origin
from service.tracking.entry_rows import Past
from service.tracking.keeping import SYSTEM
from service.tracking.life import OPEN
from service.tracking.parts import part_of
from service.tracking.rows import lead_of, standing_of

_MOST = 400  # occurrences of one series entered at a time: a daily one left alone for a year
_FURTHEST = 40_000  # days on which one may come back: a daily one of a century
_IN_A_DAY = ("HOURLY", "MINUTELY", "SECONDLY")
_OPEN = [life.value for life in OPEN]


class Recurring:
    """Enters occurrences within one transaction."""

    def __init__(self, session: Session, book: Book) -> None:
        self._session = session
        self._book = book

    def enter_due(self, duty: int) -> list[int]:
        """Enters the occurrences of a series whose periods have begun; the ids of the new duties."""
        series = self._book.held(duty)
        if series is None or series.life not in _OPEN or not (rule := rule_of(series)):
            return []
        known = set(self._session.scalars(select(Duty.period).where(Duty.parent_id == series.id)))
        begun = periods(rule, series.assigned_on, self._book.today())
        new = islice((day for day in begun if day.isoformat() not in known), _MOST)
        made = self._book.enter_all(SYSTEM, [Past(_occurrence(series, day)) for day in new])
        if series.counted:
            self._book.amend(SYSTEM, series, standing_of(series), {"counted": False}, "divide")
        return made

    def series(self) -> list[int]:
        """The series that are not closed."""
        query = select(Duty.id).where(Duty.life.in_(_OPEN), Duty.recurs.is_(True))
        return list(self._session.scalars(query.order_by(Duty.id)))


def rule_of(duty: Duty) -> str:
    """The rule by which a duty comes back; "" where it does not."""
    return str(duty.deadline.get("rrule") or "") if duty.origin != Origin.OCCURRENCE else ""


def periods(rule: str, begin: dt.date, today: dt.date) -> Iterator[dt.date]:
    """The days on which occurrences are due whose periods have begun: all up to today and the next. A rule
    that cannot be read, or of hours, gives none."""
    if any(word in rule.upper() for word in _IN_A_DAY):
        return
    try:
        parsed = rrulestr(rule, dtstart=dt.datetime.combine(begin, dt.time()), ignoretz=True)
    except ValueError:
        return
    for moment in islice(parsed, _FURTHEST):
        yield moment.date()
        if moment.date() >= today:
            return


def _occurrence(series: Duty, day: dt.date) -> NewDuty:
    lead = lead_of(series.lead_name, series.lead_key)
    return part_of(series, lead, Origin.OCCURRENCE, due_on=day, period=day.isoformat())
