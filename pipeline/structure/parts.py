"""A layout in, its parts out: header, body, annexes (`Parts`)."""

from __future__ import annotations

from pipeline.types import Header, Layout, Parts, Reading


def take_apart(layout: Layout, reading: Reading) -> Parts:
    """The parts of an act; never raises, whatever the pages hold."""
    return Parts(Header(secrecy=reading.secrecy), layout.items)
