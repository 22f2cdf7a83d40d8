"""The spool is private, and nothing in it outlives its process for long."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import psutil

from service.spool import Spool, forget, sweep

DIES = """
import os, subprocess, sys
from pathlib import Path
import psutil

from service.spool import Spool
spool = Spool(Path(sys.argv[1]))
(spool.folder() / "draft").write_text("nội dung mật")
left = subprocess.Popen(["sleep", "605"], env=os.environ | {"TMPDIR": str(spool.folder())}, stdout=-3)
print(spool.owner, left.pid, flush=True)
os.kill(os.getpid(), 9)
"""


def test_its_folders_are_private(tmp_path: Path):
    spool = Spool(tmp_path / "spool")
    for folder in (tmp_path / "spool", spool.folder().parent, spool.folder()):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    spool.close()


def test_closing_wipes_it(tmp_path: Path):
    spool = Spool(tmp_path / "spool")
    (spool.folder() / "draft").write_text("x")
    spool.close()
    assert list((tmp_path / "spool").iterdir()) == []


def test_the_next_process_wipes_what_a_dead_one_left_and_spares_the_living(tmp_path: Path):
    root = tmp_path / "spool"
    living = Spool(root)
    (living.folder() / "draft").write_text("x")
    died = subprocess.run(
        [sys.executable, "-c", DIES, str(root)], stdout=subprocess.PIPE, text=True, check=False
    )
    owner, left = died.stdout.split()
    assert len(list(root.rglob("draft"))) == 2
    assert sweep(root) == [owner]
    assert not psutil.pid_exists(int(left)) or psutil.Process(int(left)).status() == psutil.STATUS_ZOMBIE
    assert len(list(root.rglob("draft"))) == 1
    forget(root, sweep(root))
    assert sweep(root) == []
    living.close()
