"""Repository and unit of work: the only place that queries the store's tables (but for the ledger's own).

`with store.begin() as work:` is one transaction, committed at the end of the block, undone by an
exception; `with store.reading() as work:` only looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    Engine,
    Select,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.orm import Session

from service.access.accounts import Accounts
from service.access.feeds import Feeds
from service.access.identities import Identities
from service.access.people import People
from service.audit.log import Audit
from service.budget.desk import Budgeting
from service.checking.desk import Checking
from service.database import READING, now
from service.duplicates.twins import Twins
from service.exchange.answering import Answering
from service.exchange.sent import SentLetters
from service.exports.book import Exports
from service.hooks.book import Hooks
from service.hooks.news import News
from service.hooks.outbox import Outbox
from service.importing.entering import Former
from service.incoming.book import Mails
from service.learning.labelled import Labelled
from service.learning.models import Models
from service.ledger import Ledger
from service.mapping import Record, number_key, search_key, task_record, to_record, to_rows
from service.outcomes import Outcome
from service.purging.rows import Shredder
from service.review.alike import Alike
from service.review.course import Course
from service.review.desk import Desk
from service.review.finder import Finder
from service.review.handing import Handing
from service.review.inbox import Inbox
from service.review.places import Places
from service.review.shelf import Shelf
from service.runs.archived import Archived
from service.runs.book import RunBook
from service.runs.quarantine import Quarantine
from service.stored import EVERY, FilePart, Found, Known, TaskFilter, heading, matching
from service.tables import (
    Base,
    Document,
    DocumentIssue,
    DocumentRelation,
    DocumentUnit,
    Refused,
    Source,
    StoredFile,
    Task,
    TaskUnit,
)
from service.tracking.book import Book
from service.tracking.clock import Clock, database_clock
from service.tracking.filing import Filing
from service.tracking.finder import Duties
from service.tracking.graph import Graph
from service.tracking.linking import Linking
from service.tracking.overview import Looking
from service.tracking.parts import Parts
from service.tracking.recurring import Recurring
from service.tracking.relations import Relations
from service.tracking.reports import Reports
from service.tracking.stubs import Stubs
from service.uploads.book import Uploads
from service.urging.desk import Urging

__all__ = ["FilePart", "Found", "Known", "Store", "TaskFilter", "Work"]


class Work:
    """The store within one transaction; the ledger, accounts, audit and review desk share it."""

    def __init__(self, session: Session, second_look: float = 0.0, clock: Clock = database_clock) -> None:
        self._session = session
        self.ledger = Ledger(session)
        self.people = People(session)
        self.audit = Audit(session)
        self.handing = Handing(session, self.audit)
        self.accounts = Accounts(session, self.people, self.audit, self.handing.release)
        self.feeds = Feeds(session, self.audit)
        self.identities = Identities(session, self.people, self.audit)
        self.desk = Desk(session, self.audit, second_look)
        self.book = Book(session, self.audit, clock)
        self.linking = Linking(session, self.book)
        self.relations = Relations(session, self.book, self.linking)
        self.graph = Graph(session)
        self.filing = Filing(session, self.book, self.relations)
        self.answering = Answering(session, self.book)
        self.sent = SentLetters(session, self.book, self.audit)
        self.duties = Duties(session)
        self.parts = Parts(session, self.book)
        self.recurring = Recurring(session, self.book)
        self.urging = Urging(session, self.audit, self.book)
        self.checking = Checking(session, self.audit, self.book)
        self.stubs = Stubs(session, self.book)
        self.former = Former(session, self.book)
        self.reports = Reports(session, self.book.today)
        self.looking = Looking(session)
        self.course = Course(session, self.audit, self.filing, self.handing)
        self.shelf = Shelf(session)
        self.finder = Finder(session)
        self.places = Places(session)
        self.uploads, self.mails = Uploads(session, self.ledger), Mails(session)
        self.exports = Exports(session, self.ledger)
        self.hooks, self.outbox = Hooks(session, self.audit), Outbox(session)
        self.news = News(session)
        self.inbox, self.alike = Inbox(session), Alike(session)
        self.labelled, self.models = Labelled(session), Models(session, self.audit)
        self.twins = Twins(session, self.audit, self.desk)
        self.shredder, self.archived = Shredder(session, self.twins.release), Archived(session)
        self.runs, self.quarantine = RunBook(session), Quarantine(session, self.ledger, self.audit)

    @property
    def budget(self) -> Budgeting:
        """What may be filed without a look."""
        return Budgeting(self._session, self.desk)

    def document(self, key: str) -> Known | None:
        """The document of this key (`service.reader.identity`), or None."""
        return self._known(_BY_KEY, its_key=key)

    def likely_duplicate(self, record: Record) -> Known | None:
        """Another document with the same number, notation and issuer, or None."""
        number = number_key(record["document"].get("number"))
        issuer = search_key(record["document"].get("issuer") or "")
        if not number or not issuer:
            return None
        if (
            self._session.get_bind().dialect.name == "postgresql"
        ):  # else two at a time would not see each other
            self._session.execute(
                text("SELECT pg_advisory_xact_lock(hashtext(:key))"), {"key": f"{number} {issuer}"}
            )
        return self._known(_BY_NUMBER, its_number=number, its_issuer=issuer)

    def add(self, key: str, record: Record, outcome: str, parts: Sequence[FilePart]) -> int:
        """Files the record with its tasks, all `proposed`, and its original files; the document's id."""
        rows = to_rows(record, outcome)
        document = self._session.scalar(_ADDING, rows.document | {"key": key})
        of_document = {"document_id": document}
        files = [
            {"part": part, "sha256": one.sha256, "name": one.name, "size": one.size}
            for part, one in enumerate(parts)
        ]
        self._insert(StoredFile, [row | of_document for row in files])
        fresh = of_document | {"revision": 1, "origin": "machine"}
        self._insert(Task, [row | fresh for row in rows.tasks])
        self._insert(TaskUnit, [row | of_document for row in rows.units])
        self._insert(DocumentIssue, [row | of_document for row in rows.issues])
        self._insert(DocumentUnit, [row | of_document for row in rows.addressed])
        self._insert(DocumentRelation, [row | of_document for row in rows.relations])
        return int(document)

    def record(self, key: str) -> Record | None:
        """The record of a document, as it was filed."""
        document = self._session.scalar(select(Document).where(Document.key == key))
        if document is None:
            return None
        return to_record(
            document,
            self._all(select(Task).where(Task.document_id == document.id).order_by(Task.position)),
            self._all(
                select(TaskUnit).where(TaskUnit.document_id == document.id).order_by(TaskUnit.position)
            ),
            self._all(
                select(DocumentIssue)
                .where(DocumentIssue.document_id == document.id)
                .order_by(DocumentIssue.position)
            ),
        )

    def issues(self, key: str) -> list[str]:
        """What is doubtful about a document, each said once."""
        query = (
            select(DocumentIssue.message)
            .join(Document, Document.id == DocumentIssue.document_id)
            .where(Document.key == key)
            .order_by(DocumentIssue.position)
        )
        return list(dict.fromkeys(self._all(query)))

    def origin(self, key: str) -> str:
        """Where a document was found before its repetitions; its name where that is not known."""
        query = (
            select(Source.path)
            .where(Source.key == key, Source.outcome != Outcome.DUPLICATE_OF)
            .order_by(Source.id)
        )
        known = self.document(key)
        return self._session.scalar(query.limit(1)) or (known.name if known else "")

    def counts(self) -> dict[str, int]:
        """How many documents have each outcome."""
        rows = self._session.execute(select(Document.outcome, func.count()).group_by(Document.outcome))
        return dict(iter(rows.tuples()))

    def source(self, path: str) -> Found | None:
        """What was last found at `path`, or None."""
        row = self._session.execute(_SOURCE, {"at": path}).first()
        return Found(*row) if row else None

    def found(self, path: str, stamp: str, key: str, outcome: str) -> None:
        """Notes what became of the cleared file at `path`."""
        self._session.execute(_NO_SOURCE, {"at": path})
        self._insert(Source, [{"path": path, "stamp": stamp, "key": key, "outcome": outcome}])

    def refuse(self, sha256: str, why: str) -> None:
        """Notes that a file of this hash was not kept, and why; nothing else."""
        if self.refused(sha256) is None:
            self._session.execute(insert(Refused).values(sha256=sha256, why=why, refused_at=now()))

    def refused(self, sha256: str) -> str | None:
        """Why a file of this hash was refused, or None."""
        return self._session.scalar(select(Refused.why).where(Refused.sha256 == sha256))

    def tasks(self, wanted: TaskFilter = EVERY) -> list[Record]:
        """The tasks that match, soonest deadline first, each with its document's header."""
        query = matching(wanted)
        shown = query.with_only_columns(Task.document_id, Task.id).order_by(None).subquery()
        units: dict[tuple[int, str], list[TaskUnit]] = {}
        for unit in self._all(
            select(TaskUnit)
            .join(shown, and_(shown.c.document_id == TaskUnit.document_id, shown.c.id == TaskUnit.task_id))
            .order_by(TaskUnit.position)
        ):
            units.setdefault((unit.document_id, unit.task_id), []).append(unit)
        return [
            task_record(task, units.get((task.document_id, task.id), [])) | {"document": heading(document)}
            for task, document in self._session.execute(query)
        ]

    def _known(self, query: Select[Any, Any, Any, Any], **wanted: str) -> Known | None:
        row = self._session.execute(query, wanted).first()
        return Known(*row) if row else None

    def _all(self, query: Select[Any]) -> Sequence[Any]:
        return self._session.scalars(query).all()

    def _insert(self, table: type[Base], rows: Sequence[dict[str, Any]]) -> None:
        if rows:
            plain = Base.metadata.tables[table.__tablename__]  # without the cost of the mapper
            self._session.connection().execute(insert(plain), rows)


# built once: what is asked for every file of an archive
_KNOWN = select(Document.key, Document.name, Document.number, Document.outcome)
_BY_KEY = _KNOWN.where(Document.key == bindparam("its_key"))
_NUMBERED = [Document.number_key == bindparam("its_number"), Document.issuer_key == bindparam("its_issuer")]
_BY_NUMBER = _KNOWN.where(*_NUMBERED).order_by(Document.id).limit(1)
_SOURCE = select(Source.key, Source.stamp, Source.outcome).where(Source.path == bindparam("at"))
_NO_SOURCE = delete(Base.metadata.tables[Source.__tablename__]).where(Source.path == bindparam("at"))
_DOCUMENTS = Base.metadata.tables[Document.__tablename__]
_ADDING = insert(_DOCUMENTS).values(read_at=now()).returning(_DOCUMENTS.c.id)


class Store:
    """The store over an engine; migrate first (service/migrations)."""

    def __init__(self, engine: Engine, second_look: float = 0.0, clock: Clock = database_clock) -> None:
        self.engine = engine
        self._second_look = second_look  # share of reviewed documents that another person looks at again
        self._clock = clock
        self._looking = engine.execution_options(**{READING: True})

    @contextmanager
    def begin(self) -> Iterator[Work]:
        """One transaction that writes."""
        with Session(self.engine) as session, session.begin():
            yield Work(session, self._second_look, self._clock)

    @contextmanager
    def reading(self) -> Iterator[Work]:
        """One transaction that only reads."""
        with Session(self._looking, expire_on_commit=False) as session, session.begin():
            yield Work(session, clock=self._clock)
