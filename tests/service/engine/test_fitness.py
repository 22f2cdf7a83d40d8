"""A worker that lacks what documents are read with is told what it lacks, and is not given any."""

from __future__ import annotations

import shutil
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline.read import ocr

pytest.importorskip("distributed")


def test_a_worker_without_a_program_is_unfit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from service.engine.cluster import unfit

    worker = SimpleNamespace(data={})
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    monkeypatch.setattr(ocr, "find_spec", lambda name: object())
    monkeypatch.setattr(ocr, "_DATA_DIRS", (str(tmp_path),))
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    assert "tesseract-ocr-vie" in unfit(version("dondoc"), worker)
    (tmp_path / "vie.traineddata").touch()
    assert unfit(version("dondoc"), worker) == ""
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert "libreoffice-writer-nogui" in unfit(version("dondoc"), worker)
    monkeypatch.setattr(ocr, "find_spec", lambda name: None)
    assert "tesserocr" in unfit(version("dondoc"), worker)
