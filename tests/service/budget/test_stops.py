"""When it stops by itself, administrators are told: on the screen, by webhook and by mail, once a stop."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from budget_office import decide, kept
from mailing import Received, mail_server
from people import user
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service.access.roles import Role
from service.access.viewer import Viewer
from service.budget.alarm import Alarm
from service.budget.watch import LAG
from service.budget.watching import BudgetWatch
from service.hooks.news import Event
from service.settings import Settings
from service.store import Store
from service.tables import Budget, BudgetStop, BudgetTask, Delivery
from service.urging.mailbox import PAUSES, MailFault

MAILBOX = "quantri@ubnd.example.vn"


@pytest.fixture
def boss(store: Store) -> Viewer:
    return user(store, "sep", Role.ADMINISTRATOR)


@pytest.fixture
def office(store: Store, boss: Viewer) -> Store:
    """It is on, on the evidence of 110 reviewed tasks; an administrator and another asked to be told."""
    for at in range(110):
        decide(store, boss, kept(store, f"{at:03}cu", 0.95), "t0")
    with store.begin() as work:
        work.budget.book.switch_on("sep", 0.1, 0.1)
        work.hooks.add(boss, "http://127.0.0.1:9/", [Event.STOPPED], private=True)
    return store


def drawn(store: Store, number: int, key: str = "x") -> list[int]:
    """Documents with a task of the audit sample each."""
    found = [kept(store, f"{key}{at:03}", 0.95) for at in range(number)]
    with Session(store.engine) as session, session.begin():
        budget = session.scalars(select(Budget.id).order_by(Budget.id.desc())).first()
        for one in found:
            session.add(BudgetTask(document_id=one, task_id="t0", budget_id=budget, likely=0.95, drawn=True))
    return found


def break_it(store: Store, boss: Viewer, key: str = "x") -> None:
    for number in drawn(store, 6, key):
        decide(store, boss, number, "t0", status="rejected", reason="result")


def stops(store: Store) -> list[BudgetStop]:
    with Session(store.engine) as session:
        return list(session.scalars(select(BudgetStop).order_by(BudgetStop.id)))


def told(store: Store) -> list[Any]:
    with Session(store.engine) as session:
        return [one.body for one in session.scalars(select(Delivery).order_by(Delivery.id))]


def in_force(store: Store) -> str:
    with store.reading() as work:
        stop = work.budget.stops.current()
    return stop.why if stop else ""


def of(server: Received, **more: Any) -> Settings:
    mail = {"smtp_host": "localhost", "smtp_port": server.port, "smtp_tls": "none"}
    mail |= {"smtp_from": "dondoc@ubnd.example.vn", "public_url": "https://dondoc.example.vn"}
    return Settings(data_dir=Path("unused"), **(mail | {"alert_mail": MAILBOX} | more))


def later(store: Store, seconds: float) -> None:
    """Time passes for the mails that wait."""
    with Session(store.engine) as session, session.begin():
        earlier = BudgetStop.next_attempt_at - seconds
        session.execute(update(BudgetStop).values(next_attempt_at=earlier))


def test_a_broken_promise_is_told_once_however_many_workers_look(office: Store, boss: Viewer):
    break_it(office, boss)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: BudgetWatch(office).turn(), range(8)))
    assert [(one.why, one.ended_at) for one in stops(office)] == [("broken", None)]
    assert told(office) == [{"budget": 1, "why": "broken"}]
    assert in_force(office) == "broken"


def test_switched_on_again_or_off_nothing_is_in_force_and_the_next_stop_is_told_anew(
    office: Store, boss: Viewer
):
    break_it(office, boss)
    BudgetWatch(office).turn()
    with office.begin() as work:
        work.budget.book.switch_on("sep", 0.2, 0.1)
    assert in_force(office) == ""
    break_it(office, boss, "y")
    break_it(office, boss, "z")
    BudgetWatch(office).turn()
    assert [one.why for one in stops(office)] == ["broken", "broken"]
    with office.begin() as work:
        work.budget.book.switch_off("sep")
    assert in_force(office) == ""


def test_a_lag_passes_by_itself_and_another_is_told_again(office: Store, boss: Viewer):
    waiting = drawn(office, LAG + 1)
    for _ in range(2):
        BudgetWatch(office).turn()
    assert in_force(office) == "lag"
    for number in waiting[:2]:
        decide(office, boss, number, "t0")
    BudgetWatch(office).turn()
    assert in_force(office) == ""
    drawn(office, 2, "y")
    BudgetWatch(office).turn()
    assert [(one.why, one.ended_at is None) for one in stops(office)] == [("lag", False), ("lag", True)]


def test_only_administrators_are_told_by_webhook(office: Store, boss: Viewer):
    body = {"budget": 1, "why": "lag"}
    with office.reading() as work:
        assert work.outbox.may_know(boss, body)
        assert not work.outbox.may_know(user_of(office), body)


def user_of(store: Store) -> Viewer:
    return user(store, "lan", Role.REVIEWER)


def test_the_mail_goes_out_once_and_says_why_and_where_to_look(office: Store, boss: Viewer):
    break_it(office, boss)
    BudgetWatch(office).turn()
    with mail_server() as server:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: Alarm(of(server), office).turn(), range(4)))
        assert not Alarm(of(server), office).turn()
    (mail,) = server.mails
    assert server.to == [[MAILBOX]]
    assert mail["subject"].startswith("[đôn đốc] Tự nhận nhiệm vụ đã dừng (")
    words = mail.get_content()
    assert "trong mẫu kiểm tra có nhiều nhiệm vụ sai hơn mức cho phép" in words
    assert "https://dondoc.example.vn/budget" in words
    assert "Việc" not in words  # nothing of any document
    assert stops(office)[0].mail == "done"


def test_a_late_mail_does_not_undo_what_another_noted(office: Store, boss: Viewer):
    break_it(office, boss)
    BudgetWatch(office).turn()
    with office.begin() as work:
        late = work.budget.stops.claim()
    later(office, 3600.0)
    with mail_server() as server:
        assert Alarm(of(server), office).turn()
    with office.begin() as work:
        work.budget.stops.settle(late, MailFault.LATER)
    assert stops(office)[0].mail == "done"


def test_a_mail_that_does_not_go_out_is_tried_again_and_then_given_up(office: Store, boss: Viewer):
    break_it(office, boss)
    BudgetWatch(office).turn()
    with mail_server() as server:
        server.answers = ["451 4.3.0 later"] * (len(PAUSES) + 1)
        assert Alarm(of(server), office).turn()
        assert not Alarm(of(server), office).turn()  # not before its pause is over
        assert (stops(office)[0].mail, stops(office)[0].fault) == ("waiting", MailFault.LATER)
        for pause in PAUSES:
            later(office, pause + 1)
            assert Alarm(of(server), office).turn()
        assert stops(office)[0].mail == "failed"
        assert server.mails == []


def test_without_an_address_or_a_server_no_mail_is_tried(office: Store, boss: Viewer):
    break_it(office, boss)
    BudgetWatch(office).turn()
    with mail_server() as server:
        assert not Alarm(of(server, alert_mail=""), office).turn()
        assert not Alarm(of(server, smtp_host=""), office).turn()
    assert stops(office)[0].mail == "waiting"
