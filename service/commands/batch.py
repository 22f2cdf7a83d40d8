"""`dondoc batch`: an archive into the store, with one outcome for every file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.commands.engine import Engine, Workers, chosen

if TYPE_CHECKING:
    from service.crew import Settled
    from service.runs.following import Following
    from service.store import Store


def batch(
    folders: Annotated[
        list[Path], typer.Argument(exists=True, metavar="DIR…", help="Thư mục hoặc tệp (folders or files).")
    ],
    engine: Engine = None,
    workers: Workers = None,
    retry_failed: Annotated[
        bool,
        typer.Option(
            "--retry-failed", help="Chỉ đọc lại các tệp đã lỗi (read failed files again, no others)."
        ),
    ] = False,
    report: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Báo cáo .html hoặc .xlsx, nhiều lần cũng được (report)."),
    ] = None,
) -> None:
    """Đọc cả kho văn bản vào sổ; chạy lại thì chỉ làm phần còn lại (read an archive into the store)."""
    from service.commands.interrupt import once
    from service.commands.runs import known_endings
    from service.commands.summary import summarised

    targets = known_endings(report or [], "--report")
    once()
    settled: list[Settled] = []
    stopped = False
    try:
        _run(folders, chosen(engine, workers), retry_failed, settled, targets)
    except KeyboardInterrupt:
        stopped = True
    summarised(settled)
    if stopped:
        typer.echo("Đã dừng; chạy lại lệnh này để làm tiếp (stopped; run again to go on).", err=True)
        raise typer.Exit(130)
    raise typer.Exit(1 if any(one.result.reason for one in settled) else 0)


def _run(
    folders: list[Path],
    given: dict[str, Any],
    retry_failed: bool,
    settled: list[Settled],
    targets: list[Path],
) -> None:
    from service.batch import Batch
    from service.bootstrap import READER, open_store
    from service.commands.errors import one_line_with_store
    from service.commands.run_screen import Screen
    from service.logs import configure
    from service.runs.failures import failed_before
    from service.runs.following import Following
    from service.settings import Settings
    from service.walk import walk

    with one_line_with_store():
        settings = Settings(**given)
        configure(settings.log_level)
        store = open_store(settings)
        run = Batch(settings, store, READER)
        found = walk(folders)
        groups = list(failed_before(store, found) if retry_failed else found)
        following = Following(settings, store, folders, groups)

        def note(one: Settled) -> None:
            settled.append(one)
            following.note(one)

        try:
            with following, Screen(following):
                run.run(groups, note, retry_failed=retry_failed)
        finally:
            typer.echo(f"Lượt đọc số (run): {following.run}", err=True)
            _report(store, following, settled, targets)


def _report(store: Store, following: Following, settled: list[Settled], targets: list[Path]) -> None:
    """What failed is told by name: whoever ran it named the folder. What was refused has but its hash."""
    from service.commands.runs import written
    from service.outcomes import Outcome
    from service.walk import printable

    failed = (one.path for one in settled if one.result.outcome is Outcome.FAILED)
    names = {following.digest(path): printable(path.absolute()) for path in failed} if targets else {}
    written(store, following.run, targets, names)
