"""A newly filed document in, the earlier ones that may be the same out: pairs, written in its transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, insert, or_, select
from sqlalchemy.orm import Session, undefer

from service.database import now
from service.duplicates.likeness import Likeness, Named, conflict, may_be_one
from service.duplicates.sketch import Sketch, alike, sketched
from service.tables import Document, DocumentBand, DocumentSketch, DocumentUnit, Twin

WAITING, JOINED, APART = "waiting", "joined", "apart"
_CANDIDATES = 200  # with the most bands in common
_LOOKED_AT = 20  # the nearest of those, and those with its number: their texts are compared
_WORTH = 0.2  # of a sketch's numbers in common: below it no text is looked at


class Finding:
    """Compares documents within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def note(self, document: int, sketch: Sketch | None) -> int:
        """Keeps the sketch of a document that has none and proposes the pairs that it makes with others; how
        many are new."""
        self._keep(document, sketch)
        found = 0
        candidates = self._not_apart(document, self._candidates(document, sketch))
        if candidates:
            named = self._with_texts([document, *candidates])
            mine = named.pop(document)
            for other, theirs in named.items():
                if like := may_be_one(mine, theirs):
                    found += self.propose(document, self.kept(other), like)
        return found

    def propose(self, one: int, other: int, like: Likeness) -> bool:
        """Writes a pair down unless it was before, whatever was decided of it."""
        first, second = sorted((one, other))
        known = select(Twin.id).where(Twin.first_id == first, Twin.second_id == second)
        if first == second or self._session.scalar(known) is not None:
            return False
        row: dict[str, Any] = {"first_id": first, "second_id": second, "state": WAITING, "found_at": now()}
        row |= {"contained": like.contained, "shared": like.shared, "figures": like.figures}
        self._session.execute(insert(Twin).values(row))
        return True

    def unsketched(self, most: int, after: int = 0) -> list[tuple[int, str]]:
        """Documents that were filed before there were sketches, with their texts; at most so many."""
        query = (
            select(Document)
            .where(Document.id > after, Document.id.not_in(select(DocumentSketch.document_id)))
            .order_by(Document.id)
            .limit(most)
            .options(undefer(Document.extra))
        )
        return [(one.id, text_of(one)) for one in self._session.scalars(query)]

    def kept(self, document: int) -> int:
        """The document that this one was joined to, or itself."""
        which = or_(Twin.first_id == document, Twin.second_id == document)
        query = select(Twin.kept_id).where(which, Twin.state == JOINED, Twin.kept_id != document)
        return self._session.scalar(query) or document

    def _keep(self, document: int, sketch: Sketch | None) -> None:
        numbers, count = (sketch.numbers, sketch.shingles) if sketch else (b"", 0)
        row = {"document_id": document, "numbers": numbers, "shingles": count}
        plain = self._session.connection()  # without the cost of the mapper
        plain.execute(insert(DocumentSketch.__table__), row)  # type: ignore[arg-type]
        if sketch:
            bands = [{"band": band, "document_id": document} for band in dict.fromkeys(sketch.bands)]
            plain.execute(insert(DocumentBand.__table__), bands)  # type: ignore[arg-type]

    def _candidates(self, document: int, sketch: Sketch | None) -> list[int]:
        """Documents with its number, and those whose sketches are nearest."""
        self._session.flush()
        plain = self._session.connection()
        found = list(plain.scalars(_SAME_NUMBER, {"mine": document}))
        if sketch:
            near = plain.scalars(_NEAR, {"mine": document, "of_bands": list(sketch.bands)})
            found += self._nearest(sketch, near.all())
        return list(dict.fromkeys(found))

    def _nearest(self, sketch: Sketch, documents: Sequence[int]) -> list[int]:
        if not documents:
            return []
        kept = self._session.connection().execute(_SKETCHES, {"of_documents": list(documents)}).tuples().all()
        likes = alike(sketch.numbers, [numbers for _, numbers in kept])
        nearest = sorted(zip(likes, (-one for one, _ in kept), strict=True), reverse=True)
        return [-one for like, one in nearest[:_LOOKED_AT] if like >= _WORTH]

    def _not_apart(self, document: int, candidates: Sequence[int]) -> list[int]:
        """Those that number, day, issuer and addressees do not tell apart: only their texts are fetched. One
        that was purged just now is not among them."""
        if not candidates:
            return []
        named = self._named([document, *candidates])
        there = [other for other in candidates if other in named]
        return [other for other in there if not conflict(named[document], named[other])]

    def _with_texts(self, documents: Sequence[int]) -> dict[int, Named]:
        """What names these documents and their texts, in their order; of those that are still there."""
        named = self._named(documents)
        query = select(Document).where(Document.id.in_(documents)).options(undefer(Document.extra))
        texts = {one.id: text_of(one) for one in self._session.scalars(query)}
        there = [one for one in documents if one in named and one in texts]
        return {one: replace(named[one], text=texts[one]) for one in there}

    def _named(self, documents: Sequence[int]) -> dict[int, Named]:
        """What names these documents, without their texts."""
        doubtful = Document.extra["document"]["doubtful"]
        query = select(
            Document.id, Document.number_key, Document.issued_on, Document.issuer_key, doubtful
        ).where(Document.id.in_(documents))
        sent = select(DocumentUnit.document_id, DocumentUnit.name_key).where(
            DocumentUnit.document_id.in_(documents), DocumentUnit.role == "addressee"
        )
        to: dict[int, set[str]] = {}
        for document, name in self._session.execute(sent).tuples():
            to.setdefault(document, set()).add(name)
        return {
            one: Named(number, day, issuer, frozenset(to.get(one, ())), frozenset(doubts or ()))
            for one, number, day, issuer, doubts in self._session.execute(query)
        }


def _same_number() -> Select[int]:
    mine = bindparam("mine", type_=Integer)
    number = select(Document.number_key).where(Document.id == mine).scalar_subquery()
    same = [Document.number_key == number, Document.number_key != "", Document.id != mine]
    return select(Document.id).where(*same).order_by(Document.id).limit(_LOOKED_AT)


def _near() -> Select[int]:
    others = select(DocumentBand.document_id).where(
        DocumentBand.band.in_(bindparam("of_bands", expanding=True)),
        DocumentBand.document_id != bindparam("mine", type_=Integer),
    )
    nearest = [func.count().desc(), DocumentBand.document_id]
    return others.group_by(DocumentBand.document_id).order_by(*nearest).limit(_CANDIDATES)


# built once: what is asked of every document that is filed
_SAME_NUMBER, _NEAR = _same_number(), _near()
_SKETCHES = select(DocumentSketch.document_id, DocumentSketch.numbers).where(
    DocumentSketch.document_id.in_(bindparam("of_documents", expanding=True))
)


def text_of(document: Document) -> str:
    """The whole text of a document whose `extra` is loaded."""
    return str(document.extra.get("record", {}).get("text") or "")


def sketch_of(record: Any) -> Sketch | None:
    """The sketch of a record's text; computed before the transaction in which it is kept."""
    return sketched(str(record.get("text") or ""))
