"""Documents side by side, answers in order; files that a program must convert are prepared together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from fake_scans import Scan

from pipeline.progress import Tell
from service.asking import Asked
from service.child import Answer, Cleared
from service.engine import room
from service.extracting import Extractor, Wanted, wanted_from
from service.reader import Part
from service.settings import Settings
from service.walk import walk

asked: list[tuple[str, list[str]]] = []


class Recording:
    """A child that only notes what it is asked."""

    def __init__(self, *_: object) -> None:
        asked.clear()

    def prime(self, parts: Sequence[Part]) -> None:
        asked.append(("prime", [part.name for part in parts]))

    def ask(self, what: Asked, tell: Tell) -> Answer:
        asked.append(("read", [part.name for part in what.parts]))
        return Cleared({"id": what.parts[0].name})

    def close(self) -> None: ...


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(room, "Child", Recording)

    def run(*names: str, workers: int = 1) -> list[str]:
        for name in names:
            (tmp_path / name).write_text(name)
        documents = wanted_from(list(walk(tmp_path / name for name in names)))
        with Extractor(Settings(data_dir=tmp_path / "data", workers=workers), "none") as extractor:
            return [answer.record["id"] for _, answer in extractor.run(documents)]

    return run


def test_files_that_must_be_converted_are_prepared_together(run):
    names = ["a.pdf", "b.doc", "c.pdf", "d.rtf", "e.txt"]
    assert run(*names) == names
    assert asked == [
        ("read", ["a.pdf"]),
        ("prime", ["b.doc", "d.rtf"]),
        ("read", ["b.doc"]),
        ("read", ["c.pdf"]),
        ("read", ["d.rtf"]),
        ("read", ["e.txt"]),
    ]


@pytest.mark.parametrize("workers", [1, 3, 50])
def test_answers_come_in_the_order_given_whoever_reads(run, workers):
    names = [f"{number:02}.{'doc' if number % 3 else 'pdf'}" for number in range(40)]
    assert run(*names, workers=workers) == names


def test_a_long_scan_is_read_in_slices(tmp_path: Path):
    scan = Scan(tmp_path, 5, page_4="abort")
    settings = Settings(data_dir=tmp_path / "data", workers=1, slice_pages=2, ocr_dpi=72)
    with Extractor(settings, "fake_scans:reader") as extractor:
        [(_, answer)] = extractor.run([Wanted("scan", "scan.pdf", lambda settings: scan.parts)])
    assert isinstance(answer, Cleared)
    assert answer.record["pages"] == ["Trang 1", "Trang 2", "Trang 3", "", "Trang 5"]
