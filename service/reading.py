"""The child's side of service/child.py: documents come in over a socket, answers go out, one at a time.

Run as `python -m service.reading SOCKET PARENT`. Frames are JSON, file contents raw bytes; nothing is
unpickled on either side. Before an answer come any number of steps (`pipeline.progress`). What a document
says leaves this process only once it is cleared: of a secret one the answer holds the level and nothing else.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import sys
import time
from multiprocessing.connection import Connection
from typing import Any

from pipeline.errors import Reason, Unreadable
from pipeline.progress import Stage, Step, Tell
from service.confinement import bound, die_with, without_network
from service.logs import place
from service.priming import prime, remember
from service.reader import Part, Reader
from service.secrecy import why_refused
from service.settings import Settings

_TOLD_EVERY = 0.25  # seconds


def main() -> None:
    """Serves until the parent closes the socket."""
    link: Connection[Any, Any] = Connection(int(sys.argv[1]))
    alone = without_network()
    die_with(int(sys.argv[2]))  # after it: the kernel forgets this with every change of rights
    try:
        hello = json.loads(link.recv_bytes())
        settings = Settings.model_validate(hello["settings"])
        bound(settings)
        reader = _reader(hello["reader"], settings)
    except Exception as error:
        link.send_bytes(json.dumps({"broken": f"{type(error).__name__}: {error}"}).encode())
        return
    link.send_bytes(json.dumps({"ready": True, "network": not alone}).encode())
    while True:
        try:
            asked = json.loads(link.recv_bytes())
            parts = [_received(link, name, converted) for name, converted in asked["files"]]
        except EOFError:
            return
        if asked["prime"]:
            _prime(link, parts, settings)
        else:
            remember(parts)
            link.send_bytes(_answer(reader, parts, Teller(link)))


def _received(link: Connection[Any, Any], name: str, converted: bool) -> Part:
    return Part(name, link.recv_bytes(), link.recv_bytes() if converted else None)


def _prime(link: Connection[Any, Any], parts: list[Part], settings: Settings) -> None:
    made: list[bytes | None] = [None] * len(parts)
    with contextlib.suppress(Exception):  # each file tells its own trouble when it is read
        made = prime(parts, settings.limits)
    link.send_bytes(json.dumps({"primed": [one is not None for one in made]}).encode())
    for one in made:
        if one is not None:
            link.send_bytes(one)


class Teller:
    """Sends the parent how far the reader is: each new stage, of its pages now and then. Counts alone:
    nothing that a document says."""

    def __init__(self, link: Connection[Any, Any]) -> None:
        self._link = link
        self._stage: Stage | None = None
        self._spoke = 0.0

    def __call__(self, step: Step) -> None:
        """Sends a step, or leaves it out where the last was just sent."""
        moment = time.monotonic()
        if step.stage is self._stage and moment - self._spoke < _TOLD_EVERY:
            return
        self._stage, self._spoke = step.stage, moment
        self._link.send_bytes(json.dumps({"step": [step.stage, step.page, step.pages]}).encode())


def _answer(reader: Reader, parts: list[Part], tell: Tell) -> bytes:
    try:
        record = reader(parts, tell)
        why = why_refused(record)
        return json.dumps({"refused": why} if why else {"record": record}).encode()
    except Unreadable as error:
        return _failed(error.reason, error.message)
    except MemoryError:
        return _failed(Reason.MEMORY, "quá bộ nhớ cho phép (out of memory)")
    except Exception as error:  # its text may quote the document: only kind and place are told
        return _failed(
            Reason.INTERNAL,
            f"lỗi nội bộ (internal error): {type(error).__name__} {place(error.__traceback__)}",
        )


def _failed(reason: Reason, message: str) -> bytes:
    return json.dumps({"failed": [reason, message]}).encode()


def _reader(name: str, settings: Settings) -> Reader:
    module, _, function = name.partition(":")
    made: Reader = getattr(importlib.import_module(module), function)(settings)
    return made


if __name__ == "__main__":
    main()
