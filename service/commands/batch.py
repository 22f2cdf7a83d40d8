"""`dondoc batch`: an archive into the store, with one outcome for every file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.commands.engine import Engine, Workers, chosen

if TYPE_CHECKING:
    from service.crew import Settled


def batch(
    folders: Annotated[
        list[Path], typer.Argument(exists=True, metavar="DIR…", help="Thư mục hoặc tệp (folders or files).")
    ],
    engine: Engine = None,
    workers: Workers = None,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Đọc lại các tệp đã lỗi (read failed files again).")
    ] = False,
) -> None:
    """Đọc cả kho văn bản vào sổ; chạy lại thì chỉ làm phần còn lại (read an archive into the store)."""
    from service.commands.interrupt import once
    from service.commands.summary import summarised

    once()
    settled: list[Settled] = []
    stopped = False
    try:
        _run(folders, chosen(engine, workers), retry_failed, settled)
    except KeyboardInterrupt:
        stopped = True
    summarised(settled)
    if stopped:
        typer.echo("Đã dừng; chạy lại lệnh này để làm tiếp (stopped; run again to go on).", err=True)
        raise typer.Exit(130)
    raise typer.Exit(1 if any(one.result.reason for one in settled) else 0)


def _run(folders: list[Path], given: dict[str, Any], retry_failed: bool, settled: list[Settled]) -> None:
    from service.batch import Batch
    from service.bootstrap import READER, open_store
    from service.commands.errors import one_line_with_store
    from service.commands.summary import Progress
    from service.logs import configure
    from service.settings import Settings
    from service.walk import walk

    with one_line_with_store():
        settings = Settings(**given)
        configure(settings.log_level)
        run = Batch(settings, open_store(settings), READER)
        groups = list(walk(folders))
        with Progress(sum(len(group.paths) for group in groups)) as progress:

            def note(one: Settled) -> None:
                settled.append(one)
                progress.note(one)

            run.run(groups, note, retry_failed=retry_failed)
