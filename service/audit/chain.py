"""The form of the audit's chain: entries in, their hashes out; standard library only.

An entry's hash covers its fields, the digest of its values and the hash before it, so that none can be
changed, removed or put in between without breaking all that follow. The digest is salted: where the values
were erased, nobody can find them out by guessing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FIRST = "0" * 64
"""What stands before the first entry."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry without its hash; `subject` names what was changed ("task:17:3f2a"), `version` the rules and
    models that had read it."""

    seq: int
    at: float
    actor: str
    action: str
    subject: str
    version: str
    digest: str
    previous: str


def digest(salt: str, values: Mapping[str, Any]) -> str:
    """The salted hash of an entry's values."""
    return hashlib.sha256(f"{salt}\n{_plain(values)}".encode()).hexdigest()


def entry_hash(entry: Entry) -> str:
    """The hash of an entry; the next one carries it."""
    fields = [entry.seq, repr(entry.at), entry.actor, entry.action, entry.subject, entry.version]
    return hashlib.sha256(_plain([*fields, entry.digest, entry.previous]).encode()).hexdigest()


def _plain(value: Any) -> str:
    """One form of a JSON value, whatever database it went through."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
