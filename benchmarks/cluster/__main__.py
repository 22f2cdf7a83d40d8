"""`make simulate-cluster`: 1,000,000 jobs, 200 workers, the real ledger, readers that read nothing.

    python -m benchmarks.cluster [--jobs N] [--workers N] [--at-once N] [--sqlite N] [--figures FILE]

First on PostgreSQL (a schema of its own on the server of the tests), then a smaller number on SQLite. Three
archives of different sizes wait from the start, people send something now and then. The seconds of reading
are those that were measured (benchmarks/costs.json) and pass on the workers' clocks alone; all else is real.
Where the server's autovacuum is off the table is vacuumed twice a minute, as it would be.
`predicted_hours` is what the model of cost says of the same jobs (benchmarks/costs.py). Ends with status 1 if
a job was lost or done twice. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
import uuid
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, func, select, text

from benchmarks.cluster.machine import KIND, Told, lived
from benchmarks.cluster.sweeping import swept
from benchmarks.costs import Figures, drawn, read_figures
from service.database import open_engine
from service.migrations import migrate
from service.store import Store
from service.tables import Job
from service.turns import PEOPLE

POSTGRES = "postgresql+psycopg://root@127.0.0.1:5432/test"
ARCHIVES = {"large": 0.6, "middle": 0.3, "small": 0.1}  # shares of the jobs
MACHINES = 2  # processes


def main() -> int:
    parser = argparse.ArgumentParser(prog="make simulate-cluster", description=__doc__.split("\n", 1)[0])  # type: ignore[union-attr]
    parser.add_argument("--jobs", type=int, default=1_000_000)
    parser.add_argument("--sqlite", type=int, default=50_000)
    parser.add_argument("--workers", type=int, default=200)
    parser.add_argument("--at-once", type=int, default=10)
    parser.add_argument("--figures", type=Path)
    options = parser.parse_args()
    figures = read_figures(options.figures)
    told: dict[str, Any] = {}
    if options.jobs:
        told["postgresql"] = _on_postgresql(options, figures)
    if options.sqlite:
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{folder}/ledger.sqlite3"
            told["sqlite"] = _simulated(url, options.sqlite, options, figures)
    print(json.dumps(told))
    return int(any(one["lost"] or one["doubled"] for one in told.values()))


def _on_postgresql(options: argparse.Namespace, figures: Figures) -> dict[str, Any]:
    schema = f"dondoc_{uuid.uuid4().hex}"
    server = create_engine(POSTGRES)
    with server.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    try:
        url = f"{POSTGRES}?options=-csearch_path%3D{schema}"
        return _simulated(url, options.jobs, options, figures)
    finally:
        with server.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))


def _simulated(url: str, jobs: int, options: argparse.Namespace, figures: Figures) -> dict[str, Any]:
    engine = open_engine(url)
    migrate(engine)
    store = Store(engine)
    print(f"{engine.dialect.name}: {jobs} jobs, {options.workers} workers", flush=True)
    entered = _entered(store, jobs)
    one_by_one = _one_by_one(store)
    seconds = drawn(figures, random.Random(1), 20_000)
    each = options.workers // MACHINES
    lives = [(url, number, each, options.at_once, seconds, PEOPLE) for number in range(MACHINES)]
    begun = time.monotonic()
    with swept(engine), ProcessPoolExecutor(MACHINES, mp_context=get_context("spawn")) as pool:
        machines = list(pool.map(lived, lives))
    wall = time.monotonic() - begun
    told = _told(store, machines, wall) | {"entered_per_second": round(entered), "one_by_one_ms": one_by_one}
    expected = told["jobs"] * statistics.mean(seconds) / options.workers
    took = max(one.virtual for one in machines)
    told |= {"virtual_hours": round(took / 3600, 3), "predicted_hours": round(expected / 3600, 3)}
    told["prediction_off_by"] = round(abs(took / expected - 1), 4)
    for name, value in told.items():
        print(f"  {name:<24} {value}", flush=True)
    engine.dispose()
    return told


def _entered(store: Store, jobs: int) -> float:
    """Jobs a second, entered archive by archive, each in one transaction."""
    begun = time.monotonic()
    for source, share in ARCHIVES.items():
        with store.begin() as work:
            keys = (f"{source} {number}" for number in range(int(jobs * share)))
            work.ledger.enqueue(KIND, keys, source=source)
    return jobs / (time.monotonic() - begun)


def _one_by_one(store: Store, jobs: int = 1000) -> float:
    """Milliseconds a document of a worker that claims and ends each by itself, as `dondoc work` does; of a
    kind of its own beside the jobs that wait."""
    with store.begin() as work:
        work.ledger.enqueue("one by one", map(str, range(jobs)))
    begun = time.monotonic()
    for _ in range(jobs):
        with store.begin() as work:
            lease = work.ledger.claim("one by one", owner="a", seconds=60.0)
        assert lease is not None
        with store.begin() as work:
            work.ledger.complete(lease, "done")
    return round(1000 * (time.monotonic() - begun) / jobs, 3)


def _told(store: Store, machines: list[Told], wall: float) -> dict[str, Any]:
    with store.reading() as work:
        ended = select(Job.state, func.count()).where(Job.kind == KIND).group_by(Job.state)
        states: dict[str, int] = {row[0]: row[1] for row in work.ledger._session.execute(ended)}
    times = Counter(job for one in machines for job in one.done)
    jobs = sum(states.values())
    waits = [wait for one in machines for wait in one.waits]
    return {
        "jobs": jobs,
        "lost": jobs - states.get("done", 0) + (jobs - len(times)),
        "doubled": sum(count - 1 for count in times.values()),
        "workers_died": sum(one.died for one in machines),
        "late_ones_turned_away": sum(one.came_late for one in machines),
        "claims_per_second": round(jobs / wall),
        "ledger_ms_per_document": round(1000 * sum(one.ledger for one in machines) / jobs, 3),
        "ledger_ms_of_the_first": round(1000 * statistics.mean(one.early for one in machines), 3),
        "unfairness": _unfairness(machines),
        "uploads": len(waits),
        "upload_waits_claims": {"median": statistics.median(waits), "most": max(waits)} if waits else None,
    }


def _unfairness(machines: list[Told], window: int = 3000) -> float:
    """By how much an archive's share of the claims was off a third at most, in any window of this many claims
    while all three had work: until few of the smallest were left, some of which come again as their worker
    died."""
    worst = 0.0
    for one in machines:
        small = [at for at, source in enumerate(one.claimed) if source == "small"]
        last = small[len(small) * 19 // 20] if small else 0
        both = [source for source in one.claimed[:last] if source in ARCHIVES]
        for begin in range(0, len(both) - window, window):
            counts = Counter(both[begin : begin + window])
            worst = max(worst, *(abs(counts[source] / window - 1 / len(ARCHIVES)) for source in ARCHIVES))
    return round(worst, 4)


if __name__ == "__main__":
    sys.exit(main())
