"""Each engine in its turn, and an archive to be read by it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from engine_office import Archive, Gate


@pytest.fixture(params=["inline", "processes:2"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def archive(tmp_path: Path, engine: str) -> Iterator[Archive]:
    archive = Archive(tmp_path, engine)
    yield archive
    archive.close()


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    return Gate(tmp_path / "gate")
