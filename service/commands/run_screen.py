"""How a run stands, on stderr: a picture drawn anew where that is a terminal, else a line every minute."""

from __future__ import annotations

import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING

import typer

from service.outcomes import TITLES, Outcome
from service.runs.words import decimal, duration
from service.walk import printable

if TYPE_CHECKING:
    from rich.console import RenderableType

    from service.runs.following import Following
    from service.runs.standing import Figures, Seen

_MINUTE = 60.0  # seconds between two plain lines
_DRAWN = 2.0  # pictures a second


class Screen:
    """Shows how the run stands for as long as it is entered."""

    def __init__(self, following: Following, every: float = _MINUTE) -> None:
        self._following = following
        self._every = every
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._work, name="screen", daemon=True)

    def __enter__(self) -> Screen:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _work(self) -> None:
        if sys.stderr.isatty():
            self._draw()
        else:
            while not self._over.wait(self._every):
                typer.echo(line(self._following.figures), err=True)

    def _draw(self) -> None:
        from rich.console import Console
        from rich.live import Live

        console = Console(stderr=True)
        with Live(console=console, transient=True, auto_refresh=False) as live:
            while not self._over.wait(1 / _DRAWN):
                live.update(picture(self._following.figures, console.width), refresh=True)


def line(figures: Figures) -> str:
    """All that matters in one line."""
    return " · ".join(
        (
            f"{figures.done}/{figures.files} tệp (files)",
            f"{figures.pages_done} trang (pages)",
            _rate(figures),
            _left(figures),
            f"lỗi (failed) {figures.outcomes[Outcome.FAILED]}",
        )
    )


def picture(figures: Figures, width: int) -> RenderableType:
    """The same with a bar, the outcomes, the slowest and the latest failures."""
    from rich.console import Group
    from rich.progress_bar import ProgressBar
    from rich.text import Text

    counts = [f"{TITLES[one]}: {count}" for one, count in figures.outcomes.items()]
    shown: list[RenderableType] = [
        ProgressBar(total=max(figures.files, 1), completed=figures.done, width=min(width, 80)),
        Text(),  # the bar ends no line
        Text(line(figures)),
        Text(" · ".join([*counts, f"từ trước (earlier): {figures.earlier}"])),
    ]
    if figures.slowest:
        shown.append(Text("Lâu nhất (slowest):", style="bold"))
        shown += [_cut(f"  {duration(one.seconds)}  {_named(one)}", width) for one in figures.slowest]
    if figures.failures:
        shown.append(Text("Lỗi gần đây (latest failures):", style="bold"))
        shown += [_cut(f"  {one.result.reason}  {_named(one)}", width) for one in figures.failures]
    return Group(*shown)


def _cut(words: str, width: int) -> RenderableType:
    from rich.text import Text

    shown = Text(words, no_wrap=True, overflow="ellipsis")
    shown.truncate(max(width, 20), overflow="ellipsis")
    return shown


def _named(one: Seen) -> str:
    """A refused file by its hash, never by name."""
    if one.result.outcome is Outcome.REFUSED_SECRET:
        return one.result.sha256
    return printable(one.path)


def _rate(figures: Figures) -> str:
    rate = figures.rate
    return f"{decimal(rate.files)} tệp/s, {decimal(rate.pages)} trang/s"


def _left(figures: Figures) -> str:
    if figures.left is None:
        return "còn (left) …"
    return f"còn (left) {duration(figures.left)}"
