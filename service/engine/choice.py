"""The setting DONDOC_ENGINE in, what it asks for out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from service.settings import Settings


class Kind(StrEnum):
    """Where documents are read."""

    INLINE = "inline"  # one at a time, in the thread that asks
    PROCESSES = "processes"  # side by side on this machine


@dataclass(frozen=True, slots=True)
class Choice:
    """An engine: `readers` is how many documents it reads at a time."""

    kind: Kind
    readers: int


def choice_of(settings: Settings) -> Choice:
    """What the settings ask for; `processes` without a number is one for each of `workers`."""
    name, _, number = settings.engine.partition(":")
    if name == Kind.INLINE:
        return Choice(Kind.INLINE, 1)
    return Choice(Kind.PROCESSES, int(number or settings.workers))
