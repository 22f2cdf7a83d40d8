"""What holds in every engine: whatever is killed and whatever a file does, each has one outcome, once."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor

import pytest
from engine_office import Gate

from service.ledger import State

pytestmark = pytest.mark.slow


def test_a_bad_file_harms_only_itself(archive):
    archive.add("good")
    archive.add("poison", "!abort")
    archive.add("hog", "!hog")
    archive.add("hung", "!sleep")
    archive.add("locked", "!unreadable")
    archive.add("secret", "secrecy: mat\n")
    archive.add("other")
    assert archive.run(child_wall_seconds=5, child_cpu_seconds=60) == {
        "good": "done",
        "poison": "failed(crashed)",
        "hog": "failed(memory)",
        "hung": "failed(timeout)",
        "locked": "failed(encrypted)",
        "secret": "refused_secret",
        "other": "done",
    }
    assert archive.tasks() == 2
    assert list((archive.data / "spool").iterdir()) == []


def test_what_a_killed_reader_was_reading_is_read_again(archive, gate: Gate):
    archive.add("a")
    archive.add("b", f"!held {gate.path}")
    archive.add("c")
    with ThreadPoolExecutor() as pool:
        run = pool.submit(archive.run)
        os.kill(gate.reader(), signal.SIGKILL)
        gate.open()
        assert run.result() == {"a": "done", "b": "no_tasks", "c": "done"}
    assert sorted(archive.attempts()) == [1, 1, 2]


def test_the_same_folder_twice_at_once_is_read_once(archive):
    for number in range(30):
        archive.add(f"{number}")
    other = archive.start()
    assert set(archive.run().values()) == {"done"}
    told = other.communicate(timeout=60)[0].splitlines()
    assert sorted(told) == sorted(f"{one}.txt done" for one in range(30))
    assert archive.tasks() == 30
    assert archive.states() == {State.DONE: 30}


def test_a_clock_that_is_hours_off_takes_nobody_s_work(archive, gate: Gate):
    archive.add("held", f"!held {gate.path}")
    for number in range(6):
        archive.add(f"then-{number}")
    with ThreadPoolExecutor() as pool:
        run = pool.submit(archive.run)
        gate.reader()
        other = archive.start(ahead=7 * 3600)
        passed = [other.stdout.readline() for _ in range(6)]
        gate.open()
        ended = run.result()
    assert sorted(passed) == [f"then-{number}.txt done\n" for number in range(6)]
    assert other.communicate(timeout=60)[0] == "held.txt no_tasks\n"
    assert ended.pop("held") == "no_tasks"
    assert archive.attempts() == [1] * 7


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_is_cut_off_is_finished_by_the_next(archive, gate: Gate, sent: signal.Signals):
    for number in range(20):
        archive.add(f"{number}")
    archive.add("8-held", f"!held {gate.path}")
    cut = archive.start()
    gate.reader()
    cut.send_signal(sent)
    cut.communicate(timeout=30)
    gate.open()
    ended = archive.run()
    assert ended.pop("8-held") == "no_tasks"
    assert set(ended.values()) == {"done"}
    assert len(ended) == 20
    assert archive.tasks() == 20
    assert archive.states() == {State.DONE: 21}
