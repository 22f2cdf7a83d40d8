"""`dondoc budget`: how much may be filed without a look, from what was reviewed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from annotation.budget.thresholds import Level

budget = typer.Typer(
    no_args_is_help=True,
    help="Ngân sách sai sót: bao nhiêu nhiệm vụ có thể nhận mà không xem (filed without a look).",
)
Wrong = Annotated[
    float, typer.Option(min=0.0005, max=0.2, help="Tỷ lệ sai được phép (share of wrong ones allowed).")
]


@budget.command()
def show(wrong: Wrong = 0.01) -> None:
    """Ngưỡng tìm được từ nhiệm vụ đã rà soát, đường cong (threshold and curve from reviewed tasks)."""
    from annotation.budget.thresholds import chosen, curve
    from service.bootstrap import open_store
    from service.commands.errors import one_line_with_store
    from service.settings import Settings

    with one_line_with_store():
        with open_store(Settings()).reading() as work:
            reviewed = work.budget.evidence.reviewed()
        count = f"{len(reviewed.tasks)} nhiệm vụ, {len(reviewed.documents)} văn bản"
        typer.echo(f"Đã rà soát (reviewed): {count}")
        for level in curve(reviewed.tasks):
            typer.echo(_line(level, len(reviewed.tasks)))
        found = chosen(reviewed.tasks, wrong)
    if found is None:
        typer.echo(f"Chưa đủ để hứa sai không quá {_percent(wrong)} (not enough to promise that).")
    else:
        typer.echo(f"Ngưỡng (threshold) {_percent(wrong)}: {_line(found, len(reviewed.tasks))}")


def _line(level: Level, all_: int) -> str:
    low, high = map(_percent, level.bounds)
    share = f"{_percent(level.tasks / all_)} ({level.tasks})"
    return f"≥ {level.threshold:.3f}\t{share}\tsai (wrong) {_percent(level.error)} [{low} – {high}]"


def _percent(share: float) -> str:
    return f"{100 * share:.2f} %".replace(".", ",")
