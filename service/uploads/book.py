"""Uploads as seen from one transaction: what was sent in, by whom, how far it is, what became of it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, func, insert, select, update
from sqlalchemy.orm import Session

from pipeline.progress import Step
from service.access.sight import documents_seen, uploads_seen
from service.access.viewer import Viewer
from service.database import now
from service.ledger import Lease, Ledger, State
from service.outcomes import Outcome, Result
from service.tables import Document, Job, Refused, Task, Upload
from service.turns import PEOPLE

KIND = "upload"
"""The ledger's kind of work."""
READ = "read"

RECEIVED, WAITING, READING = "received", "waiting", "reading"
DONE, FAILED, REFUSED = "done", "failed", "refused"
STATES = (RECEIVED, WAITING, READING, DONE, FAILED, REFUSED)
"""`received`: in the queue; `waiting`: back in it, since the same bytes are just being read or a worker was
stopped; `reading`; the others are ends."""
ENDED = (DONE, FAILED, REFUSED)
_UNREACHED = {"stage": "", "page": 0, "pages": 0}


class Reused(Exception):  # noqa: N818 - says what happened
    """The same Idempotency-Key came with other bytes."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One document of a request: what it is known by, and how large it is."""

    key: str
    files: int
    size: int


@dataclass(frozen=True, slots=True)
class Progress:
    """An upload as its sender sees it; `stage`, `page` and `pages` while it is being read, as of
    `pipeline.progress`; `document` and `tasks` once it was read, where he may open it."""

    id: str
    batch: str
    files: int
    size: int
    state: str
    outcome: str
    reason: str
    message: str
    document: int | None
    tasks: int | None
    stage: str
    page: int
    pages: int
    created_at: float
    finished_at: float | None

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ENDED


class Uploads:
    """The table of uploads."""

    def __init__(self, session: Session, ledger: Ledger) -> None:
        self._session = session
        self._ledger = ledger

    # ------------------------------------------------------------ coming in

    def admit(
        self, viewer: Viewer, request: str | None, sent: Sequence[Sent], mailbox: str = ""
    ) -> list[str]:
        """The ids of new uploads, in order; those of bytes that are known have ended already. What a person
        sends goes before what a client of the API or a mailbox brings."""
        source, share = _source(viewer, mailbox)
        batch = uuid.uuid4().hex
        made = []
        for position, one in enumerate(sent):
            identifier = uuid.uuid4().hex
            row: dict[str, Any] = {
                "id": identifier,
                "batch": batch,
                "position": position,
                "user_id": viewer.id,
            }
            row |= {"request": request, "key": one.key, "files": one.files, "size": one.size}
            known = self._known(one.key)
            ends: dict[str, Any] = {
                "created_at": now(),
                "finished_at": now() if known["state"] in ENDED else None,
            }
            self._session.execute(insert(Upload).values(row | known | ends))
            if known["state"] == RECEIVED:
                self._ledger.retry(READ, [one.key])  # whoever sends it again asks for another try
                self._ledger.enqueue(KIND, [identifier], source=source, share=share)
            made.append(identifier)
        return made

    def answered(self, viewer: Viewer, request: str, sent: Sequence[Sent]) -> list[str]:
        """The uploads that this Idempotency-Key made before; raises `Reused` where the bytes were others."""
        query = select(Upload.id, Upload.key).where(Upload.user_id == viewer.id, Upload.request == request)
        rows = self._session.execute(query.order_by(Upload.position)).tuples().all()
        if rows and [key for _, key in rows] != [one.key for one in sent]:
            raise Reused
        return [identifier for identifier, _ in rows]

    def _known(self, key: str) -> dict[str, Any]:
        state = {"state": RECEIVED, "outcome": "", "reason": "", "message": ""}
        if self._session.scalar(select(Document.id).where(Document.key == key)):
            return state | {"state": DONE, "outcome": Outcome.DUPLICATE_OF}
        if why := self._session.scalar(select(Refused.why).where(Refused.sha256 == key)):
            return state | {"state": REFUSED, "outcome": Outcome.REFUSED_SECRET, "message": why}
        return state

    # ------------------------------------------------------------ being read

    def turn(self, identifier: str, state: str) -> None:
        """Notes that it is in another state, from its beginning."""
        values = {"state": state} | _UNREACHED
        self._session.execute(update(Upload).where(Upload.id == identifier).values(values))

    def reach(self, lease: Lease, step: Step) -> None:
        """Notes how far who holds the lease is with it; nothing where it is read no more, or by another."""
        his = select(Job.id).where(Job.id == lease.job, Job.token == lease.token, Job.state == State.LEASED)
        which = [Upload.id == lease.key, Upload.state == READING, his.exists()]
        values = {"stage": step.stage.value, "page": step.page, "pages": step.pages}
        self._session.execute(update(Upload).where(*which).values(values))

    def settle(self, identifier: str, result: Result) -> bool:
        """Notes what became of it; whether a document came of it that was not known before."""
        state = {Outcome.FAILED: FAILED, Outcome.REFUSED_SECRET: REFUSED}.get(result.outcome, DONE)
        outcome = self._own(identifier) if result.outcome is Outcome.DUPLICATE_OF else result.outcome
        values: dict[str, Any] = {"state": state, "outcome": outcome, "reason": result.reason or ""}
        values |= {"message": result.message, "finished_at": now()} | _UNREACHED
        self._session.execute(update(Upload).where(Upload.id == identifier).values(values))
        return state == DONE and outcome != Outcome.DUPLICATE_OF

    def _own(self, identifier: str) -> str:
        """The document's own outcome where it was read for this upload after all, by a worker that died
        before it could say so."""
        query = (
            select(Document.outcome)
            .join(Upload, Upload.key == Document.key)
            .where(Upload.id == identifier, Document.read_at >= Upload.created_at)
        )
        return self._session.scalar(query) or Outcome.DUPLICATE_OF

    def key(self, identifier: str) -> str:
        """What the document is known by."""
        return self._session.scalars(select(Upload.key).where(Upload.id == identifier)).one()

    def ended(self, identifiers: Sequence[str]) -> list[str]:
        """Which of them have ended, or are not known at all."""
        query = select(Upload.id).where(Upload.id.in_(identifiers), Upload.state.not_in(ENDED))
        return sorted(set(identifiers) - set(self._session.scalars(query)))

    # ------------------------------------------------------------ being followed

    def one(self, viewer: Viewer, identifier: str) -> Progress | None:
        """An upload of the viewer's own."""
        return next(iter(self._found(_progress(viewer).where(Upload.id == identifier))), None)

    def some(self, viewer: Viewer, identifiers: Iterable[str]) -> list[Progress]:
        """Several of them, in the order of their request."""
        query = _progress(viewer).where(Upload.id.in_(list(identifiers)))
        return self._found(query.order_by(Upload.position))

    def listed(
        self,
        viewer: Viewer,
        *,
        batch: str = "",
        state: str = "",
        before: float | None = None,
        before_id: str = "",
        most: int = 50,
    ) -> list[Progress]:
        """The viewer's uploads, newest first, behind (`before`, `before_id`)."""
        query = _progress(viewer)
        if batch:
            query = query.where(Upload.batch == batch)
        if state:
            query = query.where(Upload.state == state)
        if before is not None:
            later = (Upload.created_at == before) & (Upload.id < before_id)
            query = query.where((Upload.created_at < before) | later)
        return self._found(query.order_by(Upload.created_at.desc(), Upload.id.desc()).limit(most))

    def _found(self, query: Select[Any]) -> list[Progress]:
        return [_told(row) for row in self._session.execute(query)]


def _source(viewer: Viewer, mailbox: str) -> tuple[str, int]:
    if mailbox:
        return f"mail:{mailbox}", 1
    if viewer.scopes is not None:
        return f"client:{viewer.id}", 1
    return f"user:{viewer.id}", PEOPLE


def _progress(viewer: Viewer) -> Select[Any]:
    tasks = select(func.count()).where(Task.document_id == Document.id).scalar_subquery()
    return (
        select(Upload, Document.id, tasks)
        .outerjoin(Document, (Document.key == Upload.key) & documents_seen(viewer) & Upload.state.in_([DONE]))
        .where(uploads_seen(viewer))
    )


def _told(row: Row[*tuple[Any, ...]]) -> Progress:
    upload, document, tasks = row
    shared = {name: getattr(upload, name) for name in Progress.__slots__ if name not in ("document", "tasks")}
    return Progress(**shared, document=document, tasks=None if document is None else tasks)
