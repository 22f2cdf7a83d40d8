"""Other software is told what happened: signed, only of what its owner may see, never inside the house."""

from __future__ import annotations

import hashlib
import hmac
import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from listener import listening
from people import document, filed, task, unit
from senders import client_of
from sqlalchemy import select, update

from service.access.roles import Role
from service.hooks.courier import Courier
from service.hooks.sending import Unreachable, is_public, target
from service.settings import Settings
from service.tables import Delivery
from service.web.app import create


@pytest.fixture
def listener():
    with listening() as handler:
        yield handler


@pytest.fixture
def house(tmp_path: Path):
    """An application whose administrator allows addresses inside the house."""
    app = create(Settings(data_dir=tmp_path / "house", private_webhooks=True))
    with TestClient(app):
        yield app


def accept(client: TestClient) -> None:
    assert client.post("/api/v1/documents/1/tasks/a/accept", json={"revision": 1}).status_code == 200


def test_events_arrive_signed(house, listener):
    state = house.state.dondoc
    filed(state.store, document("12", task("a", "Rà soát", unit("Sở Y tế"))))
    client = client_of(house, "quan-tri", Role.ADMINISTRATOR)
    events = ["task.changed", "document.reviewed"]
    made = client.post("/api/v1/webhooks", json={"url": listener.url, "events": events}).json()
    accept(client)
    courier = Courier(state.settings, state.store)
    assert [courier.turn() for _ in range(3)] == [True, True, False]
    told = {json.loads(body)["event"]: json.loads(body) for _, body in listener.got}
    assert (told["task.changed"]["task"], told["task.changed"]["revision"]) == ("a", 2)
    assert told["document.reviewed"]["document"] == 1
    headers, body = listener.got[0]
    moment, given = (part.partition("=")[2] for part in headers["Dondoc-Signature"].split(","))
    signed = hmac.new(made["secret"].encode(), f"{moment}.".encode() + body, hashlib.sha256)
    assert given == signed.hexdigest()
    assert "Rà soát" not in body.decode()


def test_what_did_not_arrive_is_tried_again_and_redirects_are_not_followed(house, listener):
    state = house.state.dondoc
    listener.status = 302
    filed(state.store, document("12", task("a", "Rà soát", unit("Sở Y tế"))))
    client = client_of(house, "quan-tri", Role.ADMINISTRATOR)
    made = client.post("/api/v1/webhooks", json={"url": listener.url, "events": ["task.changed"]}).json()
    accept(client)
    courier = Courier(state.settings, state.store)
    assert [courier.turn(), courier.turn()] == [True, False]  # the next try is later
    assert len(listener.got) == 1
    [told] = client.get(f"/api/v1/webhooks/{made['id']}/deliveries").json()
    assert (told["state"], told["attempts"], told["status"], told["fault"]) == ("waiting", 1, 302, "")
    assert client.delete(f"/api/v1/webhooks/{made['id']}").status_code == 204
    assert client.get("/api/v1/webhooks").json() == []


def test_a_late_courier_does_not_undo_what_another_noted(house, listener):
    state = house.state.dondoc
    filed(state.store, document("12", task("a", "Rà soát", unit("Sở Y tế"))))
    client = client_of(house, "quan-tri", Role.ADMINISTRATOR)
    client.post("/api/v1/webhooks", json={"url": listener.url, "events": ["task.changed"]})
    accept(client)
    with state.store.begin() as work:
        late = work.outbox.claim()
    with state.store.engine.begin() as connection:  # a minute passes without a word of it
        connection.execute(update(Delivery).values(next_attempt_at=0.0))
    assert Courier(state.settings, state.store).turn()
    with state.store.begin() as work:
        work.outbox.settle(late, 500)
        assert not work.outbox.waiting()
    with state.store.engine.connect() as connection:
        assert connection.execute(select(Delivery.state, Delivery.attempts)).one() == ("done", 2)


def test_of_what_its_owner_may_not_see_nothing_is_told(house, listener):
    state = house.state.dondoc
    number = filed(state.store, document("12", task("a", "Rà soát", unit("Sở Y tế"))))
    client = client_of(house, "quan-tri", Role.ADMINISTRATOR)
    client.post("/api/v1/webhooks", json={"url": listener.url, "events": ["task.changed"]})
    accept(client)
    with state.store.begin() as work:
        work.course.restrict(work.people.viewer(1), number, 3)
    Courier(state.settings, state.store).turn()
    assert listener.got == []


def hook(client: TestClient, url: str) -> str:
    made = client.post("/api/v1/webhooks", json={"url": url, "events": ["task.changed"]})
    return f"/api/v1/webhooks/{made.json()['id']}"


def test_a_test_is_sent_once_and_tells_of_nothing(house, listener):
    state = house.state.dondoc
    client = client_of(house, "quan-tri", Role.ADMINISTRATOR)
    mine = hook(client, listener.url)
    assert client.post(f"{mine}/test").json() == {"delivery": 1}
    courier = Courier(state.settings, state.store)
    listener.status = 500
    assert [courier.turn(), courier.turn()] == [True, False]
    told = json.loads(listener.got[0][1])
    assert told.keys() == {"id", "event", "at"}
    assert told["event"] == "test"
    [sent] = client.get(f"{mine}/deliveries").json()
    assert (sent["state"], sent["status"]) == ("failed", 500)


def test_a_failed_message_is_sent_again(house, listener):
    state = house.state.dondoc
    client = client_of(house, "quan-tri", Role.ADMINISTRATOR)
    mine = hook(client, listener.url)
    client.post(f"{mine}/test")
    courier = Courier(state.settings, state.store)
    listener.status = 500
    courier.turn()
    listener.status = 204
    assert client.post(f"{mine}/deliveries/1/resend").status_code == 202
    assert courier.turn()
    [sent] = client.get(f"{mine}/deliveries").json()
    assert (sent["state"], sent["status"], sent["attempts"]) == ("done", 204, 1)
    assert client.post(f"{mine}/deliveries/1/resend").status_code == 404  # it arrived


def test_a_webhook_that_is_off_keeps_what_waits_and_is_told_nothing_new(house, listener):
    state = house.state.dondoc
    filed(state.store, document("12", task("a", "Rà soát", unit("Sở Y tế"))))
    client = client_of(house, "quan-tri", Role.ADMINISTRATOR)
    mine, courier = hook(client, listener.url), Courier(state.settings, state.store)
    client.post(f"{mine}/test")
    client.post(f"{mine}/off")
    assert not courier.turn()
    accept(client)
    assert client.post(f"{mine}/test").json()["type"] == "/problems/webhook-off"
    assert [one["active"] for one in client.get("/api/v1/webhooks").json()] == [False]
    client.post(f"{mine}/on")
    assert [courier.turn(), courier.turn()] == [True, False]
    assert [json.loads(body)["event"] for _, body in listener.got] == ["test"]


def test_why_nothing_arrived_is_told(app, house, listener):
    """A public name that leads inside is refused when something is sent; a machine that is gone is silent."""
    client = client_of(app, "quan-tri", Role.ADMINISTRATOR)
    inside = hook(client, "http://localhost:9/")
    client.post(f"{inside}/test")
    Courier(app.state.dondoc.settings, app.state.dondoc.store).turn()
    assert client.get(f"{inside}/deliveries").json()[0]["fault"] == "private"

    client, state = client_of(house, "quan-tri", Role.ADMINISTRATOR), house.state.dondoc
    with listening() as gone:
        away = hook(client, gone.url)
    client.post(f"{away}/test")
    Courier(state.settings, state.store).turn()
    assert client.get(f"{away}/deliveries").json()[0]["fault"] == "silent"


def test_nobody_touches_anothers(house, listener):
    mine = hook(client_of(house, "quan-tri", Role.ADMINISTRATOR), listener.url)
    other = client_of(house, "khac", Role.ADMINISTRATOR)
    assert other.get("/api/v1/webhooks").json() == []
    assert other.get(f"{mine}/deliveries").status_code == 404
    for path in ("on", "off", "test", "deliveries/1/resend"):
        assert other.post(f"{mine}/{path}").status_code == 404
    assert other.delete(mine).status_code == 404
    assert client_of(house, "lan", Role.MONITOR).get("/api/v1/webhooks").status_code == 403


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/x",
        "http://[::1]/x",
        "http://10.1.2.3/",
        "http://169.254.169.254/latest",
        "http://[::ffff:192.168.1.1]/",
        "ftp://vanphong.example/",
        "https://nguoi:mat-khau@vanphong.example/",
        "http://",
        "không phải",
    ],
)
def test_addresses_inside_the_house_are_not_taken(app, url: str):
    client = client_of(app, "quan-tri", Role.ADMINISTRATOR)
    answer = client.post("/api/v1/webhooks", json={"url": url, "events": ["task.changed"]})
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/webhook-address")


def test_a_public_name_that_leads_inside_is_found_out_when_sending(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("192.168.0.7", 443))])
    with pytest.raises(Unreachable):
        target("https://vanphong.example/", private=False)
    assert target("https://vanphong.example/", private=True).address == "192.168.0.7"


def test_which_addresses_are_public():
    assert is_public("1.1.1.1")
    inside = ("0.0.0.0", "100.64.0.1", "224.0.0.1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "2002:7f00:1::")
    assert not any(map(is_public, inside))
