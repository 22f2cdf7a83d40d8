"""The store and its folder in, how they stand at this moment out: work that waits, space that is left."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from typing import Any

from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Connection, Select, func, literal, select, text, union_all
from sqlalchemy.exc import SQLAlchemyError

from service.database import READING, now
from service.ledger import State
from service.migrations import HEAD
from service.settings import Settings
from service.store import Store
from service.tables import Delivery, Digest, Job

_OPEN = ("waiting", "failed")  # of webhooks' and mails' states
_WAITING = (State.READY, State.LATER)  # what nothing can read is put back again and again: LATER
_AGE = (now() - Job.created_at).label("age")


class Stock(Collector):
    """Collects from the store; where it does not answer, that is what is told."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._folder = settings.data_dir
        self._engine = store.engine.execution_options(**{READING: True})

    def collect(self) -> Iterable[Metric]:
        """All figures of this moment."""
        yield _build()
        yield from self._space()
        up = GaugeMetricFamily("dondoc_database_up", "Whether the database answers.")
        try:
            with self._engine.connect() as connection:
                found = [*_jobs(connection), _dead_rows(connection), _deliveries(connection)]
        except SQLAlchemyError:
            up.add_metric((), 0)
            yield up
            return
        up.add_metric((), 1)
        yield from (up, *found)

    def _space(self) -> Iterator[Metric]:
        try:
            disk = shutil.disk_usage(self._folder)
        except OSError:  # not made yet, or gone: /readyz tells
            return
        for name, told, value in (("free", "left", disk.free), ("size", "in all", disk.total)):
            space = GaugeMetricFamily(f"dondoc_data_{name}_bytes", f"Bytes {told} on the data folder's disk.")
            space.add_metric((), value)
            yield space


def _build() -> Metric:
    build = GaugeMetricFamily("dondoc_build_info", "The program's version.", labels=("version", "schema"))
    build.add_metric((version("dondoc"), HEAD), 1)
    return build


def _jobs(connection: Connection) -> Iterator[Metric]:
    jobs = GaugeMetricFamily("dondoc_jobs", "Pieces of work in the ledger.", labels=("kind", "state"))
    oldest = GaugeMetricFamily(
        "dondoc_oldest_waiting_job_seconds",
        "Since when the oldest piece of work that nobody has is there.",
        labels=("kind",),
    )
    waiting: dict[str, float] = defaultdict(float)
    for kind, state, count, age in connection.execute(_ledger()):
        jobs.add_metric((kind, state), count)
        if state in _WAITING:
            waiting[kind] = max(waiting[kind], age)
    for kind, age in connection.execute(_due_again()):
        waiting[kind] = max(waiting[kind], age)
    for kind, age in waiting.items():
        oldest.add_metric((kind,), age)
    yield from (jobs, oldest)


def _ledger() -> Select[Any]:
    """Counted in the index that claims use; the oldest job has the smallest id: only its row is looked up."""
    groups = (
        select(Job.kind, Job.state, func.count().label("count"), func.min(Job.id).label("oldest"))
        .group_by(Job.kind, Job.state)
        .subquery()
    )
    return select(groups.c.kind, groups.c.state, groups.c.count, _AGE).join(Job, Job.id == groups.c.oldest)


def _due_again() -> Select[Any]:
    """What was put back until now, or whose lease has run out: in the small index of what is under way."""
    due = (
        select(Job.kind, func.min(Job.id).label("oldest"))
        .where(Job.due_at <= now())
        .group_by(Job.kind)
        .subquery()
    )
    return select(due.c.kind, _AGE).join(Job, Job.id == due.c.oldest)


def _dead_rows(connection: Connection) -> Metric:
    """Where autovacuum is off they grow, and each claim walks past them; SQLite leaves none."""
    counted = text("SELECT n_dead_tup FROM pg_stat_user_tables WHERE relid = to_regclass('jobs')")
    dead = connection.scalar(counted) if connection.dialect.name == "postgresql" else 0
    return GaugeMetricFamily(
        "dondoc_ledger_dead_rows", "Rows of the ledger that the database has not swept away yet.", dead or 0
    )


def _deliveries(connection: Connection) -> Metric:
    told = GaugeMetricFamily(
        "dondoc_deliveries", "Messages that wait or did not arrive.", labels=("way", "state")
    )
    hooks = select(literal("webhook"), Delivery.state, func.count()).where(Delivery.state.in_(_OPEN))
    mails = select(literal("mail"), Digest.mail, func.count()).where(Digest.mail.in_(_OPEN))
    rows = connection.execute(union_all(hooks.group_by(Delivery.state), mails.group_by(Digest.mail)))
    counts = {(way, state): count for way, state, count in rows}
    for way in ("webhook", "mail"):
        for state in _OPEN:
            told.add_metric((way, state), counts.get((way, state), 0))
    return told
