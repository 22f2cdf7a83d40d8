"""A hostile file: its name, how it is made, what may become of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

READ = frozenset({"done", "no_tasks", "needs_review"})
"""What becomes of a file that looks hostile and can be read all the same."""


def fails(*reasons: str) -> frozenset[str]:
    """The outcomes of a file that fails for one of these reasons (`pipeline.errors.Reason`)."""
    return frozenset(f"failed({reason})" for reason in reasons)


@dataclass(frozen=True, slots=True)
class Hostile:
    """`expected` are outcomes as `service.outcomes.Result` writes them; `says` stands in the line that tells
    of the file; `heavy` ones take seconds of the processor or hundreds of megabytes."""

    name: str
    make: Callable[[], bytes]
    expected: frozenset[str]
    says: str = ""
    heavy: bool = False
