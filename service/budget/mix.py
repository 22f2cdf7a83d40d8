"""Documents in, how they are mixed out: counts of probabilities, types and issuers, to be compared later.

Issuers are counted under a hash, so that nothing of a document stays in them once it is purged.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from annotation.budget.drift import Drift, drift, tenths
from service.budget.estimates import Estimates, read_by
from service.tables import Document, Task

KINDS = ("likely", "type", "issuer")
RECENT = 200
"""The newest documents that are compared."""


class Mix:
    """Reads how documents are mixed, within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, documents: Sequence[Document]) -> dict[str, Any]:
        """The counts of these documents, to be kept."""
        ids = [one.id for one in documents]
        columns = Task.document_id, Task.id, Task.confidence
        query = select(*columns).where(Task.document_id.in_(ids), Task.origin == "machine")
        sure = Estimates(self._session).of(documents)
        likely = (sure.likely(*one) for one in self._session.execute(query).tuples())
        return {
            "documents": len(documents),
            "likely": dict(tenths(one for one in likely if one is not None)),
            "type": dict(Counter(one.type or "" for one in documents)),
            "issuer": dict(Counter(_named(one.issuer_key) for one in documents)),
        }

    def since(self, moment: float) -> dict[str, Any]:
        """The same of the newest that were read since, by the models in use."""
        known = Estimates(self._session).models
        query = select(Document).where(Document.read_at >= moment, Document.clearance == 0, read_by(known))
        return self.of(self._session.scalars(query.order_by(Document.id.desc()).limit(RECENT)).all())


def compared(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Drift]:
    """How far each kind of counts has moved."""
    documents = before.get("documents", 0), after["documents"]
    return {kind: drift(before.get(kind, {}), after[kind], documents) for kind in KINDS}


def _named(issuer: str) -> str:
    return hashlib.sha256(issuer.encode()).hexdigest()[:12] if issuer else ""
