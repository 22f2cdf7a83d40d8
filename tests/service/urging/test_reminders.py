"""Units are reminded once: whatever the number of workers, however long nobody looked."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from people import task, user
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from tracking_office import HEALTH, HOME, Office, due

from service.access.roles import Role
from service.settings import Settings
from service.store import Store
from service.tables import Digest, Duty, Reminder
from service.tracking.life import Given
from service.urging.urger import Urger

SETTINGS = Settings(data_dir=Path("unused"))
TUESDAY = dt.date(2026, 3, 24)


def entered(office: Office) -> None:
    office.file(
        task("a", "Rà soát các trạm y tế", HEALTH, cooperators=[HOME], deadline=due("2026-03-31")),
        task("b", "Báo cáo dịch bệnh", HEALTH, deadline=due("2026-03-30")),
        task("c", "Sắp xếp biên chế", HOME, deadline=due("2026-04-01")),
        task("d", "Tuyên truyền phòng dịch", HEALTH),
    )


def look(office: Office, day: dt.date) -> None:
    office.today = day
    Urger(SETTINGS, office.store).turn()


def told(office: Office) -> list[tuple[str, str, str]]:
    """Day, unit and words of each reminder, in the order in which they came."""
    with Session(office.store.engine) as session:
        query = select(Digest.day, Digest.unit_name, Duty.text).join(
            Reminder, Reminder.digest_id == Digest.id
        )
        rows = session.execute(query.join(Duty, Duty.id == Reminder.duty_id).order_by(Reminder.id)).tuples()
        return [(f"{day:%d/%m}", unit, text) for day, unit, text in rows]


def test_a_unit_gets_one_digest_a_day(office: Office):
    entered(office)
    look(office, TUESDAY)
    look(office, TUESDAY)
    assert told(office) == [
        ("24/03", "Sở Y tế", "Báo cáo dịch bệnh"),
        ("24/03", "Sở Y tế", "Rà soát các trạm y tế"),
    ]
    look(office, TUESDAY + dt.timedelta(days=1))
    assert told(office)[2:] == [("25/03", "Sở Nội vụ", "Sắp xếp biên chế")]


def test_after_days_without_anybody_looking_only_the_nearest_comes(office: Office):
    entered(office)
    look(office, dt.date(2026, 4, 24))  # a month later: seven causes have gone by for each
    assert len(told(office)) == 3
    look(office, dt.date(2026, 4, 27))  # a day off
    assert len(told(office)) == 3


def test_what_is_done_waits_or_rests_is_left_alone(office: Office):
    entered(office)
    office.act(office.health, office.duty("tram y te"), "submit", Given(note="xong"))
    office.act(office.monitor, office.duty("dich benh"), "suspend", Given(note="chờ"))
    look(office, dt.date(2026, 4, 6))
    assert [text for _, _, text in told(office)] == ["Sắp xếp biên chế"]


def test_undated_ones_are_chased_after_three_months_without_a_word(office: Office):
    office.file(task("d", "Tuyên truyền phòng dịch", HEALTH))
    look(office, dt.date(2026, 6, 1))
    assert told(office) == []
    look(office, dt.date(2026, 6, 2))
    office.act(office.health, office.duty("tuyen truyen"), "report", Given(note="đang làm"))
    look(office, dt.date(2026, 8, 31))
    assert told(office) == [("02/06", "Sở Y tế", "Tuyên truyền phòng dịch")]
    look(office, dt.date(2026, 9, 3))
    assert len(told(office)) == 2


def test_several_workers_remind_once(office: Office):
    for number in range(12):
        office.file(
            task("a", f"Việc số {number}", HEALTH, deadline=due("2026-03-31")),
            task("b", f"Việc khác số {number}", HOME, deadline=due("2026-03-31")),
            number=str(20 + number),
        )
    office.today = TUESDAY
    workers = [Urger(SETTINGS, office.store) for _ in range(6)]
    with ThreadPoolExecutor(len(workers)) as pool:
        list(pool.map(lambda one: one.turn(), workers))
    with Session(office.store.engine) as session:
        assert session.scalar(select(func.count()).select_from(Digest)) == 2
        assert session.scalar(select(func.count()).select_from(Reminder)) == 24


def test_quiet_hours_and_days_off(office: Office):
    entered(office)
    hours = [7.4, 17.1, 3.0]
    for hour in hours:
        store = Store(office.store.engine, clock=lambda _, at=hour: _at(TUESDAY, at))
        Urger(SETTINGS, store).turn()
    look(office, dt.date(2026, 3, 28))  # a Saturday
    with office.store.begin() as work:
        work.urging.days.put(office.monitor, TUESDAY, "lễ hội", working=False)
    look(office, TUESDAY)
    assert told(office) == []


def _at(day: dt.date, hour: float) -> float:
    from service.tracking.timing import start_of

    return start_of(day) + hour * 3600


def test_each_sees_what_is_his(office: Office):
    entered(office)
    look(office, TUESDAY)
    look(office, TUESDAY + dt.timedelta(days=1))
    outsider = user(office.store, "congan", Role.UNIT, units=("cong-an-tinh:hung-yen",))
    with office.store.reading() as work:
        shown = work.urging.reminders
        assert len(shown.shown(office.health)) == 2
        assert len(shown.shown(office.home)) == 1  # not what it cooperates in
        assert [one.digest.id for one in shown.shown(office.monitor)] == [2, 1, 1]
        assert shown.shown(outsider) == []
        viewers = (office.health, office.monitor, outsider)
        assert [shown.unseen(one) for one in viewers] == [2, 3, 0]
    with office.store.begin() as work:
        work.urging.reminders.see(office.health, work.urging.reminders.newest())
    with office.store.reading() as work:
        assert work.urging.reminders.unseen(office.health) == 0
        assert work.urging.reminders.unseen(office.home) == 1


def test_pages_join_whatever_digest_they_cut(office: Office):
    entered(office)
    look(office, TUESDAY)
    look(office, TUESDAY + dt.timedelta(days=1))
    with office.store.reading() as work:
        shown = work.urging.reminders.shown
        whole, after = [one.reminder.id for one in shown(office.monitor)], None
        assert len(whole) == 3
        for expected in whole:
            [one] = shown(office.monitor, after, 1)
            assert one.reminder.id == expected
            after = one.place
        assert shown(office.monitor, after) == []


def test_what_came_while_he_looked_stays_new(office: Office):
    entered(office)
    look(office, TUESDAY)
    with office.store.reading() as work:
        newest = work.urging.reminders.newest()
    look(office, TUESDAY + dt.timedelta(days=1))
    with office.store.begin() as work:
        work.urging.reminders.see(office.monitor, newest)
        assert work.urging.reminders.unseen(office.monitor) == 1
        work.urging.reminders.see(office.monitor, 0)  # an old page
        assert work.urging.reminders.unseen(office.monitor) == 1


def test_clearance_holds_for_reminders_too(office: Office):
    entered(office)
    with Session(office.store.engine) as session, session.begin():
        session.execute(update(Duty).where(Duty.text.contains("trạm")).values(clearance=2))
    look(office, TUESDAY)
    with office.store.reading() as work:
        assert work.urging.reminders.unseen(office.health) == 1
