"""By which models tasks were judged, within one transaction: a threshold found with some holds for no others.

A document's version tells which models read it (`rules-1+c:ab12cd34`). How sure others are of its tasks is
kept beside them where it was found out (`dondoc promote`): what was reviewed need not be reviewed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.orm import Session

from service.learning.models import in_use
from service.tables import Document, Estimate, Task

Key = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Sure:
    """How sure some models are of tasks: of those of their `own` documents they said it as they read them."""

    own: frozenset[int]
    others: Mapping[Key, float]

    def likely(self, document: int, task: str, read: float) -> float | None:
        """How likely a task is complete, `read` being what was said when it was read; None where the models
        have not judged it."""
        return read if document in self.own else self.others.get((document, task))


class Estimates:
    """Reads and writes how sure models are of tasks."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def models(self) -> str:
        """The models in use now, as a version names them."""
        return in_use(self._session)

    def keep(self, found: Mapping[str, Mapping[str, float]]) -> None:
        """Keeps how sure the models in use are of tasks, by the hash of a document and the id of a task; of
        those that the store does not have nothing is kept."""
        models = self.models
        documents = self._session.execute(
            select(Document.sha256, Document.id).where(Document.sha256.in_(list(found)))
        )
        for sha256, document in documents.tuples().all():
            mine = [Estimate.document_id == document, Estimate.models == models]
            self._session.execute(delete(Estimate).where(*mine))
            known = self._session.scalars(select(Task.id).where(Task.document_id == document)).all()
            rows = [
                {"document_id": document, "task_id": name, "models": models, "likely": found[sha256][name]}
                for name in known
                if name in found[sha256]
            ]
            if rows:
                self._session.execute(insert(Estimate), rows)

    def of(self, documents: Iterable[Document]) -> Sure:
        """How sure the models in use are of the tasks of these documents."""
        models = self.models
        them = list(documents)
        own = frozenset(one.id for one in them if models_of(one.version) == models)
        query = select(Estimate.document_id, Estimate.task_id, Estimate.likely).where(
            Estimate.models == models, Estimate.document_id.in_([one.id for one in them if one.id not in own])
        )
        rows = self._session.execute(query).tuples()
        return Sure(own, {(document, task): likely for document, task, likely in rows})


def models_of(version: str) -> str:
    """What a version says of the models."""
    _, plus, models = version.partition("+")
    return plus + models


def read_by(models: str) -> ColumnElement[bool]:
    """Which documents these models read."""
    return Document.version.like(f"%{models}") & ~Document.version.like(f"%+%{models}")
