"""In time or overdue, on any day; days begin and end in Viet Nam."""

from __future__ import annotations

import datetime as dt

import pytest

from service.tracking.life import Life
from service.tracking.timing import Bucket, bucket, day_of, end_of, start_of

DUE = dt.date(2026, 3, 31)


@pytest.mark.parametrize(
    ("life", "due", "done", "on", "expected"),
    [
        (Life.IN_PROGRESS, DUE, None, dt.date(2026, 3, 20), Bucket.IN_TIME),
        (Life.IN_PROGRESS, DUE, None, dt.date(2026, 3, 28), Bucket.DUE_SOON),
        (Life.IN_PROGRESS, DUE, None, DUE, Bucket.DUE_SOON),
        (Life.RETURNED, DUE, None, dt.date(2026, 4, 1), Bucket.OVERDUE),
        (Life.NOT_STARTED, None, None, dt.date(2026, 4, 1), Bucket.NO_DEADLINE),
        (Life.AWAITING, DUE, dt.date(2026, 3, 30), dt.date(2026, 4, 5), Bucket.IN_TIME),
        (Life.AWAITING, DUE, dt.date(2026, 4, 2), dt.date(2026, 4, 5), Bucket.OVERDUE),
        (Life.DONE, DUE, DUE, dt.date(2026, 4, 5), Bucket.ON_TIME),
        (Life.DONE, DUE, dt.date(2026, 4, 1), dt.date(2026, 4, 5), Bucket.LATE),
        (Life.DONE, None, dt.date(2026, 4, 1), dt.date(2026, 4, 5), Bucket.DONE_NO_DEADLINE),
        (Life.SUSPENDED, DUE, None, dt.date(2026, 4, 5), Bucket.PAUSED),
        (Life.CANCELLED, DUE, None, dt.date(2026, 4, 5), Bucket.GONE),
    ],
)
def test_buckets(life: Life, due: dt.date | None, done: dt.date | None, on: dt.date, expected: Bucket):
    assert bucket(life, due, done, on, soon=3) is expected


def test_a_day_ends_at_midnight_in_viet_nam():
    assert end_of(dt.date(2026, 3, 31)) == start_of(dt.date(2026, 4, 1))
    assert day_of(end_of(DUE) - 1) == DUE
    assert day_of(end_of(DUE)) == dt.date(2026, 4, 1)
    assert end_of(DUE) == dt.datetime(2026, 3, 31, 17, tzinfo=dt.UTC).timestamp()
