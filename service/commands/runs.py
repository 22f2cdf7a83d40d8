"""`dondoc runs`: runs over archives, how they stand, their reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.commands.errors import one_line_with_store

if TYPE_CHECKING:
    from service.runs.book import Line, Told
    from service.store import Store

runs = typer.Typer(
    no_args_is_help=True, help="Các lượt đọc kho: tiến độ, báo cáo (runs over archives and their reports)."
)
Which = Annotated[int, typer.Argument(min=1, metavar="RUN", help="Số của lượt đọc (the run's number).")]


@runs.command("list")
def listed(
    most: Annotated[int, typer.Option("--most", min=1, help="Số dòng nhiều nhất (at most).")] = 20,
) -> None:
    """Các lượt đọc, mới nhất trước (the latest first)."""
    from rich.console import Console
    from rich.table import Table

    from service.runs.sheet import stands
    from service.runs.words import duration, moment

    with one_line_with_store(), _store().reading() as work:
        found = work.runs.recent(most=most)
    table = Table(
        "Số (run)", "Lúc (begun)", "Trạng thái (state)", "Tệp (files)", "Lỗi (failed)", "Kéo dài", "Ở đâu"
    )
    for run in found:
        files = f"{run.done}/{run.plan.files}"
        where = "; ".join(run.plan.roots) or "tệp (files)"
        told = (str(run.id), moment(run.begun_at), stands(run), files, str(run.failed or ""))
        table.add_row(*told, duration(run.seconds), where)
    Console().print(table)


@runs.command()
def show(run: Which) -> None:
    """Một lượt đọc: tiến độ, kết quả, tệp lâu nhất, tệp lỗi (how a run stands)."""
    with one_line_with_store(), _store().reading() as work:
        told = work.runs.find(run)
        if told is None:
            raise _no_run(run)
        counts = work.runs.counts(run)
        slowest = work.runs.slowest(run, None)
        failures = work.runs.failures(run, None)
    _say_head(told)
    from service.runs.words import OUTCOMES, REASONS, duration

    for count in counts:
        why = f" ({REASONS.get(count.reason, count.reason)})" if count.reason else ""
        earlier = f", từ trước (earlier) {count.earlier}" if count.earlier else ""
        typer.echo(f"  {OUTCOMES[count.outcome]}{why}: {count.files}{earlier}")
    _say("Lâu nhất (slowest):", [f"{duration(one.seconds)}  {_called(one)}" for one in slowest])
    _say("Lỗi gần đây (latest failures):", [_failure(one) for one in failures])


@runs.command()
def report(
    run: Which,
    to: Annotated[
        list[Path], typer.Option("--to", metavar="FILE", help="Tệp .html hoặc .xlsx; dùng được nhiều lần.")
    ],
) -> None:
    """Báo cáo của một lượt đọc (a run's report)."""
    targets = known_endings(to, "--to")
    with one_line_with_store():
        if not written(_store(), run, targets):
            raise _no_run(run)


def known_endings(targets: Sequence[Path], option: str) -> list[Path]:
    """The targets; a usage error where one is neither a page nor a workbook, or cannot be written."""
    from service.commands.errors import check_writable
    from service.runs.report import ENDINGS

    for target in targets:
        if target.suffix.lower() not in ENDINGS:
            raise typer.BadParameter(f"{target}: .html, .xlsx", param_hint=option)
    check_writable(targets, option)
    return list(targets)


def written(store: Store, run: int, targets: Sequence[Path], names: Mapping[str, str] | None = None) -> bool:
    """Writes the report to each target; what cannot be written is told in one line (exit 1)."""
    from service.runs.report import write

    try:
        return write(store, run, targets, names)
    except OSError as error:
        typer.echo(f"{error.filename}: không ghi được (cannot write: {error.strerror})", err=True)
        raise typer.Exit(1) from None


def _store() -> Store:
    from service.bootstrap import open_store
    from service.settings import Settings

    return open_store(Settings())


def _no_run(run: int) -> typer.BadParameter:
    return typer.BadParameter(f"không có lượt đọc số {run} (no such run)", param_hint="RUN")


def _say_head(run: Told) -> None:
    from service.runs.sheet import stands
    from service.runs.words import COUNTED, decimal, duration, moment

    typer.echo(f"Lượt đọc số (run) {run.id}: {stands(run)}, {run.plan.who}, {moment(run.begun_at)}")
    for root in run.plan.roots:
        typer.echo(f"  {root}")
    rate = run.done / max(run.seconds, 0.001)
    left = f", còn (left) {duration(run.sign.left)}" if run.sign.left is not None else ""
    typer.echo(
        f"  {run.done}/{run.plan.files} tệp (files), {duration(run.seconds)}, {decimal(rate)} tệp/s{left}"
    )
    if run.counted:
        typer.echo(f"  {COUNTED} (files are no longer told one by one)")


def _say(title: str, lines: Sequence[str]) -> None:
    if lines:
        typer.echo(title)
        for one in lines:
            typer.echo(f"  {one}")


def _failure(one: Line) -> str:
    from service.runs.sheet import why

    return f"{_called(one)}  {why(one)}"


def _called(one: Line) -> str:
    from service.runs.sheet import called

    return called(one)
