"""A watched folder: each file is read once it is whole, and ends in one outcome."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from service.batch import Batch
from service.settings import Settings
from service.store import Store
from service.walk import Group
from service.watching import Arrivals, Watch


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "den"
    made.mkdir()
    return made


def names(found: list) -> list[str]:
    return [path.name for one in found for path in one.paths]


def test_a_file_that_still_grows_is_left_until_it_rests(folder: Path):
    arrivals = Arrivals(folder, settle=2)
    paper = folder / "a.txt"
    paper.write_text("một nửa")
    assert (arrivals.whole(0), arrivals.waiting) == ([], True)
    paper.write_text("một nửa, nửa sau")
    assert arrivals.whole(5) == []
    assert arrivals.whole(6) == []
    assert names(arrivals.whole(7)) == ["a.txt"]
    assert (arrivals.whole(60), arrivals.waiting) == ([], False)


def test_what_was_changed_or_came_back_is_given_again(folder: Path):
    arrivals = Arrivals(folder, settle=0)
    paper = folder / "a.txt"
    paper.write_text("một")
    assert names(arrivals.whole(0)) == ["a.txt"]
    paper.write_text("một, hai")
    assert names(arrivals.whole(1)) == ["a.txt"]
    paper.unlink()
    assert arrivals.whole(2) == []
    paper.write_text("một, hai")
    assert names(arrivals.whole(3)) == ["a.txt"]


def test_a_directive_waits_for_its_annexes(folder: Path):
    arrivals = Arrivals(folder, settle=2)
    (folder / "12-UBND.txt").write_text("Công văn")
    assert arrivals.whole(0) == []
    (folder / "12-UBND_PL.txt").write_text("Phụ lục")
    assert arrivals.whole(2) == []
    (found,) = arrivals.whole(4)
    assert isinstance(found, Group)
    assert names([found]) == ["12-UBND.txt", "12-UBND_PL.txt"]


def test_drafts_are_left_and_a_folder_that_is_gone_is_waited_for(folder: Path):
    arrivals = Arrivals(folder, settle=0)
    (folder / "~$a.docx").write_text("x")
    (folder / "a.pdf.part").write_text("x")
    assert arrivals.whole(0) == []
    away = folder.rename(folder.with_name("xa"))
    assert arrivals.whole(1) == []
    (away / "b.txt").write_text("x")
    away.rename(folder)
    assert names(arrivals.whole(2)) == ["b.txt"]


def test_each_file_that_arrives_has_one_outcome(store: Store, tmp_path: Path, folder: Path):
    settings = Settings(data_dir=tmp_path / "data", workers=1, child_memory_mb=400)
    watched = Watch(Batch(settings, store, "fake_readers:plain"), folder, settle=0.1, every=0.5)
    stop, heard, results = threading.Event(), threading.Condition(), []

    def report(one) -> None:
        with heard:
            results.append((one.path.name, str(one.result)))
            heard.notify_all()

    def wait_for(count: int) -> None:
        with heard:
            assert heard.wait_for(lambda: len(results) >= count, timeout=120), results

    (folder / "a.txt").write_text(
        "number: 1/CT-UBND\nissuer: X\nissued_on: 2024-03-01\nSở Y tế; lập kế hoạch; 2024-03-15\n"
    )
    thread = threading.Thread(target=watched.run, args=(report, stop))
    thread.start()
    try:
        wait_for(1)
        (folder / "moi").mkdir()
        (folder / "moi" / "b.txt").write_text("number: 2/CT-UBND\nissuer: X\n")
        (folder / "c.txt").write_text("secrecy: mat\n")
        (folder / "d.txt").write_text("!abort")
        wait_for(4)
    finally:
        stop.set()
        thread.join(60)
    assert not thread.is_alive()
    assert dict(results) == {
        "a.txt": "done",
        "b.txt": "no_tasks",
        "c.txt": "refused_secret",
        "d.txt": "failed(crashed)",
    }
    assert set(Counter(name for name, _ in results).values()) == {1}


def quiet(data: Path) -> dict[str, str]:
    return dict(os.environ) | {"DONDOC_DATA_DIR": str(data), "PYTHONPATH": os.pathsep.join(sys.path)}


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_the_command_stops_when_it_is_told(tmp_path: Path, folder: Path, sent: Callable):
    waked = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    run = waked + "from service.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", run, "watch", str(folder), "--workers", "1"],
        stderr=subprocess.PIPE,
        text=True,
        env=quiet(tmp_path / "data"),
    ) as running:
        assert running.stderr is not None
        assert "Đang theo dõi" in running.stderr.readline()
        running.send_signal(sent)
        assert "Đã dừng" in running.stderr.read()
        assert running.wait(60) == 0
