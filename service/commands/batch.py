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

    targets = known_endings(report or [], "--report")
    once()
    try:
        well = _run(folders, chosen(engine, workers), retry_failed, targets)
    except KeyboardInterrupt:
        typer.echo("Đã dừng; chạy lại lệnh này để làm tiếp (stopped; run again to go on).", err=True)
        raise typer.Exit(130) from None
    raise typer.Exit(0 if well else 1)


def _run(folders: list[Path], given: dict[str, Any], retry_failed: bool, targets: list[Path]) -> bool:
    """Whether no file failed and the report was written. However it ends, what was settled is told."""
    from service.batch import Batch
    from service.bootstrap import READER, open_store
    from service.commands.errors import one_line_with_store
    from service.commands.run_screen import Screen
    from service.commands.summary import summarised
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
        left_out: list[Path] = []
        found = walk(folders, left_out.append)
        groups = list(failed_before(store, found) if retry_failed else found)
        following = Following(settings, store, folders, groups)
        settled: list[Settled] = []

        def note(one: Settled) -> None:
            settled.append(one)
            following.note(one)

        try:
            with following, Screen(following):
                run.run(groups, note, retry_failed=retry_failed)
        finally:
            typer.echo(f"Lượt đọc số (run): {following.run}", err=True)
            summarised(settled, len(left_out))
            reported = _reported(store, following, settled, targets)
    return reported and not any(one.result.reason for one in settled)


def _reported(store: Store, following: Following, settled: list[Settled], targets: list[Path]) -> bool:
    """Writes the report; whether it could, which is told without hiding what else ended the run. What failed
    is told by name: whoever ran it named the folder. What was refused has but its hash."""
    from service.commands.errors import one_line_with_store
    from service.commands.runs import written
    from service.outcomes import Outcome
    from service.walk import printable

    failed = (one.path for one in settled if one.result.outcome is Outcome.FAILED)
    names = {following.digest(path): printable(path.absolute()) for path in failed} if targets else {}
    try:
        with one_line_with_store():
            written(store, following.run, targets, names)
    except typer.Exit:
        return False
    return True
