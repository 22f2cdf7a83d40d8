"""Scanned pages that are read apart from their document and then put together: a long scan in slices.

Who reads lays a `Sheaf` under the reading. It gives out pages that were read before, says which others may be
read now and takes them in. Where pages are left, `pipeline.read.read` raises `Unfinished` instead of giving
half a document. Without a sheaf everything is read in one go.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import Reason, Unreadable
from pipeline.types import Reading

if TYPE_CHECKING:
    from pipeline.read.scanned import Scanned


class Key(NamedTuple):
    """What a scanned page is known by: its file's sha256, its number there, its picture's dots an inch."""

    sha256: str
    page: int
    dpi: float


class Unfinished(Exception):  # noqa: N818 - says what is the case
    """Scanned pages are left; `reading` has nothing on them, nor on the pages behind the first of them."""

    def __init__(self, reading: Reading) -> None:
        super().__init__()
        self.reading = reading


@dataclass(slots=True)
class Sheaf:
    """The scanned pages of one reading: those `known`, None for one that cannot be read; how many others
    may be read now (`most`; None: all), or which ones alone (`only`). Comes back with those `read` now, those
    `left`, and those `barred`: no try will read them, nor their file (a picture too large, most of all),
    which an issue names once the document is put together.

    A first page at the head is read whatever `most`: without it nobody could say whether the document bears
    a secrecy mark.
    """

    known: Mapping[Key, Scanned | None] = field(default_factory=dict)
    most: int | None = None
    only: Collection[Key] | None = None
    read: dict[Key, Scanned] = field(default_factory=dict)
    left: dict[Key, None] = field(default_factory=dict)  # in order
    barred: set[Key] = field(default_factory=set)

    @property
    def unfinished(self) -> bool:
        """Whether what was read is less than the document."""
        return bool(self.left) or self.only is not None

    def wants(self, key: Key) -> bool:
        """Whether a page need be looked at."""
        return self.only is None or key in self.only

    def spoils(self, key: Key) -> bool:
        """Whether every try to read the page has failed."""
        return key in self.known and self.known[key] is None

    def page(self, key: Key, recognise: Callable[[], Scanned]) -> Scanned:
        """A scanned page, by `recognise` where it may be read now; blank where it is left or cannot be."""
        from pipeline.read.scanned import Scanned

        if key in self.known:
            return self.known[key] or Scanned(())
        if self.wants(key) and self._may_read(key):
            return self._recognised(key, recognise)
        if self.only is None:
            self.left[key] = None
        return Scanned(())

    def _recognised(self, key: Key, recognise: Callable[[], Scanned]) -> Scanned:
        try:
            found = self.read[key] = recognise()
        except Exception as error:
            if not (isinstance(error, Unreadable) and error.reason is Reason.MISSING_PROGRAM):
                self.barred.add(key)
            raise
        return found

    def _may_read(self, key: Key) -> bool:
        if self.most is None or self.only is not None:
            return True
        at_head = key.page == 1 and not self.read and not self.left
        return not self.left and (len(self.read) < self.most or at_head)


_under_way: ContextVar[Sheaf | None] = ContextVar("sheaf", default=None)


@contextmanager
def laid(sheaf: Sheaf) -> Iterator[None]:
    """Readings within go by this sheaf."""
    token = _under_way.set(sheaf)
    try:
        yield
    finally:
        _under_way.reset(token)


def under_way() -> Sheaf:
    """The sheaf to go by; one that lets everything be read where none is laid."""
    return _under_way.get() or Sheaf()
