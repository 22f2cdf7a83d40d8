"""No text file that is kept holds what a merge left undone."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MARKER = re.compile(rb"(?m)^(?:<{7}|>{7}|\|{7}) |^={7}$")
"""What git writes; a line of seven equals signs alone is its middle."""


def left_by_a_merge(content: bytes) -> bool:
    return b"\0" not in content and MARKER.search(content) is not None


def kept() -> list[Path]:
    """The files that git tracks; nothing where this is no checkout."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("no git checkout")
    command = ["git", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    paths = (ROOT / name.decode() for name in listed.split(b"\0") if name)
    return [path for path in paths if path.is_file()]


def test_no_kept_file_holds_conflict_markers():
    assert [str(path.relative_to(ROOT)) for path in kept() if left_by_a_merge(path.read_bytes())] == []


@pytest.mark.parametrize(
    ("content", "left"),
    [
        (b"a\n<<<<<<< HEAD\nb\n", True),
        (b"a\n=======\nb\n", True),
        (b"a\n>>>>>>> 12ab34c (a subject)\n", True),
        (b"Title\n========\n", False),
        (b"\0\n=======\n", False),
    ],
)
def test_what_counts_as_one(content: bytes, left: bool):
    assert left_by_a_merge(content) is left
