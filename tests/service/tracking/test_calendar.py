"""Working days: Viet Nam's holidays, swapped days, the office's own; a deadline that they move."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from people import task
from tracking_office import HEALTH, Office

from pipeline.deadlines.calendar import add_working_days
from service.access.viewer import Forbidden
from service.review.forms import deadline_from
from service.review.versions import Missing
from service.tracking.calendar import (
    Calendar,
    Counted,
    Swap,
    corrections,
    counted_in,
    counted_otherwise,
    holiday,
    packaged,
    public_days,
)
from service.urging.days import Pointless

PLAIN = Calendar()
DAYS = st.dates(dt.date(2023, 1, 1), dt.date(2027, 12, 1))
CALENDARS = st.builds(Calendar, st.dictionaries(DAYS, st.booleans(), max_size=8))
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
TET = dt.date(2026, 2, 17)


def test_holidays_weekends_and_swapped_days():
    assert not PLAIN.is_working(TET)
    assert holiday(TET) == "Tết Nguyên Đán"
    assert not PLAIN.is_working(dt.date(2026, 11, 28))
    assert PLAIN.is_working(dt.date(2025, 4, 26))  # a Saturday, worked for Friday 2 May
    assert not PLAIN.is_working(dt.date(2025, 5, 2))
    assert (dt.date(2025, 4, 26), True, "") in public_days(2025)


def test_the_office_s_own_days_come_first():
    own = Calendar({dt.date(2026, 6, 12): False, dt.date(2026, 6, 20): True, TET: True})
    assert not own.is_working(dt.date(2026, 6, 12))
    assert own.is_working(dt.date(2026, 6, 20))
    assert own.is_working(TET)


def test_a_swapped_day_that_the_package_lacks_is_known():
    """New Year 2026: Friday 2 January is free, Saturday 10 January is worked."""
    assert not PLAIN.is_working(dt.date(2026, 1, 2))
    assert PLAIN.is_working(dt.date(2026, 1, 10))
    assert PLAIN.add_working_days(dt.date(2025, 12, 31), 1) == dt.date(2026, 1, 5)
    assert (dt.date(2026, 1, 10), True, "") in public_days(2026)


@pytest.mark.parametrize("swap", corrections(), ids=lambda swap: str(swap.off))
def test_a_correction_is_kept_only_while_the_package_lacks_it(swap: Swap):
    """Where this fails, `holidays` has learnt the day: take it out of service/tracking/swapped_days.toml."""
    known = swap.off in packaged(swap.off.year).off and swap.worked in packaged(swap.worked.year).swapped
    assert not known
    assert swap.off.weekday() < 5 <= swap.worked.weekday()
    assert swap.source


@QUICK
@given(CALENDARS, DAYS, st.integers(0, 60))
def test_adding_and_counting_are_each_other_s_inverse(calendar: Calendar, start: dt.date, days: int):
    end = calendar.add_working_days(start, days)
    assert calendar.working_days_between(start, end) == days
    assert calendar.working_days_between(end, start) == -days
    assert end == start or calendar.is_working(end)


@QUICK
@given(CALENDARS, DAYS, st.integers(0, 40), st.integers(0, 40))
def test_days_add_up(calendar: Calendar, start: dt.date, some: int, more: int):
    there = calendar.add_working_days(calendar.add_working_days(start, some), more)
    assert there == calendar.add_working_days(start, some + more)


@QUICK
@given(CALENDARS, DAYS)
def test_the_working_day_before_is_the_nearest(calendar: Calendar, day: dt.date):
    found = calendar.working_by(day)
    assert found <= day
    assert calendar.is_working(found)
    assert calendar.working_days_between(found, day) == 0


@QUICK
@given(st.dates(dt.date(2026, 6, 1), dt.date(2026, 6, 30)), st.integers(1, 30))
def test_without_holidays_it_counts_as_the_path_does(start: dt.date, days: int):
    assert PLAIN.add_working_days(start, days) == add_working_days(start, days)


def test_a_count_below_nothing_is_refused():
    with pytest.raises(ValueError):
        PLAIN.add_working_days(TET, -1)


@pytest.mark.parametrize(
    "words",
    [
        "trong 15 ngày làm việc kể từ ngày ký",
        "trong vòng mười lăm ngày làm việc kể từ ngày ban hành",
    ],
)
def test_a_deadline_in_working_days_is_told_where_it_falls_otherwise(words: str):
    signed = dt.date(2026, 1, 28)
    deadline = deadline_from(words, signed)
    assert deadline is not None
    due_on = dt.date.fromisoformat(deadline["date"])
    assert counted_in(deadline, signed) == Counted(signed, 15, dt.date(2026, 2, 18))
    found = counted_otherwise(deadline, signed, due_on, PLAIN)
    assert found is not None
    assert found.due_on == dt.date(2026, 2, 25)  # five days of Tết lie between
    assert counted_otherwise(deadline, signed, dt.date(2026, 3, 3), PLAIN) is None  # adjusted meanwhile


def test_a_typed_deadline_is_read_again_and_plain_days_are_left_alone():
    signed = dt.date(2026, 1, 28)
    assert counted_in({"text": "trong 15 ngày làm việc kể từ ngày ký"}, signed) is not None
    assert counted_in({"text": "trong 15 ngày kể từ ngày ký"}, signed) is None
    assert counted_in({}, signed) is None
    summer = deadline_from("trong 15 ngày làm việc kể từ ngày ký", dt.date(2026, 6, 1))
    assert summer is not None
    due_on = dt.date.fromisoformat(summer["date"])
    assert counted_otherwise(summer, dt.date(2026, 6, 1), due_on, PLAIN) is None


def test_the_office_edits_its_days_and_every_change_is_audited(office: Office):
    friday, saturday = dt.date(2026, 6, 12), dt.date(2026, 6, 20)
    with office.store.begin() as work:
        work.urging.days.put(office.monitor, friday, "hoán đổi", working=False)
        work.urging.days.put(office.monitor, saturday, "làm bù", working=True)
    with pytest.raises(Pointless), office.store.begin() as work:
        work.urging.days.put(office.monitor, friday, "", working=False)
    with pytest.raises(Forbidden), office.store.begin() as work:
        work.urging.days.put(office.health, dt.date(2026, 1, 5), "", working=False)
    with office.store.begin() as work:
        assert not work.urging.days.calendar().is_working(friday)
        work.urging.days.put(office.monitor, friday, "vẫn làm", working=True)
        assert [one.working for one in work.urging.days.listed(2026)] == [True, True]
        work.urging.days.remove(office.monitor, saturday)
    with pytest.raises(Missing), office.store.begin() as work:
        work.urging.days.remove(office.monitor, saturday)
    with office.store.reading() as work:
        told = [(one.action, one.values) for one in work.audit.of("calendar")]
    assert [action for action, _ in told] == ["office_day"] * 3 + ["office_day_removed"]
    assert told[2][1]["before"]["working"] is False


def test_the_monitor_takes_the_office_s_day_by_a_step(office: Office):
    words = deadline_from("trong 15 ngày làm việc kể từ ngày ký", dt.date(2026, 3, 2))
    with office.store.begin() as work:
        work.urging.days.put(office.monitor, dt.date(2026, 3, 9), "mất điện", working=False)
    office.file(task("a", "Rà soát các trạm y tế", HEALTH, deadline=words))
    duty = office.duty("tram y te")
    with office.store.reading() as work:
        calendar = work.urging.days.calendar()
    found = counted_otherwise(duty.deadline, duty.assigned_on, duty.due_on, calendar)
    assert found is not None
    assert (duty.due_on, found.due_on) == (dt.date(2026, 3, 23), dt.date(2026, 3, 24))
