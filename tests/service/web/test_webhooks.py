"""Administrators manage webhooks in the browser: added, tried, switched off, removed; outcomes in words."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from listener import listening

from service.access.roles import Role
from service.hooks.courier import Courier
from service.hooks.news import Event
from service.settings import Settings
from service.store import Store

EVENTS = ["task.changed", "document.filed"]


class Desk:
    """An administrator's browser."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.csrf = re.search(r'data-csrf="([^"]*)"', client.get("/webhooks").text).group(1)

    def post(self, path: str, **form):
        return self.client.post(path, data=form | {"csrf": self.csrf})


@pytest.fixture
def desk(enter) -> Desk:
    return Desk(enter("quan-tri", Role.ADMINISTRATOR))


def carried(app: FastAPI) -> None:
    """Takes what waits to where it goes, also inside the house."""
    settings = Settings(data_dir=app.state.dondoc.settings.data_dir, private_webhooks=True)
    courier = Courier(settings, store_of(app))
    while courier.turn():
        pass


def store_of(app: FastAPI) -> Store:
    return app.state.dondoc.store


def inside(app: FastAPI, url: str) -> None:
    """A webhook inside the house, as an administrator added it who was allowed to."""
    with store_of(app).begin() as work:
        work.hooks.add(work.people.viewer(1), url, [Event.CHANGED], private=True)


def audited(store: Store) -> list[str]:
    with store.reading() as work:
        return [one.action for one in work.audit.of("webhook:1")]


def test_the_secret_of_a_new_address_is_shown_once(desk: Desk):
    answer = desk.post("/webhooks", url="https://vanphong.example/tin", event=EVENTS)
    secret = re.search(r'class="once">([^<]+)<', answer.text).group(1)
    listed = desk.client.get("/webhooks").text
    assert "https://vanphong.example/tin" in listed
    assert "Văn bản vào sổ; Nhiệm vụ thay đổi" in listed
    assert secret not in listed + desk.client.get("/webhooks/1").text


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://10.1.2.3/tin", "địa chỉ nội bộ"),
        ("http://localhost.:x/", "địa chỉ không đúng"),
        ("ftp://vanphong.example/", "cần địa chỉ http"),
    ],
)
def test_an_address_that_is_refused_is_told_why_and_stays_in_the_form(desk: Desk, url: str, why: str):
    answer = desk.post("/webhooks", url=url, event=EVENTS)
    assert answer.status_code == 422
    assert why in answer.text
    assert f'value="{url}"' in answer.text
    assert ("DONDOC_PRIVATE_WEBHOOKS" in answer.text) == ("nội bộ" in why)


def test_without_an_event_nothing_is_added_and_the_address_stays(desk: Desk):
    answer = desk.post("/webhooks", url="https://vanphong.example/tin")
    assert answer.status_code == 422
    assert 'value="https://vanphong.example/tin"' in answer.text
    assert "Chưa có địa chỉ nào" in desk.client.get("/webhooks").text


def test_a_test_that_fails_is_told_in_words_and_sent_again(desk: Desk, app: FastAPI):
    with listening() as listener:
        inside(app, listener.url)
        listener.status = 503
        followed = desk.post("/webhooks/1/test").text
        assert 'hx-trigger="every 2s"' in followed  # until it was tried
        carried(app)
        shown = desk.client.get("/webhooks/1/deliveries").text
        assert "không gửi được" in shown
        assert "503" in shown
        assert "every 2s" not in shown
        listener.status = 200
        desk.post(re.search(r'action="(/webhooks/1/deliveries/\d+/resend)"', shown).group(1))
        carried(app)
        assert len(listener.got) == 2
    assert "đã đến nơi" in desk.client.get("/webhooks/1").text
    desk.post("/webhooks/1/test")
    carried(app)
    assert "máy kia không trả lời" in desk.client.get("/webhooks/1").text  # it is gone


def test_an_address_is_switched_off_and_removed(desk: Desk, app: FastAPI):
    inside(app, "http://127.0.0.1:9/")
    assert "Gửi tin thử" in desk.client.get("/webhooks/1").text
    off = desk.post("/webhooks/1/switch", on="false").text
    assert 'action="/webhooks/1/test"' not in off
    assert "tắt" in off
    assert desk.post("/webhooks/1/test").status_code == 409
    desk.post("/webhooks/1/switch", on="true")
    assert "Chưa có địa chỉ nào" in desk.post("/webhooks/1/remove").text
    assert desk.client.get("/webhooks/1").status_code == 404
    done = ["webhook", "webhook_switched", "webhook_switched", "webhook_removed"]
    assert audited(store_of(app)) == done
    assert "http://127.0.0.1:9/" in desk.client.get("/audit?subject=webhook:1").text


def test_each_administrator_sees_his_own(desk: Desk, app: FastAPI, enter):
    inside(app, "http://127.0.0.1:9/")
    other = Desk(enter("khac", Role.ADMINISTRATOR))
    assert "127.0.0.1" not in other.client.get("/webhooks").text
    for path in ("switch", "remove", "test"):
        assert other.post(f"/webhooks/1/{path}").status_code == 404


@pytest.mark.parametrize("role", [Role.CLERK, Role.REVIEWER, Role.MONITOR, Role.LEADER])
def test_nobody_else_manages_webhooks(enter, role: Role):
    browser = enter("lan", role)
    for path in ("/webhooks", "/webhooks/1"):
        assert browser.get(path).status_code == 403
    assert "/webhooks" not in browser.get("/").text
