"""The child's side of service/child.py: documents come in over a socket, answers go out, one at a time.

Run as `python -m service.reading SOCKET PARENT`; frames as in service/asking.py. Before an answer come any
number of steps (`pipeline.progress`). What a document says leaves this process only once it is cleared: of a
secret one the answer holds the level and nothing else. Pages of a long scan leave it, for the memory of who
asks, once its first page is.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import sys
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Any

from pipeline.errors import Reason, Unreadable
from pipeline.progress import Tell
from pipeline.read.sheaf import Sheaf, Unfinished, laid
from pipeline.remembered import forget
from pipeline.types import Header, Reading
from service.asking import Asked, Link, Sliced, received, send_sliced
from service.confinement import bound, die_with, without_network
from service.logs import place
from service.priming import prime, remember
from service.reader import Part, Reader
from service.secrecy import why_refused
from service.settings import Settings


def main() -> None:
    """Serves until the parent closes the socket."""
    link: Link = Connection(int(sys.argv[1]))
    alone = without_network()
    die_with(int(sys.argv[2]))  # after it: the kernel forgets this with every change of rights
    try:
        hello = json.loads(link.recv_bytes())
        settings = Settings.model_validate(hello["settings"])
        bound(settings)
        reader = _reader(hello["reader"], settings)
        _settle()
    except Exception as error:
        link.send_bytes(json.dumps({"broken": f"{type(error).__name__}: {error}"}).encode())
        return
    link.send_bytes(json.dumps({"ready": True, "network": not alone}).encode())
    while True:
        try:
            asked = received(link)
        except EOFError:
            return
        if asked.prime:
            _prime(link, asked.parts, settings)
        else:
            remember(asked.parts)
            _answer(link, reader, asked)


def _settle() -> None:
    """Spares the collector what was loaded for good, and looks seldom: a document makes hundreds of thousands
    of small objects that refer to no older ones."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _prime(link: Link, parts: Sequence[Part], settings: Settings) -> None:
    made: list[bytes | None] = [None] * len(parts)
    with contextlib.suppress(Exception):  # each file tells its own trouble when it is read
        made = prime(parts, settings.limits)
    link.send_bytes(json.dumps({"primed": [one is not None for one in made]}).encode())
    for one in made:
        if one is not None:
            link.send_bytes(one)


def _teller(link: Link) -> Tell:
    """Sends the parent how far the reader is, each step: should it end the child, the last tells with which
    page. Counts alone: nothing that a document says."""
    return lambda step: link.send_bytes(json.dumps({"step": [step.stage, step.page, step.pages]}).encode())


def _answer(link: Link, reader: Reader, asked: Asked) -> None:
    answer = _read(reader, asked, _teller(link))
    if isinstance(answer, Sliced):
        send_sliced(link, answer)
    else:
        link.send_bytes(answer)


def _read(reader: Reader, asked: Asked, tell: Tell) -> bytes | Sliced:
    try:
        sheaf = _sheaf(asked)
        try:
            with laid(sheaf):
                record = reader(asked.parts, tell)
        except Unfinished as error:
            why = why_refused(_seen(error.reading, asked))
            return _refused(why) if why else _sliced(sheaf, error.reading)
        why = why_refused(record)
        return _refused(why) if why else json.dumps({"record": record}).encode()
    except Unreadable as error:
        return _failed(error.reason, error.message)
    except MemoryError:
        return _failed(Reason.MEMORY, "quá bộ nhớ cho phép (out of memory)")
    except Exception as error:  # its text may quote the document: only kind and place are told
        return _failed(
            Reason.INTERNAL,
            f"lỗi nội bộ (internal error): {type(error).__name__} {place(error.__traceback__)}",
        )


def _sheaf(asked: Asked) -> Sheaf:
    if not asked.known:
        return Sheaf(most=asked.most, only=asked.only)
    from service.packing import unpacked

    known = {key: None if page is None else unpacked(page) for key, page in asked.known.items()}
    return Sheaf(known, asked.most, asked.only)


def _seen(reading: Reading, asked: Asked) -> dict[str, Any]:
    """What the pages say of secrecy: those at the head also by what is printed there."""
    from pipeline.structure import structure
    from service.tracking.evidence_types import marks_of

    header = Header(secrecy=reading.secrecy) if asked.only is not None else structure(reading).header
    return marks_of(reading, header)


def _sliced(sheaf: Sheaf, reading: Reading) -> Sliced:
    from service.packing import packed

    read = {key: packed(page) for key, page in sheaf.read.items()}
    return Sliced(read, list(sheaf.left), len(reading.pages), list(sheaf.barred))


def _refused(why: str) -> bytes:
    forget()
    return json.dumps({"refused": why}).encode()


def _failed(reason: Reason, message: str) -> bytes:
    return json.dumps({"failed": [reason, message]}).encode()


def _reader(name: str, settings: Settings) -> Reader:
    module, _, function = name.partition(":")
    made: Reader = getattr(importlib.import_module(module), function)(settings)
    return made


if __name__ == "__main__":
    main()
