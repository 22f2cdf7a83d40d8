"""Originals are kept as they came, once, and for nobody else to read."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

import pytest

from service.database import open_engine
from service.files import Files


def test_bytes_come_back_unchanged(tmp_path: Path):
    files = Files(tmp_path / "files")
    content = bytes(range(256)) * 10
    key = files.put(content)
    assert key == hashlib.sha256(content).hexdigest()
    assert files.get(key) == content
    assert files.put(content) == key
    assert [path.name for path in (tmp_path / "files").rglob("*") if path.is_file()] == [key]


def test_an_original_that_is_not_kept_is_not_found(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        Files(tmp_path / "files").get("0" * 64)


def test_files_and_database_are_private(tmp_path: Path):
    Files(tmp_path / "files").put(b"x")
    with open_engine(f"sqlite:///{tmp_path}/db/dondoc.sqlite3").connect():
        pass
    for path in (*(tmp_path / "files").rglob("*"), *(tmp_path / "db").rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
