"""A document in, how it hangs together with others out: what it does to earlier ones and later ones to it.

Only documents that the viewer may open are shown; of an earlier one that is not there, or not his to see, no
more than what this document itself says of it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from service.access.sight import documents_seen
from service.access.viewer import Viewer
from service.review.versions import Missing
from service.tables import Document, DocumentRelation

_MOST = 200  # documents of a direction
_DEEP = 6  # steps of a chain


class Direction(StrEnum):
    """Which way a relation goes, as seen from a document."""

    OUT = "out"  # it does something to an earlier one
    IN = "in"  # a later one does something to it


@dataclass(frozen=True, slots=True)
class Link:
    """A relation as seen from a document: the other one's number and day, and itself where it is there."""

    direction: Direction
    relation: DocumentRelation
    document: Document | None

    @property
    def number(self) -> str:
        """The other document's number, as this relation or that document says it."""
        if self.direction is Direction.OUT:
            return self.relation.number
        return (self.document.number or self.document.name) if self.document else ""


@dataclass(frozen=True, slots=True)
class Branch:
    """A document of a chain with those beyond it; `number` where it is not there itself."""

    number: str
    document: Document | None
    beyond: tuple[Branch, ...] = ()


class Graph:
    """Looks at relations within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(
        self,
        viewer: Viewer,
        document: int,
        kinds: Collection[str] = (),
        directions: Collection[Direction] = tuple(Direction),
    ) -> list[Link]:
        """The relations of a document that he may open, first what it does itself; `kinds` names those that
        are wanted, all where it is empty. Raises `Missing`."""
        row = self._open(viewer, document)
        found: list[Link] = []
        if Direction.OUT in directions:
            found += self._out(viewer, row, kinds)
        if Direction.IN in directions:
            found += self._in(viewer, row, kinds)
        return found

    def chain(self, viewer: Viewer, document: int, kind: str, direction: Direction) -> tuple[Branch, ...]:
        """The documents that hang together with this one by one kind of relation, step after step: upward
        what it carries out and what that carries out, or downward. Raises `Missing`."""
        row = self._open(viewer, document)
        return self._beyond(viewer, row, kind, direction, {row.id}, _DEEP)

    def _beyond(
        self,
        viewer: Viewer,
        row: Document,
        kind: str,
        direction: Direction,
        seen: set[int],
        deep: int,
    ) -> tuple[Branch, ...]:
        step = self._out if direction is Direction.OUT else self._in
        found: list[Branch] = []
        for link in step(viewer, row, (kind,)) if deep else ():
            other = link.document
            if other is None:
                found.append(Branch(link.number, None))
            elif other.id not in seen:
                seen.add(other.id)
                beyond = self._beyond(viewer, other, kind, direction, seen, deep - 1)
                found.append(Branch(link.number, other, beyond))
        return tuple(found)

    def _out(self, viewer: Viewer, row: Document, kinds: Collection[str]) -> list[Link]:
        query = select(DocumentRelation).where(DocumentRelation.document_id == row.id, *_of(kinds))
        relations = self._session.scalars(query.order_by(DocumentRelation.position).limit(_MOST)).all()
        there = self._named(viewer, relations)
        found = []
        for one in relations:
            others = [other for other in there.get(one.number_key, ()) if _is_meant(one, other, row)]
            found += [Link(Direction.OUT, one, other) for other in others or (None,)]
        return found

    def _in(self, viewer: Viewer, row: Document, kinds: Collection[str]) -> list[Link]:
        if not row.number_key:
            return []
        day = or_(DocumentRelation.issued_on.is_(None), DocumentRelation.issued_on == row.issued_on)
        query = (
            select(DocumentRelation, Document)
            .join(Document, Document.id == DocumentRelation.document_id)
            .where(DocumentRelation.number_key == row.number_key, day, Document.id != row.id)
            .where(documents_seen(viewer), *_of(kinds))
            .order_by(Document.issued_on, Document.id, DocumentRelation.position)
            .limit(_MOST)
        )
        return [Link(Direction.IN, *one) for one in self._session.execute(query).tuples()]

    def _named(self, viewer: Viewer, relations: Sequence[DocumentRelation]) -> dict[str, list[Document]]:
        keys = {one.number_key for one in relations}
        query = select(Document).where(Document.number_key.in_(keys), documents_seen(viewer))
        found: dict[str, list[Document]] = {}
        for one in self._session.scalars(query.order_by(Document.id).limit(_MOST)) if keys else ():
            found.setdefault(one.number_key, []).append(one)
        return found

    def _open(self, viewer: Viewer, document: int) -> Document:
        query = select(Document).where(Document.id == document, documents_seen(viewer))
        row = self._session.scalar(query)
        if row is None:
            raise Missing(str(document))
        return row


def _of(kinds: Collection[str]) -> list[ColumnElement[bool]]:
    return [DocumentRelation.kind.in_(kinds)] if kinds else []


def _is_meant(relation: DocumentRelation, other: Document, own: Document) -> bool:
    return other.id != own.id and (
        relation.issued_on is None or other.issued_on is None or other.issued_on == relation.issued_on
    )
