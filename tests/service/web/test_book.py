"""The book in a browser: a unit and the office in turn, what is typed wrong, a duty divided."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from people import document, filed, task, unit

from service.access.roles import Role
from service.review.changes import Change, Kind
from service.store import Store
from service.tracking.finder import DutiesWanted

HEALTH = unit("Sở Y tế", "so-y-te:hung-yen")
DUE = {"kind": "date", "date": "2026-03-31", "text": "trước ngày 31/3", "time": None, "evidence": []}
PASSWORD = "mot mat khau dai"
APPROVAL = {"approval_number": "412/UBND-TH", "approval_on": "18/3/2026"}


def entered(app: FastAPI, store: Store, login: str, role: Role, **rest: object) -> TestClient:
    with store.begin() as work:
        work.people.add(login, login, role, password=PASSWORD, must_change=False, **rest)
    browser = TestClient(app)
    browser.post("/login", data={"login": login, "password": PASSWORD}).raise_for_status()
    return browser


@pytest.fixture
def office(app: FastAPI, desk_store: Store) -> TestClient:
    browser = entered(app, desk_store, "theodoi", Role.MONITOR)
    made = filed(desk_store, document("12", task("a", "Rà soát các trạm y tế", HEALTH, deadline=DUE)))
    with desk_store.begin() as work:
        viewer = work.people.viewer(1)
        assert viewer
        work.desk.apply(viewer, Kind.ACCEPT, [Change(made, "a", 1, {"status": "approved"})])
        work.course.file(viewer, made)
    return browser


@pytest.fixture
def health(app: FastAPI, desk_store: Store) -> TestClient:
    return entered(app, desk_store, "yte", Role.UNIT, units=["so-y-te:hung-yen"])


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return found[1]


def step(browser: TestClient, duty: int, action: str, **typed: object):
    page = browser.get(f"/book/{duty}").text
    data = {"csrf": field(page, "csrf"), "seen": field(page, "seen")} | typed
    return browser.post(f"/book/{duty}/steps/{action}", data=data)


def steps_on(page: str) -> set[str]:
    return set(re.findall(r'action="/book/\d+/steps/(\w+)"', page))


def test_a_unit_asks_for_time_and_the_office_grants_it(office: TestClient, health: TestClient):
    assert "Rà soát các trạm y tế" in health.get("/book").text
    assert steps_on(health.get("/book/1").text) == {
        "acknowledge", "report", "difficulty", "submit", "ask_adjustment", "refuse",
    }  # fmt: skip
    answer = step(health, 1, "ask_adjustment", note="mưa lũ", due="trước 30/4")
    assert "30/04/2026" in answer.text
    waiting = office.get("/book?view=waiting").text
    assert "Rà soát các trạm y tế" in waiting
    page = step(office, 1, "grant", **APPROVAL).text
    assert "31/03/2026 → 30/04/2026" in re.sub(r"\s+", " ", page)
    assert "412/UBND-TH" in page


def test_what_was_typed_stays_where_a_step_cannot_be_taken(office: TestClient, health: TestClient):
    answer = step(health, 1, "report", note="đã làm", percent="nhiều")
    assert answer.status_code == 422
    assert 'value="nhiều"' in answer.text
    assert "từ 0 đến 100" in answer.text
    answer = step(office, 1, "adjust", note="đổi hạn", due="khi nào xong thì thôi")
    assert answer.status_code == 422
    assert "khi nào xong thì thôi" in answer.text


def test_a_page_that_is_old_overwrites_nothing(office: TestClient, health: TestClient):
    old = office.get("/book/1").text
    step(health, 1, "acknowledge")
    data = {"csrf": field(old, "csrf"), "seen": field(old, "seen"), "note": "chờ"}
    assert office.post("/book/1/steps/suspend", data=data).status_code == 409


def test_an_order_given_by_telephone_is_typed_in(office: TestClient, health: TestClient):
    page = office.get("/book/new").text
    data = {
        "csrf": field(page, "csrf"),
        "text": "Báo cáo nhanh về ổ dịch",
        "lead": "Sở Y tế (so-y-te:hung-yen)",
        "due": "trước ngày 20/12/2026",
        "note": "Chủ tịch gọi điện",
        "assigner": "provincial_chair",
        "field": "health",
    }
    assert "Chủ tịch gọi điện" in office.post("/book/new", data=data).text
    assert "Báo cáo nhanh về ổ dịch" in health.get("/book").text
    empty = office.post("/book/new", data=data | {"lead": " "})
    assert empty.status_code == 422
    assert "Báo cáo nhanh về ổ dịch" in empty.text
    assert health.get("/book/new").status_code == 403


@pytest.mark.parametrize("lead", ["Sở Y tế", "sở y tế tỉnh Hưng Yên", "Tên khác (so-y-te:hung-yen)"])
def test_a_unit_that_is_typed_by_name_is_the_one_of_the_register(
    office: TestClient, health: TestClient, lead: str
):
    data = {"csrf": field(office.get("/book/new").text, "csrf"), "text": "Báo cáo ổ dịch", "lead": lead}
    office.post("/book/new", data=data).raise_for_status()
    assert "Báo cáo ổ dịch" in health.get("/book").text


def test_a_typed_duty_may_come_back_each_month(office: TestClient, desk_store: Store):
    data = {"csrf": field(office.get("/book/new").text, "csrf"), "text": "Báo cáo ổ dịch", "lead": "Sở Y tế"}
    data |= {"due": "trước ngày 25 hằng tháng", "assigned_on": "1/3/2026"}
    office.post("/book/new", data=data).raise_for_status()
    with desk_store.begin() as work:
        (series,) = work.recurring.series()
        made = work.recurring.enter_due(series)
    assert "25/03/2026" in office.get(f"/book/{made[0]}").text


def test_an_id_that_the_register_does_not_know_is_not_kept(office: TestClient, desk_store: Store):
    data = {"csrf": field(office.get("/book/new").text, "csrf"), "text": "Báo cáo ổ dịch"}
    office.post("/book/new", data=data | {"lead": "Đoàn số 3 (doan-so-3:khong-co)"}).raise_for_status()
    with desk_store.reading() as work:
        viewer = work.people.viewer(1)
        assert viewer
        (duty,) = work.duties.find(viewer, DutiesWanted(words="o dich"))
    assert (duty.lead_name, duty.lead_key) == ("Đoàn số 3", "~doan so 3")


def test_a_duty_is_divided_among_units(office: TestClient, health: TestClient):
    page = office.get("/book/1").text
    data = {"csrf": field(page, "csrf"), "seen": field(page, "seen")}
    late = office.post("/book/1/parts", data=data | {"parts": "Sở Nội vụ | 15/4"})
    assert late.status_code == 422
    assert "Sở Nội vụ | 15/4" in late.text
    lines = "Sở Y tế (so-y-te:hung-yen)\nSở Nội vụ | 15/3\n"
    done = office.post("/book/1/parts", data=data | {"parts": lines}).text
    assert "15/03/2026" in done
    assert re.findall(r'href="/book/(\d+)">Rà soát', health.get("/book").text) == ["2"]


def test_the_list_is_searched_without_diacritics_and_filtered(office: TestClient):
    def found(**asked: str) -> bool:
        return "Rà soát các trạm y tế" in office.get("/book", params=asked).text

    assert found(q="tram y te")
    assert not found(q="truong hoc")
    assert found(unit="Sở Y tế (so-y-te:hung-yen)", view="overdue")
    assert not found(view="done")
    assert not found(field="education")


def test_a_report_comes_with_documents_from_the_page(office: TestClient, health: TestClient):
    page = health.get("/book/1").text
    assert 'data-files="/book/1/steps/report/files"' in page
    typed = {"csrf": field(page, "csrf"), "seen": field(page, "seen"), "note": "đã rà soát", "percent": "40"}
    address, token = (
        "/book/1/steps/report/files",
        {"x-csrf-token": typed["csrf"], "accept": "application/json"},
    )

    def sent(content: bytes, headers: dict[str, str]):
        return health.post(address, data=typed, files={"files": ("anh.txt", content)}, headers=headers)

    assert sent(b"ba tram", {"accept": "application/json"}).status_code == 403
    refused = sent("MẬT\n\nBÁO CÁO\nvề kho".encode(), token)
    assert refused.status_code == 422
    assert refused.json()["title"].startswith("anh.txt: từ chối, văn bản có dấu MẬT")
    assert sent(b"ba tram", token).json() == {"location": "/book/1"}
    page = office.get("/book/1").text
    link = re.search(r'href="(/api/v1/duties/1/files/\d+)"', page)
    assert link and office.get(link[1]).content == b"ba tram"
