"""Workers share the groups; files that a program must convert are converted together."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import fake_readers
import pytest

from service.child import Answer, Cleared
from service.crew import Crew, Worker
from service.files import Files
from service.intake import Intake
from service.reader import Part
from service.settings import Settings
from service.store import Store
from service.walk import walk


class Recording:
    """An engine that only notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, list[str]]] = []

    def prime(self, parts: Sequence[Part]) -> Sequence[Part]:
        self.asked.append(("prime", [part.name for part in parts]))
        return [replace(part, converted=f"made of {part.name}".encode()) for part in parts]

    def read(self, parts: Sequence[Part]) -> Answer:
        self.asked.append(("read", [(part.converted or part.name.encode()).decode() for part in parts]))
        return Cleared(fake_readers.plain(Settings())(parts))


@pytest.fixture
def run(store: Store, tmp_path: Path):
    def run(folder: Path) -> list[tuple[str, list[str]]]:
        settings = Settings(data_dir=tmp_path / "data", workers=1)
        intake = Intake(store, Files(tmp_path / "files"), settings, "one")
        engine, settled = Recording(), []
        crew = Crew(walk([folder]), settled.append, 1, threading.Event())
        crew.work(Worker(settings, store, intake, engine, False))
        assert len(settled) == len(list(folder.iterdir()))
        return engine.asked

    return run


def test_files_that_must_be_converted_are_prepared_together(run, tmp_path: Path):
    folder = tmp_path / "kho"
    folder.mkdir()
    for name in ("a.doc", "b.pdf", "c.DOC", "d.rtf", "e.txt"):
        (folder / name).write_text(f"number: {name}")
    assert run(folder) == [
        ("prime", ["a.doc", "c.DOC", "d.rtf"]),
        ("read", ["made of a.doc"]),
        ("read", ["made of c.DOC"]),
        ("read", ["made of d.rtf"]),
        ("read", ["b.pdf"]),
        ("read", ["e.txt"]),
    ]
    (folder / "f.doc").write_text("number: f")
    assert run(folder) == [("read", ["f.doc"])]
