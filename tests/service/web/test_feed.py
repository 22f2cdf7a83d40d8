"""A unit's calendar over its secret address: its own duties, moved in place, gone when it is taken back."""

from __future__ import annotations

import datetime as dt
import logging
import re

import icalendar
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text

from service.access.roles import Role
from service.access.viewer import Viewer
from service.serving import discreet
from service.store import Store
from service.tracking.entering import NewDuty, Origin
from service.tracking.keeping import SYSTEM
from service.tracking.life import Approval, Given, Lead

DAY = dt.timedelta(days=1)
HEALTH = Lead("Sở Y tế", "so-y-te:hung-yen")


def enter_duty(store: Store, words: str, lead: Lead, days: int | None, **more: object) -> int:
    with store.begin() as work:
        today = work.book.today()
        due = today + days * DAY if days is not None else None
        new = NewDuty(words, lead, today - 30 * DAY, **{"origin": Origin.TYPED, "due_on": due} | more)
        return work.book.enter(SYSTEM, new)


@pytest.fixture
def health(enter, desk_store: Store) -> TestClient:
    enter_duty(desk_store, "Rà soát, báo cáo; trạm y tế", HEALTH, 9)
    enter_duty(desk_store, "Sắp xếp biên chế", Lead("Sở Nội vụ", "so-noi-vu:hung-yen"), 9)
    enter_duty(desk_store, "Không có hạn", HEALTH, None)
    return enter("yte", Role.UNIT, units=["so-y-te:hung-yen"])


def made(browser: TestClient, path: str = "/feed") -> str:
    """Makes an address, or takes it back; the address shown."""
    csrf = browser.get("/session").json()["csrf"]
    page = browser.post(path, data={"csrf": csrf}).text
    found = re.search(r'class="once">https?://[^/]+(/feeds/[^<]+)<', page)
    return found[1] if found else ""


def read(app: FastAPI, path: str) -> dict[str, icalendar.Event]:
    answer = TestClient(app).get(path)  # without a session
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/calendar")
    calendar = icalendar.Calendar.from_ical(answer.content)
    return {str(one["summary"]): one for one in calendar.subcomponents}


def monitor(store: Store) -> Viewer:
    with store.begin() as work:
        found = work.people.viewer(work.people.add("theodoi", "x", Role.MONITOR))
    assert found
    return found


def test_it_holds_the_unit_s_own_duties_on_their_days(app: FastAPI, health: TestClient, desk_store: Store):
    (one,) = read(app, made(health)).values()
    assert str(one["summary"]) == "Rà soát, báo cáo; trạm y tế"
    with desk_store.reading() as work:
        due = work.book.today() + 9 * DAY
    assert (one["dtstart"].dt, one["dtend"].dt, one["sequence"]) == (due, due + DAY, 0)


def test_a_change_moves_what_the_calendar_has(app: FastAPI, health: TestClient, desk_store: Store):
    address, boss = made(health), monitor(desk_store)
    (before,) = read(app, address).values()
    due = before["dtstart"].dt + 5 * DAY
    with desk_store.begin() as work:
        given = Given(note="mưa lũ", due=due, approval=Approval("5/UBND", work.book.today()))
        work.book.act(boss, 1, "adjust", given)
    (after,) = read(app, address).values()
    assert (str(after["uid"]), after["dtstart"].dt) == (str(before["uid"]), due)
    assert after["sequence"] > before["sequence"]
    assert after["dtstamp"].dt >= before["dtstamp"].dt
    (todo,) = read(app, f"{address}?kind=todo").values()
    assert (todo.name, todo["due"].dt, str(todo["uid"])) == ("VTODO", due, str(after["uid"]))
    with desk_store.begin() as work:
        work.book.act(boss, 1, "cancel", Given(note="thôi"))
    assert read(app, address) == {}


def test_an_address_that_was_taken_back_opens_nothing(app: FastAPI, health: TestClient):
    first = made(health)
    second = made(health)
    stranger = TestClient(app)
    assert stranger.get(first).status_code == 404
    assert stranger.get(second).status_code == 200
    made(health, "/feed/revoke")
    assert stranger.get(second).status_code == 404
    assert "once" not in health.get("/feed").text


def test_it_ends_with_its_user(app: FastAPI, health: TestClient, desk_store: Store):
    address = made(health)
    with desk_store.engine.begin() as connection:
        connection.execute(text("UPDATE users SET active = false WHERE login = 'yte'"))
    assert TestClient(app).get(address).status_code == 404


def test_secret_duties_and_those_above_his_clearance_stay_out(
    app: FastAPI, health: TestClient, desk_store: Store
):
    enter_duty(desk_store, "", HEALTH, 3, origin=Origin.STUB, document_number="01/MAT")
    enter_duty(desk_store, "Việc mức ba", HEALTH, 3, clearance=3)
    assert list(read(app, made(health))) == ["Rà soát, báo cáo; trạm y tế"]


def test_only_its_hash_is_kept_and_others_have_none(health: TestClient, enter, desk_store: Store):
    token = made(health).removeprefix("/feeds/").removesuffix(".ics")
    with desk_store.engine.connect() as connection:
        rows = str(connection.execute(text("SELECT * FROM calendar_feeds")).all())
        rows += str(connection.execute(text("SELECT * FROM audit_values")).all())
    assert token not in rows
    assert enter("lan", Role.REVIEWER).get("/feed").status_code == 403


def test_the_log_of_requests_tells_no_address():
    def record(path: str) -> logging.LogRecord:
        return logging.LogRecord("uvicorn.access", 20, "", 0, '%s - "%s %s"', ("::1", "GET", path), None)

    assert not discreet(record("/feeds/abc.ics"))
    assert discreet(record("/feed"))


def test_nor_what_somebody_searched_for():
    args = ("::1", "GET", "/tasks?words=kho+Hoàng+Lan")
    told = logging.LogRecord("uvicorn.access", 20, "", 0, '%s - "%s %s"', args, None)
    assert discreet(told)
    assert told.getMessage() == '::1 - "GET /tasks"'
