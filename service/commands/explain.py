"""`dondoc explain`: documents in, what was decided of each clause and why out; or how a phrase is read."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from service.explaining import Explained
    from service.settings import Settings


class Format(StrEnum):
    """How explanations are written."""

    TABLE = "table"
    JSON = "json"


class Only(StrEnum):
    """Of which clauses."""

    TASKS = "tasks"
    CLAUSES = "clauses"


_FILE_NAME = re.compile(r"\.(?=[a-z0-9]*[a-z])[a-z0-9]{2,5}$", re.IGNORECASE)
_SHOWN = 400  # characters of a clause in the table


def explain(
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE…|PHRASE",
            help="Tệp, thư mục, -; hoặc cụm từ chỉ thời hạn (files, folders, - for stdin; or a time phrase).",
        ),
    ],
    issued: Annotated[
        dt.datetime | None,
        typer.Option(
            formats=["%Y-%m-%d", "%d/%m/%Y"],
            help="Ngày ban hành, cho cụm từ (date of issue, for a phrase).",
        ),
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="table, json")] = Format.TABLE,
    only: Annotated[
        Only | None, typer.Option(help="Chỉ nhiệm vụ, hoặc chỉ đoạn không giao việc (tasks, clauses).")
    ] = None,
    phrase: Annotated[
        bool, typer.Option("--phrase", help="Luôn coi là cụm từ, dù có tệp cùng tên (never a file).")
    ] = False,
) -> None:
    """Cho biết từng đoạn của văn bản được hiểu thế nào, vì sao; hoặc một cụm từ chỉ thời hạn (why so)."""
    if phrase or not _names_files(what):
        from service.commands.phrases import explain_phrase

        found = explain_phrase(" ".join(what), issued.date() if issued else None, as_json=form is Format.JSON)
        raise typer.Exit(0 if found else 1)
    _explain_files([Path(one) for one in what], form, only)


def _names_files(what: Sequence[str]) -> bool:
    """Whether these are files: any exists or is stdin, or has a file's ending (then it is told missing)."""
    return any(one == "-" or _FILE_NAME.search(one) or _exists(one) for one in what)


def _exists(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):  # a phrase may be longer than any name
        return False


def _explain_files(files: Sequence[Path], form: Format, only: Only | None) -> None:
    from service.commands.documents import documents_of
    from service.commands.errors import one_line
    from service.commands.interrupt import once
    from service.settings import Settings

    once()
    documents = documents_of(files)
    try:
        with one_line():
            settings = Settings()
            settings = settings.model_copy(update={"workers": min(settings.workers, max(1, len(documents)))})
            failed = _write(documents, settings, form, only)
    except KeyboardInterrupt:
        typer.echo("Đã dừng (stopped).", err=True)
        raise typer.Exit(130) from None
    raise typer.Exit(1 if failed else 0)


def _write(documents: Sequence[Any], settings: Settings, form: Format, only: Only | None) -> bool:
    """Writes each document that could be read, says what could not; whether any failed."""
    from service.child import Cleared
    from service.commands.documents import answers, trouble
    from service.commands.writing import progress
    from service.explaining import as_json, explained, only_clauses, only_tasks

    failed = False
    kept = {Only.TASKS: only_tasks, Only.CLAUSES: only_clauses}
    with progress(len(documents)) as step:
        for number, (document, answer) in enumerate(answers(documents, settings), 1):
            if isinstance(answer, Cleared):
                record = answer.record | {"id": document.id}
                rows = explained(record)
                rows = kept[only](rows) if only else rows
                with step.aside():
                    if form is Format.JSON:
                        typer.echo(json.dumps(as_json(record, rows), ensure_ascii=False))
                    else:
                        _show(record, rows)
            else:
                failed = True
                step.say(trouble(number, document, answer, settings))
            step.advance()
    return failed


def _show(record: dict[str, Any], rows: Sequence[Explained]) -> None:
    """A table a document: the clause, what it is, why."""
    import sys

    from rich.markup import escape
    from rich.table import Table

    from service.commands.writing import title

    named = escape(title(record))
    table = Table(title=named, title_justify="left", title_style="bold", show_lines=True, expand=True)
    for name, ratio in {"Đoạn (clause)": 5, "Là gì (what)": 2, "Vì sao (why)": 6}.items():
        table.add_column(name, ratio=ratio, overflow="fold")
    for row in rows:
        clause = f"[{row.path}] {row.text}" if row.path else row.text
        short = clause if len(clause) <= _SHOWN else clause[:_SHOWN].rpartition(" ")[0] + " …"
        table.add_row(escape(short), escape(row.said), escape("\n".join(_why(row))))
    _console(sys.stdout).print(table)


def _console(stream: Any) -> Console:
    from rich.console import Console

    return Console(file=stream) if stream.isatty() else Console(file=stream, width=140)


def _why(row: Explained) -> list[str]:
    """The clause's reason, or for each of its tasks the values, the reasons and how likely they are right."""
    from service.explaining import likelihoods, values

    if not row.tasks:
        return [f"{row.reason} ({row.rule})" if row.reason else row.rule]
    lines: list[str] = []
    for number, task in enumerate(row.tasks, 1):
        lines += [f"Việc {number}:"] if len(row.tasks) > 1 else []
        lines += [f"{name}: {value}" for name, value in values(task)]
        lines += [f"• {reason}" for reason in task.get("reasons") or [row.reason]]
        likely = likelihoods(task)
        lines += [f"Khả năng đúng: {likely}"] if likely else []
    return lines
