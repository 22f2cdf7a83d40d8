"""A backup into an empty data folder and database; cut off half-way, it can be begun again.

Nothing is written before every hash of the backup was looked at. A note in the data folder says which backup
is on its way in, until all is there: only with it is a place that is no longer empty written to.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from sqlalchemy import Engine, inspect

from service.database import READING, Unavailable, open_engine
from service.files import Files
from service.migrations import HEAD, migrate
from service.safekeeping.backup import HEADS, KEPT, KEY
from service.safekeeping.backups import DATA, DATABASE, ORIGINALS, Backup
from service.safekeeping.pieces import copied, folder, originals_copied, settled, undrafted, written
from service.safekeeping.rows import copy, counted
from service.settings import Settings

_NOTE = "restoring"


class Damaged(Unavailable):
    """The backup is not what was written; the message names the first parts that are not."""


def restore(settings: Settings, backup: Backup) -> list[str]:
    """Puts all of a backup in place and brings it up to this version; the originals, by sha256, that are
    missing or damaged there and were left out. Raises `Damaged` of any other part, and `Unavailable` where
    the place is not empty or the backup is of a newer version; nothing was written then."""
    if backup.manifest.schema > HEAD:
        raise Unavailable(f"bản sao lưu của phiên bản mới hơn (of a newer version): {backup.manifest.schema}")
    _whole(backup)
    note = settings.data_dir / _NOTE
    if not _begun(note, backup):
        _empty(settings)
        folder(settings.data_dir)
        written(note, backup.manifest.sums.encode())
    left_out = _originals(settings, backup)
    _data(settings, backup)
    _database(settings, backup)
    note.unlink()
    settled(settings.data_dir)
    return left_out


def _whole(backup: Backup) -> None:
    """Raises `Damaged` where any part is but originals, which all the rest can do without."""
    flaws = sorted(backup.flaws(), key=lambda flaw: flaw.of_original)
    if flaws and not flaws[0].of_original:
        first = "; ".join(f"{flaw.part}: {flaw.why}" for flaw in flaws[:5])
        raise Damaged(f"bản sao lưu hỏng, {len(flaws)} phần (damaged parts): {first}")


def _begun(note: Path, backup: Backup) -> bool:
    if not note.exists():
        return False
    if note.read_text(encoding="ascii", errors="replace") == backup.manifest.sums:
        return True
    raise Unavailable("đang phục hồi dở từ một bản sao lưu khác (another backup is half restored here)")


def _empty(settings: Settings) -> None:
    """Raises `Unavailable` where something is kept already."""
    full = [name for name in (ORIGINALS, *KEPT) if (settings.data_dir / name).exists()]
    sqlite = settings.data_dir / DATABASE
    if settings.database_url:
        engine = open_engine(settings.url)
        full += ["DONDOC_DATABASE_URL"] if _tables(engine) else []
        engine.dispose()
    elif sqlite.exists():
        full.append(DATABASE)
    if full:
        raise Unavailable(f"nơi phục hồi không trống (not an empty place): {', '.join(full)}")


def _tables(engine: Engine) -> bool:
    with engine.execution_options(**{READING: True}).connect() as connection:
        return bool(inspect(connection).get_table_names())


def _originals(settings: Settings, backup: Backup) -> list[str]:
    """Copies them; those that are not what they were."""
    files = Files(settings.data_dir / ORIGINALS)
    undrafted(settings.data_dir / ORIGINALS)
    wanted = [
        (source, path)
        for sha256, source in backup.originals.items()
        if not (path := files.path(sha256)).exists()
    ]
    copies = zip(wanted, originals_copied(wanted), strict=True)
    return [source.name for (source, _), whole in copies if not whole]


def _data(settings: Settings, backup: Backup) -> None:
    """A key that the administrator put in its place before stays, and the heads beside it."""
    places = {KEY: settings.audit_key, HEADS: settings.audit_key.with_suffix(".heads")}
    for part in backup.sums:
        name = part.removeprefix(f"{DATA}/")
        path = places.get(name, settings.data_dir / name)
        if part != name and not path.exists():
            copied(backup.path / part, path)


def _database(settings: Settings, backup: Backup) -> None:
    engine = open_engine(settings.url)
    try:
        if engine.dialect.name == "sqlite" and engine.url.database:
            for log in ("-wal", "-shm"):  # of an attempt that was cut off
                Path(f"{engine.url.database}{log}").unlink(missing_ok=True)
            copied(backup.path / DATABASE, Path(engine.url.database))
            migrate(engine)
        else:
            _load(engine, backup)
    finally:
        engine.dispose()


def _load(engine: Engine, backup: Backup) -> None:
    """All rows in one transaction: what is there already came in whole before."""
    migrate(engine)
    with tempfile.TemporaryDirectory(prefix="dondoc-") as draft:
        path = Path(draft) / DATABASE
        copied(backup.path / DATABASE, path)
        origin = open_engine(f"sqlite:///{path}")
        try:
            migrate(origin)
            looking = origin.execution_options(**{READING: True})
            with looking.connect() as source, source.begin(), engine.begin() as target:
                if not any(counted(target).values()):
                    copy(source, target)
        finally:
            origin.dispose()
