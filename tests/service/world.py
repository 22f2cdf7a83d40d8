"""A small office for the property test of rights: documents, tasks and users of every kind, a marker word in
each thing that can be seen, and an oracle that says who may see which word.

The oracle is written from the office's rules (docs/glossary.md, issue 1), not from service/access/sight.py.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI
from people import document, task, unit
from sqlalchemy import update

from pipeline.read import open_source, read
from service.access.roles import Right, Role, rights_of
from service.access.viewer import Viewer
from service.checking.findings import Found
from service.checking.measures import NewMeasure
from service.checking.plan import Conclusion, Plan
from service.files import Files
from service.review.changes import Change, Kind
from service.store import FilePart, Store
from service.tables import Document, Task
from service.tracking.finder import DutiesWanted
from service.tracking.keeping import Actor
from service.tracking.life import Lead
from service.urging.causes import Rules

HEALTH, FINANCE = "so-y-te:hung-yen", "so-tai-chinh:hung-yen"


@dataclass(frozen=True)
class Body:
    """Someone who is named or asks: an id of the register, or a name alone."""

    id: str
    name: str


BY_ID, BY_NAME = Body(HEALTH, "Sở Y tế"), Body("", "Đoàn kiểm tra số 3")
OTHER = Body(FINANCE, "Sở Tài chính")


@dataclass(frozen=True)
class Job:
    """A task: whom it names, and how the review stands."""

    name: str
    who: Body
    status: str
    marker: str
    old: str = ""  # a word of the text that it had before


@dataclass
class Paper:
    """A document: its state, the clearance that it needs, to whom it went."""

    key: str
    review: str
    clearance: int
    sent: Body | None
    header: str = ""
    body: str = ""
    jobs: list[Job] = field(default_factory=list)
    id: int = 0


@dataclass(frozen=True)
class Person:
    """A user; `scopes` narrow his token."""

    login: str
    role: Role
    clearance: int = 0
    speaks_for: tuple[Body, ...] = ()
    scopes: frozenset[Right] | None = None

    def may(self, right: Right) -> bool:
        granted = rights_of(self.role)
        return right in (granted if self.scopes is None else granted & self.scopes)


def papers() -> list[Paper]:
    """Every state with every clearance, sent to each kind of unit or to none."""
    made = [
        Paper("p1", "extracted", 0, BY_ID),
        Paper("p2", "filed", 0, None),
        Paper("p3", "filed", 0, BY_ID),
        Paper("p4", "filed", 3, BY_NAME),
        Paper("p5", "reviewed", 3, BY_ID),
        Paper("p6", "filed", 3, None),
    ]
    for paper in made:
        n = paper.key[1:]
        paper.header, paper.body = f"Tieude{n}Q", f"Thanbai{n}Q"
        pending = "proposed" if paper.review == "extracted" else "approved"
        paper.jobs = [
            Job("a", BY_ID, pending, f"Viec{n}aQ", old=f"Viecu{n}aQ"),
            Job("b", OTHER, pending, f"Viec{n}bQ"),
            Job("c", BY_NAME, pending, f"Viec{n}cQ"),
            Job("d", BY_ID, "rejected", f"Viec{n}dQ"),
        ]
    return made


PEOPLE = [
    Person("vanthu", Role.CLERK),
    Person("rasoat", Role.REVIEWER),
    Person("rasoat3", Role.REVIEWER, 3),
    Person("theodoi", Role.MONITOR),
    Person("lanhdao3", Role.LEADER, 3),
    Person("quantri", Role.ADMINISTRATOR),
    Person("quantri3", Role.ADMINISTRATOR, 9),
    Person("yte", Role.UNIT, 0, (BY_ID,)),
    Person("yte3", Role.UNIT, 3, (BY_ID, BY_NAME)),
    Person("doan", Role.UNIT, 3, (BY_NAME,)),
    Person("taichinh", Role.UNIT, 0, (OTHER,)),
    Person("khongai", Role.UNIT, 9),
    Person("maykhac", Role.ADMINISTRATOR, 9, scopes=frozenset({Right.AUDIT, Right.EXPORT, Right.USERS})),
]


# ---------------------------------------------------------------- the oracle


def opens(person: Person, paper: Paper) -> bool:
    """Whether he may open the document with all that is in it."""
    if not person.may(Right.READ) or person.clearance < paper.clearance:
        return False
    if person.role is not Role.UNIT:
        return True
    return paper.review == "filed" and paper.sent in person.speaks_for


def knows_job(person: Person, paper: Paper, job: Job) -> bool:
    """Whether he may see the task as it stands."""
    if not person.may(Right.READ) or person.clearance < paper.clearance:
        return False
    if person.role is not Role.UNIT:
        return True
    return paper.review == "filed" and job.status == "approved" and job.who in person.speaks_for


def allowed(person: Person, world: World) -> set[str]:
    """All words that any answer may show him."""
    found: set[str] = set()
    for paper in world.papers:
        jobs = [job for job in paper.jobs if knows_job(person, paper, job)]
        if opens(person, paper):  # its pages show the text of every task, whomever it names
            found |= {paper.header, paper.body, *(job.marker for job in paper.jobs)}
        if jobs:
            found |= {paper.header, *(job.marker for job in jobs)}
        if person.role is not Role.UNIT:  # how a task read before is the office's own business
            found |= {job.old for job in jobs}
    return found - {""}


# ---------------------------------------------------------------- its making


@dataclass
class World:
    """The office in a running application."""

    app: FastAPI
    papers: list[Paper]
    viewers: dict[str, Viewer]
    tokens: dict[str, str]
    duties: dict[tuple[str, str], int] = field(default_factory=dict)  # by paper and job
    measures: dict[tuple[str, str], int] = field(default_factory=dict)  # the same

    @property
    def store(self) -> Store:
        store: Store = self.app.state.dondoc.store
        return store

    @property
    def markers(self) -> set[str]:
        """All words."""
        found = {word for paper in self.papers for word in (paper.header, paper.body)}
        return found | {word for p in self.papers for job in p.jobs for word in (job.marker, job.old) if word}

    def pairs(self) -> Iterator[tuple[Paper, Job]]:
        """Every task with its document."""
        for paper in self.papers:
            for job in paper.jobs:
                yield paper, job


def built(app: FastAPI) -> World:
    """Fills the application's store."""
    world = World(app, papers(), {}, {})
    for person in PEOPLE:
        named = {"units": [one.id for one in person.speaks_for if one.id]}
        named |= {"unit_names": [one.name for one in person.speaks_for]}
        with world.store.begin() as work:
            user = work.people.add(
                person.login, person.login, person.role, clearance=person.clearance, **named
            )
            scopes = person.scopes or rights_of(person.role)
            world.tokens[person.login] = work.people.issue_token(user, "máy", scopes)
            viewer = work.people.viewer(user)
        assert viewer
        world.viewers[person.login] = viewer
    for paper in world.papers:
        _keep(world, paper)
    with world.store.begin() as work:
        for one in work.urging.reminders.units_due(Rules()):
            work.urging.reminders.make(Rules(), one, mails=False)
    _inspect(world)
    return world


def _inspect(world: World) -> None:
    """Two inspections of all duties: the first is concluded, the second under way; a measure for each."""
    boss, day, words = world.viewers["quantri3"], dt.date(2026, 1, 5), "đã xem"
    markers = {(paper.key, job.name): job.marker for paper, job in world.pairs()}
    units = (Lead(BY_ID.name, BY_ID.id), Lead(BY_NAME.name))
    plan = Plan("signs", "Kiểm tra", day, day, units, ("records",), ground="dấu hiệu")
    with world.store.begin() as work:
        desk = work.checking
        for number in (1, 2):
            assert desk.inspections.plan(boss, plan) == number
            desk.findings.add(boss, number, [*world.duties.values()])
            desk.inspections.step(boss, number, "start")
            for key, duty in world.duties.items():
                desk.findings.record(boss, number, duty, Found("wrongly", {"records": markers[key]}))
        for key, duty in world.duties.items():
            new = NewMeasure("criticism", f"Phê bình {markers[key]}")
            world.measures[key] = desk.measures.take(boss, duty, new, 1)
        said = Conclusion(words, words, words, words, "21/TB-VP", day)
        desk.inspections.conclude(boss, 1, said)


def _keep(world: World, paper: Paper) -> None:
    lines = [
        f"Van ban {paper.header}",
        f"Noi dung {paper.body}",
        *(f"Giao {one.marker}" for one in paper.jobs),
    ]
    content = "\n\n".join(lines).encode()
    sha256 = Files(world.app.state.dondoc.settings.data_dir / "files").put(content)
    record = _record(paper, content)
    record["source"] |= {"sha256": sha256, "name": f"{paper.header}.txt", "media_type": "text/plain"}
    with world.store.begin() as work:
        work.add(sha256, record, "done", [FilePart(sha256, f"{paper.header}.txt", len(content))])
        found = work.shelf.id_of(sha256)
    assert found
    paper.id = found
    with world.store.begin() as work:  # what was once read otherwise: a version and an audit entry
        boss = world.viewers["quantri3"]
        for job in paper.jobs:
            if job.old:
                new = {"text": f"Giao {job.marker}"}
                work.desk.apply(boss, Kind.EDIT, [Change(paper.id, job.name, 1, new)])
        values = {"review": paper.review, "clearance": paper.clearance}
        work._session.execute(update(Document).where(Document.id == paper.id).values(values))
        for job in paper.jobs:
            which = [Task.document_id == paper.id, Task.id == job.name]
            work._session.execute(update(Task).where(*which).values(status=job.status))
        if paper.review == "filed":
            work.filing.file(Actor(boss.login, boss.id), paper.id)
            for duty in work.duties.find(boss, DutiesWanted(document=paper.id), most=None):
                world.duties[paper.key, str(duty.task_id)] = duty.id


def _record(paper: Paper, content: bytes) -> dict[str, Any]:
    boxes = _boxes(content)
    made = []
    for job in paper.jobs:
        proof = [{"page": 1, "box": boxes[job.marker], "start": 0, "end": 9}]
        text = f"Giao {job.old or job.marker}"
        named = unit(job.who.name, job.who.id or None, evidence=proof)
        made.append(task(job.name, text, named, evidence=proof, output=None))
    clause = {"role": "other", "path": "", "text": paper.body, "rule": "x", "evidence": []}
    header: dict[str, Any] = {"number": f"{paper.key}/{paper.header}", "subject": paper.header}
    header["recipients"] = [paper.body]
    if paper.sent:
        header |= {"addressees": [paper.sent.name], "unit_ids": {paper.sent.name: paper.sent.id or None}}
    record = document(paper.key, *made, **header)
    record["issues"] = [{"stage": "x", "message": paper.body}]
    return record | {"text": content.decode(), "clauses": [clause]}


def _boxes(content: bytes) -> dict[str, list[float]]:
    """Where each word of the file stands on its page."""
    page = read(open_source("a.txt", content)).pages[0]
    words = [word for item in page.items for word in item.words]
    return {word.text: [word.box.x0, word.box.y0, word.box.x1, word.box.y1] for word in words}
