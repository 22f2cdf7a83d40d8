"""An office on PostgreSQL: a server without readers, two `dondoc work` beside it, one of which is killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from sqlalchemy import text

from service.access.roles import Role, rights_of
from service.bootstrap import open_store
from service.hooks.news import Event
from service.settings import Settings
from service.store import Store

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples" / "sources"
SLOW = "s43-quet-nhieu-trang.pdf"  # scanned pages: some seconds
QUICK = ("s36-vni.txt", "s10-dong-y-chu-truong.docx", "s07-ke-hoach-xa.docx")
PROGRAM = "import sys; sys.argv[0] = 'dondoc'; from service.cli import main; main()"
ENDED = {"done", "failed", "refused"}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgres,
    pytest.mark.skipif(not shutil.which("tesseract"), reason="scans cannot be read without tesseract"),
]


class Office:
    """Its data folder, database, and running programs."""

    def __init__(self, url: str, folder: Path) -> None:
        self.own = {"DONDOC_DATABASE_URL": url, "DONDOC_DATA_DIR": str(folder), "DONDOC_LEASE_SECONDS": "8"}
        self.spool = folder / "spool"
        self.store: Store = open_store(Settings(database_url=url, data_dir=folder))
        with self.store.begin() as work:
            user = work.people.add("vanthu", "Văn thư", Role.ADMINISTRATOR)
            viewer = work.people.viewer(user)
            self.token = work.people.issue_token(user, "một cửa", rights_of(Role.ADMINISTRATOR))
            work.hooks.add(viewer, "https://may-khac.invalid/", [Event.READ], private=False)

    @contextmanager
    def running(self, *words: str) -> Iterator[subprocess.Popen[bytes]]:
        command = [sys.executable, "-c", PROGRAM, *words]
        one = subprocess.Popen(command, env=os.environ | self.own, stdout=subprocess.DEVNULL)
        try:
            yield one
        finally:
            if one.poll() is None:
                one.send_signal(signal.SIGTERM)
            one.wait(60)

    def holder(self, upload: str, workers: list[subprocess.Popen[bytes]]) -> subprocess.Popen[bytes] | None:
        """The program that is reading an upload: it has the lock of the owner whom the ledger names."""
        query = "SELECT owner FROM jobs WHERE kind = 'upload' AND key = :key AND state = 'leased'"
        with self.store.engine.connect() as connection:
            owner = connection.execute(text(query), {"key": upload}).scalar()
        lock = str(self.spool / f"{owner}.lock")
        for one in workers:
            if any(file.path == lock for file in psutil.Process(one.pid).open_files()):
                return one
        return None

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with self.store.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]


@pytest.fixture
def office(url: str, tmp_path: Path) -> Iterator[Office]:
    office = Office(url, tmp_path / "data")
    yield office
    office.store.engine.dispose()


def until(found: Callable[[], Any], seconds: float = 120.0) -> Any:
    """What it gives, once it gives something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := found():
            return value
        time.sleep(0.05)
    raise AssertionError("waited in vain")


def answers(client: httpx.Client) -> bool:
    try:
        return client.get("/readyz").status_code == 200
    except httpx.HTTPError:
        return False


def follow(client: httpx.Client, upload: str, seen: list[str]) -> None:
    """The upload's states as the server tells them, until it ends the stream."""
    with client.stream("GET", f"/api/v1/uploads/{upload}/events", timeout=180) as answer:
        for line in answer.iter_lines():
            if line.startswith("data: "):
                seen.append(json.loads(line.removeprefix("data: "))["state"])


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_worker_that_is_killed_loses_nothing_and_nothing_is_read_twice(office: Office):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    headers = {"authorization": f"Bearer {office.token}"}
    with (
        office.running("serve", "--port", str(port), "--workers", "0"),
        office.running("work", "--workers", "1") as first,
        office.running("work", "--workers", "1") as second,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=60) as client,
    ):
        until(lambda: answers(client))
        files = [("files", (name, (SAMPLES / name).read_bytes())) for name in (SLOW, *QUICK)]
        sent = client.post("/api/v1/uploads", files=files).raise_for_status().json()["uploads"]
        seen: list[str] = []
        follower = threading.Thread(target=follow, args=(client, sent[0]["id"], seen))
        follower.start()

        victim = until(lambda: office.holder(sent[0]["id"], [first, second]))
        until(lambda: "reading" in seen)
        victim.send_signal(signal.SIGSTOP)  # so that it cannot end in the very moment
        assert office.holder(sent[0]["id"], [victim]) is victim, "it was read too quickly to be killed"
        left = psutil.Process(victim.pid).children(recursive=True)
        victim.kill()

        follower.join(180)
        assert not follower.is_alive()
        assert (seen[0] in ("received", "reading"), seen[-1]) == (True, "done")
        ends = [until(lambda one=one: ended(client, one["id"])) for one in sent]
        assert [one["state"] for one in ends] == ["done"] * len(sent)
        assert len({one["document"] for one in ends}) == len(sent)
        assert second.poll() is None or first.poll() is None
        assert not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in left)

    assert office.rows("SELECT count(*) FROM documents") == [(len(sent),)]
    assert office.rows("SELECT max(attempts) FROM jobs") == [(2,)]  # begun by both
    assert office.rows("SELECT DISTINCT kind, state FROM jobs ORDER BY kind") == [
        ("read", "done"),
        ("upload", "done"),
    ]
    told = office.rows("SELECT body ->> 'document', count(*) FROM deliveries GROUP BY 1 ORDER BY 1")
    assert told == sorted((str(one["document"]), 1) for one in ends)
    doubled = (
        "SELECT count(*) FROM task_units GROUP BY document_id, task_id, role, position HAVING count(*) > 1"
    )
    assert office.rows(doubled) == []
    assert list((office.spool.parent / "uploads").iterdir()) == []
    assert {one.returncode for one in (first, second)} == {0, -signal.SIGKILL}


def ended(client: httpx.Client, upload: str) -> dict[str, Any] | None:
    now = client.get(f"/api/v1/uploads/{upload}").json()
    return now if now["state"] in ENDED else None
