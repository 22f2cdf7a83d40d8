"""A filed document's relations in, proposed changes of duties out; agreed to, they become steps of the book.

A document that extends another proposes its new day for the duties of that other, one that replaces or
revokes it proposes to cancel them, one that amends it asks somebody to look, one that carries it out proposes
to put its own duties under those of that other. Nothing changes by itself.
Whichever of the two is filed first, the proposal is made when the second is.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, insert, or_, select, update
from sqlalchemy.orm import Session

from service.access.roles import Right
from service.access.sight import documents_seen, duties_seen
from service.access.viewer import Viewer
from service.review.versions import Missing
from service.tables import Document, DocumentRelation, Duty, Proposal, Task
from service.tracking.book import Book
from service.tracking.life import OPEN, Approval, Given, Life, NotAllowed, rules
from service.tracking.linking import Linking, offered

ACTIONS = {"extends": "adjust", "amends": "adjust", "replaces": "cancel", "revokes": "cancel"}
"""What each kind of relation proposes; where it sets no day, somebody has to say what changes."""
CARRIES_OUT, LINK = "carries_out", "link"
WAITING, ACCEPTED, DECLINED = "waiting", "accepted", "declined"
_FILED = "filed"
_PART = re.compile(r"(phần|chương|mục|điều|khoản|điểm)\s+(\w+)")


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal with what it is about: the relation that makes it, its document, the duty."""

    proposal: Proposal
    relation: DocumentRelation
    document: Document
    duty: Duty
    wholes: Sequence[Duty] = ()
    """Under which the duty may be put, where that is proposed."""


class Incomplete(ValueError):  # noqa: N818 - says what is missing
    """The document that proposes has no number or day, or the proposal no value: it cannot be agreed to with
    one key."""


def in_item(item: str, path: str) -> bool:
    """Whether a task's place ("Điều 2 › khoản 1 › điểm a", "3 › gạch đầu dòng 2") lies in the item of its
    document that another names ("khoản 1 Điều 2", "mục 3")."""
    steps = {step.strip().casefold() for step in path.split("›")}
    parts = _PART.findall(item.casefold())
    return bool(parts) and all({f"{kind} {label}", label} & steps for kind, label in parts)


class Relations:
    """Proposes and decides within one transaction."""

    def __init__(self, session: Session, book: Book, linking: Linking) -> None:
        self._session = session
        self._book = book
        self._linking = linking

    def propose(self, document: int) -> int:
        """Proposes what a newly filed document does to duties, and what documents filed before do to its own;
        how many proposals are new."""
        row = self._session.get_one(Document, document)
        mine = DocumentRelation.document_id == document
        of_others = and_(
            DocumentRelation.number_key == row.number_key,
            or_(DocumentRelation.issued_on.is_(None), DocumentRelation.issued_on == row.issued_on),
            DocumentRelation.document_id != document,
            DocumentRelation.document_id.in_(select(Document.id).where(Document.review == _FILED)),
        )
        which = or_(mine, of_others) if row.number_key else mine
        found = self._session.scalars(select(DocumentRelation).where(which)).all()
        return sum(self._propose(one) for one in found)

    def waiting(self, viewer: Viewer, duty: int | None = None, most: int = 100) -> list[Proposed]:
        """The proposals that wait for a decision and whose duty and document he may see, oldest first."""
        query = _seen(viewer)
        if duty is not None:
            query = query.where(Proposal.duty_id == duty)
        rows = self._session.execute(query.order_by(Proposal.id).limit(most)).tuples().all()
        wholes: dict[int, list[Duty]] = {}
        for _, relation, *_ in rows:
            if relation.kind == CARRIES_OUT and relation.id not in wholes:
                wholes[relation.id] = self._linking.wholes(relation, viewer)
        return [
            Proposed(proposal, relation, document, its, offered(its, wholes.get(relation.id, ())))
            for proposal, relation, document, its in rows
        ]

    def accept(
        self, viewer: Viewer, proposal: int, due_on: dt.date | None = None, whole: int | None = None
    ) -> int:
        """Takes the step that is proposed, by the document that proposes it, with another day, or under
        another duty, than the proposed where that is given; the duty. Raises `Missing`, `Incomplete`, and
        `NotAllowed` where the duty is in another state by now."""
        viewer.need(Right.FOLLOW)
        found = self._one(viewer, proposal)
        if found.proposal.action == LINK:
            self._link(viewer, found, whole or found.proposal.whole_id)
        else:
            self._step(viewer, found, due_on)
        self._decide(viewer, proposal, ACCEPTED)
        return found.duty.id

    def _link(self, viewer: Viewer, found: Proposed, whole: int | None) -> None:
        if whole is None:
            raise NotAllowed("unchosen", str(found.proposal.id))
        if whole not in {one.id for one in self._linking.wholes(found.relation, viewer)}:
            raise Missing(str(whole))
        self._linking.link(viewer, found.duty.id, whole)

    def _step(self, viewer: Viewer, found: Proposed, due_on: dt.date | None) -> None:
        proposal = found.proposal.id
        document, due = found.document, due_on or found.proposal.due_on
        if not document.number or document.issued_on is None:
            raise Incomplete(str(proposal))
        if found.proposal.action == "adjust" and due is None:
            raise Incomplete(str(proposal))
        given = Given(
            note=found.relation.text, due=due, approval=Approval(document.number, document.issued_on)
        )
        self._book.act(viewer, found.duty.id, found.proposal.action, given)

    def decline(self, viewer: Viewer, proposal: int) -> int:
        """Leaves the duty as it is; the duty."""
        viewer.need(Right.FOLLOW)
        found = self._one(viewer, proposal)
        self._decide(viewer, proposal, DECLINED)
        return found.duty.id

    def _propose(self, relation: DocumentRelation) -> int:
        """The proposals that follow from a relation; how many are new."""
        if relation.kind == CARRIES_OUT:
            wholes = self._meant(relation, self._linking.wholes(relation))
            pairs = self._linking.pairs(relation, wholes)
            found = [(one.child, one.whole.id if one.whole else None) for one in pairs]
            return self._add(relation, [(duty, {"action": LINK, "whole_id": whole}) for duty, whole in found])
        return self._add(relation, self._steps(relation))

    def _steps(self, relation: DocumentRelation) -> list[tuple[Duty, dict[str, Any]]]:
        """What is to be done with the duties of the earlier document."""
        action = ACTIONS[relation.kind]
        due_on = relation.due_on if action == "adjust" else None
        can = [life.value for life in (rules()[action].begins & {*OPEN, Life.SUSPENDED})]
        of_number = [Duty.number_key == relation.number_key, Duty.document_id != relation.document_id]
        if relation.issued_on:
            of_number.append(or_(Duty.document_on.is_(None), Duty.document_on == relation.issued_on))
        query = select(Duty).where(*of_number, Duty.life.in_(can), Duty.counted.is_(True)).order_by(Duty.id)
        duties = self._meant(relation, list(self._session.scalars(query)))
        values = {"action": action, "due_on": due_on}
        return [(duty, values) for duty in duties if not (due_on and duty.due_on == due_on)]

    def _add(self, relation: DocumentRelation, wanted: Sequence[tuple[Duty, dict[str, Any]]]) -> int:
        known = set(
            self._session.scalars(select(Proposal.duty_id).where(Proposal.relation_id == relation.id))
        )
        shared = {"relation_id": relation.id, "state": WAITING}
        rows = [shared | values | {"duty_id": duty.id} for duty, values in wanted if duty.id not in known]
        if rows:
            self._session.execute(insert(Proposal), rows)
        return len(rows)

    def _meant(self, relation: DocumentRelation, duties: Sequence[Duty]) -> Sequence[Duty]:
        """Those of the item that is named, where any is found; else all."""
        if not relation.item:
            return duties
        named = [duty for duty in duties if in_item(relation.item, self._path(duty))]
        return named or duties

    def _path(self, duty: Duty) -> str:
        query = select(Task.path).where(Task.document_id == duty.document_id, Task.id == duty.task_id)
        return self._session.scalar(query) or ""

    def _one(self, viewer: Viewer, proposal: int) -> Proposed:
        query = _seen(viewer).where(Proposal.id == proposal).with_for_update(of=Proposal)
        row = self._session.execute(query).first()
        if row is None:
            raise Missing(str(proposal))
        return Proposed(*row)

    def _decide(self, viewer: Viewer, proposal: int, state: str) -> None:
        values = {"state": state, "decided_by": viewer.id, "decided_at": self._book.moment()}
        self._session.execute(update(Proposal).where(Proposal.id == proposal).values(values))


def _seen(viewer: Viewer) -> Any:
    return (
        select(Proposal, DocumentRelation, Document, Duty)
        .join(DocumentRelation, DocumentRelation.id == Proposal.relation_id)
        .join(Document, Document.id == DocumentRelation.document_id)
        .join(Duty, Duty.id == Proposal.duty_id)
        .where(Proposal.state == WAITING, duties_seen(viewer), documents_seen(viewer))
    )
