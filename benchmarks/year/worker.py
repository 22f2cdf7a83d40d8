"""A worker of the office, a process: takes a unit's day from the ledger and lives it; may be killed any time.

    python -m benchmarks.year.worker URL CLOCK SEED

What a unit does on a day depends on the seed, the day and the duty alone. A day that was begun by a worker
who was killed is taken up by another: steps that were committed are not taken twice, since the duty has
moved on.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import sys
import time
from contextlib import suppress
from pathlib import Path

from benchmarks.year.office import BEGIN, Unit, units
from service.access.roles import Role
from service.access.viewer import Viewer
from service.database import open_engine
from service.ledger import LeaseLost
from service.settings import Settings
from service.store import Store
from service.tables import Duty
from service.tracking.clock import Clock
from service.tracking.finder import DutiesWanted
from service.tracking.life import OPEN, Approval, Given, Lead, Life, NotAllowed
from service.tracking.timing import start_of
from service.urging.urger import Urger

KIND = "year"
URGE = "urge"  # of a job: look whom to remind, as other workers do at the same time
LEASE = 8.0  # seconds after which a killed worker's day is free again


def clock_of(path: Path) -> Clock:
    """The office's clock: ten in the morning of the day that the file names."""
    return lambda _: start_of(day_on(path)) + 10 * 3600


def day_on(path: Path) -> dt.date:
    """The day that the file names."""
    return BEGIN + dt.timedelta(days=int(path.read_text()))


def opened(url: str, clock: Path) -> Store:
    """The store with the office's clock."""
    return Store(open_engine(url), clock=clock_of(clock))


def main() -> int:
    url, clock, seed = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    store = opened(url, clock)
    owner = f"worker-{os.getpid()}"
    by_id = {one.id: one for one in units(60)}
    urger = Urger(Settings(data_dir=clock.parent), store)
    while clock.exists():
        with store.begin() as work:
            lease = work.ledger.claim(KIND, owner=owner, seconds=LEASE, most_attempts=9)
        if lease is None:
            time.sleep(0.02)
            continue
        day, unit = lease.key.split(" ")
        if unit.startswith(URGE):
            urger.turn()
        else:
            live(store, by_id[unit], dt.date.fromisoformat(day), seed)
        with store.begin() as work, suppress(LeaseLost):  # it took too long, and another has it
            work.ledger.complete(lease, "done")
    return 0


def live(store: Store, unit: Unit, day: dt.date, seed: int) -> None:
    """What a unit, and the office towards it, does on a day; each step is a transaction of its own."""
    with store.reading() as work:
        mine = DutiesWanted(unit=unit.id, role="lead", lives=tuple(OPEN))
        duties = work.duties.find(_OFFICE, mine, most=None)
    for duty in duties:
        chance = random.Random(f"{seed} {day} {duty.id}")
        planned = plan(chance, unit, duty, day)
        if planned is None:
            continue
        action, given, viewer = planned
        try:
            with store.begin() as work:
                row = work.book.duty(viewer, duty.id)
                if row.life == duty.life and row.revision == duty.revision:
                    work.book.act(viewer, duty.id, action, given, seen=duty.revision)
        except NotAllowed:
            continue


_OFFICE = Viewer(1, "vanphong", "Văn phòng", Role.MONITOR, clearance=0)
_LEADER = Viewer(2, "lanhdao", "Lãnh đạo", Role.LEADER)


Planned = tuple[str, Given, Viewer] | None
"""The step that is taken with a duty today, and by whom; None where nothing happens."""


def plan(chance: random.Random, unit: Unit, duty: Duty, day: dt.date) -> Planned:
    """What happens to a duty on a day: the office answers, or the unit does something."""
    life = Life(duty.life)
    if life in (Life.AWAITING, Life.ADJUSTMENT_ASKED, Life.REFUSED):
        return _answered(chance, unit, duty, day) if chance.random() < 0.45 else None
    return _done(chance, unit, duty) if chance.random() < unit.zeal else None


def _answered(chance: random.Random, unit: Unit, duty: Duty, day: dt.date) -> Planned:
    if duty.life == Life.ADJUSTMENT_ASKED:
        if chance.random() < 0.7:
            return "grant", Given(approval=Approval("77/UBND-VX", day)), _OFFICE
        return "deny", Given(note="không đủ lý do"), _OFFICE
    if duty.life == Life.REFUSED:
        other = chance.choice(units(60))
        if other.id != unit.id and chance.random() < 0.5:
            return "transfer", Given(note="đúng chức năng", lead=Lead(other.name, other.id)), _OFFICE
        return "uphold", Given(note="đúng việc của đơn vị"), _OFFICE
    if duty.with_leader:
        return "confirm", Given(), _LEADER
    draw = chance.random()
    if draw < 0.05:
        return "pass_on", Given(note="trình xem xét"), _OFFICE
    if draw < unit.care:
        return "confirm", Given(), _OFFICE
    return "return", Given(note="chưa đủ"), _OFFICE


def _done(chance: random.Random, unit: Unit, duty: Duty) -> Planned:
    me, draw = Viewer(100, unit.id, unit.name, Role.UNIT, units=(unit.id,)), chance.random()
    if duty.life == Life.NOT_STARTED:
        if draw < 0.02:
            return "refuse", Given(note="không thuộc chức năng"), me
        return "acknowledge", Given(), me
    if draw < unit.asking and duty.due_on:
        return "ask_adjustment", Given(note="khó khăn", due=duty.due_on + dt.timedelta(days=30)), me
    if draw < 0.55:
        return "submit", Given(note="đã xong"), me
    return "report", Given(note="đang làm", percent=chance.randrange(100)), me


if __name__ == "__main__":
    raise SystemExit(main())
