"""`make bench-tracking`: the overview and the yearly report over a large book.

    python -m benchmarks.tracking [--duties N] [--database sqlite|postgresql|both] [--visits N] [--seed N]
                                  [--keep NAME]

The book is invented and seeded: five years of duties of 60 units, each with how it stood from when to when,
put in by bulk. `yearly_report_s` is the slowest of the page's figures by unit for this year and for the last
one, as it stood at its end; `dashboard_p95_ms` the 95th percentile of what a monitor and a leader wait for
their first page, one at a time. The goal is meant for 1,000,000 duties in PostgreSQL; the default is smaller.
With `--keep` the book stays and is used again, so that only the first run waits for it to be filled: on
PostgreSQL in the schema dondoc_bench_NAME, for SQLite in dondoc-bench-NAME in the folder for temporary files.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import Engine, func, select, text

from benchmarks.service import PASSWORD, database
from pipeline.labels import ASSIGNERS, FIELDS, TASK_SOURCES
from service.access.roles import Role
from service.mapping import search_key
from service.reporting.sheet import sheet_of
from service.settings import Settings
from service.store import Store
from service.tables import Duty, DutyStanding
from service.tables.documents import NEVER
from service.tracking.months import recount
from service.tracking.periods import Period
from service.tracking.reports import Asked
from service.tracking.timing import start_of
from service.web.app import create

YEARS, UNITS = 5, 60
WORDS = ("Rà soát", "Báo cáo", "Kiểm tra", "Xây dựng kế hoạch", "Hướng dẫn", "Tổng hợp, đề xuất")
CHUNK = 20_000
Row = tuple[Any, ...]
_CONSTANT = {
    "origin": "typed",
    "document_id": None,
    "task_id": None,
    "parent_id": None,
    "period": None,
    "document_on": None,
    "document_type": "cong_van",
    "issuer": "UBND tỉnh An Hòa",
    "output": "",
    "nature": "carry_out",
    "urgency": "normal",
    "deadline": "{}",
    "carried": "{}",
    "recurs": 0,
    "starred": 0,
    "clearance": 0,
    "secret": 0,
    "counted": 1,
    "revision": 3,
    "before": None,
    "asked": None,
    "percent": None,
}


def main() -> int:
    options = _options()
    results = []
    for kind in ("sqlite", "postgresql") if options.database == "both" else (options.database,):
        with _folder(options.keep) as folder, database(kind, options.keep) as url:
            # a day's reminders are made once in the morning: not while the overview is measured
            settings = Settings(data_dir=folder, database_url=url, remind_hours="00:00-00:01")
            results.append(_measured(settings, options) | {"database": kind})
        print(json.dumps(results[-1]))
    worst: dict[str, Any] = {key: max(one[key] for one in results) for key in results[0] if key != "database"}
    print(json.dumps(worst | {"database": "+".join(one["database"] for one in results)}))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="make bench-tracking", description=(__doc__ or "").split("\n", 1)[0]
    )
    parser.add_argument("--duties", type=int, default=50_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--visits", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", default="", metavar="NAME")
    return parser.parse_args()


@contextmanager
def _folder(keep: str) -> Iterator[Path]:
    if keep:
        yield Path(tempfile.gettempdir()) / f"dondoc-bench-{keep}"
        return
    with tempfile.TemporaryDirectory(prefix="dondoc-bench-") as folder:
        yield Path(folder)


def _measured(settings: Settings, options: argparse.Namespace) -> dict[str, Any]:
    app = create(settings)
    with TestClient(app) as client:
        store: Store = app.state.dondoc.store
        with store.engine.connect() as connection:
            filled = connection.scalar(select(func.count()).select_from(Duty)) or 0
        if not filled:
            began = time.monotonic()
            _fill(store.engine, options.duties, options.seed)
            with store.engine.begin() as connection:
                recount(connection)
            print(f"  filled in {time.monotonic() - began:.0f} s", file=sys.stderr)
            _settle(store.engine)
            with store.begin() as work:
                for login, role in (("monitor", Role.MONITOR), ("leader", Role.LEADER)):
                    work.people.add(login, login, role, password=PASSWORD, must_change=False)
        yearly = _yearly(store)
        waits = []
        for login in ("monitor", "leader"):
            client.post("/login", data={"login": login, "password": PASSWORD}).raise_for_status()
            for visit in range(options.visits // 2 + 2):
                began = time.monotonic()
                client.get("/dashboard").raise_for_status()
                if visit >= 2:  # what is done once is not measured
                    waits.append(time.monotonic() - began)
    told = f"{min(waits) * 1000:.0f} ms at best, {statistics.median(waits) * 1000:.0f} ms in the middle"
    print(f"  overview: {told}", file=sys.stderr)
    return {
        "yearly_report_s": round(max(yearly), 2),
        "dashboard_p95_ms": round(statistics.quantiles(waits, n=20)[-1] * 1000),
        "duties": filled or options.duties,
    }


def _yearly(store: Store) -> list[float]:
    waits = []
    with store.reading() as work:
        today = work.book.today()
        viewer = work.people.viewer(1)
    assert viewer
    last = today.replace(year=today.year - 1, month=12, day=31)
    for on in (today, last):
        asked = Asked(on.replace(month=1, day=1), on.replace(month=12, day=31), on)
        began = time.monotonic()
        with store.reading() as work:
            sheet = sheet_of(work.reports, viewer, Period.YEAR, asked, (300, 50))
        waits.append(time.monotonic() - began)
        print(f"  {on}: {sheet.total.total} counted, {waits[-1]:.2f} s", file=sys.stderr)
    return waits


# ---------------------------------------------------------------- the book


def _fill(engine: Engine, number: int, seed: int) -> None:
    chance = random.Random(seed)
    today = dt.datetime.now(dt.UTC).date()
    batches = Batches(engine)
    for first in range(1, number + 1, CHUNK):
        duties: list[Row] = []
        spans: list[Row] = []
        for duty in range(first, min(first + CHUNK, number + 1)):
            row, course = _duty(chance, duty, today)
            duties.append(row)
            spans += course
        batches.put(duties, spans)


class Batches:
    """Puts rows in, by COPY where there is one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(self, duties: Sequence[Row], spans: Sequence[Row]) -> None:
        raw = self._engine.raw_connection()
        try:
            for table, names, rows in (
                (Duty.__tablename__, DUTY_NAMES, duties),
                (DutyStanding.__tablename__, SPAN_NAMES, spans),
            ):
                cursor = raw.cursor()
                if self._engine.dialect.name == "postgresql":
                    with cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
                        copy.write("".join(_lines(rows)))
                else:
                    marks = ", ".join("?" * len(names))
                    if not raw.dbapi_connection.in_transaction:
                        cursor.execute("BEGIN")
                    cursor.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", rows)
            raw.commit()
        finally:
            raw.close()


def _lines(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        yield "\t".join("\\N" if value is None else str(value) for value in row) + "\n"


def _duty(chance: random.Random, duty: int, today: dt.date) -> tuple[Row, list[Row]]:
    """A duty that was given some day of the last years, and how it stood since."""
    age = chance.randrange(YEARS * 365)
    assigned = today - dt.timedelta(days=age)
    unit = min(int(chance.expovariate(1 / 15)), UNITS - 1)
    due = assigned + dt.timedelta(days=chance.randrange(5, 90)) if chance.random() < 0.75 else None
    wanted = due or assigned + dt.timedelta(days=60)
    done = wanted + dt.timedelta(days=int(chance.gauss(-4, 12)))
    done = max(done, assigned + dt.timedelta(days=1))
    is_done = done < today and chance.random() < 0.98
    told = assigned + (done - assigned) / 2
    moments = [(start_at(assigned), "not_started", None)]
    if told < today:
        moments.append((start_at(told), "in_progress", None))
    if is_done:
        moments.append((start_at(done), "done", done.isoformat()))
    elif done < today and chance.random() < 0.3:
        moments.append((start_at(done), "awaiting", done.isoformat()))
    shared = {
        "lead_name": f"Sở số {unit}",
        "lead_key": f"so-so-{unit}:an-hoa",
        "assigned_on": assigned.isoformat(),
        "due_on": due.isoformat() if due else None,
        "field": _FIELDS[duty % len(_FIELDS)],
        "assigner": _ASSIGNERS[duty % len(_ASSIGNERS)],
        "source": _SOURCES[duty % len(_SOURCES)],
        "document_number": f"{duty // 8 % 3000}/UBND-{assigned.year}",
        "clearance": 0,
        "secret": 0,
        "counted": 1,
    }
    life, done_on = moments[-1][1:]
    reported = moments[1][0] if len(moments) > 1 else None
    words = f"{WORDS[duty % len(WORDS)]} việc số {duty}"
    own = {
        "id": duty,
        "number_key": shared["document_number"],
        "entered_at": moments[0][0],
        "words": search_key(words),
        "reported_at": reported,
        "life": life,
        "due_key": shared["due_on"] or NEVER.isoformat(),
        "text": words,
        "done_on": done_on,
        "with_leader": int(life == "awaiting" and duty % 5 == 0),
    }
    values = _CONSTANT | shared | own
    ends = [*(moment for moment, *_ in moments[1:]), None]
    spans = []
    for (since, state, ended), until in zip(moments, ends, strict=True):
        span = shared | {"duty_id": duty, "since": since, "until": until, "life": state, "done_on": ended}
        span["reported_at"] = None if state == "not_started" else reported
        spans.append(tuple(span[name] for name in SPAN_NAMES))
    return tuple(values[name] for name in DUTY_NAMES), spans


def start_at(day: dt.date, _known: dict[dt.date, float] = {}) -> float:  # noqa: B006 - remembered
    """Ten in the morning of a day."""
    if day not in _known:
        _known[day] = start_of(day) + 36_000
    return _known[day]


def _settle(engine: Engine) -> None:
    """What a database does by itself a little later."""
    if engine.dialect.name == "sqlite":
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in (Duty.__tablename__, DutyStanding.__tablename__):
            connection.execute(text(f"VACUUM ANALYZE {table}"))


_FIELDS, _ASSIGNERS, _SOURCES = list(FIELDS), list(ASSIGNERS), list(TASK_SOURCES)
DUTY_NAMES = [column.name for column in Duty.__table__.columns]
SPAN_NAMES = [column.name for column in DutyStanding.__table__.columns if column.name != "id"]

if __name__ == "__main__":
    raise SystemExit(main())
