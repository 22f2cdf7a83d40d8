"""The hostile files through `dondoc batch`, as a user would run it on a folder that holds them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.make_hostile.corpus import Expected, lay
from service.walk import printable

MEGABYTE = 2**20
MOST_ON_DISK = (
    96 * MEGABYTE
)  # of the store, the spool and temporary files together; the files unpack to 10 GB
LIMITS = {
    "WORKERS": "2",
    "CHILD_MEMORY_MB": "700",
    "CHILD_WALL_SECONDS": "60",
    "CHILD_CPU_SECONDS": "30",
    "CONVERT_SECONDS": "6",
    "MAX_UNPACKED_BYTES": str(64 * MEGABYTE),
    "MAX_PIXELS": "20000000",
}
HANGS = 540  # seconds; a run takes a tenth
OFFICE = {".doc", ".rtf"}


class Disk(threading.Thread):
    """Looks how much lies in a folder, again and again, and remembers the most."""

    def __init__(self, folder: Path) -> None:
        super().__init__(daemon=True)
        self._folder = folder
        self._over = threading.Event()
        self.most = 0

    def __enter__(self) -> Disk:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.join()

    def run(self) -> None:
        while not self._over.wait(0.1):
            places = (Path(where, name) for where, _, names in os.walk(self._folder) for name in names)
            self.most = max(self.most, sum(map(_taken, places)))


def _taken(path: Path) -> int:
    try:
        return path.lstat().st_blocks * 512
    except OSError:  # gone since
        return 0


class Run:
    """One `dondoc batch`: its exit status, what it told of each path, the most that it took of the disk."""

    def __init__(self, place: Path, archive: Path) -> None:
        temporary = place / "tmp"
        temporary.mkdir(parents=True, exist_ok=True)
        bounds = {f"DONDOC_{name}": value for name, value in LIMITS.items()}
        with Disk(place) as disk:
            done = subprocess.run(
                [sys.executable, "-c", "from service.cli import main; main()", "batch", str(archive)],
                env=os.environ | bounds | {"DONDOC_DATA_DIR": str(place / "data"), "TMPDIR": str(temporary)},
                check=False,
                capture_output=True,
                text=True,
                timeout=HANGS,
            )
        self.status, self.out, self.errors = done.returncode, done.stdout, done.stderr
        self.most_on_disk = disk.most
        self.temporary, self.spool = temporary, place / "data" / "spool"

    @property
    def total(self) -> int:
        (found,) = re.findall(r"Tổng \(total\) +│ +(\d+)", self.out)
        return int(found)

    def told(self, path: Path) -> str:
        """The line that tells of a path; "" for one that is done or has no tasks."""
        start = f"{printable(path)}: "
        lines = [line.removeprefix(start) for line in self.out.splitlines() if line.startswith(start)]
        assert len(lines) <= 1, lines
        return lines[0] if lines else ""


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "kho"
    (tmp_path / "kho" / "odd" / "closed").chmod(0o700)  # else its folder could not be removed


@pytest.mark.slow
@pytest.mark.parametrize("heavy", [False, True], ids=["light", "heavy"])
def test_every_hostile_file_ends_as_it_should_and_harms_nothing(archive: Path, tmp_path: Path, heavy: bool):
    expected = lay(archive, light=not heavy, heavy=heavy)
    run = Run(tmp_path / "run", archive)
    assert run.status == 1, run.errors  # some failed; a crash would tell another
    assert "Traceback" not in run.errors
    assert run.total == len(expected)
    wrong = {str(path): told for path, one in expected.items() if (told := _wrong(run, path, one))}
    assert wrong == {}
    assert run.most_on_disk < MOST_ON_DISK
    assert list(run.spool.iterdir()) == []
    assert list(run.temporary.iterdir()) == []


def _wrong(run: Run, path: Path, expected: Expected) -> str:
    """How what was told of a path differs from what is expected; "" if it does not."""
    told = run.told(path)
    outcomes = expected.outcomes
    if path.suffix in OFFICE:  # where the office program is missing, slow or short of memory
        outcomes |= {"failed(missing_program)", "failed(timeout)"}
    fits = told.startswith(tuple(outcomes)) if told else bool(outcomes & {"done", "no_tasks"})
    return "" if fits and expected.says in told else told or "done"
