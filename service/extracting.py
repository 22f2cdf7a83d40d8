"""Documents in, one answer each in the order given, read side by side in warm children; nothing is stored."""

from __future__ import annotations

import contextlib
import os
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from pipeline.errors import Reason
from service.child import Answer, Broken, Failed
from service.engine.room import Room
from service.priming import TOGETHER, converted, small
from service.reader import Part, Reader
from service.settings import Settings
from service.slicing import read_in_slices
from service.spool import Spool, sweep
from service.walk import Group, Unopened, printable

_AHEAD = 4  # answers a worker may be ahead of the one that is waited for


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document to extract: `id` of its record, `label` to name it by on the terminal; `paths` are its
    files where it comes from any."""

    id: str
    label: str
    load: Callable[[Settings], Sequence[Part] | Failed]
    paths: tuple[Path, ...] = ()


def wanted_from(found: Sequence[Group | Unopened]) -> list[Wanted]:
    """Walked documents with their ids: a file's stem, its path from the common folder where stems collide."""
    stems = Counter(one.paths[0].stem for one in found)
    absolute = [os.path.abspath(one.paths[0].parent) for one in found]  # noqa: PTH100 - links stay as given
    base = os.path.commonpath(absolute) if absolute else ""
    wanted = []
    for one in found:
        path = one.paths[0]
        identifier = path.stem if stems[path.stem] == 1 else Path(os.path.relpath(path, base)).as_posix()
        wanted.append(Wanted(printable(identifier), printable(path), _loader(one), one.paths))
    return wanted


def _loader(one: Group | Unopened) -> Callable[[Settings], Sequence[Part] | Failed]:
    def load(settings: Settings) -> Sequence[Part] | Failed:
        if isinstance(one, Unopened):
            return Failed(Reason.UNREADABLE_FILE, one.why)
        try:
            if sum(path.stat().st_size for path in one.paths) > settings.max_bytes:
                return Failed(Reason.TOO_LARGE, f"tệp lớn hơn {settings.max_bytes} byte (file too large)")
            return [Part(printable(path.name), path.read_bytes()) for path in one.paths]
        except OSError as error:
            return Failed(Reason.UNREADABLE_FILE, f"không đọc được ({error.strerror})")

    return load


class Extractor:
    """Warm children for a run; use as a context. `reader` names the function that makes their reader."""

    def __init__(self, settings: Settings, reader: str) -> None:
        self._settings = settings
        self._reader = reader
        self._stop = threading.Event()

    def __enter__(self) -> Extractor:
        root = self._settings.data_dir / "spool"
        try:
            self._spool = Spool(root)
        except OSError as error:
            where = f"DONDOC_DATA_DIR={self._settings.data_dir}"
            why = f"không ghi được vào {where} (cannot write: {error.strerror})"
            raise Broken(why) from None
        sweep(root)
        self._room = Room(self._settings, self._reader, self._spool, self._stop)
        self._pool = ThreadPoolExecutor(self._settings.workers)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._pool.shutdown(cancel_futures=True)
        self._room.close()
        self._spool.close()

    def run(self, documents: Sequence[Wanted]) -> Iterator[tuple[Wanted, Answer]]:
        """Each document with its answer, in order. Raises `Broken` where children cannot start."""
        waiting: deque[_Awaited] = deque()
        for batch in _batches(documents, min(TOGETHER, len(documents) // self._settings.workers)):
            awaited = [_Awaited(document) for document in batch]
            self._pool.submit(self._work, awaited)
            waiting += awaited
            while len(waiting) > _AHEAD * self._settings.workers:
                yield waiting.popleft().pair()
        while waiting:
            yield waiting.popleft().pair()

    def _work(self, batch: Sequence[_Awaited]) -> None:
        try:
            if len(batch) > 1:
                self._prime([one.document for one in batch])
            for one in batch:
                one.answer.set_result(self._answer(one.document))
        except BaseException as error:  # raised where the answers are waited for
            for one in batch:
                if not one.answer.done():
                    one.answer.set_exception(error)

    def _prime(self, documents: Sequence[Wanted]) -> None:
        together: list[Part] = []
        for document in documents:
            with contextlib.suppress(OSError):  # told when it is its turn
                if converted(document.paths) and small(document.paths):
                    parts = document.load(self._settings)
                    together += [] if isinstance(parts, Failed) else parts
        with self._room.child() as child:
            child.prime(together)

    def _answer(self, document: Wanted) -> Answer:
        parts = document.load(self._settings)
        if isinstance(parts, Failed):
            return parts
        with self._room.child() as child:
            return read_in_slices(child.ask, parts, self._settings.slice_pages)


@dataclass(frozen=True, slots=True)
class _Awaited:
    """A document and its answer to come."""

    document: Wanted
    answer: Future[Answer] = field(default_factory=Future)

    def pair(self) -> tuple[Wanted, Answer]:
        return self.document, self.answer.result()


def _batches(documents: Sequence[Wanted], most: int) -> Iterator[Sequence[Wanted]]:
    """The documents in order, one by one, but together from one that must be converted to the last such
    of the next `most`: their conversions share one start of the program."""
    begin = 0
    while begin < len(documents):
        near = range(begin, min(begin + most, len(documents)))
        together = converted(documents[begin].paths)
        last = max((at for at in near if together and converted(documents[at].paths)), default=begin)
        yield documents[begin : last + 1]
        begin = last + 1


def run_here(
    reader: Reader, settings: Settings, documents: Iterable[Wanted]
) -> Iterator[tuple[Wanted, Answer]]:
    """As `Extractor.run`, without a child: for a debugger, since nothing bounds what a file may cost."""
    from service.child import Cleared, Refused
    from service.secrecy import why_refused

    for document in documents:
        parts = document.load(settings)
        if isinstance(parts, Failed):
            yield document, parts
            continue
        record = _read_here(reader, parts)
        if isinstance(record, Failed):
            yield document, record
        else:
            why = why_refused(record)
            yield document, Refused(why) if why else Cleared(record)


def _read_here(reader: Reader, parts: Sequence[Part]) -> dict[str, object] | Failed:
    from pipeline.errors import Unreadable

    try:
        return reader(parts)
    except Unreadable as error:
        return Failed(error.reason, error.message)
