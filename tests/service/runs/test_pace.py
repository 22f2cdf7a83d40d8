"""Rate and time left: by pages, each kind of file at the pace that was measured of it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from papers import pdf, scan
from PIL import Image

from service.runs.kinds import PDF, SCAN
from service.runs.pace import Pace
from service.runs.scouting import Scout


def test_nothing_is_said_before_something_was_read():
    pace = Pace()
    pace.plan(PDF, 10)
    assert pace.left(5.0) is None


def test_nothing_is_left_where_all_is_read():
    assert Pace().left(5.0) == 0.0


def test_each_kind_is_timed_by_itself():
    pace = Pace()
    pace.read(PDF, pages=100, seconds=1.0)
    pace.read(SCAN, pages=10, seconds=9.0)
    pace.plan(PDF, 1000)
    pace.plan(SCAN, 100)
    assert pace.left(10.0) == pytest.approx(100.0)  # 10 s of text and 90 s of scans, one at a time
    assert pace.left(5.0) == pytest.approx(50.0)  # two at a time


def test_files_whose_pages_are_not_known_count_as_the_mean_of_their_kind():
    pace = Pace()
    for pages in (2, 4):
        pace.read("word", pages, seconds=pages / 10)
    pace.plan("word")
    pace.plan("word")
    assert pace.left(0.6) == pytest.approx(0.6)


def test_a_kind_of_which_nothing_was_read_yet_goes_at_the_pace_of_all():
    pace = Pace()
    pace.read(PDF, pages=10, seconds=5.0)
    pace.plan(SCAN, 4)
    assert pace.left(5.0) == pytest.approx(2.0)


def test_what_is_done_is_not_left():
    pace = Pace()
    pace.read(PDF, pages=1, seconds=1.0)
    pace.plan(PDF, 7)
    pace.drop(PDF, 7)
    assert pace.left(1.0) == 0.0


def test_the_rate_is_of_the_last_minute():
    pace = Pace()
    for second in range(100):
        pace.settled(float(second), pages=3)
    assert pace.rate(100.0).files == pytest.approx(1.0)
    assert pace.rate(100.0).pages == pytest.approx(3.0)
    assert pace.rate(1000.0).files == 0.0


def as_pdf(picture: bytes) -> bytes:
    """A page that is a picture."""
    out = io.BytesIO()
    Image.open(io.BytesIO(picture)).save(out, "PDF")
    return out.getvalue()


def test_pages_are_counted_ahead_whatever_else_lies_there(tmp_path: Path):
    broken = pdf("hỏng")
    files = {
        "a.pdf": pdf("mưa"),
        "b.pdf": broken[: len(broken) // 2],
        "c.pdf": b"%PDF-1.7\n" + bytes(range(256)) * 40,
        "d.pdf": as_pdf(scan("nắng")),
        "e.docx": b"PK",
        "f.pdf": b"",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    told: dict[str, tuple[int, int, str]] = {}
    scout = Scout(
        sorted(tmp_path.iterdir()),
        lambda path, size, pages, kind: told.update({path.name: (size, pages, kind)}),
    )
    scout.start()
    scout.wait()
    assert told["a.pdf"] == (len(files["a.pdf"]), 1, PDF)
    assert told["d.pdf"] == (len(files["d.pdf"]), 1, SCAN)
    assert told["e.docx"] == (2, 0, "word")
    assert {name: told[name][1] for name in ("c.pdf", "f.pdf")} == {"c.pdf": 0, "f.pdf": 0}


def test_what_is_settled_is_counted_no_more(tmp_path: Path):
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).write_bytes(pdf(name))
    told: dict[str, int] = {}
    scout = Scout(
        sorted(tmp_path.iterdir()),
        lambda path, size, pages, kind: told.update({path.name: pages}),
        lambda path: path.name == "b.pdf",
    )
    scout.start()
    scout.wait()
    assert told == {"a.pdf": 0, "b.pdf": 1}


def test_a_counter_that_is_killed_is_begun_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        (tmp_path / name).write_bytes(pdf(name))
    told: dict[str, int] = {}

    def tell(path: Path, size: int, pages: int, kind: str) -> None:
        told[path.name] = pages
        program = scout._counter._program
        if path.name == "a.pdf" and program:
            program.kill()
            program.wait()

    scout = Scout(sorted(tmp_path.iterdir()), tell)
    scout.start()
    scout.wait()
    assert told == {"a.pdf": 1, "b.pdf": 0, "c.pdf": 1}
