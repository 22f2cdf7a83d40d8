"""A filed document in, its accepted tasks in the book out; filed again after changes, the book follows.

The tasks are what the review desk decided; a task that is no longer accepted is cancelled here, never
removed, so that what its unit did for it stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.mapping import task_record
from service.tables import Document, Duty, Task, TaskUnit
from service.tracking.book import Book
from service.tracking.entering import NewDuty, Origin
from service.tracking.keeping import Actor
from service.tracking.life import Given, Lead, Life
from service.tracking.relations import Relations
from service.tracking.rows import standing_of
from service.tracking.timing import day_of

_APPROVED = "approved"
_COLUMNS = {"output", "nature", "field", "source", "assigner"}


class Filing:
    """Carries documents into the book within one transaction."""

    def __init__(self, session: Session, book: Book, relations: Relations) -> None:
        self._session = session
        self._book = book
        self._relations = relations

    def file(self, actor: Actor, document: int) -> list[int]:
        """Enters a document's accepted tasks, brings those that are there up to date, cancels those that are
        accepted no more; the ids of the duties that are new."""
        row = self._session.get_one(Document, document)
        known = {
            duty.task_id: duty
            for duty in self._session.scalars(
                select(Duty).where(Duty.document_id == document, Duty.origin == Origin.DOCUMENT.value)
            )
        }
        query = select(Task).where(Task.document_id == document, Task.status == _APPROVED)
        tasks = list(self._session.scalars(query.order_by(Task.position)))
        units = self._units(document)
        new = []
        for task in tasks:
            wanted = _duty_of(row, task, units.get(task.id, []))
            if duty := known.get(task.id):
                self._follow(actor, duty, wanted)
            else:
                new.append(self._book.enter(actor, wanted))
        for name in known.keys() - {task.id for task in tasks}:
            self._drop(actor, known[name])
        self._relations.propose(document)
        return new

    def missing(self, most: int, document: int | None = None) -> list[int]:
        """Filed documents with accepted tasks of which the book holds nothing yet: those that were filed
        before there was one. With `document` only that one, if it is such."""
        entered = select(Duty.id).where(Duty.document_id == Document.id)
        # not by the status' index, in which SQLite would look through all accepted tasks for each document
        accepted = select(Task.id).where(Task.document_id == Document.id, Task.status.concat("") == _APPROVED)
        query = select(Document.id).where(
            Document.review == "filed", accepted.correlate(Document).exists(), ~entered.exists()
        )
        if document is not None:
            query = query.where(Document.id == document)
        return list(self._session.scalars(query.order_by(Document.id).limit(most)))

    def _follow(self, actor: Actor, duty: Duty, wanted: NewDuty) -> None:
        """What the reviewers changed since the last filing changes the duty; what was adjusted in between and
        they left alone stays adjusted."""
        if duty.life == Life.CANCELLED:
            self._book.step(actor, duty, "reopen", Given(note="văn bản lại giao việc này"))
        carried = wanted.carried
        new = {name for name in carried if carried[name] != duty.carried.get(name)}
        if not new:
            return
        standing = standing_of(duty)
        if "text" in new:
            standing = replace(standing, text=wanted.text)
        if "due_on" in new:
            standing = replace(standing, due_on=wanted.due_on)
        if "leads" in new:
            standing = replace(standing, lead=wanted.lead)
        if new & {"leads", "cooperators"}:
            self._book.name_units(duty.id, wanted.leads, wanted.cooperators)
        columns = {name: carried[name] for name in new & _COLUMNS}
        columns |= {"carried": carried, "deadline": dict(wanted.deadline)}
        columns["recurs"] = bool(wanted.deadline.get("rrule"))
        if duty.recurs and not columns["recurs"]:
            columns["counted"] = True
            self._end_periods(actor, duty)
        self._book.amend(actor, duty, standing, columns, "follow_document")

    def _end_periods(self, actor: Actor, series: Duty) -> None:
        """What was read as coming back does so no more: periods of which nothing was told are cancelled."""
        periods = select(Duty).where(Duty.parent_id == series.id, Duty.origin == Origin.OCCURRENCE.value)
        untouched = periods.where(Duty.life == Life.NOT_STARTED.value).with_for_update()
        for one in self._session.scalars(untouched).all():
            self._book.step(actor, one, "cancel", Given(note="thời hạn không còn là định kỳ"))

    def _drop(self, actor: Actor, duty: Duty) -> None:
        if duty.life not in (Life.CANCELLED, Life.DONE):
            self._book.step(actor, duty, "cancel", Given(note="văn bản không còn giao việc này"))

    def _units(self, document: int) -> dict[str, list[TaskUnit]]:
        found: dict[str, list[TaskUnit]] = {}
        query = select(TaskUnit).where(TaskUnit.document_id == document).order_by(TaskUnit.position)
        for unit in self._session.scalars(query):
            found.setdefault(unit.task_id, []).append(unit)
        return found


def _duty_of(document: Document, task: Task, units: Sequence[TaskUnit]) -> NewDuty:
    leads = [Lead(unit.name, unit.unit_id or "") for unit in units if unit.role == "lead"]
    deadline = task_record(task, units)["deadline"] or {}
    return NewDuty(
        origin=Origin.DOCUMENT,
        text=task.text,
        lead=leads[0] if leads else Lead(""),
        other_leads=tuple(leads[1:]),
        cooperators=tuple(Lead(unit.name, unit.unit_id or "") for unit in units if unit.role == "cooperator"),
        assigned_on=document.issued_on or day_of(document.read_at),
        due_on=task.deadline_date,
        deadline=deadline,
        document=document.id,
        task=task.id,
        document_number=document.number or "",
        document_on=document.issued_on,
        document_type=document.type or "other",
        issuer=document.issuer or "",
        output=task.output or "",
        nature=task.nature,
        field=task.field,
        source=task.source or "other",
        assigner=task.assigner or "other",
        urgency=task.urgency or "",
        clearance=document.clearance,
    )
