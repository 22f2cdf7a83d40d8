"""A folder of backups: one folder a backup, and the originals that all of them share, each once.

    FOLDER/files/ab/abcd…         originals by sha256, only ever added to by a backup
    FOLDER/20261130T190000Z/      dondoc.sqlite3, data/…, SHA256SUMS, manifest.json

`SHA256SUMS` is of the form that `sha256sum -c` reads, originals included, so that a backup can be looked
through without the product.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from service.database import Unavailable
from service.files import Files
from service.safekeeping.hashing import hashed
from service.safekeeping.originals import lying
from service.safekeeping.pieces import DRAFT, undrafted

DATABASE, DATA, SUMS, MANIFEST, ORIGINALS = (
    "dondoc.sqlite3",
    "data",
    "SHA256SUMS",
    "manifest.json",
    "files",
)
FORMAT = 1
_SHARED = f"../{ORIGINALS}/"
_NAME = re.compile(r"\d{8}T\d{6}Z")
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup is: of which program, schema and database, made when, with how many rows a table and how
    many originals; `missing` are those that were gone or damaged already, `sums` the hash of SHA256SUMS."""

    format: int
    program: str
    schema: str
    source: str
    made_at: str
    rows: Mapping[str, int]
    originals: int
    original_bytes: int
    missing: tuple[str, ...]
    sums: str


@dataclass(frozen=True, slots=True)
class Flaw:
    """A part of a backup that is not what it was, and how."""

    part: str
    why: str

    @property
    def of_original(self) -> bool:
        """Whether it is an original, which all other parts can do without."""
        return self.part.startswith(_SHARED)


class Backup:
    """A finished backup."""

    def __init__(self, path: Path) -> None:
        """Raises `Unavailable` where there is none that can be read."""
        self.path = path
        try:
            told = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
            self.manifest = Manifest(**told | {"missing": tuple(told["missing"])})
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise Unavailable(
                f"không phải bản sao lưu đọc được (no backup that can be read): {path}"
            ) from error
        if self.manifest.format != FORMAT:
            raise Unavailable(f"bản sao lưu của phiên bản khác (another format): {path}")

    @property
    def files(self) -> Files:
        """The originals that it shares with its neighbours."""
        return Files(self.path.parent / ORIGINALS)

    @property
    def sums(self) -> dict[str, str]:
        """Hash by path, as SHA256SUMS has it; raises `Unavailable` where that was changed."""
        try:
            content = (self.path / SUMS).read_bytes()
        except OSError as error:
            raise Unavailable(f"{SUMS} không đọc được (cannot be read): {self.path}") from error
        if hashlib.sha256(content).hexdigest() != self.manifest.sums:
            raise Unavailable(f"{SUMS} đã bị thay đổi (was changed): {self.path}")
        lines = (_LINE.fullmatch(line) for line in content.decode().splitlines())
        return {line[2]: line[1] for line in lines if line}

    @property
    def originals(self) -> dict[str, Path]:
        """Where the originals lie, by sha256."""
        return {sha256: self.path / name for name, sha256 in self.sums.items() if name.startswith(_SHARED)}

    def flaws(self) -> Iterator[Flaw]:
        """Every part that is missing or changed, by its hash."""
        sums = self.sums
        paths = {self.path / name: name for name in sums}
        for path, made in hashed(list(paths)):
            name = paths[path]
            if made != sums[name]:
                yield Flaw(
                    name, "đã bị thay đổi (changed)" if made else "thiếu hoặc không đọc được (missing)"
                )


def opened(path: Path) -> Backup:
    """The backup at a path, or the newest one of a folder of backups; raises `Unavailable`."""
    if (path / MANIFEST).exists():
        return Backup(path)
    known = names(path)
    if not known:
        raise Unavailable(f"không có bản sao lưu nào ở đây (no backup here): {path}")
    return Backup(path / known[-1])


def names(folder: Path) -> list[str]:
    """The finished backups of a folder, oldest first."""
    if not folder.is_dir():
        return []
    return sorted(
        one.name for one in folder.iterdir() if _NAME.fullmatch(one.name) and (one / MANIFEST).exists()
    )


def sums_text(sums: Mapping[str, str]) -> bytes:
    """SHA256SUMS of hash by path."""
    return "".join(f"{sha256}  {name}\n" for name, sha256 in sorted(sums.items())).encode()


def manifest_text(manifest: Manifest) -> bytes:
    """The manifest as it is written."""
    return (json.dumps(asdict(manifest), ensure_ascii=False, indent=1) + "\n").encode()


def cleared(folder: Path) -> None:
    """Takes away what a backup that was cut off left behind."""
    for one in folder.glob(f"{DRAFT}*"):
        shutil.rmtree(one)
    undrafted(folder / ORIGINALS)


def thinned(folder: Path, keep: int) -> int:
    """Removes all but the newest backups, and originals that none of those needs; how many backups. A
    neighbour that cannot be read keeps every original."""
    gone = names(folder)[:-keep]
    for name in gone:
        (folder / name).rename(folder / f"{DRAFT}{name}")  # a half removed one is none
    cleared(folder)
    needed = {sha256 for name in names(folder) for sha256 in Backup(folder / name).originals}
    for path, _ in list(lying(folder / ORIGINALS)):
        if Path(path).name not in needed:
            (folder / ORIGINALS / path).unlink(missing_ok=True)
    return len(gone)
