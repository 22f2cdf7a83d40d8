"""An empty store in, the sample directives read and a user of each role out (`dondoc serve --demo`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotation.samples import FOLDER, demo
from service import demo_book
from service.access.passwords import one_time
from service.access.roles import Role
from service.access.viewer import Viewer
from service.batch import Batch
from service.bootstrap import READER, open_store
from service.crew import Report
from service.review.changes import Change, Kind
from service.review.inbox import Wanted
from service.settings import Settings
from service.store import Store, Work
from service.tracking.life import Lead
from service.walk import walk

NAMES = {
    Role.CLERK: ("vanthu", "Vũ Thị Thư"),
    Role.REVIEWER: ("ra-soat", "Trần Thị Lan"),
    Role.MONITOR: ("theo-doi", "Lê Văn Minh"),
    Role.LEADER: ("lanh-dao", "Phạm Thu Hoa"),
    Role.ADMINISTRATOR: ("admin", "Quản trị"),
}
UNIT = ("don-vi", "Đơn vị")
_CLEARANCE = {Role.ADMINISTRATOR: 9}
_FILED = 2  # documents that are already in the book, for a unit's user to see something


class NoSamples(Exception):  # noqa: N818 - says what is missing
    """The sample directives do not lie beside this installation; the message is their folder."""


@dataclass(frozen=True, slots=True)
class Demo:
    """Who can log in: (login, role's key, unit's name or "") each, all with one password; empty where the
    store already had users."""

    password: str
    logins: tuple[tuple[str, str, str], ...]


def samples() -> list[Path]:
    """The directives of the demonstration; raises `NoSamples`."""
    try:
        return list(demo())
    except FileNotFoundError:
        raise NoSamples(str(FOLDER)) from None


def prepare(settings: Settings, report: Report) -> Demo:
    """Reads the samples as an archive run does, makes the users, files two documents and what follows them;
    raises `NoSamples`."""
    files = [*samples(), *demo_book.letters()]
    store = open_store(settings)
    try:
        Batch(settings, store, READER).run(walk(files), report)
        return _people(store)
    finally:
        store.engine.dispose()


def _people(store: Store) -> Demo:
    password = one_time()
    with store.begin() as work:
        if work.people.any():
            return Demo("", ())
        plain: dict[str, Any] = {"password": password, "must_change": False}
        added = {
            role: work.people.add(login, name, role, **plain, clearance=_CLEARANCE.get(role, 0))
            for role, (login, name) in NAMES.items()
        }
        monitor = work.people.viewer(added[Role.MONITOR])
        assert monitor is not None
        unit_id, unit = _put_on_file(work, monitor)
        own: dict[str, Any] = {"units": [unit_id]} if unit_id else {"unit_names": [unit] if unit else []}
        speaks = work.people.viewer(work.people.add(UNIT[0], unit or UNIT[1], Role.UNIT, **plain, **own))
        assert speaks is not None
        if unit:
            own_lead = Lead(unit, unit_id or "")
            demo_book.enter(work, monitor, speaks, own_lead)
            demo_book.inspect(work, monitor, own_lead)
    logins = [(login, role.value, "") for role, (login, _) in NAMES.items()]
    return Demo(password, (*logins, (UNIT[0], Role.UNIT.value, unit)))


def _put_on_file(work: Work, viewer: Viewer) -> tuple[str | None, str]:
    """Accepts and files the calmest documents, then the letters that follow; the unit that leads most tasks
    of the former."""
    following = {path.name for path in demo_book.letters()}
    waiting = [one.document for one in work.inbox.page(viewer, Wanted())]
    samples = [one for one in waiting if one.name not in following and work.shelf.tasks(viewer, one.id)]
    led: Counter[tuple[str | None, str]] = Counter()
    for one in samples[-_FILED:]:
        tasks = _filed(work, viewer, one.id)
        led.update((unit["unit_id"], unit["name"]) for task in tasks for unit in task["leads"])
    for one in waiting:
        if one.name in following:
            _filed(work, viewer, one.id)
    return led.most_common(1)[0][0] if led else (None, "")


def _filed(work: Work, viewer: Viewer, document: int) -> Sequence[dict[str, Any]]:
    tasks = work.shelf.tasks(viewer, document)
    if tasks:
        _accept(work, viewer, document, tasks)
    else:
        work.course.confirm(viewer, document)
    work.course.file(viewer, document)
    return tasks


def _accept(work: Work, viewer: Viewer, document: int, tasks: Sequence[dict[str, Any]]) -> None:
    accepted = {"status": "approved"}
    changes = [Change(document, one["id"], one["revision"], accepted) for one in tasks]
    work.desk.apply(viewer, Kind.ACCEPT, changes)
