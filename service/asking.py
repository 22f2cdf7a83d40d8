"""What goes between a reading child and who asks it, as values and as frames over their socket.

Heads are JSON, contents raw bytes behind them; nothing is unpickled on either side. Recognised pages go back
and forth as bytes that only a child opens (service/packing.py).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any, TypeAlias

from pipeline.read.sheaf import Key
from service.reader import Part

Link: TypeAlias = "Connection[Any, Any]"
Pages = Mapping[Key, bytes | None]
"""Recognised pages, packed; None for one that cannot be read."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A document's files to be read, with what `pipeline.read.sheaf.Sheaf` says of its scanned pages; or,
    `prime`, only to be converted (service/priming.py)."""

    parts: Sequence[Part]
    known: Pages = field(default_factory=dict, repr=False)
    most: int | None = None
    only: Collection[Key] | None = None
    prime: bool = False


@dataclass(frozen=True, slots=True)
class Sliced:
    """Some of a document's scanned pages: those `read`, packed, those `left`, and those `barred`, which no
    try will read; it has `pages` in all. It was seen to bear no secrecy mark so far."""

    read: Pages = field(repr=False)
    left: Sequence[Key]
    pages: int
    barred: Sequence[Key] = ()


def send(link: Link, asked: Asked) -> None:
    """Raises OSError where the child is gone."""
    head = {
        "prime": asked.prime,
        "files": [[part.name, part.converted is not None] for part in asked.parts],
        "known": _heads(asked.known),
        "most": asked.most,
        "only": None if asked.only is None else list(asked.only),
    }
    link.send_bytes(json.dumps(head).encode())
    for part in asked.parts:
        link.send_bytes(part.content)
        if part.converted is not None:
            link.send_bytes(part.converted)
    _send_pages(link, asked.known)


def received(link: Link) -> Asked:
    """What `send` sent; raises EOFError where nobody will ask any more."""
    head = json.loads(link.recv_bytes())
    parts = [
        Part(name, link.recv_bytes(), link.recv_bytes() if converted else None)
        for name, converted in head["files"]
    ]
    only = None if head["only"] is None else {Key(*key) for key in head["only"]}
    return Asked(parts, _pages(link, head["known"]), head["most"], only, head["prime"])


def send_sliced(link: Link, sliced: Sliced) -> None:
    """As an answer to `Asked`."""
    keys = {"left": list(sliced.left), "barred": list(sliced.barred)}
    told = keys | {"read": _heads(sliced.read), "pages": sliced.pages}
    link.send_bytes(json.dumps({"sliced": told}).encode())
    _send_pages(link, sliced.read)


def received_sliced(link: Link, told: Mapping[str, Any]) -> Sliced:
    """What `send_sliced` sent, its first frame given."""
    left, barred = ([Key(*key) for key in told[which]] for which in ("left", "barred"))
    return Sliced(_pages(link, told["read"]), left, told["pages"], barred)


def _heads(pages: Pages) -> list[list[Any]]:
    return [[*key, page is not None] for key, page in pages.items()]


def _send_pages(link: Link, pages: Pages) -> None:
    for page in pages.values():
        if page is not None:
            link.send_bytes(page)


def _pages(link: Link, heads: Sequence[Sequence[Any]]) -> dict[Key, bytes | None]:
    return {Key(*key): link.recv_bytes() if there else None for *key, there in heads}
