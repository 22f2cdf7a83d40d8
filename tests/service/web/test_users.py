"""Users and tokens are managed by administrators alone; every change is audited, secrets show once."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from people import document, filed, task, unit

from service.access.roles import Role
from service.review.changes import Change, Kind
from service.store import Store


class Desk:
    """An administrator's browser."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.csrf = re.search(r'data-csrf="([^"]*)"', client.get("/users").text).group(1)

    def post(self, path: str, **form):
        return self.client.post(path, data=form | {"csrf": self.csrf})

    def shown(self, answer) -> str:
        assert answer.status_code == 200, answer.text
        return re.search(r'class="once">([^<]+)<', answer.text).group(1)


@pytest.fixture
def desk(enter) -> Desk:
    return Desk(enter("quan-tri", Role.ADMINISTRATOR))


NEW = {"login": "so", "name": "Sở Y tế", "role": "unit", "clearance": "1"}


def audited(store: Store, subject: str) -> list[tuple[str, str]]:
    with store.reading() as work:
        return [(one.actor, one.action) for one in work.audit.of(subject)]


def user_of(store: Store, login: str):
    with store.reading() as work:
        viewer = work.people.viewer(1)
        return next(one for one in work.accounts.all(viewer) if one.login == login)


def test_a_new_user_gets_a_one_time_password_shown_once(desk: Desk, app: FastAPI, desk_store: Store):
    password = desk.shown(desk.post("/users", **NEW, unit=["Sở Y tế tỉnh Hưng Yên (so-y-te:hung-yen)", ""]))
    assert password not in desk.client.get("/users").text
    entered = TestClient(app).post("/login", data={"login": "so", "password": password})
    assert entered.url.path == "/password"
    row = user_of(desk_store, "so")
    assert (row.units, row.unit_keys, row.clearance) == (["so-y-te:hung-yen"], ["so y te tinh hung yen"], 1)
    assert audited(desk_store, f"user:{row.id}")[0] == ("quan-tri", "user_add")


def test_a_login_is_given_once(desk: Desk):
    desk.post("/users", **NEW)
    answer = desk.post("/users", **NEW | {"login": "SO"})
    assert answer.status_code == 409
    assert "Đã có người dùng" in answer.text


def test_what_is_changed_is_audited_with_before_and_after(desk: Desk, desk_store: Store):
    desk.post("/users", **NEW)
    row = user_of(desk_store, "so")
    desk.post(f"/users/{row.id}", name="Sở Y tế", role="leader", clearance="3", active="true")
    with desk_store.reading() as work:
        told = work.audit.of(f"user:{row.id}")[-1]
    assert told.values == {
        "before": {"role": "unit", "clearance": 1},
        "after": {"role": "leader", "clearance": 3},
    }
    assert "→ Lãnh đạo" in desk.client.get("/audit", params={"subject": f"user:{row.id}"}).text


def test_who_is_locked_out_is_out_at_once(desk: Desk, app: FastAPI, desk_store: Store):
    password = desk.shown(desk.post("/users", **NEW))
    browser = TestClient(app)
    browser.post("/login", data={"login": "so", "password": password})
    row = user_of(desk_store, "so")
    desk.post(f"/users/{row.id}", name="Sở Y tế", role="unit", clearance="0")
    assert browser.get("/session", follow_redirects=False).status_code == 303


def test_a_reset_ends_the_old_password(desk: Desk, app: FastAPI, desk_store: Store):
    old = desk.shown(desk.post("/users", **NEW))
    new = desk.shown(desk.post(f"/users/{user_of(desk_store, 'so').id}/reset"))
    assert TestClient(app).post("/login", data={"login": "so", "password": old}).status_code == 401
    assert TestClient(app).post("/login", data={"login": "so", "password": new}).status_code == 200


def test_the_last_administrator_stays(desk: Desk):
    answer = desk.post("/users/1", name="Quản trị", role="leader", clearance="0", active="true")
    assert answer.status_code == 409
    assert desk.client.get("/users").status_code == 200


def test_a_token_is_shown_once_and_works_until_it_is_revoked(desk: Desk, app: FastAPI, desk_store: Store):
    token = desk.shown(desk.post("/tokens", name="một cửa", user="1", scope=["read", "export"]))
    listed = desk.client.get("/tokens").text
    assert token not in listed
    software = TestClient(app, headers={"authorization": f"Bearer {token}"})
    assert software.get("/api/v1/tasks").status_code == 200
    assert software.get("/api/v1/uploads").status_code == 403
    desk.post(re.search(r'action="(/tokens/\d+/revoke)"', listed).group(1))
    assert software.get("/api/v1/tasks").status_code == 401
    assert {("quan-tri", "token"), ("quan-tri", "token_revoked")} <= set(audited(desk_store, "user:1"))


@pytest.mark.parametrize("role", [Role.CLERK, Role.REVIEWER, Role.MONITOR, Role.LEADER])
def test_nobody_else_manages_or_audits(enter, role: Role):
    enter("quan-tri", Role.ADMINISTRATOR)
    browser = enter("lan", role)
    for path in ("/users", "/users/1", "/tokens", "/audit", "/documents/1/purge"):
        assert browser.get(path).status_code == 403


def test_an_auditor_sees_no_values_of_what_he_may_not_see(desk: Desk, desk_store: Store):
    number = filed(desk_store, document("12", task("a", "Rà soát biên chế", unit("Sở Y tế"))))
    with desk_store.begin() as work:
        boss = work.people.viewer(1)
        work.desk.apply(boss, Kind.EDIT, [Change(number, "a", 1, {"text": "Việc kín"})])
    assert "Việc kín" in desk.client.get("/audit").text
    with desk_store.begin() as work:
        work.course.restrict(boss, number, 5)
    assert "Việc kín" not in desk.client.get("/audit").text


def test_an_administrator_purges_after_being_asked(desk: Desk, desk_store: Store):
    number = filed(desk_store, document("12", task("a", "Rà soát biên chế", unit("Sở Y tế"))))
    assert "không lấy lại được" in desk.client.get(f"/documents/{number}/purge").text
    assert "1 nhiệm vụ" in desk.post(f"/documents/{number}/purge").text
    assert desk.client.get(f"/documents/{number}").status_code == 404
    assert audited(desk_store, f"document:{number}") == [("quan-tri", "purge")]


def test_with_a_one_time_password_nothing_else_can_be_done(desk: Desk, app: FastAPI):
    browser = TestClient(app)
    browser.post("/login", data={"login": "so", "password": desk.shown(desk.post("/users", **NEW))})
    for path in ("/", "/tasks", "/units"):
        assert browser.get(path).url.path == "/password"
    answer = browser.get("/api/v1/tasks")
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/password-change-needed")


def test_a_department_is_offered_as_the_province_that_issues_has_it(desk: Desk, desk_store: Store):
    filed(desk_store, document("12", task("a", "Rà soát biên chế", unit("Sở Y tế"))))
    assert "(so-y-te:hung-yen)" in desk.client.get("/units/options", params={"unit": "so y te"}).text
