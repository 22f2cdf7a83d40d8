"""`dondoc watch`: what arrives in a folder goes into the store, as long as the command runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.commands.engine import Engine, Workers, chosen

if TYPE_CHECKING:
    from service.crew import Settled


def watch(
    folder: Annotated[
        Path, typer.Argument(exists=True, file_okay=False, metavar="FOLDER", help="Thư mục (folder).")
    ],
    every: Annotated[
        float, typer.Option(min=1, help="Số giây giữa hai lần quét hết thư mục (seconds between full scans).")
    ] = 60.0,
    settle: Annotated[
        float,
        typer.Option(min=0.1, help="Số giây một tệp phải giữ nguyên mới được đọc (seconds it must rest)."),
    ] = 2.0,
    engine: Engine = None,
    workers: Workers = None,
) -> None:
    """Theo dõi một thư mục: tệp nào đến thì đọc vào sổ (read into the store what arrives in a folder)."""
    import threading

    from service.batch import Batch
    from service.bootstrap import READER, open_store
    from service.commands.errors import one_line_with_store
    from service.commands.interrupt import once
    from service.logs import configure
    from service.settings import Settings
    from service.watching import Watch

    once()
    try:
        with one_line_with_store():
            settings = Settings(**chosen(engine, workers))
            configure(settings.log_level)
            batch = Batch(settings, open_store(settings), READER)
            typer.echo(f"Đang theo dõi (watching): {folder}", err=True)
            Watch(batch, folder, settle=settle, every=every).run(_told, threading.Event())
    except KeyboardInterrupt:
        typer.echo("Đã dừng (stopped).", err=True)


def _told(one: Settled) -> None:
    """One line a file; of what was there before the command started nothing is said again."""
    from service.outcomes import Outcome
    from service.walk import printable

    result = one.result
    if result.earlier:
        return
    refused = result.outcome is Outcome.REFUSED_SECRET
    name = result.sha256 if refused else printable(one.path)
    typer.echo(f"{name}: {result} {result.message}".rstrip())
