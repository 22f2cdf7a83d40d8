"""A machine without Tesseract's Vietnamese data files no scan without its words: the document fails."""

from __future__ import annotations

from pathlib import Path

import pytest
from fake_scans import Scan

from pipeline.errors import Reason, Unreadable
from pipeline.read import ocr
from service import bootstrap
from service.batch import Batch
from service.learning.facts import Question
from service.reader import Part
from service.settings import Settings
from service.store import Store
from service.walk import walk

READERS = [
    *("reader", "picture_reader", "marks_reader", "learning_reader"),
    *("examining_reader", "examining_picture_reader"),
]


@pytest.fixture
def without_vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "_DATA_DIRS", ())
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)


@pytest.mark.usefixtures("without_vietnamese")
@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("kind", ["PDF", "TIFF"])
def test_no_reader_does_without_it_where_it_is_needed(tmp_path: Path, name: str, kind: str):
    read = getattr(bootstrap, name)(Settings(data_dir=tmp_path))
    parts = Scan(tmp_path, 1, kind).parts[:1]
    if name == "learning_reader":
        parts.append(Question(str(tmp_path), ()).part())
    with pytest.raises(Unreadable) as caught:
        read(parts)
    assert caught.value.reason is Reason.MISSING_PROGRAM


@pytest.mark.usefixtures("without_vietnamese")
def test_an_annex_that_needs_it_fails_its_directive(tmp_path: Path):
    read = bootstrap.reader(Settings(data_dir=tmp_path))
    directive = Part("15-CT.txt", "Giao Sở Y tế kiểm tra các trạm y tế.".encode())
    with pytest.raises(Unreadable) as caught:
        read([directive, *Scan(tmp_path, 1).parts[:1]])
    assert caught.value.reason is Reason.MISSING_PROGRAM


def test_a_run_there_files_no_scan(store: Store, tmp_path: Path):
    folder = tmp_path / "kho"
    folder.mkdir()
    (folder / "scan.pdf").write_bytes(Scan(tmp_path, 7).parts[0].content)
    (folder / "15-CT.txt").write_text("Giao Sở Y tế kiểm tra các trạm y tế.")
    settings = Settings(data_dir=tmp_path / "data", workers=1)
    ended: dict[str, str] = {}
    Batch(settings, store, "fake_readers:without_vietnamese").run(
        walk([folder]), lambda one: ended.update({one.path.name: str(one.result)})
    )
    assert ended.pop("scan.pdf") == "failed(missing_program)"
    assert not [outcome for outcome in ended.values() if outcome.startswith("failed")]
