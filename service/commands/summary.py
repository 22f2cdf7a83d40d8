"""What a run shows at its end: every file in one outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from service.outcomes import TITLES, Outcome
from service.walk import printable

if TYPE_CHECKING:
    from service.crew import Settled


def summarised(settled: Sequence[Settled], left_out: int) -> None:
    """Prints counts by outcome; then what is to be looked at, a line a file: what failed, is to be reviewed,
    repeats another or was refused; a refused file by its hash, never by name. At last how much the walk
    `left_out`."""
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
    if left_out:
        why = "bị bỏ qua theo tên (left out by name: hidden, temporary, system)"
        console.print(f"{left_out} mục {why}", highlight=False, soft_wrap=True)


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
