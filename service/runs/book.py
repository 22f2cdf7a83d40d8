"""The run book as seen from one transaction: runs over archives, one row for each file of a run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, delete, func, insert, literal, null, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Session

from service.access.sight import documents_seen
from service.access.viewer import Viewer
from service.database import now
from service.outcomes import Outcome
from service.runs.states import State
from service.tables import Base, Document, Run, RunFile

_SILENCE = 60.0  # seconds without a sign of life after which a run counts as cut off
_CHUNK = 1000  # rows that are read at a time
_TOLD = 30  # runs over the same folders that are told file by file


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is to do: by whom, where, with what; how many files."""

    who: str
    roots: tuple[str, ...]
    engine: str
    version: str
    files: int


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of life: what is planned by now, and the seconds that are thought to be left."""

    bytes: int
    pages: int
    left: float | None


@dataclass(frozen=True, slots=True)
class Told:
    """A run as it stands; times are seconds since 1970 by the database's clock. `counted` says that it is old
    and its files are told no more one by one."""

    id: int
    state: State
    plan: Plan
    sign: Sign
    begun_at: float
    until: float
    done: int
    failed: int
    counted: bool

    @property
    def seconds(self) -> float:
        """How long it has run, or ran until its last sign of life."""
        return max(self.until - self.begun_at, 0.0)


@dataclass(frozen=True, slots=True)
class Count:
    """Files of one outcome and reason; `earlier` of them were settled by an earlier run."""

    outcome: Outcome
    reason: str
    files: int
    earlier: int
    pages: int
    bytes: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Line:
    """A file of a run: `path` where it was cleared and the viewer may see it, `document` its id there."""

    digest: str
    position: int
    sha256: str
    path: str
    kind: str
    outcome: Outcome
    reason: str
    message: str
    earlier: bool
    pages: int
    bytes: int
    seconds: float
    document: int | None


class RunBook:
    """The tables of runs."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def begin(self, plan: Plan) -> int:
        """A new run; its id. Of old ones over the same folders the counts stay."""
        row: dict[str, Any] = {"who": plan.who, "roots": list(plan.roots), "engine": plan.engine}
        row |= {"version": plan.version, "files": plan.files, "bytes": 0, "pages": 0}
        row |= {"state": State.RUNNING, "begun_at": now(), "alive_at": now()}
        self._count(row["roots"])
        return int(self._session.execute(insert(Run).values(row).returning(Run.id)).scalar_one())

    def _count(self, roots: list[str]) -> None:
        """Two at most, since each may have hundreds of thousands of files: one more each night, and one of
        those from before there was a limit."""
        query = select(Run.id, Run.roots).where(Run.counts.is_(null()), Run.alive_at < now() - _SILENCE)
        known = self._session.execute(query.order_by(Run.id.desc())).tuples()
        same = [run for run, where in known if roots and where == roots]
        for run in same[_TOLD:][-2:]:
            counts = [asdict(one) for one in self.counts(run)]
            self._session.execute(update(Run).where(Run.id == run).values(counts=counts))
            self._session.execute(delete(RunFile).where(RunFile.run_id == run))

    def note(self, run: int, rows: Sequence[dict[str, Any]], sign: Sign) -> None:
        """Adds files that were settled, with a sign of life; a file that has its row keeps it."""
        if rows:
            dialect = self._session.get_bind().dialect.name
            added = postgresql.insert if dialect == "postgresql" else sqlite.insert
            plain = Base.metadata.tables[RunFile.__tablename__]  # without the cost of the mapper
            statement = added(plain).on_conflict_do_nothing()
            self._session.connection().execute(statement, [{"run_id": run} | row for row in rows])
        values = {"alive_at": now(), "bytes": sign.bytes, "pages": sign.pages, "left": sign.left}
        self._session.execute(update(Run).where(Run.id == run).values(values))

    def end(self, run: int, state: State) -> None:
        """The run is over."""
        self._session.execute(
            update(Run).where(Run.id == run).values(state=state, ended_at=now(), alive_at=now(), left=None)
        )

    def find(self, run: int) -> Told | None:
        """The run of this id, or None."""
        return next(iter(self._told(Run.id == run, most=1)), None)

    def recent(self, *, before: int | None = None, most: int = 50) -> list[Told]:
        """The latest runs, newest first, behind the one of the id `before`."""
        return self._told(literal(True) if before is None else Run.id < before, most)

    def counts(self, run: int) -> list[Count]:
        """Its files by outcome and reason, in the order of the outcomes."""
        sums = (func.sum(RunFile.pages), func.sum(RunFile.bytes), func.sum(RunFile.seconds))
        earlier = func.sum(case((RunFile.earlier, 1), else_=0))
        query = (
            select(RunFile.outcome, RunFile.reason, func.count(), earlier, *sums)
            .where(RunFile.run_id == run)
            .group_by(RunFile.outcome, RunFile.reason)
        )
        found = [
            Count(Outcome(outcome), reason, files, int(old), int(pages), int(size), float(seconds))
            for outcome, reason, files, old, pages, size, seconds in self._session.execute(query).tuples()
        ]
        kept = self._session.scalar(select(Run.counts).where(Run.id == run))
        found += [Count(**one | {"outcome": Outcome(one["outcome"])}) for one in kept or ()]
        order = list(Outcome)
        return sorted(found, key=lambda one: (order.index(one.outcome), -one.files, one.reason))

    def slowest(self, run: int, viewer: Viewer | None, most: int = 10) -> list[Line]:
        """The files that took longest, longest first."""
        which = [RunFile.run_id == run, RunFile.seconds > 0]
        return list(self._lines(viewer, which, RunFile.seconds.desc(), most))

    def failures(self, run: int, viewer: Viewer | None, most: int = 10) -> list[Line]:
        """The files that failed last, latest first."""
        which = [RunFile.run_id == run, RunFile.outcome == Outcome.FAILED]
        return list(self._lines(viewer, which, RunFile.position.desc(), most))

    def files(self, run: int, viewer: Viewer | None) -> Iterator[Line]:
        """All its files, in the order in which they were settled; they stream."""
        yield from self._lines(viewer, [RunFile.run_id == run], RunFile.position, None)

    def forget(self, key: str) -> int:
        """Takes the paths out where a document is purged; in how many rows."""
        which = (RunFile.sha256 == key, RunFile.path != "")
        count = self._session.scalar(select(func.count()).select_from(RunFile).where(*which)) or 0
        self._session.execute(update(RunFile).where(*which).values(path=""))
        return count

    def _lines(
        self,
        viewer: Viewer | None,
        which: Sequence[ColumnElement[bool]],
        order: ColumnElement[Any] | InstrumentedAttribute[int],
        most: int | None,
    ) -> Iterator[Line]:
        """Without a viewer, whoever asks runs the machine, and every path is told."""
        seen = Document.key == RunFile.sha256
        if viewer is not None:
            seen &= documents_seen(viewer)
        columns = [getattr(RunFile, name) for name in Line.__slots__ if name != "document"]
        query = (
            select(*columns, Document.id)
            .outerjoin(Document, seen)
            .where(*which)
            .order_by(order)
            .limit(most)
            .execution_options(yield_per=_CHUNK)
        )
        for row in self._session.execute(query):
            values = row._mapping
            told = {name: values[getattr(RunFile, name)] for name in Line.__slots__ if name != "document"}
            told |= {"outcome": Outcome(told["outcome"]), "document": row[-1]}
            if viewer is not None and row[-1] is None:
                told["path"] = ""
            yield Line(**told)

    def _told(self, which: ColumnElement[bool], most: int) -> list[Told]:
        silent = (Run.state == State.RUNNING) & (Run.alive_at < now() - _SILENCE)
        state = case((silent, State.CUT_OFF), else_=Run.state)
        until = case((silent, Run.alive_at), (Run.state == State.RUNNING, now()), else_=Run.ended_at)
        done = select(func.count()).where(RunFile.run_id == Run.id).scalar_subquery()
        failed = (
            select(func.count())
            .where(RunFile.run_id == Run.id, RunFile.outcome == Outcome.FAILED)
            .scalar_subquery()
        )
        query = select(Run, state, until, done, failed).where(which).order_by(Run.id.desc()).limit(most)
        return [
            Told(
                row.id,
                State(stands),
                Plan(row.who, tuple(row.roots), row.engine, row.version, row.files),
                Sign(row.bytes, row.pages, row.left),
                row.begun_at,
                float(at),
                settled + sum(one["files"] for one in row.counts or ()),
                wrong + sum(one["files"] for one in row.counts or () if one["outcome"] == Outcome.FAILED),
                row.counts is not None,
            )
            for row, stands, at, settled, wrong in self._session.execute(query).tuples()
        ]
