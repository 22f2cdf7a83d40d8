"""A process that is told to end answers what it was asked, gives back what it holds, and ends in order."""

from __future__ import annotations

import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from office_process import Office, sent
from sqlalchemy import text

from service.access.roles import Role

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples" / "sources"
QUICK = "s10-dong-y-chu-truong.docx"
SLOW = "s43-quet-nhieu-trang.pdf"  # scanned pages: some seconds
STATED = 60  # seconds until it has ended, as docs/operations.md says

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("url", ["sqlite"], indirect=True)]


@pytest.fixture
def office(url: str, tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "office", url)
    yield made
    made.close()


def file(name: str) -> tuple[str, bytes]:
    return name, (SAMPLES / name).read_bytes()


def rows(office: Office, query: str) -> list[tuple[Any, ...]]:
    with office.store.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def until(found: Callable[[], Any], seconds: float = 120.0) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := found():
            return value
        time.sleep(0.05)
    raise AssertionError("waited in vain")


def is_read(office: Office, upload: str) -> bool:
    return rows(office, f"SELECT state FROM uploads WHERE id = '{upload}'") == [("reading",)]


def test_what_is_read_is_given_back_and_read_by_the_next(office: Office):
    with office.serving() as server:
        client = office.software("van-thu", Role.ADMINISTRATOR)
        [slow, quick] = sent(client, file(SLOW), file(QUICK))
        until(lambda: is_read(office, slow["id"]))
        followed: list[int] = []
        follower = threading.Thread(
            target=lambda: followed.append(client.get(slow["links"]["events"]).status_code)
        )
        follower.start()
        server.send_signal(signal.SIGTERM)
        assert server.wait(STATED) == 0
        follower.join(STATED)
        assert followed == [200]  # who followed it was not cut off
    held = rows(office, "SELECT kind, key FROM jobs WHERE state = 'leased' OR owner IS NOT NULL")
    assert held == []
    waiting = rows(office, f"SELECT attempts FROM jobs WHERE key = '{slow['id']}'")
    assert waiting == [(0,)]  # being stopped is no attempt
    with office.serving():
        for upload in (slow, quick):
            until(lambda one=upload: client.get(one["links"]["self"]).json()["state"] == "done")
    assert rows(office, "SELECT count(*) FROM documents") == [(2,)]


def test_a_request_under_way_is_answered(office: Office):
    with office.serving() as server:
        client = office.software("van-thu", Role.ADMINISTRATOR)
        begun, may_end = threading.Event(), threading.Event()

        def body() -> Iterator[bytes]:
            yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
            begun.set()
            assert may_end.wait(STATED)
            yield b"noi dung\r\n--x--\r\n"

        answers: list[httpx.Response] = []
        headers = {"content-type": "multipart/form-data; boundary=x"}
        asking = threading.Thread(
            target=lambda: answers.append(client.post("/api/v1/uploads", content=body(), headers=headers))
        )
        asking.start()
        assert begun.wait(STATED)
        time.sleep(0.2)  # so that the head has arrived
        server.send_signal(signal.SIGTERM)
        until(lambda: not listens(office))
        may_end.set()
        asking.join(STATED)
        assert [answer.status_code for answer in answers] == [202]
        assert server.wait(STATED) == 0
    assert rows(office, "SELECT count(*) FROM uploads") == [(1,)]


def listens(office: Office) -> bool:
    host, _, port = office.address.removeprefix("http://").partition(":")
    try:
        socket.create_connection((host, int(port)), 1.0).close()
    except OSError:
        return False
    return True


@pytest.mark.parametrize("command", ["serve", "work"])
def test_a_second_signal_does_not_wait(office: Office, command: str):
    """What it held is seen to be free by the next process: its lock is gone."""
    with office.serving():
        client = office.software("van-thu", Role.ADMINISTRATOR)
        [slow] = sent(client, file(SLOW))
        until(lambda: is_read(office, slow["id"]))
    if command == "work":
        running = office.start("work", "--workers", "1")
        until(lambda: is_read(office, slow["id"]))
        stop_twice(running)
    else:
        with office.serving() as running:
            until(lambda: is_read(office, slow["id"]))
            stop_twice(running)
    assert running.returncode in (0, 1)  # 0 where it was done before the second came
    with office.serving():
        until(lambda: client.get(slow["links"]["self"]).json()["state"] == "done")
    assert rows(office, "SELECT count(*) FROM documents") == [(1,)]


def stop_twice(running: subprocess.Popen[bytes]) -> None:
    for _ in range(2):
        running.send_signal(signal.SIGTERM)
        time.sleep(0.05)
    running.wait(STATED)


def test_a_reader_gives_back_what_it_reads(office: Office):
    with office.serving():
        client = office.software("van-thu", Role.ADMINISTRATOR)
        [slow] = sent(client, file(SLOW))
    running = office.start("work", "--workers", "1")
    until(lambda: is_read(office, slow["id"]))
    running.send_signal(signal.SIGTERM)
    assert running.wait(STATED) == 0
    assert rows(office, "SELECT kind FROM jobs WHERE owner IS NOT NULL") == []
