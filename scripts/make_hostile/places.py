"""Places in a file system that no office makes on purpose: names, links, pipes, holes."""

from __future__ import annotations

import os
from pathlib import Path

from scripts.make_hostile.model import READ, fails

NAMES = (
    b"d\xf2ng\nm\xf2i.txt",  # bytes that are no UTF-8, and a line break
    b"\x1b[31m\x07\x08chu\xc3\xb4ng.txt",
    "tên ngược \u202egpj.txt".encode(),
    b"-rf --help.txt",
    b"' OR 1=1; --.txt",
    ("Ế" * 83).encode() + b".txt",  # 253 bytes of the 255 that a name may have
    b"%s%n{0}.txt",
)


def lay(folder: Path, text: str) -> dict[Path, frozenset[str]]:
    """Lays them out in `folder`, which must exist; what may become of each path that a run meets. `text` is
    a document of a line, changed a little for each."""
    expected: dict[Path, frozenset[str]] = {}
    for number, name in enumerate(NAMES):
        path = Path(os.fsdecode(os.fsencode(folder) + b"/" + name))
        path.write_text(f"{text} ({number})", encoding="utf-8")
        expected[path] = READ
    folder.joinpath("loop-1").symlink_to(folder / "loop-2")
    folder.joinpath("loop-2").symlink_to(folder / "loop-1")
    expected[folder / "loop-1"] = expected[folder / "loop-2"] = fails("unreadable_file")
    folder.joinpath("up").symlink_to(folder, target_is_directory=True)  # met before: passed over
    folder.joinpath("nowhere.pdf").symlink_to(folder / "gone.pdf")
    folder.joinpath("device.txt").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.pdf")
    for name in ("nowhere.pdf", "device.txt", "pipe.pdf"):
        expected[folder / name] = fails("unreadable_file")
    closed = folder / "closed"
    closed.mkdir()
    (closed / "closed.txt").write_text(f"{text} (closed)", encoding="utf-8")
    closed.chmod(0)
    if os.access(closed, os.R_OK):  # the superuser's way through
        expected[closed / "closed.txt"] = READ
    else:
        expected[closed] = fails("unreadable_file")
    hole = folder / "hole.pdf"
    with hole.open("wb") as file:
        file.truncate(2 * 2**30)  # two gigabytes that take no place
    expected[hole] = fails("too_large")
    deep = folder
    for _ in range(60):
        deep = deep / "sâu"
    deep.mkdir(parents=True)
    (deep / "đáy.txt").write_text(f"{text} (đáy)", encoding="utf-8")
    expected[deep / "đáy.txt"] = READ
    return expected
