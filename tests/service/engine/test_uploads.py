"""What is sent in is read through every engine alike: each once, followed page by page, given back at the
end; a cluster that is away is waited for."""

from __future__ import annotations

import os
import signal
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from engine_cluster import Cluster
from engine_office import Gate, eventually
from fastapi.testclient import TestClient
from senders import client_of, settled
from sqlalchemy import text

from service.access.roles import Role
from service.settings import Settings
from service.web.app import create

pytestmark = pytest.mark.slow
DIRECTIVE = (
    "number: {}/CT-UBND\nissuer: UBND tỉnh Mẫu\nissued_on: 2024-03-01\nSở Y tế; lập kế hoạch; 2024-03-15"
)


class Office:
    """A server that reads uploads through an engine, and somebody who sends them."""

    def __init__(self, folder: Path, engine: str) -> None:
        self.settings = Settings(data_dir=folder / "data", engine=engine, child_memory_mb=400, workers=2)
        self._life = ExitStack()
        self._app = create(self.settings, readers=None, reader="fake_readers:plain")
        self._life.enter_context(TestClient(self._app))
        self.client = client_of(self._app, f"lan-{uuid.uuid4().hex}", Role.CLERK)

    def send(self, content: str) -> dict[str, Any]:
        files = [("files", ("cong-van.txt", content.encode()))]
        [upload] = self.client.post("/api/v1/uploads", files=files).json()["uploads"]
        return upload

    def now(self, upload: dict[str, Any]) -> dict[str, Any]:
        return self.client.get(f"/api/v1/uploads/{upload['id']}").json()

    def outcome(self, upload: dict[str, Any]) -> str:
        """What became of it."""
        end = settled(self.client, upload)
        return f"failed({end['reason']})" if end["reason"] else end["outcome"]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with self._app.state.dondoc.store.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]

    def close(self) -> None:
        """Ends as a server does that is told to."""
        self._life.close()


@pytest.fixture
def office_on(tmp_path: Path) -> Iterator[Callable[[str], Office]]:
    with ExitStack() as made:

        def on(engine: str) -> Office:
            office = Office(tmp_path, engine)
            made.callback(office.close)
            return office

        yield on


@pytest.fixture
def fragile(tmp_path: Path) -> Iterator[Cluster]:
    """A cluster to be harmed."""
    pytest.importorskip("distributed")
    (tmp_path / "dask").mkdir()
    cluster = Cluster(tmp_path / "dask", DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0")
    yield cluster
    cluster.close()


def test_each_upload_has_one_outcome_whatever_the_others_do(office_on, engine: str):
    office = office_on(engine)
    sent = [
        office.send(one)
        for one in (DIRECTIVE.format(1), "!abort", "!unreadable", "secrecy: mat\n", DIRECTIVE.format(2))
    ]
    ends = ["done", "failed(crashed)", "failed(encrypted)", "refused_secret", "done"]
    assert [office.outcome(one) for one in sent] == ends
    assert office.rows("SELECT count(*) FROM documents") == [(2,)]


def test_its_pages_are_counted_while_it_is_read(office_on, engine: str, tmp_path: Path):
    office, gate = office_on(engine), tmp_path / "gate"
    upload = office.send(f"!pages 4 {gate}")
    eventually(lambda: office.now(upload)["page"] == 3)
    now = office.now(upload)
    assert (now["state"], now["stage"], now["pages"]) == ("reading", "pages", 4)
    gate.touch()
    assert office.outcome(upload) == "no_tasks"


def test_what_a_killed_reader_was_reading_is_read_again(office_on, engine: str, gate: Gate):
    office = office_on(engine)
    upload = office.send(f"!held {gate.path}")
    os.kill(gate.reader(), signal.SIGKILL)
    gate.open()
    assert office.outcome(upload) == "no_tasks"


def test_a_server_that_ends_gives_back_what_is_being_read(office_on, engine: str, gate: Gate):
    office = office_on(engine)
    office.send(f"!held {gate.path}")
    reader = gate.reader()
    office.close()
    eventually(lambda: not Path(f"/proc/{reader}").exists())
    held = "SELECT kind, attempts FROM jobs WHERE owner IS NOT NULL OR attempts > 0"
    assert office.rows(held) == []  # being stopped is no attempt
    gate.open()
    following = office_on("processes:1")
    eventually(lambda: following.rows("SELECT outcome FROM uploads") == [("no_tasks",)])


def test_an_upload_outlives_the_worker_that_reads_it(office_on, fragile: Cluster, gate: Gate):
    nanny = fragile.start_worker()
    office = office_on(fragile.engine)
    held, other = office.send(f"!held {gate.path}"), office.send(DIRECTIVE.format(1))
    gate.reader()
    fragile.kill_worker(nanny)
    gate.open()
    assert (office.outcome(held), office.outcome(other)) == ("no_tasks", "done")
    assert office.rows("SELECT count(*) FROM documents") == [(2,)]


def test_uploads_wait_for_a_cluster_that_is_not_there_yet(
    office_on, fragile: Cluster, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setattr("service.uploads.reading._AILING", 0.3)
    fragile.scheduler.kill()
    fragile.scheduler.wait()
    office = office_on(fragile.engine)
    upload = office.send(DIRECTIVE.format(1))
    eventually(lambda: sum(one.name == "dondoc.uploads" for one in caplog.records) > 3)
    assert office.now(upload)["state"] in ("received", "waiting")
    assert sum(one.name == "IO loop" for one in threading.enumerate()) <= 1  # none is left by each try
    fragile.start_scheduler()
    fragile.start_worker()
    assert office.outcome(upload) == "done"


def test_uploads_wait_for_a_cluster_that_went_away(
    office_on, fragile: Cluster, gate: Gate, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("service.uploads.reading._AILING", 1.0)
    fragile.start_worker()
    office = office_on(fragile.engine)
    read, other = office.send(f"!held {gate.path}"), office.send(DIRECTIVE.format(1))
    gate.reader()
    fragile.scheduler.kill()
    fragile.scheduler.wait()
    eventually(lambda: office.now(read)["state"] == "waiting")
    tried = "SELECT max(attempts) FROM jobs WHERE state <> 'done'"  # the other may have been read before
    eventually(lambda: office.rows(tried) == [(0,)])  # not the upload's fault
    gate.open()
    fragile.start_scheduler()
    fragile.start_worker()
    assert (office.outcome(read), office.outcome(other)) == ("no_tasks", "done")
    assert office.rows("SELECT count(*) FROM documents") == [(2,)]


def test_workers_take_up_what_is_imported_without_a_new_start(office_on, fragile: Cluster):
    fragile.start_worker()
    office = office_on(fragile.engine)
    assert office.outcome(office.send("!pid")) == "no_tasks"
    office.settings.units_file.write_text("units")
    assert office.outcome(office.send("!pid\n")) == "no_tasks"
    numbers = office.rows("SELECT number FROM documents")
    assert len(set(numbers)) == 2  # by a reader of its own


def test_what_workers_tell_is_counts_and_nothing_else(office_on, cluster: Cluster, tmp_path: Path):
    from distributed import Client

    office = office_on(cluster.engine)
    (tmp_path / "gate").touch()
    assert office.outcome(office.send(f"!pages 2 {tmp_path / 'gate'}")) == "no_tasks"
    with Client(cluster.address, set_as_default=False) as client:
        events = [event for topic in client.get_events().values() for _, event in topic]
    told = [one for one in events if "reading" in one]
    assert told
    assert {name for one in told for name in one} == {"reading", "stage", "page", "pages", "worker"}
