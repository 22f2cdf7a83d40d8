"""A run on a Dask cluster outlives its workers and its scheduler, and leaves nothing there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from engine_cluster import Cluster
from engine_office import Archive, Gate, eventually

from service.child import Broken
from service.database import Unavailable
from service.ledger import State

pytest.importorskip("distributed")
pytestmark = pytest.mark.slow


@pytest.fixture
def fragile(tmp_path: Path) -> Iterator[Cluster]:
    """A cluster with one worker, to be harmed."""
    (tmp_path / "dask").mkdir()
    cluster = Cluster(tmp_path / "dask", DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0")
    yield cluster
    cluster.close()


@pytest.fixture
def archive_on(tmp_path: Path) -> Iterator[Callable[[str], Archive]]:
    made: list[Archive] = []

    def on(engine: str) -> Archive:
        made.append(Archive(tmp_path, engine))
        return made[-1]

    yield on
    for archive in made:
        archive.close()


def test_what_a_killed_worker_was_reading_is_read_again(archive_on, fragile: Cluster, gate: Gate):
    nanny = fragile.start_worker()
    archive = archive_on(fragile.engine)
    archive.add("a", f"!held {gate.path}")
    archive.add("b")
    with ThreadPoolExecutor() as pool:
        run = pool.submit(archive.run)
        gate.reader()
        fragile.kill_worker(nanny)
        gate.open()
        assert run.result() == {"a": "no_tasks", "b": "done"}
    assert max(archive.attempts()) == 2  # also of what the worker had at hand
    assert list((fragile.data / "cluster").iterdir()) == []


def test_a_run_goes_on_when_its_scheduler_is_back(archive_on, fragile: Cluster, gate: Gate):
    fragile.start_worker()
    archive = archive_on(fragile.engine)
    archive.add("a", f"!held {gate.path}")
    archive.add("b")
    with ThreadPoolExecutor() as pool:
        run = pool.submit(archive.run)
        gate.reader()
        fragile.scheduler.kill()
        fragile.scheduler.wait()
        gate.open()
        fragile.start_scheduler()
        fragile.start_worker()
        assert run.result() == {"a": "no_tasks", "b": "done"}
    assert archive.attempts() == [1, 1]


def test_a_scheduler_that_stays_away_ends_the_run_and_the_next_does_what_is_left(
    archive_on, fragile: Cluster, gate: Gate, monkeypatch: pytest.MonkeyPatch
):
    fragile.start_worker()
    eventually(lambda: "Register worker" in fragile.log)
    archive = archive_on(fragile.engine)
    archive.add("a", f"!held {gate.path}")
    archive.add("b")
    monkeypatch.setattr("service.engine.opening._PATIENCE", 2.0)
    with ThreadPoolExecutor() as pool:
        run = pool.submit(archive.run)
        gate.reader()
        fragile.scheduler.kill()
        with pytest.raises(Unavailable, match=f"tcp://{fragile.address}.*scheduler"):
            run.result()
    assert State.LEASED not in archive.states()
    gate.open()
    archive.engine = "inline"
    assert archive.run() == {"a": "no_tasks", "b": "done"}


def test_without_a_scheduler_or_a_worker_nothing_is_begun(
    archive_on, fragile: Cluster, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("service.engine.opening._PATIENCE", 1.0)
    archive = archive_on(fragile.engine)
    archive.add("a")
    with pytest.raises(Unavailable, match="no worker"):
        archive.run()
    archive.engine = "dask://127.0.0.1:1"
    with pytest.raises(Unavailable, match=r"tcp://127\.0\.0\.1:1: "):
        archive.run()
    assert archive.states() == {}


def test_a_worker_that_may_write_documents_to_its_disk_is_refused(archive_on, fragile: Cluster):
    fragile.start_worker(DASK_DISTRIBUTED__WORKER__MEMORY__SPILL="0.7")
    archive = archive_on(fragile.engine)
    archive.add("a")
    with pytest.raises(Broken, match="WORKER__MEMORY__SPILL=False"):
        archive.run()


def test_nothing_of_a_document_is_left_on_the_cluster(archive_on, cluster: Cluster):
    archive = archive_on(cluster.engine)
    archive.add("ke-hoach-tac-chien", "secrecy: tuyet_mat\ncâu không ai được đọc\n")
    archive.add("sap", "!abort câu không ai được đọc\n")
    archive.add("loi", "!raise câu không ai được đọc\n")
    archive.run()
    left = cluster.log.encode() + b"".join(
        path.read_bytes() for path in cluster.folder.rglob("*") if path.is_file()
    )
    assert b"read_document" in left or b"dondoc-" in left
    for word in ("không ai được đọc", "bí mật", "ke-hoach-tac-chien", "sap.txt", "loi.txt"):
        assert word.encode() not in left
    eventually(lambda: list((cluster.data / "cluster").iterdir()) == [])


def test_a_cluster_of_its_own_reads_and_ends_with_the_run(archive_on):
    archive = archive_on("dask://local:1")
    archive.add("a")
    archive.add("b", "!abort")
    assert archive.run() == {"a": "done", "b": "failed(crashed)"}
    assert list((archive.data / "cluster").iterdir()) == []


def test_without_the_extra_it_says_what_to_install(archive_on):
    code = (
        "import sys, threading; sys.modules['distributed'] = None\n"
        "from service.engine import reading_engine\n"
        "from service.settings import Settings\n"
        "from service.child import Broken\n"
        "try:\n"
        "    with reading_engine(Settings(engine='dask://local'), 'a:b', None, threading.Event()): pass\n"
        "except Broken as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "pip install 'dondoc[cluster]'" in done.stdout
