"""A long scan is read in slices by every engine, by several of its readers at a time where they are idle."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from engine_office import eventually
from fake_scans import Scan

from service.child import Cleared, Refused, Stopped
from service.engine import Engine, reading_engine
from service.settings import Settings
from service.spool import Spool

pytestmark = pytest.mark.slow


@pytest.fixture
def stop() -> threading.Event:
    return threading.Event()


@pytest.fixture
def opened(engine: str, tmp_path: Path, stop: threading.Event) -> Iterator[Engine]:
    settings = Settings(data_dir=tmp_path, engine=engine, slice_pages=2, ocr_dpi=72)
    with ExitStack() as stack:
        spool = Spool(tmp_path / "spool")
        stack.callback(spool.close)
        yield stack.enter_context(reading_engine(settings, "fake_scans:reader", spool, stop))


def test_it_comes_out_whole_and_each_page_is_recognised_once(opened: Engine, tmp_path: Path):
    naps = {f"page_{page}": "nap" for page in range(3, 7)}
    scan = Scan(tmp_path, 6, **naps)
    answer = opened.read(scan.parts)
    assert isinstance(answer, Cleared)
    assert answer.record["pages"] == ["Trang 1", "Trang 2", *4 * ["nap"]]
    assert sorted(scan.pages) == [1, 2, 3, 4, 5, 6]
    readers = {one.reader for one in scan.recognised if one.page > 2}
    assert len(readers) == min(2, opened.width)


def test_of_a_secret_one_only_the_first_slice_is_read(opened: Engine, tmp_path: Path):
    scan = Scan(tmp_path, 6, page_1="MẬT")
    assert opened.read(scan.parts) == Refused("mat")
    assert scan.pages in ([1], [1, 2])  # the first page alone where another reader waits for the rest


def test_a_page_that_kills_its_reader_costs_itself_alone(opened: Engine, tmp_path: Path):
    answer = opened.read(Scan(tmp_path, 6, page_5="abort").parts)
    assert isinstance(answer, Cleared)
    assert answer.record["pages"] == ["Trang 1", "Trang 2", "Trang 3", "Trang 4", "", "Trang 6"]


def test_a_run_that_is_stopped_reads_no_further_slice(opened: Engine, stop: threading.Event, tmp_path: Path):
    scan = Scan(tmp_path, 8, page_3="hang", page_5="hang")
    with ThreadPoolExecutor() as pool:
        reading = pool.submit(opened.read, scan.parts)
        eventually(lambda: 3 in scan.pages)
        stop.set()
        with pytest.raises(Stopped):
            reading.result()
    assert 7 not in scan.pages
