"""What waits for whom: the reviewers' queue, most urgent and most doubtful first, a page at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from service.access.sight import documents_seen
from service.access.viewer import Viewer
from service.database import now
from service.review.shelf import HIDDEN
from service.tables import Document, Presence, Task, User

PAGE = 50
COUNTED = 10_000
"""Documents of a state that are counted for its tab; more are only said to be more."""
_STATES = ("extracted", "reviewed", "filed")
_PRESENT = 40.0  # seconds since the last sign for which someone counts as there


class Holder(StrEnum):
    """Who has a document to review, as seen by a viewer."""

    ANYONE = ""
    MINE = "mine"
    OTHERS = "others"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents: their state ("" for all), who has them; `after` is the last row's (rank, id) of the
    page before."""

    state: str = "extracted"
    holder: Holder = Holder.ANYONE
    second_look: bool = False
    after: tuple[float, int] | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document in the queue: `counts` of its tasks by status, who has it and who looks at it."""

    document: Document
    counts: Counter[str]
    assignee: str
    present: tuple[str, ...]


class Inbox:
    """Looks at the queue for a viewer, within one transaction: four queries a page."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def page(self, viewer: Viewer, wanted: Wanted) -> list[Waiting]:
        """The documents that match, first those to be done first."""
        conditions = [documents_seen(viewer)]
        if wanted.state:
            conditions.append(Document.review == wanted.state)
        conditions += held_by(wanted.holder, viewer)
        if wanted.second_look:
            conditions.append(Document.second_look.is_(True))
        if wanted.after:
            rank, last = wanted.after
            conditions.append(or_(Document.rank < rank, and_(Document.rank == rank, Document.id > last)))
        query = select(Document).where(*conditions).order_by(Document.rank.desc(), Document.id).limit(PAGE)
        return self._waiting(self._session.scalars(query).all())

    def next_after(self, viewer: Viewer, document: int) -> int | None:
        """The document to be reviewed after this one; None where none waits."""
        here = self._session.get(Document, document)
        wanted = Wanted(after=(here.rank, here.id) if here else None)
        mine = [
            documents_seen(viewer),
            Document.review == "extracted",
            Document.id != document,
            or_(Document.assignee_id.is_(None), Document.assignee_id == viewer.id),
        ]
        order = (Document.rank.desc(), Document.id)
        if wanted.after:
            rank, last = wanted.after
            behind = or_(Document.rank < rank, and_(Document.rank == rank, Document.id > last))
            found = self._session.scalar(select(Document.id).where(*mine, behind).order_by(*order).limit(1))
            if found is not None:
                return found
        return self._session.scalar(select(Document.id).where(*mine).order_by(*order).limit(1))

    def mine(self, viewer: Viewer) -> int:
        """How many documents wait that were given to him."""
        his = [documents_seen(viewer), Document.review == "extracted", *held_by(Holder.MINE, viewer)]
        return self._session.scalar(select(func.count()).select_from(Document).where(*his)) or 0

    def counts(self, viewer: Viewer) -> Counter[str]:
        """How many documents are in each state, up to `COUNTED` + 1."""
        counted = [_few(state, documents_seen(viewer)) for state in _STATES]
        rows: Iterable[tuple[str, int]] = iter(self._session.execute(union_all(*counted)).tuples())
        return Counter(dict(rows))

    def present(self, document: int, but: int) -> list[str]:
        """Who else has the document open."""
        return list(self._presences([document], but).get(document, ()))

    def _waiting(self, documents: Sequence[Document]) -> list[Waiting]:
        ids = [one.id for one in documents]
        if not ids:
            return []
        counts: dict[int, Counter[str]] = {}
        query = (
            select(Task.document_id, Task.status, func.count())
            .where(Task.document_id.in_(ids), Task.status.not_in(HIDDEN))
            .group_by(Task.document_id, Task.status)
        )
        for document, status, number in self._session.execute(query).tuples():
            counts.setdefault(document, Counter())[status] = number
        people = {one.assignee_id for one in documents if one.assignee_id is not None}
        names = dict(
            iter(self._session.execute(select(User.id, User.name).where(User.id.in_(people))).tuples())
        )
        present = self._presences(ids, -1)
        return [
            Waiting(
                one,
                counts.get(one.id, Counter()),
                names.get(one.assignee_id or -1, ""),
                tuple(present.get(one.id, ())),
            )
            for one in documents
        ]

    def _presences(self, documents: Sequence[int], but: int) -> dict[int, list[str]]:
        query = (
            select(Presence.document_id, User.name)
            .join(User, User.id == Presence.user_id)
            .where(
                Presence.document_id.in_(documents),
                Presence.seen_at > now() - _PRESENT,
                Presence.user_id != but,
            )
            .order_by(User.name)
        )
        found: dict[int, list[str]] = {}
        for document, name in self._session.execute(query).tuples():
            found.setdefault(document, []).append(name)
        return found


def held_by(holder: Holder, viewer: Viewer) -> list[ColumnElement[bool]]:
    """The conditions for documents that these have."""
    if holder is Holder.MINE:
        return [Document.assignee_id == viewer.id]
    if holder is Holder.OTHERS:
        return [Document.assignee_id.is_not(None), Document.assignee_id != viewer.id]
    return [Document.assignee_id.is_(None)] if holder is Holder.NOBODY else []


def _few(state: str, seen: ColumnElement[bool]) -> Select[str, int]:
    some = select(Document.id).where(Document.review == state, seen).limit(COUNTED + 1).subquery()
    return select(literal(state), func.count()).select_from(some)
