"""Measures against units: from a finding or by themselves, answered, taken back, counted as of any day."""

from __future__ import annotations

import datetime as dt

import pytest
from checking_office import SO_Y_TE, Checked
from people import user

from service.access.roles import Role
from service.access.viewer import Forbidden
from service.checking.measures import NewMeasure
from service.review.versions import Missing
from service.tracking.life import Lead, NotAllowed

REMINDER = NewMeasure("reminder", "Nhắc nhở vì chậm báo cáo", document_number="30/VP-TH")


def test_what_an_inspection_found_leads_to_a_measure(office: Checked):
    made = office.concluded()
    office.take(office.staff, NewMeasure("criticism", "Phê bình vì báo cáo sai"), made)
    (taken,) = office.measures(office.home, office.staff)
    assert (taken.measure.unit_name, taken.measure.kind) == ("Sở Nội vụ", "criticism")
    assert taken.measure.taken_on == office.today
    with office.store.reading() as work:
        assert len(work.checking.measures.of_inspection(office.home, made)) == 1
        assert work.checking.measures.of_inspection(office.health, made) == []
        assert work.audit.of(f"document:1/duty:{office.staff}")[-1].action == "measure"
    with pytest.raises(NotAllowed, match="rightly"):
        office.take(office.clinics, REMINDER, made)


def test_a_measure_needs_no_inspection(office: Checked):
    office.take(office.clinics, REMINDER)
    assert [one.measure.note for one in office.measures(office.health, office.clinics)] == [REMINDER.note]


def test_who_only_cooperates_sees_no_measure_against_the_lead(office: Checked):
    with office.store.begin() as work:
        work.book.name_units(office.clinics, [SO_Y_TE], [Lead("Sở Nội vụ", "so-noi-vu:hung-yen")])
    office.take(office.clinics, REMINDER)
    assert office.measures(office.home, office.clinics) == []
    with office.store.reading() as work:
        shown = [event.note for event, _ in work.book.events(office.home, office.clinics)]
    assert REMINDER.note not in shown


def test_the_answer_is_noted_and_a_mistake_taken_back(office: Checked):
    made = office.take(office.clinics, REMINDER)
    office.today = dt.date(2026, 3, 9)
    with office.store.begin() as work:
        work.checking.measures.settle(office.monitor, made, None, "Đã báo cáo bổ sung")
    (taken,) = office.measures(office.health, office.clinics)
    assert (taken.measure.settled_on, taken.measure.settled_note) == (office.today, "Đã báo cáo bổ sung")
    with office.store.begin() as work:
        work.checking.measures.withdraw(office.monitor, made, "Ghi nhầm đơn vị")
    (taken,) = office.measures(office.health, office.clinics)
    assert (taken.measure.withdrawn_note, taken.measure.note) == ("Ghi nhầm đơn vị", REMINDER.note)
    with pytest.raises(NotAllowed, match="state"), office.store.begin() as work:
        work.checking.measures.settle(office.monitor, made, None, "x")


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (NewMeasure("fine", "phạt"), "missing: kind"),
        (NewMeasure("reminder"), "missing: note"),
        (NewMeasure("reminder", "x", on=dt.date(2026, 3, 6)), "future_measure"),
        (NewMeasure("explanation", "x", reply_by=dt.date(2026, 3, 1)), "order: reply_by"),
    ],
)
def test_a_measure_that_cannot_be_says_why(office: Checked, new: NewMeasure, why: str):
    with pytest.raises(NotAllowed, match=why):
        office.take(office.clinics, new)


def test_units_take_none_and_settle_none(office: Checked):
    made = office.take(office.clinics, REMINDER)
    with pytest.raises(Forbidden), office.store.begin() as work:
        work.checking.measures.take(office.health, office.clinics, REMINDER)
    with pytest.raises(Forbidden), office.store.begin() as work:
        work.checking.measures.settle(office.health, made, None, "xong")
    with pytest.raises(Missing), office.store.begin() as work:
        work.checking.measures.withdraw(office.home, made, "xong")


def test_no_words_of_a_secret_duty_s_measure_are_kept(office: Checked):
    cleared = user(office.store, "theodoimat", Role.MONITOR, clearance=1)
    with office.store.begin() as work:
        work.stubs.add("7/UBND", dt.date(2026, 3, 1), SO_Y_TE, None, level="mat")
        made = work.checking.measures.take(cleared, 3, NewMeasure("reminder", "chiendich"))
        work.checking.measures.settle(cleared, made, None, "chiendich")
    (taken,) = office.measures(cleared, 3)
    assert (taken.measure.note, taken.measure.settled_note) == ("", "")
    with pytest.raises(Missing):
        office.take(3, REMINDER)
    with office.store.reading() as work:
        assert "chiendich" not in str([one.values for one in work.audit.of("duty:3")])
