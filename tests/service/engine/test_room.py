"""Each thread has a child of its own in a room; it ends when nothing was read for long, or with the room."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from service.child import Cleared
from service.engine.room import Absent, Room, room_of
from service.reader import Part
from service.settings import Settings
from service.spool import Spool


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    spool = Spool(tmp_path / "spool")
    room = Room(Settings(data_dir=tmp_path), "fake_readers:plain", spool, threading.Event())
    yield room
    room.close()
    spool.close()


def reader_of(room: Room) -> int:
    """The process that reads for this thread."""
    with room.child() as child:
        answer = child.read([Part("a.txt", b"!pid")])
    assert isinstance(answer, Cleared)
    return int(answer.record["document"]["number"])


def test_each_thread_has_a_child_of_its_own(room: Room):
    here = reader_of(room)
    with ThreadPoolExecutor(1) as pool:
        there = pool.submit(reader_of, room).result()
    assert here != there
    assert reader_of(room) == here


def test_a_child_that_reads_nothing_for_long_ends_and_another_starts(room: Room):
    first = reader_of(room)
    room.rest(600.0)
    assert reader_of(room) == first
    room.rest(0.0)
    assert not psutil.pid_exists(first)
    assert reader_of(room) != first


def test_a_child_that_is_reading_is_left_alone(room: Room):
    first = reader_of(room)
    with room.child():
        room.rest(0.0)
        assert psutil.pid_exists(first)


def test_what_is_no_room_here_is_told():
    with pytest.raises(Absent):
        room_of("nowhere")
