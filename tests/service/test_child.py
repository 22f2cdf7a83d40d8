"""A child reads, and whatever a document does to it, the parent gets an answer and nothing is left over."""

from __future__ import annotations

import errno
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from pipeline.errors import Reason
from pipeline.progress import Stage, Step
from service.child import Broken, Child, Cleared, Failed, Refused, Stopped
from service.reader import Part
from service.settings import Settings
from service.spawning import spawned
from service.spool import Spool

HERE = str(Path(__file__).parent)


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    spool = Spool(tmp_path / "spool")
    yield spool
    spool.close()


@pytest.fixture
def make(spool: Spool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Child]]:
    children = []

    def made(
        reader: str = "fake_readers:plain", stop: threading.Event | None = None, **limits: float
    ) -> Child:
        settings = Settings(data_dir=tmp_path, **limits)
        children.append(Child(settings, reader, spool, stop))
        return children[-1]

    yield made
    for child in children:
        child.close()


def read(child: Child, text: str):
    return child.read([Part("a.txt", text.encode())])


def test_a_document_comes_back_as_its_record(make):
    answer = read(make(), "number: 5/CT-UBND\nSở Y tế; báo cáo; 2024-03-05")
    assert isinstance(answer, Cleared)
    assert answer.record["document"]["number"] == "5/CT-UBND"
    assert [task["text"] for task in answer.record["tasks"]] == ["báo cáo"]


def test_how_far_it_is_is_told_before_the_answer(make, tmp_path: Path):
    (tmp_path / "gate").touch()
    heard: list[Step] = []
    answer = make().read([Part("a.txt", f"!pages 3 {tmp_path / 'gate'}".encode())], heard.append)
    assert isinstance(answer, Cleared)
    assert heard[0] == Step(Stage.OPENING)
    assert heard[-1] == Step(Stage.TASKS)
    assert heard[1:-1] == [Step(Stage.PAGES, page, 3) for page in range(3)]


def test_who_tells_without_end_is_still_bounded(make, tmp_path: Path):
    child = make(child_wall_seconds=1.5)
    answer = child.read([Part("a.txt", f"!pages 2 {tmp_path / 'no-gate'}".encode())], lambda step: None)
    assert isinstance(answer, Failed)
    assert answer.reason is Reason.TIMEOUT


def test_a_packet_comes_back_as_one_record(make):
    answer = make().read([Part("a.txt", b"number: 1"), Part("b.txt", "Sở Y tế; làm; ".encode())])
    assert len(answer.record["tasks"]) == 1


def test_of_a_secret_document_only_the_level_comes_back(make):
    assert read(make(), "secrecy: toi_mat\nđiều không được biết") == Refused("toi_mat")
    assert read(make(), "doubtful: secrecy") == Refused("doubt")


@pytest.mark.parametrize(
    ("verb", "reason", "words"),
    [
        ("abort", Reason.CRASHED, "SIGABRT"),
        ("exit", Reason.CRASHED, "exit 3"),
        ("unreadable", Reason.ENCRYPTED, "mật khẩu"),
        ("raise", Reason.INTERNAL, "ValueError fake_readers.py:"),
        ("hog", Reason.MEMORY, "bộ nhớ"),
        ("spin", Reason.TIMEOUT, "giây xử lý"),
        ("sleep", Reason.TIMEOUT, "giây"),
    ],
)
def test_a_bad_document_fails_with_its_reason_and_the_next_is_read(make, verb, reason, words):
    wall = 2 if verb == "sleep" else 60
    cpu = 0.5 if verb == "spin" else 60
    child = make(child_memory_mb=400, child_cpu_seconds=cpu, child_wall_seconds=wall)
    answer = read(child, f"!{verb} xx")
    assert isinstance(answer, Failed)
    assert answer.reason is reason
    assert words in answer.message
    assert isinstance(read(child, "number: 2"), Cleared)


def test_the_text_of_an_error_is_not_told(make):
    assert "bí mật" not in read(make(), "!raise").message


def test_what_a_dead_child_started_is_killed_and_its_folder_wiped(make, tmp_path):
    assert read(make(), "!orphan").reason is Reason.CRASHED
    sleeping = [
        process for process in psutil.process_iter(["cmdline"]) if process.info["cmdline"] == ["sleep", "604"]
    ]
    assert all(process.status() == psutil.STATUS_ZOMBIE for process in sleeping)
    assert not list((tmp_path / "spool").rglob("draft"))


def test_a_child_is_replaced_after_its_share_of_files(make):
    child = make(files_per_child=2)
    pids = []
    for _ in range(4):
        assert isinstance(read(child, "!pid"), Cleared)
    for _ in range(4):
        pids.append(read(child, "!pid").record["document"]["number"])
    assert len(set(pids)) == 2


def test_a_child_reaches_nobody(make):
    allowed = subprocess.run(
        ["unshare", "--map-root-user", "--net", "true"], check=False, capture_output=True
    )
    if allowed.returncode:
        pytest.skip("the system does not let processes be cut off from the network")
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()  # who may, can
        answer = read(make(), f"!call {server.getsockname()[1]}")
    assert answer.record["document"]["number"] == "nobody"


def test_a_child_cannot_fill_the_disk(make):
    child = make(child_file_mb=2)
    assert read(child, f"!write {2 * 2**20}").record["document"]["number"] == "written"
    assert read(child, f"!write {3 * 2**20}").record["document"]["number"] != "written"


def test_a_run_that_is_stopped_does_not_wait(make):
    stop = threading.Event()
    child = make(stop=stop)
    threading.Timer(0.2, stop.set).start()
    with pytest.raises(Stopped):
        read(child, "!sleep")


def test_a_reader_that_cannot_start_is_no_document_s_fault(make):
    with pytest.raises(Broken, match="no such library"):
        read(make("fake_readers:broken"), "number: 1")
    with pytest.raises(Broken):
        read(make("nowhere:reader"), "number: 1")


def test_a_system_that_has_no_process_to_give_is_waited_for(make, spool: Spool, monkeypatch):
    monkeypatch.setattr("service.child._PAUSES", (0.0, 0.0))
    real, refusals = spawned, [OSError(errno.EAGAIN, "Resource temporarily unavailable")]

    def process(*what):
        if refusals:
            raise refusals.pop()
        return real(*what)

    monkeypatch.setattr("service.child.spawned", process)
    assert read(make(), "number: 1").record["document"]["number"] == "1"
    refusals += [OSError(errno.EAGAIN, "Resource temporarily unavailable")] * 2
    with pytest.raises(Broken, match="temporarily"):
        read(make(), "number: 2")
