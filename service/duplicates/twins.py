"""Pairs of documents that may be one: shown to who may see both, joined or kept apart as they say, within one
transaction.

Of a joined pair one document is kept; the other stays behind it with its files and pages, its tasks
withdrawn, out of queues and lists of tasks. Nothing is lost: taken apart, both are as they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from service.access.roles import Right
from service.access.sight import documents_seen
from service.access.viewer import Viewer
from service.audit.log import Audit
from service.database import now
from service.duplicates.finding import APART, JOINED, WAITING, Finding
from service.duplicates.likeness import Likeness
from service.review.desk import Desk
from service.review.versions import Filed, Missing
from service.tables import Document, StoredFile, Twin
from service.tracking.keeping import SYSTEM, Actor

ASIDE = "joined"
"""The place in the review of a document that another stands for."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents that may be one, or are: `kept` is the one that stands for both, `other` behind it."""

    twin: Twin
    kept: Document
    other: Document
    files: Sequence[str] = ()
    """Names of the other's files."""


class Twins:
    """Proposes and decides."""

    def __init__(self, session: Session, audit: Audit, desk: Desk) -> None:
        self._session = session
        self._audit = audit
        self._desk = desk
        self.finding = Finding(session)

    def waiting(self, viewer: Viewer, most: int = 100) -> list[Pair]:
        """The pairs that wait for a decision, the most alike first."""
        query = _pairs(viewer).where(Twin.state == WAITING)
        return self._shown(query.order_by(Twin.contained.desc(), Twin.id).limit(most))

    def joined(self, viewer: Viewer, most: int = 20) -> list[Pair]:
        """The pairs that were joined last, for who wants one taken apart."""
        query = _pairs(viewer).where(Twin.state == JOINED)
        return self._shown(query.order_by(Twin.decided_at.desc(), Twin.id).limit(most))

    def count(self, viewer: Viewer, most: int = 1000) -> int:
        """How many pairs wait, counted so far."""
        some = _pairs(viewer).where(Twin.state == WAITING).with_only_columns(Twin.id).limit(most).subquery()
        return self._session.scalar(select(func.count()).select_from(some)) or 0

    def of(self, viewer: Viewer, document: int) -> list[Pair]:
        """What waits and what is joined of one document."""
        mine = or_(Twin.first_id == document, Twin.second_id == document)
        query = _pairs(viewer).where(mine, Twin.state.in_((WAITING, JOINED)))
        return self._shown(query.order_by(Twin.state, Twin.id))

    def join(self, viewer: Viewer, twin: int, kept: int | None = None) -> Pair:
        """Makes both one document, `kept` or the one that is further. Raises `Missing`, and `Filed` where the
        other is in the book already: it has to be taken out before."""
        viewer.need(Right.REVIEW)
        pair = self._one(viewer, twin, WAITING)
        if kept == pair.other.id:
            pair = Pair(pair.twin, pair.other, pair.kept)
        elif kept not in (None, pair.kept.id):
            raise Missing(str(kept))
        if pair.other.review == "filed":
            raise Filed(str(pair.other.id))
        before, other = pair.other.review, pair.other.id
        self._session.execute(update(Document).where(Document.id == other).values(review=ASIDE))
        group = self._desk.set_aside(viewer, other)
        self._decide(viewer, pair.twin, JOINED, kept_id=pair.kept.id, group_id=group, before=before)
        self._hand_over(pair)
        values = {"before": {"review": before}, "after": {"review": ASIDE, "kept": pair.kept.id}}
        self._audit.add(viewer.login, "join", f"document:{other}", values)
        return pair

    def keep_apart(self, viewer: Viewer, twin: int) -> Pair:
        """Says that they are two; never proposed again."""
        viewer.need(Right.REVIEW)
        pair = self._one(viewer, twin, WAITING)
        self._decide(viewer, pair.twin, APART)
        values = {"after": {"other": pair.kept.id}}
        self._audit.add(viewer.login, "keep_apart", f"document:{pair.other.id}", values)
        return pair

    def part(self, viewer: Viewer, twin: int) -> Pair:
        """Takes a joined pair apart: the other is where it was, its tasks as they were; the pair waits."""
        viewer.need(Right.REVIEW)
        pair = self._one(viewer, twin, JOINED)
        self._bring_back(viewer, pair.twin, pair.other.id)
        self._decide(viewer, pair.twin, WAITING, kept_id=None, group_id=None, before="")
        values = {"before": {"review": ASIDE, "kept": pair.kept.id}, "after": {"review": pair.twin.before}}
        self._audit.add(viewer.login, "part", f"document:{pair.other.id}", values)
        return pair

    def release(self, document: int) -> None:
        """Brings back what stands behind a document that is about to be removed."""
        query = select(Twin).where(Twin.kept_id == document, Twin.state == JOINED)
        for twin in self._session.scalars(query).all():
            other = twin.second_id if twin.first_id == document else twin.first_id
            self._bring_back(Actor(SYSTEM.login, twin.decided_by), twin, other)

    def _bring_back(self, viewer: Viewer | Actor, twin: Twin, other: int) -> None:
        self._session.execute(update(Document).where(Document.id == other).values(review=twin.before))
        if twin.group_id is not None:
            self._desk.bring_back(viewer, twin.group_id)

    def _hand_over(self, pair: Pair) -> None:
        """What waits of the other may be the kept one's copy too."""
        other = pair.other.id
        query = select(Twin).where(
            or_(Twin.first_id == other, Twin.second_id == other), Twin.state == WAITING
        )
        for twin in self._session.scalars(query).all():
            third = twin.second_id if twin.first_id == other else twin.first_id
            like = Likeness(twin.contained, twin.shared, twin.figures)
            self.finding.propose(pair.kept.id, third, like)

    def _one(self, viewer: Viewer, twin: int, state: str) -> Pair:
        found = self._shown(
            _pairs(viewer).where(Twin.id == twin, Twin.state == state).with_for_update(of=Twin)
        )
        if not found:
            raise Missing(str(twin))
        return found[0]

    def _decide(self, viewer: Viewer, twin: Twin, state: str, **values: Any) -> None:
        given = values | {"state": state, "decided_by": viewer.id, "decided_at": now()}
        turned = (
            update(Twin).where(Twin.id == twin.id).values(given).execution_options(synchronize_session=False)
        )
        self._session.execute(turned)

    def _shown(self, query: Select[Twin, Document, Document]) -> list[Pair]:
        pairs = [_ordered(*row) for row in self._session.execute(query).tuples()]
        others = [pair.other.id for pair in pairs]
        files = select(StoredFile.document_id, StoredFile.name).where(StoredFile.document_id.in_(others))
        named: dict[int, list[str]] = {}
        for document, name in self._session.execute(files.order_by(StoredFile.part)).tuples():
            named.setdefault(document, []).append(name)
        return [Pair(one.twin, one.kept, one.other, named.get(one.other.id, [])) for one in pairs]


_FURTHER = {"filed": 0, "reviewed": 1, "extracted": 2, ASIDE: 3}


def _ordered(twin: Twin, first: Document, second: Document) -> Pair:
    """The pair with the one to keep: the one that was, else the further one in the review, else the one whose
    text needed no OCR, else the earlier."""
    if twin.kept_id is not None:
        return Pair(twin, first, second) if twin.kept_id == first.id else Pair(twin, second, first)
    ordered = sorted((first, second), key=lambda one: (_FURTHER[one.review], len(one.ocr_pages), one.id))
    return Pair(twin, ordered[0], ordered[1])


def _pairs(viewer: Viewer) -> Select[Twin, Document, Document]:
    """Pairs of which he may open both; of those that wait, neither is behind another."""
    first, second = aliased(Document), aliased(Document)
    open_to = select(Document.id).where(documents_seen(viewer))
    free = and_(first.review != ASIDE, second.review != ASIDE)
    query = select(Twin, first, second)
    query = query.join(first, first.id == Twin.first_id).join(second, second.id == Twin.second_id)
    return query.where(first.id.in_(open_to), second.id.in_(open_to), or_(Twin.state != WAITING, free))
