"""A filed task followed to its end: who may do what, what is kept of it, how it stood on any day."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from people import task
from sqlalchemy import insert, select
from sqlalchemy.orm import Session
from tracking_office import HEALTH, HOME, Office, due

from service.access.roles import Role
from service.access.viewer import Forbidden, Viewer
from service.database import open_engine
from service.migrations import migrate
from service.review.versions import Missing
from service.tables import Duty, DutyStanding
from service.tracking.book import Moved
from service.tracking.buckets import bucket_of
from service.tracking.entering import NewDuty, Origin
from service.tracking.finder import DutiesWanted
from service.tracking.life import Approval, Given, Lead, Life
from service.tracking.timing import Bucket, bucket, end_of

LETTER = Approval("412/UBND-TH", dt.date(2026, 3, 18))


def clinics(office: Office) -> Duty:
    office.file(
        task("a", "Rà soát các trạm y tế", HEALTH, cooperators=[HOME], deadline=due("2026-03-31")),
    )
    return office.duty("tram y te")


def test_an_accepted_task_of_a_filed_document_is_in_the_book(office: Office):
    duty = clinics(office)
    assert (duty.life, duty.due_on, duty.lead_key) == (
        Life.NOT_STARTED,
        dt.date(2026, 3, 31),
        "so-y-te:hung-yen",
    )
    assert (duty.document_number, duty.assigned_on) == ("12/CT-UBND", dt.date(2026, 3, 2))


def test_the_whole_way_is_kept_with_who_and_what(office: Office):
    duty = clinics(office)
    office.act(office.health, duty, "acknowledge")
    office.act(office.health, duty, "submit", Given(note="đã rà soát 104 trạm"))
    done = office.act(office.monitor, duty, "confirm")
    assert (done.life, done.done_on) == (Life.DONE, office.today)
    with office.store.reading() as work:
        told = [
            (one.actor, one.action, one.before, one.after)
            for one, _ in work.book.events(office.monitor, duty.id)
        ]
    assert told == [
        ("theodoi", "enter", "", "not_started"),
        ("yte", "acknowledge", "not_started", "in_progress"),
        ("yte", "submit", "in_progress", "awaiting"),
        ("theodoi", "confirm", "awaiting", "done"),
    ]


def test_every_event_is_in_the_audit_and_the_chain_holds(office: Office):
    duty = clinics(office)
    office.act(office.health, duty, "ask_adjustment", Given(note="mưa lũ", due=dt.date(2026, 4, 30)))
    office.act(office.monitor, duty, "grant", Given(approval=LETTER))
    with office.store.reading() as work:
        told = work.audit.of(f"document:{duty.document_id}/duty:{duty.id}")
    assert [one.action for one in told] == ["duty_enter", "duty_ask_adjustment", "duty_grant"]
    assert told[-1].values is not None
    assert told[-1].values["before"]["due_on"] == "2026-03-31"
    assert told[-1].values["after"]["due_on"] == "2026-04-30"


def test_a_unit_acts_only_on_what_it_leads(office: Office):
    duty = clinics(office)
    with office.store.reading() as work:
        assert work.book.duty(office.home, duty.id).text == duty.text  # it cooperates, and sees
    with pytest.raises(Forbidden):
        office.act(office.home, duty, "acknowledge")
    with pytest.raises(Forbidden):
        office.act(office.health, duty, "cancel", Given(note="thôi"))


def test_a_unit_that_is_not_named_sees_nothing(office: Office, outsider: Viewer):
    duty = clinics(office)
    with pytest.raises(Missing):
        office.act(outsider, duty, "acknowledge")
    with office.store.reading() as work:
        assert work.duties.find(outsider, DutiesWanted(wholes=True)) == []


def test_a_leader_decides_only_what_was_passed_on_to_him(office: Office):
    duty = clinics(office)
    office.act(office.health, duty, "submit", Given(note="xong"))
    with pytest.raises(Forbidden):
        office.act(office.leader, duty, "confirm")
    office.act(office.monitor, duty, "pass_on", Given(note="đề nghị xác nhận"))
    assert office.act(office.leader, duty, "confirm").life == Life.DONE


def test_a_monitor_may_note_what_a_unit_told_by_telephone(office: Office):
    duty = clinics(office)
    assert (
        office.act(office.monitor, duty, "report", Given(note="Sở báo qua điện thoại", percent=40)).percent
        == 40
    )


def test_two_people_do_not_overwrite_each_other(office: Office):
    duty = clinics(office)
    office.act(office.health, duty, "acknowledge")
    with pytest.raises(Moved), office.store.begin() as work:
        work.book.act(office.monitor, duty.id, "suspend", Given(note="chờ"), seen=duty.revision)


def test_a_transferred_duty_is_seen_by_its_new_unit_and_answered_by_it_alone(office: Office):
    office.file(task("a", "Sắp xếp biên chế trạm y tế", HEALTH, deadline=due("2026-03-31")))
    duty = office.duty("bien che")
    with pytest.raises(Missing), office.store.reading() as work:
        work.book.duty(office.home, duty.id)
    new = Lead("Sở Nội vụ", "so-noi-vu:hung-yen")
    office.act(office.monitor, duty, "transfer", Given(note="đúng chức năng", lead=new))
    office.act(office.home, duty, "acknowledge")
    with pytest.raises(Missing), office.store.reading() as work:
        work.book.duty(office.health, duty.id)


def test_how_it_stood_is_known_for_every_day(office: Office):
    duty = clinics(office)
    office.today = dt.date(2026, 3, 10)
    office.act(office.health, duty, "acknowledge")
    office.today = dt.date(2026, 4, 3)
    office.act(office.health, duty, "submit", Given(note="xong"))
    office.act(office.monitor, duty, "confirm")

    def on(day: dt.date) -> list[str]:
        span = DutyStanding
        with Session(office.store.engine) as session:
            query = select(bucket_of(span, day, 3)).where(
                span.since < end_of(day), (span.until.is_(None)) | (span.until >= end_of(day))
            )
            return list(session.scalars(query))

    assert on(dt.date(2026, 3, 4)) == []
    assert on(dt.date(2026, 3, 20)) == [Bucket.IN_TIME]
    assert on(dt.date(2026, 3, 30)) == [Bucket.DUE_SOON]
    assert on(dt.date(2026, 4, 2)) == [Bucket.OVERDUE]
    assert on(dt.date(2026, 4, 3)) == [Bucket.LATE]


def test_duties_that_no_document_gave_are_typed_in(office: Office):
    with office.store.begin() as work:
        number = work.book.enter(
            office.actor,
            NewDuty(
                "Chuẩn bị buổi làm việc với đoàn khảo sát",
                Lead("Sở Y tế", "so-y-te:hung-yen"),
                office.today,
                origin=Origin.TYPED,
                note="bút phê của Chủ tịch trên phiếu trình số 7",
            ),
        )
    assert office.act(office.health, number, "acknowledge").life == Life.IN_PROGRESS


ON = st.dates(dt.date(2026, 3, 20), dt.date(2026, 4, 15))
DAYS = st.none() | st.dates(dt.date(2026, 3, 25), dt.date(2026, 4, 10))


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(Life), DAYS, DAYS, ON, st.integers(0, 7))
def test_sql_and_python_agree_on_time(
    spans: Session, life: Life, due_on: dt.date | None, done_on: dt.date | None, on: dt.date, soon: int
):
    spans.execute(DutyStanding.__table__.delete())
    row = {
        "duty_id": 1,
        "since": 0.0,
        "life": life.value,
        "lead_name": "",
        "lead_key": "",
        "assigned_on": on,
        "due_on": due_on,
        "done_on": done_on,
        "field": "",
        "assigner": "",
        "source": "",
        "document_number": "",
        "clearance": 0,
        "secret": False,
        "counted": True,
    }
    spans.execute(insert(DutyStanding).values(row))
    assert spans.scalar(select(bucket_of(DutyStanding, on, soon))) == bucket(life, due_on, done_on, on, soon)


@pytest.fixture
def spans(url: str) -> object:
    engine = open_engine(url)
    migrate(engine)
    with Session(engine) as session:
        if engine.dialect.name == "sqlite":
            session.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        else:
            session.connection().exec_driver_sql("SET session_replication_role = replica")
        yield session
        session.rollback()
    engine.dispose()


@pytest.fixture
def outsider(office: Office) -> Viewer:
    from people import user

    return user(office.store, "congan", Role.UNIT, units=("cong-an-tinh:hung-yen",))
