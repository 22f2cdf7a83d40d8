"""An export that was asked for in, its file out: rows stream through, however many there are.

Each page of rows is a look of its own, with the rights that the user has then; they must stay the same until
the last. They are written down with it, and the documents that it holds, for the day when it is fetched.
"""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from service.access.roles import Right
from service.access.sight import sight_of
from service.access.viewer import Forbidden
from service.ending import Ending, never
from service.exports import book
from service.exports.book import KIND
from service.exports.writing import WRITERS
from service.ledger import Lease, LeaseLost
from service.mapping import Record
from service.review.finder import Place, TasksWanted
from service.settings import Settings
from service.store import Store
from service.stored import heading

_PAGE = 1000
_TRIES = 3
_CRASHED = "mỗi lần tạo đều bị ngắt, hãy lọc bớt rồi xuất lại (each try was cut off, ask for less)"
_CHANGED = "quyền xem đã đổi trong lúc tạo, hãy xuất lại (rights changed meanwhile, export again)"
_log = logging.getLogger("dondoc.exports")


class SightChanged(Exception):  # noqa: N818 - says what happened
    """The user may see more or less than when the export was begun."""


class LeftOff(Exception):  # noqa: N818 - says what happened
    """The process was told to end; the export is begun anew by the next."""


class Exporter:
    """The exports of one process; shares them with those of others."""

    def __init__(self, settings: Settings, store: Store, owner: str, ending: Ending = never) -> None:
        self._settings, self._store, self._owner, self._ending = settings, store, owner, ending
        self._root = settings.data_dir / "exports"

    def turn(self) -> bool:
        """Makes the next one; whether there was one."""
        with self._store.reading() as work:
            if not work.ledger.has_free(KIND):
                return False
        seconds = self._settings.export_seconds
        with self._store.begin() as work:
            lease = work.ledger.claim(KIND, owner=self._owner, seconds=seconds, most_attempts=_TRIES)
            if lease:
                work.exports.note(lease.key, book.MAKING)
            else:
                for key in work.ledger.bury(KIND, _TRIES, "crashed"):
                    work.exports.note(key, book.FAILED, message=_CRASHED)
        if lease is None:
            return False
        try:
            self._make(lease)
        except LeaseLost:
            _log.warning("export lost", extra={"export": lease.key})
        except LeftOff:
            with contextlib.suppress(LeaseLost), self._store.begin() as work:
                work.ledger.defer(lease, 0.0)
                work.exports.note(lease.key, book.WAITING)
        except SightChanged:
            self._fail(lease, "sight_changed", _CHANGED)
        except Exception as error:  # told to who asked; others go on
            _log.exception("export failed", extra={"export": lease.key})
            self._fail(lease, "internal", f"lỗi (error): {type(error).__name__}")
        return True

    def _fail(self, lease: Lease, reason: str, message: str) -> None:
        with contextlib.suppress(LeaseLost), self._store.begin() as work:
            work.ledger.fail(lease, reason)
            work.exports.note(lease.key, book.FAILED, message=message)

    def tidy(self) -> None:
        """Removes what was kept long enough."""
        with self._store.begin() as work:
            old = work.exports.expire(self._settings.export_hours * 3600)
        for identifier in old:
            self.wipe(identifier)

    def path(self, identifier: str, form: str) -> Path:
        """Where the file of an export lies."""
        return self._root / f"{identifier}.{form}"

    def wipe(self, identifier: str) -> None:
        """Removes an export's file, and what a process that died while it made one left of it."""
        for path in self._root.glob(f"*{identifier}*"):
            path.unlink(missing_ok=True)

    def _make(self, lease: Lease) -> None:
        with self._store.reading() as work:
            asked = work.exports.asked(lease.key)
        if asked is None:  # removed while it waited
            with self._store.begin() as work:
                work.ledger.complete(lease, "gone")
            return
        user, form, wanted = asked
        self._root.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = self._root / f".{lease.key}.{lease.token}"
        scratch = draft.with_name(f"{draft.name}.rows")
        try:
            handle = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600)
            with os.fdopen(handle, "w+b") as stream:
                rows = WRITERS[form](self._rows(lease, user, wanted), stream, scratch)
            with self._store.begin() as work:
                work.ledger.complete(lease, "done")
                work.exports.note(lease.key, book.DONE, rows)
                draft.rename(self.path(lease.key, form))
        finally:
            for path in (draft, scratch):
                path.unlink(missing_ok=True)

    def _rows(self, lease: Lease, user: int, wanted: TasksWanted) -> Iterator[Record]:
        after: Place | None = None
        sight: dict[str, Any] | None = None
        while True:
            if self._ending():
                raise LeftOff
            with self._store.reading() as work:
                viewer = work.people.viewer(user)
                if viewer is None or not viewer.may(Right.EXPORT):
                    raise Forbidden(Right.EXPORT.value)
                found = work.finder.tasks(viewer, wanted, after, _PAGE)
            if sight not in (None, sight_of(viewer)):
                raise SightChanged
            with self._store.begin() as work:
                if sight is None:
                    sight = sight_of(viewer)
                    work.exports.begin(lease.key, sight)
                if not work.exports.hold(lease.key, (one.document.id for one in found)):
                    raise LeaseLost(lease.key)
            yield from (one.record | {"document": heading(one.document)} for one in found)
            if len(found) < _PAGE:
                return
            after = found[-1].place
