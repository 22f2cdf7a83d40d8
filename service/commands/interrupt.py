"""Ctrl-C or SIGTERM in, one `KeyboardInterrupt` out; the cleaning up that follows is not disturbed again."""

from __future__ import annotations

import signal
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def once() -> None:
    """From now on the first signal interrupts and further ones are ignored; so is what was ignored before."""
    for number in _SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _interrupt)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt
