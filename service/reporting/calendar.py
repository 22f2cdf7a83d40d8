"""A unit's open duties in, a calendar (RFC 5545) out: each lies on the day on which it is due.

A duty keeps its UID for life, and its SEQUENCE grows with each event, so that a calendar moves what it has.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from service.tables import Duty
from service.tracking.life import Life

if TYPE_CHECKING:
    from icalendar import Component

NAME = "Nhiệm vụ được giao"
_FRESH = dt.timedelta(hours=6)  # how often programs may ask again


def to_ics(
    duties: Iterable[Duty], changed: Mapping[int, float], address: str, *, todo: bool = False
) -> bytes:
    """The calendar; `changed` are the moments of their last events by id, `address` is where the product is
    ("" where that is not known). Events by default, which every program shows; tasks (VTODO) with `todo`."""
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", "-//dondoc//vi//")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", NAME)
    made.add("refresh-interval", _FRESH, parameters={"VALUE": "DURATION"})
    for duty in duties:
        if duty.due_on is not None and not duty.secret:
            made.add_component(_entry(duty, changed.get(duty.id, duty.entered_at), address, todo=todo))
    content: bytes = made.to_ical()
    return content


def _entry(duty: Duty, changed: float, address: str, *, todo: bool) -> Component:
    from icalendar import Event, Todo

    assert duty.due_on is not None
    moment = dt.datetime.fromtimestamp(int(changed), dt.UTC)
    entry = Todo() if todo else Event()
    entry.add("uid", uid(duty))
    entry.add("sequence", duty.revision - 1)
    entry.add("dtstamp", moment)
    entry.add("last-modified", moment)
    entry.add("summary", duty.text)
    entry.add("description", _told(duty))
    if address:
        entry.add("url", f"{address}/book/{duty.id}")
    if todo:
        entry.add("due", duty.due_on)
        entry.add("status", "NEEDS-ACTION" if duty.life == Life.NOT_STARTED.value else "IN-PROCESS")
        if duty.percent is not None:
            entry.add("percent-complete", duty.percent)
    else:
        entry.add("dtstart", duty.due_on)
        entry.add("dtend", duty.due_on + dt.timedelta(days=1))
        entry.add("transp", "TRANSPARENT")
    return entry


def uid(duty: Duty) -> str:
    """The duty's name in calendars: the same in every feed, and when the office has moved elsewhere."""
    return f"duty-{duty.id}-{int(duty.entered_at)}@dondoc"


def _told(duty: Duty) -> str:
    document = f"{duty.document_number} ngày {duty.document_on:%d/%m/%Y}" if duty.document_on else ""
    lines = (f"Chủ trì: {duty.lead_name}", f"Văn bản: {document or duty.document_number}", duty.output)
    return "\n".join(one for one in lines if not one.endswith(": ") and one)
