"""What the reading child runs: a document's files in, its record (the JSON form of an extraction) out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Protocol

from pipeline.progress import Tell, unheard

KIND = "read"
"""The ledger's kind of work: a document to be read, known by its `identity`."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a document: the directive itself first, then its annexes."""

    name: str = field(repr=False)
    content: bytes = field(repr=False)
    converted: bytes | None = field(default=None, repr=False)  # by a program (service/priming.py)


class Reader(Protocol):
    """Reads one document."""

    def __call__(self, parts: Sequence[Part], tell: Tell = unheard) -> dict[str, Any]:
        """The record; `tell` hears how far it is. Raises `pipeline.errors.Unreadable`."""
        ...


def identity(parts: Sequence[Part]) -> str:
    """What a document is known by: the sha256 of its file; of its files' hashes where there are several."""
    return identity_of([sha256(part.content).hexdigest() for part in parts])


def identity_of(hashes: Sequence[str]) -> str:
    """The same from the files' hashes alone."""
    return hashes[0] if len(hashes) == 1 else sha256("\n".join(hashes).encode()).hexdigest()
