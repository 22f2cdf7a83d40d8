"""Each engine in its turn, and an archive to be read by it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from engine_cluster import Cluster
from engine_office import Archive, Gate


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler with two workers; whoever harms them makes a cluster of his own."""
    pytest.importorskip("distributed")
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    for _ in range(2):
        cluster.start_worker()
    yield cluster
    cluster.close()


@pytest.fixture(params=["inline", "processes:2", "dask"])
def engine(request: pytest.FixtureRequest) -> str:
    """The setting that names it."""
    if request.param == "dask":
        return str(request.getfixturevalue("cluster").engine)
    return str(request.param)


@pytest.fixture
def archive(tmp_path: Path, engine: str) -> Iterator[Archive]:
    archive = Archive(tmp_path, engine)
    yield archive
    archive.close()


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    return Gate(tmp_path / "gate")
