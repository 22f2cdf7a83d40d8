"""The review desk as seen from one transaction: what a person decides is applied, kept as versions, audited.

Whoever may see a task (service/access/sight.py) and has the right to review may change it; a filed document
is changed only after it was reopened.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import exists, insert, select, true, update
from sqlalchemy.orm import Session

from service.access.roles import Right
from service.access.sight import past_seen
from service.access.viewer import Viewer
from service.audit.log import Audit
from service.database import now
from service.hooks.news import Event, News
from service.review.changes import Change, Kind, Step, Version, check_proved, stepped, undone
from service.review.following import Following
from service.review.shelf import SHOWN
from service.review.values import FIELDS, Values, values_of
from service.review.versions import Filed, Missing, Versions
from service.tables import ChangeGroup, Document, Task, TaskVersion
from service.tracking.keeping import SYSTEM, Actor

__all__ = ["Desk", "Filed", "Missing"]

WITHDRAWN = "withdrawn"
"""The status of a task that nobody asserts: one that was added, and taken back."""

ACCEPTED_UNSEEN = "accept_unseen"
"""What the audit calls it when the machine accepts a task (service/budget)."""


class Desk:
    """Changes of tasks within one transaction."""

    def __init__(self, session: Session, audit: Audit, second_look: float = 0.0) -> None:
        self._session = session
        self._audit = audit
        self._second_look = second_look
        self._versions = Versions(session)
        self._following = Following(session, self._versions)
        self._news = News(session)

    # ------------------------------------------------------------ what people do

    def apply(self, viewer: Viewer, kind: Kind, changes: Sequence[Change], reason: str = "") -> int:
        """Applies the changes as one group; its id. Raises `Clashed`, `Missing`, `Filed`, `Unproved`."""
        viewer.need(Right.REVIEW)
        steps = []
        for change in changes:
            current = self._versions.current(viewer, change.document, change.task)
            seen = self._versions.at(current, change.seen)
            seen = self._following.yielding(current, seen, change.values)
            if step := stepped(current, seen, change.values):
                steps.append(step)
        if kind is Kind.BULK:
            check_proved(steps)
        group = self._write(viewer, kind, steps, reason)
        self._follow(viewer, steps)
        return group

    def add(
        self, viewer: Viewer, document: int, tasks: Sequence[Mapping[str, Any]], kind: Kind = Kind.ADD
    ) -> int:
        """Adds tasks that a person found, with their values and `path`; the group's id."""
        viewer.need(Right.REVIEW)
        steps = [self._added(viewer, document, task, self._place(document, task)) for task in tasks]
        return self._write(viewer, kind, steps, "")

    def split(
        self, viewer: Viewer, document: int, task: str, seen: int, parts: Sequence[Mapping[str, Any]]
    ) -> int:
        """Makes several tasks of one."""
        return self.merge(viewer, document, [(task, seen)], parts, Kind.SPLIT)

    def merge(
        self,
        viewer: Viewer,
        document: int,
        tasks: Sequence[tuple[str, int]],
        results: Sequence[Mapping[str, Any]],
        kind: Kind = Kind.MERGE,
    ) -> int:
        """Puts `results` in the place of tasks (id, version seen); their statuses say what became of them."""
        viewer.need(Right.REVIEW)
        gone = {"status": "split" if kind is Kind.SPLIT else "merged"}
        steps = []
        position = None
        for task, seen in tasks:
            current = self._versions.current(viewer, document, task)
            position = self._versions.position(current) if position is None else position
            if step := stepped(current, self._versions.at(current, seen), gone):
                steps.append(step)
        steps += [self._added(viewer, document, result, position) for result in results]
        return self._write(viewer, kind, steps, "")

    def undo(self, viewer: Viewer, group: int) -> int:
        """Takes back a group of the viewer's own; the id of the group that does so. What others changed since
        stays; raises `Clashed` where they changed the same, `Missing` where there is nothing to take back."""
        viewer.need(Right.REVIEW)
        row = self._session.get(ChangeGroup, group)
        if row is None or row.actor_id != viewer.id or row.undone_by is not None:
            raise Missing(str(group))
        steps = []
        for step in self._versions.steps(group):
            current = self._versions.current(viewer, step.after.document, step.after.task)
            if back := undone(current, step):
                steps.append(back)
        undoing = self._write(viewer, Kind.UNDO, steps, "", undoes=group)
        self._session.execute(update(ChangeGroup).where(ChangeGroup.id == group).values(undone_by=undoing))
        if row.undoes is not None:  # taking back an undo: the first may be undone again
            self._session.execute(
                update(ChangeGroup).where(ChangeGroup.id == row.undoes).values(undone_by=None)
            )
        self._follow(viewer, steps)
        return undoing

    def steps(self, viewer: Viewer, group: int) -> list[Step]:
        """What a group of the viewer's own did; raises `Missing`."""
        row = self._session.get(ChangeGroup, group)
        if row is None or row.actor_id != viewer.id:
            raise Missing(str(group))
        return self._versions.steps(group)

    def carried(self, viewer: Viewer, group: int) -> int:
        """How many pending tasks followed what a group of the viewer's own corrected."""
        mine = [ChangeGroup.actor_id == viewer.id, ChangeGroup.id > group]
        after = self._session.scalar(select(ChangeGroup).where(*mine).order_by(ChangeGroup.id).limit(1))
        return len(self._versions.steps(after.id)) if after and after.kind == Kind.FOLLOW else 0

    def recent(self, viewer: Viewer, document: int | None = None, most: int = 50) -> Sequence[ChangeGroup]:
        """The viewer's groups that can be taken back, newest first; only those that changed `document`."""
        touched = exists().where(TaskVersion.group_id == ChangeGroup.id, TaskVersion.document_id == document)
        query = (
            select(ChangeGroup)
            .where(
                ChangeGroup.actor_id == viewer.id,
                ChangeGroup.undone_by.is_(None),
                ChangeGroup.kind.not_in([Kind.UNDO, Kind.FOLLOW, Kind.JOIN, Kind.PART]),
                touched if document is not None else true(),
            )
            .order_by(ChangeGroup.id.desc())
            .limit(most)
        )
        return self._session.scalars(query).all()

    def texts(self, groups: Iterable[int]) -> dict[int, list[str]]:
        """The texts of the tasks that each group changed."""
        query = (
            select(TaskVersion.group_id, TaskVersion.values)
            .where(TaskVersion.group_id.in_(list(groups)))
            .order_by(TaskVersion.id)
        )
        found: dict[int, list[str]] = {}
        for group, values in self._session.execute(query).tuples():
            found.setdefault(group or 0, []).append(str(values.get("text") or ""))
        return found

    def versions(self, viewer: Viewer, document: int, task: str) -> list[Version]:
        """All versions of a task, oldest first; raises `Missing`."""
        if not past_seen(viewer):
            raise Missing(task)
        current = self._versions.current(viewer, document, task, filed=True)
        return [*self._versions.past(current), current]

    def set_aside(self, viewer: Viewer, document: int) -> int:
        """Withdraws the tasks of a document that another stands for; the group's id."""
        query = select(Task.id).where(Task.document_id == document, Task.status.in_(SHOWN))
        steps = []
        for task in self._session.scalars(query.order_by(Task.position)).all():
            before = self._versions.standing(document, task)
            after = Version(document, task, before.number + 1, before.values | {"status": WITHDRAWN})
            steps.append(Step(before, after))
        return self._write(viewer, Kind.JOIN, steps, "")

    def bring_back(self, viewer: Viewer | Actor, group: int) -> None:
        """Puts back what `set_aside` withdrew."""
        steps = []
        for step in self._versions.steps(group):
            before = self._versions.standing(step.after.document, step.after.task)
            if back := undone(before, step):
                steps.append(back)
        self._write(viewer, Kind.PART, steps, "")

    # ------------------------------------------------------------ writing

    def _place(self, document: int, task: Mapping[str, Any]) -> int | None:
        """The position of the last task that begins before this one in the text; None where none does."""
        starts = [place["start"] for place in task.get("evidence") or ()]
        query = select(Task.position, Task.evidence).where(
            Task.document_id == document, Task.status.in_(SHOWN)
        )
        before = [
            position
            for position, evidence in self._session.execute(query).tuples()
            if starts and evidence and evidence[0]["start"] <= min(starts)
        ]
        return max(before, default=None)

    def _added(
        self, viewer: Viewer, document: int, task: Mapping[str, Any], position: int | None = None
    ) -> Step:
        """A new task, first withdrawn, then as it was given: so that adding can be undone like all else."""
        name = f"p{time.time_ns():x}{secrets.token_hex(2)}"  # in the order in which they were added
        values = values_of({"status": "proposed"} | dict(task))
        values |= {one: values[one] or [] for one in ("leads", "cooperators", "evidence")}
        record = values | {
            "id": name,
            "path": task.get("path") or "",
            "confidence": 1.0,
            "status": WITHDRAWN,
            "rule": "person",
            "flags": [],
            "marks": [],
            "conditions": [],
            "reasons": [],
        }
        self._versions.make(document, record, position)
        before = self._versions.current(viewer, document, name)
        after = Version(document, name, 2, before.values | values)
        return Step(before, after)

    def _write(
        self,
        viewer: Viewer | Actor,
        kind: Kind,
        steps: Sequence[Step],
        reason: str,
        undoes: int | None = None,
    ) -> int:
        group: int = self._session.execute(
            insert(ChangeGroup)
            .values(actor_id=viewer.id, at=now(), kind=kind, reason=reason, undoes=undoes)
            .returning(ChangeGroup.id)
        ).scalar_one()
        for step in steps:
            self._versions.keep(step, group)
            self._versions.store(step.after)
            self._tell(viewer.login, kind.value, step)
        for document in {step.after.document for step in steps}:
            self._settle(document)
        return group

    def _follow(self, viewer: Viewer, steps: Sequence[Step]) -> None:
        """Lets the pending tasks of the documents follow what was corrected."""
        for document in sorted({step.after.document for step in steps}):
            if following := self._following.steps(viewer, document, steps):
                self._write(viewer, Kind.FOLLOW, following, "")

    def accept_unseen(self, document: int, tasks: Iterable[str], why: Mapping[str, Any]) -> None:
        """Accepts proposals of the machine that nobody has looked at nor changed; they are put back one by
        one. `why` stands in the audit with each."""
        for task in tasks:
            before = self._versions.standing(document, task)
            after = Version(document, task, before.number + 1, before.values | {"status": "approved"})
            self._versions.keep(Step(before, after), None)
            self._versions.store(after)
            self._tell(SYSTEM.login, ACCEPTED_UNSEEN, Step(before, after), why)
        self._settle(document)

    def _tell(self, login: str, action: str, step: Step, why: Mapping[str, Any] | None = None) -> None:
        version = self._session.scalar(select(Document.version).where(Document.id == step.after.document))
        fields = [name for name in FIELDS if name in step.fields]
        values = {
            "before": _only(step.before.values, fields),
            "after": _only(step.after.values, fields) | dict(why or {}),
            "revision": step.after.number,
        }
        subject = f"document:{step.after.document}/task:{step.after.task}"
        self._audit.add(login, action, subject, values, version or "")
        self._news.tell(Event.CHANGED, step.after.document, step.after.task, step.after.number)

    def _settle(self, document: int) -> None:
        """A document is reviewed once no task of it waits."""
        waiting = select(Task.id).where(Task.document_id == document, Task.status == "proposed").limit(1)
        state = "extracted" if self._session.scalar(waiting) else "reviewed"
        which = [Document.id == document, Document.review.not_in(["filed", "joined", state])]
        turned = update(Document).where(*which).values(review=state).returning(Document.id)
        if self._session.execute(turned).first() and state == "reviewed":
            self._draw(document)
            self._news.tell(Event.REVIEWED, document)

    def _draw(self, document: int) -> None:
        """Puts the document into the sample of second looks, or not: by its key, for nobody to choose."""
        key = self._session.scalars(select(Document.key).where(Document.id == document)).one()
        drawn = hashlib.sha256(f"second look {key}".encode()).digest()
        if int.from_bytes(drawn[:4], "big") < self._second_look * 2**32:
            self._session.execute(update(Document).where(Document.id == document).values(second_look=True))


def _only(values: Values, names: Iterable[str]) -> Values:
    return {name: values.get(name) for name in names}
