"""A document in, all that the product holds of it gone: what was removed is listed and audited.

The audit's entries about it stay, since the chain hangs on them; their values go. The bytes are from then on
refused like those that were never kept, so that the next run over an archive does not bring them back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Engine, text

from pipeline.remembered import forget
from service.audit.log import PURGE
from service.files import Files
from service.settings import Settings
from service.spool import wipe
from service.store import Store
from service.uploads.folders import Folders

REFUSED = "purged"
"""Why the bytes of a purged document are refused (service/wording.py `REFUSALS`)."""
TOUCHED = (
    "documents",
    "files",
    "duties",
    "duty_units",
    "duty_events",
    "duty_files",
    "duty_standings",
    "findings",
    "follow_ups",
    "measures",
    "reminders",
    "sent_letter_duties",
    "sources",
    "tasks",
    "task_units",
    "budget_tasks",
    "estimates",
    "document_units",
    "document_relations",
    "document_sketches",
    "document_bands",
    "proposals",
    "twins",
    "presences",
    "issues",
    "task_versions",
    "change_groups",
    "audit_values",
    "exports",
    "export_documents",
    "deliveries",
    "uploads",
    "jobs",
    "run_files",
)
"""Tables that a purge takes rows out of, or words out of their rows."""


@dataclass(frozen=True, slots=True)
class Removed:
    """What a purge took away: rows by table, originals that other documents need too, folders."""

    document: int
    key: str
    rows: dict[str, int]
    files: int
    shared_files: int
    pictures: bool
    exports: Sequence[str] = ()
    audit_values: int = 0


class Purge:
    """Purges documents of a store and its data folder."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._data = settings.data_dir
        self._store = store
        self._files = Files(settings.data_dir / "files")
        self._folders = Folders(settings.data_dir / "uploads")

    def purge(self, actor: str, document: int) -> Removed | None:
        """Removes a document and audits that `actor` did so; None where there is none of this id."""
        with self._store.begin() as work:
            gone = work.shredder.shred(document)
            if gone is None:
                return None
            values = work.audit.erase(f"document:{document}")
            work.refuse(gone.key, REFUSED)
            pictures = self._wipe_pictures(gone.key)
            for sha256 in gone.files:
                self._files.remove(sha256)
            for identifier in gone.uploads:
                self._folders.wipe(identifier)
            for identifier in gone.exports:
                self._wipe_export(identifier)
            removed = Removed(
                document, gone.key, gone.rows, len(gone.files), gone.shared, pictures, gone.exports, values
            )
            told = asdict(removed) | {"exports": list(gone.exports)}
            work.audit.add(actor, PURGE, f"document:{document}", {"removed": told})
        self._wipe_pictures(gone.key)  # one may have been drawn meanwhile
        settle(self._store.engine)
        forget()  # what this process remembers of its clauses
        return removed

    def _wipe_pictures(self, key: str) -> bool:
        folder = self._data / "pages" / key
        there = folder.exists()
        wipe(folder)
        return there

    def _wipe_export(self, identifier: str) -> None:
        for path in (self._data / "exports").glob(f"*{identifier}*"):  # drafts too
            wipe(path) if path.is_dir() else path.unlink(missing_ok=True)


def settle(engine: Engine) -> None:
    """Lets the database forget the bytes of rows that are gone: SQLite's log is written back and cut off,
    PostgreSQL's dead rows are cleared away. What cannot be done now, since others use the database, happens
    at its next occasion."""
    if engine.dialect.name == "sqlite":
        connection = engine.raw_connection()  # outside any transaction
        try:
            for _ in range(3):
                row = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                if row[0] == 0:
                    return
        finally:
            connection.close()
    else:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as server:
            server.execute(text(f"VACUUM {', '.join(TOUCHED)}"))


def told(removed: Removed) -> list[str]:
    """What was removed, a line each, for people."""
    lines = [f"{count} {ROWS.get(name, name)}" for name, count in removed.rows.items() if count]
    lines.append(f"{removed.files} tệp gốc (original files)")
    if removed.shared_files:
        lines.append(f"{removed.shared_files} tệp gốc giữ lại vì văn bản khác cũng dùng (kept, shared)")
    if removed.pictures:
        lines.append("ảnh các trang (pages' pictures)")
    if removed.audit_values:
        lines.append(f"giá trị của {removed.audit_values} mục nhật ký (values of audit entries)")
    return lines


ROWS = {
    "documents": "văn bản (document)",
    "tasks": "nhiệm vụ (tasks)",
    "duties": "nhiệm vụ trong sổ (duties of the book)",
    "duty_files": "tài liệu kèm báo cáo (documents attached to reports)",
    "findings": "kết quả kiểm tra (findings of inspections)",
    "measures": "biện pháp đã ghi (measures against units)",
    "task_versions": "bản cũ của nhiệm vụ (versions of tasks)",
    "files": "ghi chép về tệp (records of files)",
    "sources": "đường dẫn đã đọc (paths)",
    "uploads": "lần tải lên (uploads)",
    "exports": "bản xuất (exports)",
    "deliveries": "tin gửi phần mềm khác (webhook deliveries)",
    "jobs": "việc trong hàng đợi (jobs)",
    "runs": "tên tệp trong sổ lượt đọc (names in the run book)",
    "mentions": "chỗ nhắc tên ở văn bản khác (mentions in other documents)",
}
