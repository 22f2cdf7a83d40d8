"""What a run shows on the terminal: progress while it lasts, and at its end every file in one outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING

from service.outcomes import TITLES, Outcome
from service.walk import printable

if TYPE_CHECKING:
    from service.crew import Settled


class Progress:
    """A bar with rate and time left, on stderr where that is a terminal."""

    def __init__(self, total: int) -> None:
        from rich import progress
        from rich.console import Console

        console = Console(stderr=True)
        self._bar = progress.Progress(
            progress.TextColumn("Đọc (reading)"),
            progress.BarColumn(),
            progress.MofNCompleteColumn(),
            progress.TextColumn("{task.fields[rate]:.1f} tệp/s · lỗi {task.fields[failed]} · còn"),
            progress.TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("", total=total, rate=0.0, failed=0)
        self._failed = 0

    def __enter__(self) -> Progress:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def note(self, settled: Settled) -> None:
        """One more file is done."""
        self._failed += settled.result.outcome is Outcome.FAILED
        speed = self._bar.tasks[0].speed or 0.0
        self._bar.update(self._task, advance=1, failed=self._failed, rate=speed)


def summarised(settled: Sequence[Settled]) -> None:
    """Prints counts by outcome; then what is to be looked at, a line a file: what failed, is to be reviewed,
    repeats another or was refused; a refused file by its hash, never by name."""
    from rich.console import Console
    from rich.table import Table

    console = Console()
    counts = Counter(one.result.outcome for one in settled)
    earlier = Counter(one.result.outcome for one in settled if one.result.earlier)
    table = Table("Kết quả (outcome)", "Số tệp (files)", "trong đó đã có từ trước (earlier)")
    for outcome, title in TITLES.items():
        if counts[outcome]:
            table.add_row(title, str(counts[outcome]), str(earlier[outcome] or ""))
    table.add_section()
    table.add_row("Tổng (total)", str(len(settled)), str(earlier.total() or ""))
    console.print(table)
    for line in _lines(settled):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _lines(settled: Sequence[Settled]) -> list[str]:
    told = {
        Outcome.FAILED: list[str](),
        Outcome.NEEDS_REVIEW: list[str](),
        Outcome.DUPLICATE_OF: list[str](),
        Outcome.REFUSED_SECRET: list[str](),
    }
    for one in settled:
        result, name = one.result, printable(one.path)
        match result.outcome:
            case Outcome.FAILED:
                told[Outcome.FAILED].append(f"{name}: {result} {result.message}")
            case Outcome.NEEDS_REVIEW:
                told[Outcome.NEEDS_REVIEW].append(f"{name}: {result} {result.message}")
            case Outcome.DUPLICATE_OF:
                told[Outcome.DUPLICATE_OF].append(f"{name}: duplicate_of {result.other}")
            case Outcome.REFUSED_SECRET:
                told[Outcome.REFUSED_SECRET].append(f"{result.sha256}: refused_secret {result.message}")
    return [line for lines in told.values() for line in sorted(lines)]
