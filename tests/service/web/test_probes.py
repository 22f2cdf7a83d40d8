"""What machines ask: whether it lives, whether it is ready and if not why, and its figures, for who may."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from engine_office import eventually
from fastapi import FastAPI
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families
from senders import client_of, settled
from sqlalchemy import insert, text

from service.access.roles import Role
from service.database import now, open_engine
from service.metrics.stock import Stock
from service.migrations import HEAD
from service.settings import Settings
from service.store import Store
from service.tables import Delivery, Digest
from service.web.app import create

TOKEN = "so-lieu-van-hanh"
SECRET_WORDS = ("Hoàng Lan", "lan-huong", "kín", "9/CT-UBND", TOKEN)
OPERATIONS = Path(__file__).resolve().parents[3] / "docs" / "operations.md"
NOBODY = "postgresql+psycopg://root@127.0.0.1:1/test?connect_timeout=2"


@pytest.fixture
def watched(url: str, tmp_path: Path) -> Iterator[FastAPI]:
    """Reads with the plain reader of fake_readers.py; its figures are told."""
    own = {"data_dir": tmp_path / "data", "database_url": url}
    settings = Settings(metrics_token=TOKEN, private_webhooks=True, **own)
    app = create(settings, readers=1, reader="fake_readers:plain")
    with TestClient(app):
        yield app


Figures = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def figures(app: FastAPI) -> Figures:
    """All figures, as Prometheus reads them: by name and labels."""
    answer = TestClient(app).get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    found = text_string_to_metric_families(answer.text)
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in found
        for sample in family.samples
    }


def value(found: Figures, name: str, **labels: str) -> float | None:
    """One of them; None where it is not told."""
    return found.get((name, tuple(sorted(labels.items()))))


# ---------------------------------------------------------------- ready


def readiness(app: FastAPI) -> tuple[int, dict]:
    answer = TestClient(app).get("/readyz")
    return answer.status_code, answer.json()


def test_it_is_ready_on_a_store_of_its_own_version(watched: FastAPI):
    assert readiness(watched) == (200, {"status": "ok"})


def test_it_is_not_ready_on_a_store_of_another_version(watched: FastAPI):
    engine = watched.state.dondoc.store.engine
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert readiness(watched) == (503, {"status": "not ready", "failing": ["schema"]})
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": HEAD})
    assert readiness(watched)[0] == 200


def test_it_is_not_ready_where_nothing_can_be_kept(watched: FastAPI):
    folder: Path = watched.state.dondoc.settings.data_dir
    folder.rename(folder.with_name("away"))
    folder.touch()
    status, told = readiness(watched)
    folder.unlink()
    folder.with_name("away").rename(folder)
    assert (status, told["failing"]) == (503, ["data-folder"])
    assert readiness(watched)[0] == 200


def test_without_its_database_it_lives_but_is_not_ready_and_tells_no_address(app: FastAPI):
    ours = app.state.dondoc.store
    app.state.dondoc.store = Store(open_engine(NOBODY))
    answer = TestClient(app).get("/readyz")
    assert TestClient(app).get("/livez").json() == {"status": "ok"}
    app.state.dondoc.store = ours
    assert (answer.status_code, answer.json()["failing"]) == (503, ["database"])
    assert "127.0.0.1" not in answer.text


# ---------------------------------------------------------------- who may read the figures


def test_without_a_token_in_the_settings_there_are_no_figures(app: FastAPI):
    for header in ({}, {"authorization": "Bearer "}, {"authorization": f"Bearer {TOKEN}"}):
        assert TestClient(app).get("/metrics", headers=header).status_code == 404


@pytest.mark.parametrize(
    "given", [None, "Bearer", "Bearer ", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer ệ"]
)
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_only_the_settings_token_opens_them(watched: FastAPI, given: str | None):
    headers = {"authorization": given.encode()} if given else {}
    answer = TestClient(watched).get("/metrics", headers=headers)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert "dondoc_" not in answer.text


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_user_s_token_does_not_open_them_nor_theirs_the_api(watched: FastAPI):
    boss = client_of(watched, "sep", Role.ADMINISTRATOR)
    assert boss.get("/metrics").status_code == 401
    machine = TestClient(watched, headers={"authorization": f"Bearer {TOKEN}"})
    assert machine.get("/api/v1/documents").status_code == 401


# ---------------------------------------------------------------- the figures


def test_requests_are_counted_by_template_and_never_by_address(watched: FastAPI):
    client = client_of(watched, "lan-huong", Role.REVIEWER)
    for path in ("/api/v1/documents/71", "/api/v1/documents/72", "/documents/73", "/kín", "/static/app.css"):
        client.get(path)
    client.request("BREW", "/livez")
    found = figures(watched)

    def requests(route: str, method: str = "GET", status: str = "4xx") -> float | None:
        return value(found, "dondoc_http_requests_total", route=route, method=method, status=status)

    assert requests("/api/v1/documents/{document}") == 2
    assert requests("/documents/{document}") == 1
    assert requests("none") == 1
    assert requests("static", status="2xx") == 1
    assert requests("/livez", "other") == 1
    counted = value(found, "dondoc_http_request_duration_seconds_count", route="/api/v1/documents/{document}")
    assert counted == 2
    routes = {dict(labels).get("route", "") for _, labels in found}
    assert not [one for one in routes if re.search(r"\d\d|kín", one)]


def test_an_error_nobody_foresaw_is_counted(watched: FastAPI):
    @watched.get("/broken")
    def broken() -> None:
        raise RuntimeError("kín")

    TestClient(watched, raise_server_exceptions=False).get("/broken")
    labels = {"route": "/broken", "method": "GET", "status": "5xx"}
    assert value(figures(watched), "dondoc_http_requests_total", **labels) == 1


def test_documents_are_counted_by_what_became_of_them(watched: FastAPI):
    client = client_of(watched, "lan-huong", Role.CLERK)
    good = "number: 9/CT-UBND\nissuer: UBND\nissued_on: 2024-01-02\nHoàng Lan; báo cáo; 2024-03-05"
    contents = {"done": good, "refused_secret": "secrecy: mat\nđiều kín", "failed": "!unreadable"}
    for content in (*contents.values(), good):  # the last is known already: it is not read
        sent = client.post("/api/v1/uploads", files=[("files", ("kín.txt", content.encode()))])
        for upload in sent.json()["uploads"]:
            settled(client, upload)
    found = figures(watched)
    read = {
        labels: number for (name, labels), number in found.items() if name == "dondoc_documents_read_total"
    }
    assert {dict(labels)["outcome"]: number for labels, number in read.items()} == dict.fromkeys(contents, 1)
    assert value(found, "dondoc_pages_read_total") == 1
    assert value(found, "dondoc_reading_seconds_total") > 0
    assert value(found, "dondoc_jobs", kind="read", state="done") == 2
    assert value(found, "dondoc_jobs", kind="read", state="failed") == 1
    told = TestClient(watched).get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).text
    assert [word for word in SECRET_WORDS if word in told] == []


def test_work_that_waits_is_told_with_the_age_of_the_oldest(watched: FastAPI):
    with watched.state.dondoc.store.begin() as work:
        work.ledger.enqueue("letters", ["a", "b"])
        work._session.execute(text("UPDATE jobs SET created_at = created_at - 3600 WHERE key = 'a'"))
        work.ledger.enqueue("calls", ["c"])
        assert work.ledger.claim("calls", owner="one", seconds=60.0)
    found = figures(watched)
    assert value(found, "dondoc_jobs", kind="letters", state="ready") == 2
    assert 3600 <= value(found, "dondoc_oldest_waiting_job_seconds", kind="letters") < 3700
    assert value(found, "dondoc_jobs", kind="calls", state="leased") == 1
    assert value(found, "dondoc_oldest_waiting_job_seconds", kind="calls") is None


def test_work_that_is_put_back_or_lost_waits_too(watched: FastAPI):
    with watched.state.dondoc.store.begin() as work:
        for kind in ("letters", "calls"):
            work.ledger.enqueue(kind, [kind])
        work._session.execute(text("UPDATE jobs SET created_at = created_at - 3600"))
        put_back = work.ledger.claim("letters", owner="one", seconds=60.0)
        assert put_back
        work.ledger.defer(put_back, 60.0)
        assert work.ledger.claim("calls", owner="gone", seconds=60.0)
        work._session.execute(text("UPDATE jobs SET due_at = due_at - 120 WHERE owner = 'gone'"))
    found = figures(watched)
    assert value(found, "dondoc_jobs", kind="letters", state="later") == 1
    for kind in ("letters", "calls"):
        assert 3600 <= value(found, "dondoc_oldest_waiting_job_seconds", kind=kind) < 3700


def test_messages_that_did_not_arrive_are_told(watched: FastAPI):
    found = figures(watched)
    assert value(found, "dondoc_deliveries", way="mail", state="failed") == 0
    client = client_of(watched, "lan-huong", Role.ADMINISTRATOR)
    made = client.post(
        "/api/v1/webhooks", json={"url": "http://127.0.0.1:9/kin", "events": ["document.read"]}
    )
    assert made.status_code == 201, made.text
    later = {"attempts": 9, "next_attempt_at": now() + 3600, "created_at": now()}
    hook = later | {"webhook_id": made.json()["id"], "event": "document.read", "body": {}}
    mail = later | {"unit_name": "Hoàng Lan", "address": "lan-huong@example.org", "fault": ""}
    with watched.state.dondoc.store.begin() as work:
        for state in ("waiting", "failed", "failed", "done"):
            work._session.execute(insert(Delivery).values(hook | {"state": state}))
        for number, state in enumerate(("waiting", "waiting", "failed", "done")):
            own = {"unit_key": str(number), "day": dt.date(2026, 1, 5), "mail": state}
            work._session.execute(insert(Digest).values(mail | own))
    found = figures(watched)
    counts = {
        (way, state): value(found, "dondoc_deliveries", way=way, state=state)
        for way in ("webhook", "mail")
        for state in ("waiting", "failed")
    }
    assert counts == {
        ("webhook", "waiting"): 1,
        ("webhook", "failed"): 2,
        ("mail", "waiting"): 2,
        ("mail", "failed"): 1,
    }


@pytest.mark.postgres
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_rows_that_the_database_has_not_swept_away_are_told(watched: FastAPI):
    store = watched.state.dondoc.store
    with store.engine.begin() as connection:
        connection.execute(text("ALTER TABLE jobs SET (autovacuum_enabled = off)"))
    for number in range(20):
        with store.begin() as work:
            work.ledger.enqueue("read", [f"key{number}"])
        with store.begin() as work:
            lease = work.ledger.claim("read", owner="a", seconds=60.0)
            assert lease
            work.ledger.complete(lease, "done")
    store.engine.dispose()  # a connection that ends tells the database's statistics what it did
    eventually(lambda: value(figures(watched), "dondoc_ledger_dead_rows") >= 20)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_every_figure_stands_in_the_documents(watched: FastAPI):
    """And these name none that there is not, in an alert most of all."""
    told = TestClient(watched).get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).text
    names = set(re.findall(r"(?m)^# TYPE (dondoc_\S+) ", told))
    assert set(re.findall(r"\bdondoc_\w+", OPERATIONS.read_text(encoding="utf-8"))) == names


def test_the_process_its_version_and_its_disk_are_told(watched: FastAPI):
    found = figures(watched)
    assert value(found, "dondoc_build_info", version="0.1.0", schema=HEAD) == 1
    assert value(found, "dondoc_database_up") == 1
    assert 0 < value(found, "dondoc_data_free_bytes") < value(found, "dondoc_data_size_bytes")
    assert value(found, "process_resident_memory_bytes") > 0


def test_without_its_database_it_tells_that_and_what_it_knows_itself(tmp_path: Path):
    settings = Settings(data_dir=tmp_path, metrics_token=TOKEN)
    with TestClient(app := create(settings)) as client:
        client.get("/livez")
        stock = Stock(settings, Store(open_engine(NOBODY)))
        told = {one.name: one.samples for one in stock.collect()}
        assert [one.value for one in told["dondoc_database_up"]] == [0]
        assert "dondoc_jobs" not in told
        assert value(figures(app), "dondoc_database_up") == 1
