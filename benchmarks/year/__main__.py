"""`make simulate-year`: 2,000 documents, 10,000 tasks, 60 units; day by day, by workers, two of them killed.

    python -m benchmarks.year [--documents N] [--each N] [--days N] [--workers N] [--seed N]
                              [--database sqlite|postgresql|both]

Documents are filed on their days, units acknowledge, report, ask and are late as they are, the office
confirms and returns, periods begin, newer documents extend and replace, units are reminded by several
workers at a time. At the end of each month every
report of the query layer is compared, row by row, with a plain recount of the event log. The last line is
JSON; of two databases the worse.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from benchmarks.service import database
from benchmarks.year import office
from benchmarks.year.recount import Log
from benchmarks.year.reminded import doubled
from benchmarks.year.worker import KIND, LEASE, URGE, day_on, opened
from service.access.roles import Role
from service.access.viewer import Viewer
from service.ledger import State
from service.migrations import migrate
from service.review.changes import Change, Kind
from service.store import FilePart, Store
from service.tables import Duty, Job, Task
from service.tracking.keeping_up import KeepingUp
from service.tracking.life import NotAllowed
from service.tracking.reports import Asked, By

ROOT = Path(__file__).resolve().parents[2]
FRESH = 7
KILLS = 2
_BY = (By.UNIT, By.FIELD, By.ASSIGNER, By.SOURCE, By.DOCUMENT)


def main() -> int:
    options = _options()
    results = []
    for kind in ("sqlite", "postgresql") if options.database == "both" else (options.database,):
        with tempfile.TemporaryDirectory(prefix="dondoc-year-") as folder, database(kind) as url:
            results.append(Year(options, url or f"sqlite:///{folder}/year.sqlite3", Path(folder)).lived())
        print(json.dumps({"database": kind} | results[-1]))
    print(json.dumps({key: max(one[key] for one in results) for key in results[0]}))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make simulate-year", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--each", type=int, default=5)
    parser.add_argument("--units", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--days", type=int, default=office.DAYS)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    return parser.parse_args()


class Year:
    """One year on one database."""

    def __init__(self, options: argparse.Namespace, url: str, folder: Path) -> None:
        self._options = options
        self._url = url
        self._clock = folder / "day"
        self._clock.write_text("0")
        self._store = opened(url, self._clock)
        migrate(self._store.engine)
        self._viewer = _user(self._store)
        self._units = office.units(options.units)
        self._workers: list[subprocess.Popen[bytes]] = []
        self._chance = random.Random(options.seed)

    def lived(self) -> dict[str, int]:
        """The year; what became of it."""
        options = self._options
        coming = office.documents(options.seed, options.documents, options.each, self._units)
        kills = sorted(self._chance.sample(range(1, options.days), KILLS))
        differ = killed = documents = 0
        try:
            self._workers = [self._begun() for _ in range(options.workers)]
            for day in range(options.days):
                self._turn(day)
                for record in coming.get(day, ()):
                    self._file(record)
                    documents += 1
                KeepingUp(self._store).turn()
                self._hand_out(day)
                if day in kills:
                    killed += self._kill()
                self._wait()
                if day % 30 == 29 or day == options.days - 1:
                    differ += self._compared(day)
                    print(f"  day {day + 1}: {documents} documents, {differ} rows differ", file=sys.stderr)
        finally:
            self._clock.unlink()
            for one in self._workers:
                one.wait(30)
        return {
            "documents": documents,
            "tasks": self._accepted(),
            "lost": self._lost(),
            "doubled_reminders": doubled(self._store.engine),
            "reports_that_differ": differ,
            "workers_killed": killed,
        }

    # ------------------------------------------------------------ a day

    def _turn(self, day: int) -> None:
        draft = self._clock.with_suffix(".new")
        draft.write_text(str(day))
        draft.replace(self._clock)

    def _file(self, record: dict[str, Any]) -> None:
        key = record["source"]["sha256"]
        with self._store.begin() as work:
            work.add(key, record, "done", [FilePart(key, record["source"]["name"], 1)])
            document = work.shelf.id_of(key)
        assert document is not None
        with self._store.begin() as work:
            changes = [Change(document, one["id"], 1, {"status": "approved"}) for one in record["tasks"]]
            work.desk.apply(self._viewer, Kind.ACCEPT, changes)
            work.course.file(self._viewer, document)
        with self._store.reading() as work:
            waiting = [one.proposal.id for one in work.relations.waiting(self._viewer)]
        for proposal in waiting:
            with suppress(NotAllowed), self._store.begin() as work:  # a unit was quicker
                work.relations.accept(self._viewer, proposal)

    def _hand_out(self, day: int) -> None:
        date = day_on(self._clock).isoformat()
        with self._store.begin() as work:
            looks = [f"{date} {URGE}{at}" for at in range(self._options.workers)]
            work.ledger.enqueue(KIND, [*looks, *(f"{date} {one.id}" for one in self._units)])

    def _wait(self) -> None:
        """Until all units have lived the day."""
        waiting = select(func.count()).select_from(Job).where(Job.kind == KIND, Job.state != State.DONE)
        while True:
            with self._store.engine.connect() as connection:
                if not connection.scalar(waiting):
                    return
            time.sleep(0.02)

    # ------------------------------------------------------------ workers

    def _begun(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "benchmarks.year.worker", self._url, str(self._clock)]
        return subprocess.Popen(
            [*command, str(self._options.seed)], cwd=ROOT, env=os.environ | {"PYTHONPATH": "."}
        )

    def _kill(self) -> int:
        """Kills a worker in the middle of its day; another takes its place."""
        time.sleep(self._chance.random() * 0.3)
        one = self._workers.pop(self._chance.randrange(len(self._workers)))
        one.send_signal(signal.SIGKILL)
        one.wait(LEASE)
        self._workers.append(self._begun())
        return 1

    # ------------------------------------------------------------ what is checked

    def _compared(self, day: int) -> int:
        """How many rows of the reports of this day, and of one long past, differ from the recount."""
        log, differ = Log(self._store.engine), 0
        today = day_on(self._clock)
        past = office.BEGIN.fromordinal(office.BEGIN.toordinal() + self._chance.randrange(day + 1))
        for on in (today, past):
            begin = on.replace(day=1)
            for by in _BY:
                asked = Asked(begin=begin, end=on, on=on, by=by, fresh=FRESH)
                with self._store.reading() as work:
                    report = work.reports.report(self._viewer, asked)
                shown = {line.key: line.figures for line in report.lines}
                plain = log.figures(begin, on, by.value, FRESH)
                differ += sum(shown.get(key) != plain.get(key) for key in shown.keys() | plain.keys())
        return differ

    def _accepted(self) -> int:
        with self._store.engine.connect() as connection:
            query = select(func.count()).select_from(Task).where(Task.status == "approved")
            return connection.scalar(query) or 0

    def _lost(self) -> int:
        """Accepted tasks that the book does not hold exactly once."""
        with self._store.engine.connect() as connection:
            wanted = {tuple(row) for row in connection.execute(select(Task.document_id, Task.id))}
            held: Sequence[tuple[int | None, str | None]] = [
                tuple(row)
                for row in connection.execute(
                    select(Duty.document_id, Duty.task_id).where(Duty.origin == "document")
                )
            ]
        return len(wanted ^ set(held)) + len(held) - len(set(held))


def _user(store: Store) -> Viewer:
    with store.begin() as work:
        found = work.people.viewer(work.people.add("vanphong", "Văn phòng", Role.MONITOR))
    assert found is not None
    return found


if __name__ == "__main__":
    raise SystemExit(main())
