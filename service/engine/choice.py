"""The setting DONDOC_ENGINE in, what it asks for out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from service.settings import Settings

_LOCAL = "local"


class Kind(StrEnum):
    """Where documents are read."""

    INLINE = "inline"  # one at a time, in the thread that asks
    PROCESSES = "processes"  # side by side on this machine
    DASK = "dask"  # on a cluster
    DASK_TLS = "dask+tls"  # the same, encrypted and by certificates


@dataclass(frozen=True, slots=True)
class Choice:
    """An engine: `readers` is how many documents it reads at a time, 0 where its cluster says; `address` is
    where that cluster's scheduler listens, "" for a cluster of its own on this machine."""

    kind: Kind
    readers: int
    address: str = ""


def choice_of(settings: Settings) -> Choice:
    """What the settings ask for; where it names no number, `workers` does."""
    name, _, rest = settings.engine.partition(":")
    place, _, number = rest.removeprefix("//").partition(":")
    match Kind(name):
        case Kind.INLINE:
            return Choice(Kind.INLINE, 1)
        case Kind.PROCESSES:
            return Choice(Kind.PROCESSES, int(rest or settings.workers))
        case Kind.DASK if place == _LOCAL:
            return Choice(Kind.DASK, int(number or settings.workers))
        case kind:
            wanted = settings.workers if "workers" in settings.model_fields_set else 0
            return Choice(kind, wanted, ("tls:" if kind is Kind.DASK_TLS else "tcp:") + rest)
