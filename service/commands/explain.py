"""`dondoc explain`: a time phrase in, how it is read and by which rules out."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from pipeline.types import Deadline


def explain(
    phrase: Annotated[str, typer.Argument(metavar="PHRASE", help="Cụm từ chỉ thời hạn (a time phrase).")],
    issued: Annotated[
        dt.datetime | None,
        typer.Option(formats=["%Y-%m-%d", "%d/%m/%Y"], help="Ngày ban hành văn bản (date of issue)."),
    ] = None,
) -> None:
    """Cho biết một cụm từ được hiểu là thời hạn nào, theo quy tắc nào (how a phrase is read)."""
    from rich.console import Console

    from pipeline.deadlines import explain as readings_of

    readings = readings_of(phrase, issued.date() if issued else None)
    if not readings:
        typer.echo(f"Không đọc được thời hạn nào từ “{phrase}” (no deadline is read).", err=True)
        raise typer.Exit(1)
    console = Console()
    for reading in readings:
        console.print(_table(reading))


def _table(reading: Deadline) -> Table:
    """One reading: a row a property that it has."""
    from rich.markup import escape
    from rich.table import Table

    from service.wording import DEADLINE_KINDS, FLAGS, words

    rows = {
        "Cụm từ (phrase)": reading.text,
        "Loại (kind)": f"{words(DEADLINE_KINDS, reading.kind.value)} ({reading.kind.value})",
        "Ngày (date)": f"{reading.date:%d/%m/%Y} ({reading.date.isoformat()})" if reading.date else "",
        "Giờ (time)": f"{reading.time:%H:%M}" if reading.time else "",
        "Lặp lại (rrule)": reading.rrule or "",
        "Cách hiểu (reading)": reading.words,
        "Quy tắc (rule)": reading.rule,
        "Suy ra từ (derivation)": "\n".join(reading.parts),
        "Lưu ý (doubts)": "\n".join(words(FLAGS, flag) for flag in reading.flags),
    }
    table = Table(show_header=False)
    for name, value in rows.items():
        if value:
            table.add_row(name, escape(value))
    return table
