"""Kept originals read again by this version of the program, what it would add, lose and change out; nothing
is stored. Read by the same engine, within the same limits, as a run over an archive."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from annotation.evaluation.comparing import compare
from annotation.evaluation.rehearsing import Retold, retold
from pipeline.errors import Reason
from service.child import Answer, Cleared, Failed, Refused
from service.engine import Engine, reading_engine
from service.files import Files
from service.priming import TOGETHER, converted, small
from service.reader import Part
from service.runs.archived import HEADER, Kept
from service.settings import Settings
from service.spool import Spool, sweep
from service.store import Store

_AHEAD = 2  # batches that wait for each reader
_NEVER: dict[str, Any] = {"tasks": []}


@dataclass(frozen=True, slots=True)
class Reread:
    """A document read again: its tasks that are seen otherwise, fields of its header as they were and are, or
    why there is nothing of it any more. `reviewed` says whether people decided on its tasks."""

    id: int
    name: str
    version: str
    reviewed: bool
    tasks_before: int
    tasks_after: int
    retold: tuple[Retold, ...] = ()
    header: tuple[tuple[str, str, str], ...] = ()
    lost: str = ""


def reread(
    settings: Settings, store: Store, reader: str, ids: Sequence[int], stop: threading.Event
) -> Iterator[Reread]:
    """Each document in its turn. Raises `Broken` where nothing can be read."""
    root = settings.data_dir / "spool"
    spool = Spool(root)
    sweep(root)
    files = Files(settings.data_dir / "files")
    try:
        with (
            reading_engine(settings, reader, spool, stop) as engine,
            ThreadPoolExecutor(engine.width) as pool,
        ):
            waiting: deque[Future[list[Reread]]] = deque()
            try:
                for at in range(0, len(ids), TOGETHER):
                    batch = ids[at : at + TOGETHER]
                    waiting.append(pool.submit(_batch, store, files, engine, batch))
                    if len(waiting) > _AHEAD * engine.width:
                        yield from waiting.popleft().result()
                while waiting:
                    yield from waiting.popleft().result()
            finally:
                stop.set()
                pool.shutdown(cancel_futures=True)
    finally:
        spool.close()


def _batch(store: Store, files: Files, engine: Engine, ids: Sequence[int]) -> list[Reread]:
    with store.reading() as work:
        kept = work.archived.documents(ids)
    ahead = _ahead(engine, files, kept)
    return [_compared(one, _read(engine, ahead.pop(one.id, []) or _loaded(files, one))) for one in kept]


def _read(engine: Engine, parts: Sequence[Part]) -> Answer:
    return engine.read(parts) if parts else Failed(Reason.UNREADABLE_FILE, "thiếu tệp gốc")


def _loaded(files: Files, one: Kept) -> list[Part]:
    """Its files; none where one of them is gone."""
    try:
        return [Part(name, files.get(sha256)) for sha256, name in one.files]
    except OSError:
        return []


def _ahead(engine: Engine, files: Files, kept: Sequence[Kept]) -> dict[int, Sequence[Part]]:
    """By document what a program must convert, converted in one go; nothing else is in memory before its
    turn."""
    old: dict[int, Sequence[Part]] = {
        one.id: parts for one in kept if _early(files, one) and (parts := _loaded(files, one))
    }
    if len(old) < 2:
        return old
    made = iter(engine.prime([part for parts in old.values() for part in parts]))
    return {identifier: list(islice(made, len(parts))) for identifier, parts in old.items()}


def _early(files: Files, one: Kept) -> bool:
    try:
        return converted(Path(name) for _, name in one.files) and small(
            files.path(sha256) for sha256, _ in one.files
        )
    except OSError:  # told when it is its turn
        return False


def _compared(one: Kept, answer: Answer) -> Reread:
    plain = (one.id, one.name, one.version, one.label is not None, len(one.record["tasks"]))
    match answer:
        case Cleared(record):
            label = {"id": one.name, **(one.label or _NEVER)}
            before, after = (compare(one.key, label, each) for each in (one.record, record))
            changed = _header(one.record["document"], record["document"])
            return Reread(*plain, len(record["tasks"]), tuple(retold([before], [after])), changed)
        case Refused(why):
            return Reread(*plain, 0, lost=f"từ chối (refused): {why}")
        case Failed(reason, message):
            return Reread(*plain, 0, lost=f"{reason}: {message}")


def _header(before: dict[str, Any], after: dict[str, Any]) -> tuple[tuple[str, str, str], ...]:
    pairs = ((name, _plain(before.get(name)), _plain(after.get(name))) for name in HEADER)
    return tuple(one for one in pairs if one[1] != one[2])


def _plain(value: Any) -> str:
    return str((value.get("name") if isinstance(value, dict) else value) or "")
