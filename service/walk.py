"""Files and folders in, groups of files out, each one document; what cannot be looked into is told too."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unicodedata import category

_BREAKING = {"Cc", "Zl", "Zp"}  # controls and line separators
_TURNING = frozenset(map(chr, (0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A))))
_TEMPORARY_STARTS = ("~",)  # Word's and LibreOffice's locks and drafts
_TEMPORARY_ENDS = ("~", ".tmp", ".temp", ".part", ".crdownload", ".bak", ".swp")
_SYSTEM = {"thumbs.db", "desktop.ini", "__macosx", "$recycle.bin", "system volume information"}


@dataclass(frozen=True, slots=True)
class Group:
    """The paths of one document, the directive first."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Unopened:
    """A path that cannot be read, and why."""

    path: Path
    why: str

    @property
    def paths(self) -> tuple[Path, ...]:
        """The path, as a group has them."""
        return (self.path,)


def walk(
    roots: Iterable[Path], left_out: Callable[[Path], object] = lambda path: None
) -> Iterator[Group | Unopened]:
    """All documents below `roots`, in order of path, each file once however many links lead to it.

    Temporary files, and what is hidden or a system's own, are left out by their names, unless they are roots
    themselves; `left_out` hears of each.
    """
    seen: set[str] = set()
    todo = list(roots)[::-1]
    while todo:
        path = todo.pop()
        if not _new(path, seen):
            continue
        if found := _file_or_why(path):
            yield found
            continue
        try:
            entries = sorted(path.iterdir())
        except OSError as error:
            yield Unopened(path, _plain(error))
            continue
        folders: list[Path] = []
        files: list[Group | Unopened] = []
        for entry in entries:
            found = _file_or_why(entry)
            if _is_left_out(entry.name, is_folder=found is None):
                left_out(entry)
            elif found is None:
                folders.append(entry)
            elif _new(entry, seen):
                files.append(found)
        todo += folders[::-1]
        yield from (one for one in files if isinstance(one, Unopened))
        yield from _grouped([one.paths[0] for one in files if isinstance(one, Group)])


def _grouped(paths: Sequence[Path]) -> Iterator[Group]:
    from pipeline.read.packet import group

    yield from (Group(packet.paths) for packet in group(paths))


def _new(path: Path, seen: set[str]) -> bool:
    """Whether what `path` leads to is met for the first time."""
    real = os.path.realpath(path)
    if real in seen:
        return False
    seen.add(real)
    return True


def _file_or_why(path: Path) -> Group | Unopened | None:
    """The file, or why it cannot be read; None for a folder."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return Unopened(path, _plain(error))
    if stat.S_ISDIR(mode):
        return None
    if not stat.S_ISREG(mode):
        return Unopened(path, "không phải tệp thường (not a regular file)")
    if not os.access(path, os.R_OK):
        return Unopened(path, "không có quyền đọc (permission denied)")
    return Group((path,))


def _is_left_out(name: str, *, is_folder: bool) -> bool:
    """A folder is never temporary: "VB-2015.bak" holds what somebody wants to keep."""
    low = name.lower()
    if low.startswith(".") or low in _SYSTEM:
        return True
    return not is_folder and (low.startswith(_TEMPORARY_STARTS) or low.endswith(_TEMPORARY_ENDS))


def printable(path: Path | str) -> str:
    """A path as one line of text that does a terminal no harm: bytes that are no UTF-8, as old file
    systems have them, and control characters are shown as \\x.."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(
        _escaped(char) if category(char) in _BREAKING or char in _TURNING else char for char in text
    )


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode()


def _plain(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "không có quyền đọc (permission denied)"
    if isinstance(error, FileNotFoundError):
        return "không có tệp này (no such file)"
    return f"không mở được ({error.strerror or type(error).__name__})"
