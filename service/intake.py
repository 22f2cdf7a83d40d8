"""A document's bytes in, its outcome out: known already? else leased, read in a child, judged and filed.

The end of the job and what it produced are one transaction. Nothing of a file, not even its name, is
written anywhere before the child has cleared it: the ledger knows it by its hash alone.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError

from pipeline.errors import Reason
from pipeline.exchange.package import Status
from service.child import Answer, Broken, Cleared, Failed, Refused, Stopped
from service.database import AWAY, Unavailable
from service.duplicates.finding import sketch_of
from service.exchange.hearing import UNKNOWN, status_in
from service.files import Files
from service.judgement import judge
from service.ledger import Lease, LeaseLost, State
from service.outcomes import Outcome, Result, failed
from service.reader import KIND, Part, identity
from service.settings import Settings
from service.store import FilePart, Store, Work

T = TypeVar("T")
_PATIENCE = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)  # seconds between tries while the database is away
_log = logging.getLogger("dondoc.intake")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part was found: its path and a stamp that changes with the file."""

    path: str
    stamp: str


Note = Callable[[Result, int, float], None]
"""What hears of each document that was read: what became of it, its pages where it was kept, the seconds."""


def unnoted(result: Result, pages: int, seconds: float) -> None:
    """Hears nothing."""


class Intake:
    """The way of documents into the store, for one owner of leases; safe for several threads."""

    def __init__(
        self, store: Store, files: Files, settings: Settings, owner: str, note: Note = unnoted
    ) -> None:
        self._store = store
        self._note = note
        self._files = files
        self._settings = settings
        self._owner = owner
        self._held: set[Lease] = set()
        self._tried: set[str] = set()
        self._lock = threading.Lock()

    def take(
        self,
        parts: Sequence[Part],
        read: Callable[[Sequence[Part]], Answer],
        *,
        places: Sequence[Place] = (),
        retry_failed: bool = False,
    ) -> Result | None:
        """What became of the document; None where it is to be offered again: another worker is reading the
        same bytes, or its reader was killed, which may not be the document's fault."""
        key = identity(parts)
        begun = persistently(lambda: self._begin(key, places, retry_failed))
        if not isinstance(begun, Lease):
            return begun
        self._hold(begun)
        try:
            started = time.monotonic()
            answer = read(parts)
            result = persistently(lambda: self._end(begun, answer, parts, places))
            if result is None:
                return None
        except LeaseLost:
            _log.warning("lease lost", extra={"sha256": key})
            return None
        except (Stopped, Broken, Unavailable):
            self._give_back(begun)
            raise
        finally:
            self._let_go(begun)
        seconds = time.monotonic() - started
        pages = _pages(answer, result)
        self._note(result, pages, seconds)
        milliseconds = round(seconds * 1000)
        _log.info("read", extra={"sha256": key, "outcome": str(result), "milliseconds": milliseconds})
        return replace(result, pages=pages, seconds=seconds)

    def heartbeat(self) -> None:
        """Prolongs the leases of what is being read; to be called well within their time."""
        with self._lock:
            held = list(self._held)
        if held:
            with self._store.begin() as work:
                work.ledger.renew(held, self._settings.lease_seconds)

    def stop(self) -> None:
        """Gives back what is still leased, not counted as an attempt."""
        with self._store.begin() as work:
            work.ledger.release(self._owner, blameless=True)

    # ------------------------------------------------------------ before

    def _begin(self, key: str, places: Sequence[Place], retry_failed: bool) -> Lease | Result | None:
        most = self._settings.most_attempts
        seconds = self._settings.lease_seconds
        with self._store.begin() as work:
            if fresh := work.ledger.take(KIND, key, owner=self._owner, seconds=seconds):
                return fresh  # nothing can be known of it
            if retry_failed and key not in self._tried:
                work.ledger.retry(KIND, [key])
            if known := settled(work, key, places):
                return known
            lease = work.ledger.claim(KIND, owner=self._owner, seconds=seconds, key=key, most_attempts=most)
            cut_off = f"{most} lần đọc đều bị ngắt (every try was cut off)"
            if lease is None and work.ledger.bury(KIND, most, Reason.CRASHED, cut_off, key=key):
                return settled(work, key, places)
            return lease

    # ------------------------------------------------------------ after

    def _end(
        self, lease: Lease, answer: Answer, parts: Sequence[Part], places: Sequence[Place]
    ) -> Result | None:
        match answer:
            case Refused(why):
                return self._refuse(lease, why)
            case Failed(Reason.CRASHED, message) if lease.attempts < self._settings.most_attempts:
                with self._store.begin() as work:
                    work.ledger.fail(lease, Reason.CRASHED, message, retry_in=0.0)
                return None
            case Failed(reason, message):
                status = status_in(parts, self._settings.limits)
                return self._hear(lease, status) if status else self._fail(lease, reason, message)
            case Cleared():
                try:
                    return self._keep(lease, answer, parts, places)
                except (LeaseLost, *AWAY):
                    raise
                except OSError as error:  # a full disk fails every file: stop
                    why = f"không ghi được vào kho (cannot write to the store): {error.strerror}"
                    raise Unavailable(why) from error
                except Exception as error:  # a record that the store does not take: this file only
                    _log.exception("not stored", extra={"sha256": lease.key})
                    return self._fail(
                        lease, Reason.INTERNAL, f"không lưu được (not stored): {type(error).__name__}"
                    )

    def _refuse(self, lease: Lease, why: str) -> Result:
        with self._store.begin() as work:
            work.ledger.complete(lease, Outcome.REFUSED_SECRET)
            work.refuse(lease.key, why)
        return Result(Outcome.REFUSED_SECRET, lease.key, message=why)

    def _fail(self, lease: Lease, reason: Reason, message: str) -> Result:
        with self._store.begin() as work:
            work.ledger.fail(lease, reason, message)
        return failed(reason, message, lease.key)

    def _hear(self, lease: Lease, status: Status) -> Result:
        with self._store.begin() as work:
            if work.sent.hear(status):
                work.ledger.complete(lease, Outcome.STATUS_NOTED)
                return Result(Outcome.STATUS_NOTED, lease.key)
            work.ledger.fail(lease, Reason.UNSUPPORTED, UNKNOWN)
        return failed(Reason.UNSUPPORTED, UNKNOWN, lease.key)

    def _keep(self, lease: Lease, answer: Cleared, parts: Sequence[Part], places: Sequence[Place]) -> Result:
        record = answer.record
        kept = [FilePart(self._files.put(part.content), part.name, len(part.content)) for part in parts]
        sketch = sketch_of(record)
        with self._store.begin() as work:
            likely = work.likely_duplicate(record)
            outcome, issues = judge(record, f"{likely.number} ({likely.name})" if likely else None)
            work.ledger.complete(lease, outcome)
            document = work.add(lease.key, record | {"issues": record["issues"] + issues}, outcome, kept)
            work.twins.finding.note(document, sketch)
            for place in places:
                work.found(place.path, place.stamp, lease.key, outcome)
            kept_as = result_of(work, lease.key, outcome)
            promised = work.budget.machine.promises
        if promised:
            self._accept(lease.key)
        return kept_as

    def _accept(self, key: str) -> None:
        """What may be filed without a look; where that fails, all of the document waits for review."""
        try:
            with self._store.begin() as work:
                work.budget.machine.accept(key)
        except Exception:
            _log.exception("nothing accepted", extra={"sha256": key})

    # ------------------------------------------------------------ leases

    def _hold(self, lease: Lease) -> None:
        with self._lock:
            self._held.add(lease)
            self._tried.add(lease.key)

    def _give_back(self, lease: Lease) -> None:
        """Nobody read it, which is not its fault."""
        with contextlib.suppress(SQLAlchemyError, LeaseLost), self._store.begin() as work:
            work.ledger.defer(lease, 0.0)

    def _let_go(self, lease: Lease) -> None:
        with self._lock:
            self._held.discard(lease)


def _pages(answer: Answer, result: Result) -> int:
    if isinstance(answer, Cleared) and result.outcome is not Outcome.FAILED:
        return int(answer.record["source"]["pages"])
    return 0


def settled(work: Work, key: str, places: Sequence[Place] = ()) -> Result | None:
    """The outcome of bytes that were read before, or None; notes cleared ones as found at `places`."""
    if document := work.document(key):
        outcome, earlier = Outcome(document.outcome), True
        for place in places:
            before = work.source(place.path)
            if before is None or before.key != key or before.outcome == Outcome.DUPLICATE_OF:
                outcome, earlier = Outcome.DUPLICATE_OF, False
            work.found(place.path, place.stamp, key, outcome)
        if not places:
            outcome = Outcome.DUPLICATE_OF
        return result_of(work, key, outcome, earlier=earlier)
    if why := work.refused(key):
        return Result(Outcome.REFUSED_SECRET, key, message=why, earlier=True)
    job = work.ledger.find(KIND, key)
    if job and job.state is State.DONE and job.outcome == Outcome.STATUS_NOTED:
        return Result(Outcome.STATUS_NOTED, key, earlier=True)
    if job and job.state is State.FAILED:
        return failed(Reason(job.reason), job.message, key, earlier=True)
    return None


def result_of(work: Work, key: str, outcome: Outcome, *, earlier: bool = False) -> Result:
    """The outcome of a file whose document the store has, with what a summary tells of it."""
    repeats, review = outcome is Outcome.DUPLICATE_OF, outcome is Outcome.NEEDS_REVIEW
    return Result(
        outcome,
        key,
        message="; ".join(work.issues(key)) if review else "",
        other=work.origin(key) if repeats else "",
        earlier=earlier,
    )


def persistently(action: Callable[[], T]) -> T:
    """What `action` returns, tried again for a while where the database does not answer, until that is
    `Unavailable`."""
    for seconds in _PATIENCE:
        try:
            return action()
        except AWAY:
            _log.warning("database does not answer", extra={"again_in": seconds})
            time.sleep(seconds)
    try:
        return action()
    except AWAY as error:
        raise Unavailable("cơ sở dữ liệu không trả lời (database does not answer)") from error
