"""Duties of a document that carries out another in, the central duty under which each belongs out; once they
are linked, the central one follows them.

Unlike the parts of a divided duty both stay counted: each was assigned, by another. What is linked can be
taken apart again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from service.access.roles import Right
from service.access.sight import duties_seen
from service.access.viewer import Viewer
from service.mapping import search_key
from service.tables import DocumentRelation, Duty
from service.tracking.book import Book
from service.tracking.entering import Origin
from service.tracking.keeping import Actor
from service.tracking.life import OPEN, Life, NotAllowed
from service.tracking.rows import standing_of

_ALIKE = 60  # of 100: how like the words of a central duty must be to be proposed among several
_OFFERED = 30  # central duties among which one chooses
_OPEN = [life.value for life in OPEN]


@dataclass(frozen=True, slots=True)
class Pair:
    """A duty and the central one that is proposed for it; None where somebody has to choose."""

    child: Duty
    whole: Duty | None


class Linking:
    """Links duties within one transaction."""

    def __init__(self, session: Session, book: Book) -> None:
        self._session = session
        self._book = book

    def pairs(self, relation: DocumentRelation, wholes: Sequence[Duty]) -> list[Pair]:
        """The open duties of the document that carries out, each with the likeliest of the central ones."""
        query = select(Duty).where(
            Duty.document_id == relation.document_id,
            Duty.origin == Origin.DOCUMENT.value,
            Duty.parent_id.is_(None),
            Duty.life.in_(_OPEN),
        )
        children = self._session.scalars(query.order_by(Duty.id)).all()
        return [Pair(one, likeliest(one, wholes)) for one in children] if wholes else []

    def wholes(self, relation: DocumentRelation, viewer: Viewer | None = None) -> list[Duty]:
        """The open duties of the document that is carried out; with a viewer those that he may see."""
        found = [
            Duty.number_key == relation.number_key,
            or_(Duty.document_id.is_(None), Duty.document_id != relation.document_id),
            Duty.life.in_([*_OPEN, Life.SUSPENDED.value]),
            Duty.recurs.is_(False),
            Duty.origin != Origin.OCCURRENCE.value,
        ]
        if relation.issued_on:
            found.append(or_(Duty.document_on.is_(None), Duty.document_on == relation.issued_on))
        if viewer is not None:
            found.append(duties_seen(viewer))
        return list(self._session.scalars(select(Duty).where(*found).order_by(Duty.id)))

    def link(self, viewer: Viewer, child: int, whole: int) -> None:
        """Puts a duty under a central one. Raises `Missing`, and `NotAllowed`: "linked" where it is under
        another or would be under itself, "state" where either is open no more."""
        viewer.need(Right.FOLLOW)
        its, of = self._book.duty(viewer, child), self._book.duty(viewer, whole)
        self._session.refresh(its, with_for_update=True)
        if its.parent_id is not None or child in self._above(of):
            raise NotAllowed("linked", str(child))
        if Life(its.life) not in OPEN or Life(of.life) not in {*OPEN, Life.SUSPENDED}:
            raise NotAllowed("state", of.life)
        self._put(viewer, its, whole, "link")
        if its.life != Life.NOT_STARTED:
            self._book.settle(its)

    def unlink(self, viewer: Viewer, child: int) -> int:
        """Takes a linked duty away from its central one; which that was. Raises `Missing`, and `NotAllowed`
        where it is a part or an occurrence."""
        viewer.need(Right.FOLLOW)
        its = self._book.duty(viewer, child)
        if not is_linked(its):
            raise NotAllowed("linked", str(child))
        whole = its.parent_id
        assert whole is not None
        self._put(viewer, its, None, "unlink")
        return whole

    def _put(self, viewer: Viewer, child: Duty, whole: int | None, action: str) -> None:
        columns = {"parent_id": whole}
        self._book.amend(Actor.of(viewer), child, standing_of(child), columns, action)

    def _above(self, duty: Duty) -> set[int]:
        """A duty with all those above it."""
        found = {duty.id}
        above = duty.parent_id
        while above is not None and above not in found:
            found.add(above)
            above = self._session.scalar(select(Duty.parent_id).where(Duty.id == above))
        return found


def is_linked(duty: Duty) -> bool:
    """Whether a duty of a document of its own stands under a central one."""
    return duty.parent_id is not None and duty.origin == Origin.DOCUMENT.value


def likeliest(child: Duty, wholes: Sequence[Duty]) -> Duty | None:
    """The central duty whose words are most like those of `child`; the only one in any case."""
    if len(wholes) == 1:
        return wholes[0]
    score, best = max(
        ((_alike(child, one), one) for one in wholes), key=lambda pair: pair[0], default=(0, None)
    )
    return best if score >= _ALIKE else None


def offered(child: Duty, wholes: Sequence[Duty]) -> Sequence[Duty]:
    """Those of the central duties among which somebody chooses: all, of very many the likeliest."""
    if len(wholes) <= _OFFERED:
        return wholes
    return sorted(wholes, key=lambda one: -_alike(child, one))[:_OFFERED]


def _alike(child: Duty, whole: Duty) -> float:
    return fuzz.token_set_ratio(search_key(child.text), search_key(whole.text))
