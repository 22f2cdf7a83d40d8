"""`dondoc rehearse`: kept documents read again by this version, what it would add, lose and change."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.commands.engine import Engine, Workers, chosen

if TYPE_CHECKING:
    from service.runs.retelling import Sums
    from service.settings import Settings
    from service.store import Store

_ENDINGS = (".html", ".xlsx", ".json")


def rehearse(
    sample: Annotated[
        int | None, typer.Option(min=1, help="Chỉ đọc lại chừng ấy văn bản (so many documents, a sample).")
    ] = None,
    since: Annotated[
        dt.datetime | None,
        typer.Option(
            formats=["%Y-%m-%d", "%d/%m/%Y"], help="Chỉ văn bản vào sổ từ ngày này (read in since that day)."
        ),
    ] = None,
    to: Annotated[
        list[Path] | None,
        typer.Option("--to", metavar="FILE", help="Tệp .html, .xlsx hoặc .json; nhiều lần cũng được."),
    ] = None,
    engine: Engine = None,
    workers: Workers = None,
) -> None:
    """Đọc thử lại kho bằng bản này, không ghi gì vào sổ (what this version would add, lose and change)."""
    from service.bootstrap import open_store
    from service.commands.errors import one_line_with_store
    from service.commands.interrupt import once
    from service.settings import Settings

    targets = _known(to or [])
    once()
    with one_line_with_store():
        settings = Settings(**chosen(engine, workers))
        _read(settings, open_store(settings), sample, _begin(since), targets)


def _read(
    settings: Settings, store: Store, sample: int | None, since: float | None, targets: list[Path]
) -> None:
    """However it ends, it is told what was read."""
    import threading
    from importlib.metadata import version

    from service.bootstrap import READER
    from service.commands.writing import progress
    from service.runs.rehearsing import reread
    from service.runs.retelling import Sums

    with store.reading() as work:
        ids = work.archived.ids(sample=sample, since=since)
    if not ids:
        typer.echo("Không có văn bản nào để đọc lại (no document to read again).", err=True)
        raise typer.Exit(1)
    sums = Sums(version("dondoc"))
    try:
        with progress(len(ids)) as step:
            for one in reread(settings, store, READER, ids, threading.Event()):
                sums.add(one)
                step.advance()
    except KeyboardInterrupt:
        typer.echo("Đã dừng; dưới đây là phần đã đọc (stopped; what was read so far):", err=True)
    finally:
        if sums.documents:
            _tell(sums, targets)


def _tell(sums: Sums, targets: list[Path]) -> None:
    from service.runs.retelling import lines

    for told in lines(sums):
        typer.echo(told)
    for target in targets:
        _write(sums, target)


def _begin(day: dt.datetime | None) -> float | None:
    from zoneinfo import ZoneInfo

    return day.replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")).timestamp() if day else None


def _known(targets: list[Path]) -> list[Path]:
    from service.commands.errors import check_writable

    for target in targets:
        if target.suffix.lower() not in _ENDINGS:
            raise typer.BadParameter(f"{target}: {', '.join(_ENDINGS)}", param_hint="--to")
    check_writable(targets, "--to")
    return targets


def _write(sums: Sums, target: Path) -> None:
    import io
    import json

    from service.commands.errors import deliver
    from service.report.reread import WORDS, page
    from service.runs.retelling import as_json
    from service.runs.retold_book import to_xlsx

    match target.suffix.lower():
        case ".json":
            content = (json.dumps(as_json(sums), ensure_ascii=False, indent=1) + "\n").encode()
        case ".xlsx":
            book = io.BytesIO()
            to_xlsx(sums, book, WORDS)
            content = book.getvalue()
        case _:
            content = "".join(page(sums)).encode()
    deliver(content, target)
