"""Database and files into a folder of backups, while the office works.

First the database as it is at one moment, then the originals that this copy names: an original is there
before its document is filed. What a purge takes away in between is noticed, and the database copied again, so
that no backup holds the rows of a document whose file it has not.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version as version_of
from pathlib import Path

from sqlalchemy import Engine

from service.database import Unavailable, open_engine
from service.files import Files
from service.safekeeping import backups
from service.safekeeping.backups import DATA, DATABASE, ORIGINALS, Backup, Manifest
from service.safekeeping.hashing import hashed, sha256_of
from service.safekeeping.pieces import DRAFT, copied, folder, originals_copied, settled, written
from service.safekeeping.snapshot import originals_of, revision_of, rows_of, snapshot
from service.settings import Settings

KEY, HEADS = "keys/audit.pem", "keys/audit.heads"
KEPT = ("models", "templates", "units.tsv")
"""What is kept in the data folder besides database, originals and keys."""
_TRIES = 3  # copies of the database, should documents be purged meanwhile


@dataclass(frozen=True, slots=True)
class Made:
    """A new backup, how many originals it brought, and how many old backups went for it."""

    backup: Backup
    added: int
    removed: int


def back_up(settings: Settings, root: Path, keep: int = 0, at: datetime | None = None) -> Made:
    """Makes a backup in the folder `root`; called by the time `at` (now); with `keep` only that
    many stay. Raises `Unavailable`, OSError: former backups are then as they were."""
    folder(root)
    engine = open_engine(settings.url)
    try:
        with _alone(root):
            backups.cleared(root)
            try:
                made, added = _made(settings, engine, root, at or datetime.now(UTC))
            except BaseException:
                with suppress(OSError):  # the next backup clears away what is left
                    backups.cleared(root)
                raise
            return Made(made, added, backups.thinned(root, keep) if keep else 0)
    finally:
        engine.dispose()


def _made(settings: Settings, engine: Engine, root: Path, began: datetime) -> tuple[Backup, int]:
    name = f"{began:%Y%m%dT%H%M%SZ}"
    if (root / name).exists():
        raise Unavailable(f"đã có bản sao lưu của giây này (there is one of this second): {name}")
    draft = root / f"{DRAFT}{name}"
    folder(draft)
    sums = _keys(settings, draft)  # heads first: each was in the database before it was noted
    added, missing = 0, set[str]()
    for _ in range(_TRIES):
        (draft / DATABASE).unlink(missing_ok=True)
        snapshot(engine, draft / DATABASE)
        named, before = originals_of(draft / DATABASE), missing
        fresh, missing = _originals(settings, root, named)
        added += fresh
        if missing == before:
            break
    whole = [one for one in named if one not in missing]
    sums |= {f"../{ORIGINALS}/{one[:2]}/{one}": one for one in whole}
    sums |= _data(settings, draft) | {DATABASE: sha256_of(draft / DATABASE)}
    listed = backups.sums_text(sums)
    manifest = Manifest(
        format=backups.FORMAT,
        program=version_of("dondoc"),
        schema=revision_of(draft / DATABASE),
        source=engine.dialect.name,
        made_at=began.isoformat(timespec="seconds"),
        rows=rows_of(draft / DATABASE),
        originals=len(whole),
        original_bytes=sum(named[one] for one in whole),
        missing=tuple(sorted(missing)),
        sums=hashlib.sha256(listed).hexdigest(),
    )
    written(draft / backups.SUMS, listed)
    written(draft / backups.MANIFEST, backups.manifest_text(manifest))
    draft.rename(root / name)
    settled(root)
    return Backup(root / name), added


def _originals(settings: Settings, root: Path, named: dict[str, int]) -> tuple[int, set[str]]:
    """Copies the originals that no former backup has and reads them again; how many, and which are not to be
    had. One that is there is trusted by its size: `dondoc check --backup` looks closer."""
    source, target = Files(settings.data_dir / ORIGINALS), Files(root / ORIGINALS)
    wanted = [
        (source.path(sha256), path)
        for sha256, size in named.items()
        if not (path := target.path(sha256)).exists() or path.stat().st_size != size
    ]
    fresh, missing = [], set()
    for (_, path), whole in zip(wanted, originals_copied(wanted), strict=True):
        if whole:
            fresh.append(path)
        else:
            missing.add(path.name)
    for path, made in hashed(fresh):
        if made != path.name:
            path.unlink(missing_ok=True)
            raise Unavailable(f"bản sao không đúng, xem lại đĩa (the copy is wrong): {path}")
    return len(fresh), missing


def _keys(settings: Settings, draft: Path) -> dict[str, str]:
    """The signed heads, and the key if it lies in the data folder: one that was put elsewhere is to be kept
    apart."""
    key, parts = settings.audit_key, {HEADS: settings.audit_key.with_suffix(".heads")}
    if settings.audit_key_file is None:
        parts[KEY] = key
    return {
        f"{DATA}/{name}": copied(path, draft / DATA / name) for name, path in parts.items() if path.exists()
    }


def _data(settings: Settings, draft: Path) -> dict[str, str]:
    found = {}
    for name in KEPT:
        for path in _below(settings.data_dir / name):
            part = f"{DATA}/{path.relative_to(settings.data_dir).as_posix()}"
            found[part] = copied(path, draft / part)
    return found


def _below(path: Path) -> Iterator[Path]:
    every = [path] if path.is_file() else sorted(path.rglob("*"))
    for one in every:
        if one.is_file() and not any(part.startswith(DRAFT) for part in one.parts):
            yield one


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Nobody else makes a backup here meanwhile; the lock goes with the process, however it ends."""
    handle = os.open(root / ".lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise Unavailable(f"một lần sao lưu khác đang chạy (another backup is running): {root}") from error
    finally:
        os.close(handle)
