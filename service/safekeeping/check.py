"""Everything that is kept against everything that should be: what is wrong, a finding each.

Subjects are hashes, ids and tables, never a document's name or text: whoever looks after the machine need not
be cleared for what is on it.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError

from service.audit.verifying import verified
from service.database import READING, Unavailable, open_engine
from service.files import Files
from service.learning.promoting import states
from service.migrations import HEAD, version
from service.safekeeping.backups import opened
from service.safekeeping.hashing import hashed
from service.safekeeping.originals import Lying, Named, lying, named
from service.settings import Settings
from service.store import Store

_FRESH = 3600.0  # seconds in which a file may lie there before its document is filed
_ORIGINAL = re.compile(r"[0-9a-f]{2}/(\.new-)?\w+")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong: in which part (schema, database, file, model, audit, backup), with what, and how."""

    part: str
    subject: str
    why: str


def check(settings: Settings, hashes: bool = True) -> Iterator[Finding]:
    """All findings; without `hashes` originals are looked at by size alone, SQLite's file less closely.
    Changes nothing; raises `Unavailable` where there is no store."""
    engine = _there(settings)
    try:
        yield from _all(engine, settings, hashes)
    finally:
        engine.dispose()


def checked_backup(source: Path) -> Iterator[Finding]:
    """The same of a backup, or of the newest in a folder; raises `Unavailable` where there is none."""
    for flaw in opened(source).flaws():
        yield Finding("backup", flaw.part, flaw.why)


def _all(engine: Engine, settings: Settings, hashes: bool) -> Iterator[Finding]:
    known = version(engine)
    if known != HEAD:
        why = f"lược đồ không phải {HEAD}: chạy dondoc serve một lần để nâng cấp (schema of another version)"
        yield Finding("schema", known or "—", why)
        return
    yield from _database(engine, "integrity_check" if hashes else "quick_check")
    yield from _files(engine, settings.data_dir / "files", hashes)
    store = Store(engine)
    yield from (Finding("model", *_split(trouble)) for trouble in states(store, settings).troubles)
    with store.reading() as work:
        for fault in verified(work.audit, settings.audit_key):
            yield Finding("audit", str(fault.seq or "—"), fault.why)


def _there(settings: Settings) -> Engine:
    default = settings.data_dir / "dondoc.sqlite3"
    if not settings.database_url and not default.exists():  # opening would make one
        raise Unavailable(f"không có kho ở đây (there is no store): {settings.data_dir}")
    return open_engine(settings.url)


def _database(engine: Engine, pragma: str) -> Iterator[Finding]:
    """What SQLite says of its file, and rows that refer to nothing; PostgreSQL sees to both by itself."""
    if engine.dialect.name != "sqlite":
        return
    with engine.execution_options(**{READING: True}).connect() as connection:
        try:
            for (line,) in connection.execute(text(f"PRAGMA {pragma}")):
                if line != "ok":
                    yield Finding("database", "sqlite", f"tệp hỏng (damaged): {line.splitlines()[-1]}")
            rows = connection.execute(text("PRAGMA foreign_key_check")).all()
        except DatabaseError as error:
            kind = type(error.orig).__name__
            yield Finding("database", "sqlite", f"tệp hỏng, không đọc được (damaged): {kind}")
            return
    for (table, parent), count in Counter((row[0], row[2]) for row in rows).items():
        yield Finding("database", table, f"{count} dòng trỏ tới {parent} không còn (refer to rows gone)")


def _files(engine: Engine, root: Path, hashes: bool) -> Iterator[Finding]:
    files = Files(root)
    there = dict(lying(root))  # before the rows: what is filed meanwhile is then named, and found below
    wanted = _named(engine)
    whole = []
    for sha256, one in wanted.items():
        path = files.path(sha256)
        found = there.pop(f"{sha256[:2]}/{sha256}", None)
        if found is None and not path.exists():
            if sha256 in _named(engine):  # else it was purged meanwhile
                yield _of(sha256, one, "không có trên đĩa (missing)")
        elif found is not None and found.size != one.size:
            yield _of(sha256, one, f"{found.size} byte thay vì {one.size} (wrong size)")
        else:
            whole.append(path)
    for path, made in hashed(whole if hashes else ()):
        if made != path.name and (made or path.exists()):
            why = "nội dung đã bị thay đổi (content changed)" if made else "không đọc được (cannot be read)"
            yield _of(path.name, wanted[path.name], why)
    yield from _unnamed(there)


def _unnamed(left: dict[str, Lying]) -> Iterator[Finding]:
    """Files that no row names; a foreign file's own name may tell too much."""
    for path, one in sorted(left.items()):
        if one.changed < time.time() - _FRESH:
            shown = path if _ORIGINAL.fullmatch(path) else f"{path.rpartition('/')[0]}/…"
            yield Finding("file", shown, "không dòng nào trong kho nhắc tới (no row names it)")


def _named(engine: Engine) -> dict[str, Named]:
    with engine.execution_options(**{READING: True}).connect() as connection:
        return named(connection)


def _of(sha256: str, one: Named, why: str) -> Finding:
    return Finding("file", sha256, f"{one.subject}: {why}")


def _split(trouble: str) -> tuple[str, str]:
    subject, _, why = trouble.rpartition(": ")
    return subject or "models", why
