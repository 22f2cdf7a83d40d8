"""An export takes as much memory for many rows as for few: they stream, in every format."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from people import document, task, unit

from benchmarks import large
from service.bootstrap import open_store
from service.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS, EACH = 2000, 5
MORE = 10.0  # MiB by which peaks of the same export differ; held in memory, 9000 rows would be 40 and more


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with 10,000 tasks, every ninth of them in a document that is reviewed."""
    folder: Path = tmp_path_factory.mktemp("office")
    store = open_store(Settings(data_dir=folder, database_url=""))
    long = "Rà soát, báo cáo kết quả thực hiện công tác phòng, chống thiên tai trên địa bàn tỉnh. " * 3
    tasks = [task(f"{number:04d}", long, unit("Sở Y tế", "so-y-te:hung-yen")) for number in range(EACH)]
    large.fill(store.engine, [document("1", *tasks)], DOCUMENTS, EACH, lambda _: None)
    store.engine.dispose()
    return folder


def exported(folder: Path, *words: str) -> dict[str, Any]:
    """What an export in a process of its own came to."""
    own = {"DONDOC_DATA_DIR": str(folder), "DONDOC_DATABASE_URL": ""}
    command = [sys.executable, "-m", "benchmarks.exporting", *words]
    done = subprocess.run(command, env=os.environ | own, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.slow
@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
def test_many_rows_take_no_more_memory_than_few(office: Path, form: str):
    few, many = exported(office, form, "--review", "reviewed"), exported(office, form)
    assert many["rows"] == DOCUMENTS * EACH
    assert many["rows"] > 5 * few["rows"] > 5000  # a page of rows and more
    assert many["peak_mb"] - few["peak_mb"] < MORE
    assert list((office / "exports").iterdir()) == []
