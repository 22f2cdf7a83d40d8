"""A document's rows out of every table, within one transaction; what lies outside the database is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from service.audit.log import Audit
from service.mapping import number_key
from service.runs.book import RunBook
from service.searching import index
from service.tables import (
    Base,
    ChangeGroup,
    Delivery,
    Document,
    DocumentIssue,
    Duty,
    DutyFile,
    Export,
    Finding,
    Job,
    Measure,
    Source,
    StoredFile,
    Task,
    TaskVersion,
    Upload,
)
from service.tracking.months import Months

_KINDS = ("upload", "export")  # of work in the ledger whose keys are uploads and exports
_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Match:
    """A document that a person may mean."""

    id: int
    number: str | None
    name: str
    key: str


@dataclass(frozen=True, slots=True)
class Gone:
    """What a document's rows said of things outside the database: originals that only it needs (by hash),
    how many others need too, uploads' folders, exports; `rows` how many went from each table."""

    key: str
    files: tuple[str, ...]
    shared: int
    uploads: tuple[str, ...]
    exports: tuple[str, ...]
    rows: dict[str, int]


class Shredder:
    """Finds documents whoever asks, and removes them."""

    def __init__(self, session: Session, release: Callable[[int], None]) -> None:
        self._session = session
        self._release = release

    def find(self, named: str) -> list[Match]:
        """The documents of this id, sha256 (of the document or a file of it) or number."""
        named = named.strip()
        if _SHA256.fullmatch(named.lower()):
            sha256 = named.lower()
            of_file = exists().where(StoredFile.document_id == Document.id, StoredFile.sha256 == sha256)
            which = or_(Document.key == sha256, Document.sha256 == sha256, of_file)
        elif named.isdecimal():
            which = Document.id == int(named)
        else:
            which = Document.number_key == number_key(named)
        query = select(Document.id, Document.number, Document.name, Document.key).where(which)
        return [Match(*row) for row in self._session.execute(query.order_by(Document.id)).tuples()]

    def shred(self, document: int) -> Gone | None:
        """Removes the document; None where there is none of this id."""
        row = self._session.get(Document, document, with_for_update=True)
        if row is None:
            return None
        key, name, read_at = row.key, row.name, row.read_at
        self._release(document)
        files, shared = self._files(document)
        evidence, duties = self._evidence(document)
        rows = {"documents": 1}
        rows["tasks"] = self._count(Task, Task.document_id == document)
        rows["task_versions"] = self._count(TaskVersion, TaskVersion.document_id == document)
        rows["files"] = len(files) + shared
        rows["duties"] = len(duties)
        rows["findings"] = self._count(Finding, Finding.duty_id.in_(duties))
        rows["measures"] = self._count(Measure, Measure.duty_id.in_(duties))
        rows["duty_files"] = self._count(DutyFile, DutyFile.duty_id.in_(duties))
        uploads = tuple(self._session.scalars(select(Upload.id).where(Upload.key == key)))
        exports = tuple(self._session.scalars(select(Export.id).where(_may_hold(read_at))))
        self._forget_groups(document)
        self._session.execute(delete(TaskVersion).where(TaskVersion.document_id == document))
        Months(self._session, Audit(self._session)).leave(duties)
        self._session.execute(delete(Document).where(Document.id == document))  # the rest hangs on it
        rows["sources"] = self._delete(Source, Source.key == key)
        rows["jobs"] = self._delete(Job, Job.kind.in_(_KINDS), Job.key.in_([*uploads, *exports]))
        rows["uploads"] = self._delete(Upload, Upload.key == key)
        rows["exports"] = self._delete(Export, Export.id.in_(exports))
        rows["runs"] = RunBook(self._session).forget(key)
        rows["deliveries"] = self._delete_deliveries(document, key)
        rows["mentions"] = self._forget_name(name)
        self._session.execute(update(Job).where(Job.key == key).values(message=""))
        index.forget(self._session)
        self._session.expire_all()
        gone = sorted({*files, *evidence} - self.needed([*files, *evidence]))
        return Gone(key, tuple(gone), shared, uploads, exports, rows)

    def _files(self, document: int) -> tuple[tuple[str, ...], int]:
        """The originals that only this document needs, and how many others need too."""
        mine = select(StoredFile.sha256).where(StoredFile.document_id == document)
        hashes = set(self._session.scalars(mine))
        others = select(StoredFile.sha256).where(
            StoredFile.sha256.in_(hashes), StoredFile.document_id != document
        )
        shared = set(self._session.scalars(others))
        return tuple(sorted(hashes - shared)), len(shared)

    def needed(self, hashes: Sequence[str]) -> set[str]:
        """Those of them under which bytes are kept that a document or a duty has."""
        found: set[str] = set()
        for column in (StoredFile.sha256, DutyFile.sha256):
            found |= set(self._session.scalars(select(column).where(column.in_(hashes))))
        return found

    def _evidence(self, document: int) -> tuple[set[str], list[int]]:
        """What was attached to its duties, their parts and occurrences, and those duties. Duties of other
        documents that are linked to them stay, on their own."""
        found = select(Duty.id).where(Duty.document_id == document).cte(recursive=True)
        found = found.union(select(Duty.id).join(found, Duty.parent_id == found.c.id).where(_of(document)))
        linked = Duty.parent_id.in_(select(found.c.id)) & ~_of(document)
        self._session.execute(update(Duty).where(linked).values(parent_id=None))
        duties = list(self._session.scalars(select(found.c.id)))
        hashes = select(DutyFile.sha256).where(DutyFile.duty_id.in_(duties))
        return set(self._session.scalars(hashes)), duties

    def _forget_groups(self, document: int) -> None:
        """What a person wrote as a reason goes; a group that changed nothing else cannot be undone."""
        of_it = select(TaskVersion.group_id).where(TaskVersion.document_id == document)
        of_others = select(TaskVersion.group_id).where(
            TaskVersion.document_id != document, TaskVersion.group_id.is_not(None)
        )
        self._session.execute(update(ChangeGroup).where(ChangeGroup.id.in_(of_it)).values(reason=""))
        self._session.execute(
            update(ChangeGroup)
            .where(ChangeGroup.id.in_(of_it), ChangeGroup.id.not_in(of_others))
            .values(undone_by=ChangeGroup.id)
        )

    def _delete_deliveries(self, document: int, key: str) -> int:
        """Events that tell of the document."""
        query = select(Delivery.id, Delivery.body).execution_options(yield_per=500)
        told = [one for one, body in self._session.execute(query).tuples() if _tells(body, document, key)]
        return self._delete(Delivery, Delivery.id.in_(told)) if told else 0

    def _forget_name(self, name: str) -> int:
        """Others that were taken for its duplicate name its file."""
        quoted = f"({name})"
        found = self._delete(
            DocumentIssue,
            DocumentIssue.stage == "duplicate",
            DocumentIssue.message.contains(quoted, autoescape=True),
        )
        self._session.execute(
            update(Upload)
            .where(Upload.message.contains(quoted, autoescape=True))
            .values(message=func.replace(Upload.message, quoted, ""))
        )
        return found

    def _count(self, table: type[Base], *which: Any) -> int:
        return self._session.scalar(select(func.count()).select_from(table).where(*which)) or 0

    def _delete(self, table: type[Base], *which: Any) -> int:
        found = self._count(table, *which)
        self._session.execute(delete(table).where(*which).execution_options(synchronize_session=False))
        return found


def _of(document: int) -> Any:
    """Duties of the document, or of none: what a part or an occurrence is of."""
    return or_(Duty.document_id.is_(None), Duty.document_id == document)


def _may_hold(read_at: float) -> Any:
    """Exports made since the document was there; ask for them again."""
    return or_(Export.finished_at.is_(None), Export.finished_at >= read_at)


def _tells(value: Any, document: int, key: str) -> bool:
    """Whether an event's body names the document, by its id or hash."""
    if isinstance(value, Mapping):
        named = value.get("document_id", value.get("document"))
        if named == document or (isinstance(named, Mapping) and named.get("id") == document):
            return True
        return any(_tells(one, document, key) for one in value.values())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return any(_tells(one, document, key) for one in value)
    return value == key or (
        isinstance(value, str) and re.search(rf"/documents/{document}\b", value) is not None
    )
