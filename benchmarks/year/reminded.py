"""The reminders of a year in, how many came twice out: counted from their days alone, not by their causes."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Engine, select

from service.tables import Digest, Reminder


def doubled(engine: Engine) -> int:
    """Reminders of a duty on a day that it had one already, digests of a unit on a day that it had one, and
    reminders that the same deadline has passed in a week for which there was one."""
    query = select(Reminder.duty_id, Reminder.kind, Reminder.due_on, Digest.day, Digest.unit_key, Digest.id)
    with engine.connect() as connection:
        joined = query.join(Digest, Digest.id == Reminder.digest_id)
        rows = [tuple(row) for row in connection.execute(joined)]
    days = Counter((duty, day) for duty, _, _, day, _, _ in rows)
    weeks = Counter(
        (duty, due_on, ((day - due_on).days - 1) // 7)
        for duty, kind, due_on, day, _, _ in rows
        if kind == "overdue"
    )
    digests = Counter((unit, day) for day, unit, _ in {row[3:] for row in rows})
    return sum(count - 1 for found in (days, weeks, digests) for count in found.values())
