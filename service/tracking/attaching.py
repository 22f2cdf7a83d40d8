"""A step with documents as evidence: each is looked through in a bounded child, then kept with the step.

What bears a secrecy mark, or may, or cannot be read, is not taken, and with it the step is not: whoever sent
it sends it again without. Until then the bytes lie in a private folder that the caller wipes.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from pipeline.errors import Reason
from service.access.viewer import Forbidden, Viewer
from service.child import Answer, Child, Failed, Refused
from service.files import Files
from service.reader import Part
from service.settings import Settings
from service.spool import Spool
from service.store import Store, Work
from service.tracking.book import Attached, Moved
from service.tracking.life import Given, Life, NotAllowed, allowed, rules, stepped
from service.tracking.rows import standing_of
from service.uploads.multipart import SentFile

_WAIT = 30.0  # seconds that a request waits for its turn
_log = logging.getLogger("dondoc.evidence")


class NotTaken(Exception):  # noqa: N818 - says what is the case
    """A file is not taken: which one of those sent, and why: a level of secrecy, "doubt", "purged" or a
    `Reason`. `message` is for people; "" where the words for `why` say it."""

    def __init__(self, place: int, why: str, message: str = "") -> None:
        super().__init__(f"{place}: {why}")
        self.place = place
        self.why = why
        self.message = message


class Attaching:
    """The way of evidence into the book, for one process; `reader` names the function that makes the child's
    reader."""

    def __init__(self, settings: Settings, store: Store, files: Files, spool: Spool, reader: str) -> None:
        seconds = settings.duty_file_seconds
        bounded = {"child_wall_seconds": seconds, "child_cpu_seconds": seconds}
        self._child = Child(settings.model_copy(update=bounded), reader, spool)
        # Linux ends a child with the thread that began it, and a server's threads come and go.
        self._hand = ThreadPoolExecutor(1, "evidence")
        self._turn = threading.Lock()
        self._store, self._files = store, files

    def step(
        self, viewer: Viewer, duty: int, action: str, given: Given, sent: Sequence[SentFile], seen: int
    ) -> None:
        """Takes a step of transitions.toml with the files that came with it. Raises what `Book.act` raises,
        and `NotTaken`; then nothing was written or kept."""
        given = replace(given, files=len(sent))
        with self._store.reading() as work:
            _check(work, viewer, duty, action, given, seen)
        found = self.look(sent)
        kept: list[str] = []
        try:
            with self._store.begin() as work:
                work.book.act(viewer, duty, action, given, seen=seen, files=found)
                for one, file in zip(found, sent, strict=True):
                    kept.append(one.sha256)
                    self._files.put(file.path.read_bytes())
        except BaseException:
            self._forget(kept)
            raise

    def close(self) -> None:
        """Ends the child."""
        self._child.close()
        self._hand.shutdown()

    def look(self, sent: Sequence[SentFile]) -> list[Attached]:
        """Each file, looked through: its hash and type. Raises `NotTaken`."""
        if not self._turn.acquire(timeout=_WAIT):
            raise NotTaken(1, Reason.TIMEOUT, "đang bận, hãy thử lại (busy, try again)")
        try:
            return [self._one(place, one) for place, one in enumerate(sent, 1)]
        finally:
            self._turn.release()

    def _one(self, place: int, file: SentFile) -> Attached:
        with self._store.reading() as work:
            if why := work.refused(file.sha256):
                raise NotTaken(place, why)
        part = Part(file.name, file.path.read_bytes())
        answer: Answer = self._hand.submit(self._child.read, [part]).result()
        if isinstance(answer, Refused):
            with self._store.begin() as work:
                work.refuse(file.sha256, answer.why)
            _log.info("evidence refused", extra={"sha256": file.sha256})
            raise NotTaken(place, answer.why)
        if isinstance(answer, Failed):
            raise NotTaken(place, answer.reason, answer.message)
        return Attached(file.sha256, file.name, answer.record["media_type"], file.size)

    def _forget(self, hashes: Sequence[str]) -> None:
        """Takes back bytes of a step that was not taken after all, but for what others need."""
        if not hashes:
            return
        with self._store.reading() as work:
            needed = work.shredder.needed(hashes)
        for sha256 in {*hashes} - needed:
            self._files.remove(sha256)


def _check(work: Work, viewer: Viewer, duty: int, action: str, given: Given, seen: int) -> None:
    """What can be said before any file is looked at."""
    row = work.book.duty(viewer, duty)
    rule = rules()[action]
    if rule not in allowed(Life(row.life)):
        raise NotAllowed("state", row.life)
    if rule not in work.book.open_to(viewer, row):
        raise Forbidden(rule.by)
    if seen != row.revision:
        raise Moved(str(duty))
    if row.secret:
        raise NotAllowed("extra", "files")
    stepped(standing_of(row), action, given, work.book.today())
