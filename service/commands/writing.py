"""Records in, one after another; a table, JSON lines or one page out, on stdout or in a file."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TextIO

import typer

from service.wording import CLAUSE_ROLES, DEADLINE_KINDS, linked, words

if TYPE_CHECKING:
    from rich.table import Table

Record = dict[str, Any]


class Writer(Protocol):
    """Takes records as they come; `close` writes what must wait for the last."""

    def add(self, record: Record) -> None:
        """One more document."""
        ...

    def close(self) -> None:
        """All documents are in."""
        ...


@contextmanager
def opened(form: str, out: Path | None) -> Iterator[Writer]:
    """A writer of `form` ("table", "jsonl", "html"); a usage error where `out` cannot be written."""
    with opened_text(out) as file:
        yield from _written(form, file, terminal=out is None)


@contextmanager
def opened_text(out: Path | None) -> Iterator[TextIO]:
    """The file, or stdout for None; a usage error where it cannot be written."""
    if out is None:
        yield sys.stdout
        return
    try:
        file = out.open("w", encoding="utf-8")
    except OSError as error:
        message = f"{out}: không ghi được (cannot write: {error.strerror})"
        raise typer.BadParameter(message, param_hint="--out") from None
    with file:
        yield file


def _written(form: str, file: TextIO, *, terminal: bool) -> Iterator[Writer]:
    writer: Writer
    match form:
        case "jsonl":
            writer = _JsonLines(file)
        case "html":
            writer = _Report(file)
        case _:
            writer = _Table(file, terminal=terminal)
    yield writer
    writer.close()


class _JsonLines:
    """One object a line, written at once."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def add(self, record: Record) -> None:
        self._file.write(json.dumps(record, ensure_ascii=False) + "\n")
        self._file.flush()

    def close(self) -> None:
        pass


class _Report:
    """One self-contained page of all documents."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._records: list[Record] = []

    def add(self, record: Record) -> None:
        self._records.append(record)

    def close(self) -> None:
        from service.report import page

        for chunk in page(self._records):
            self._file.write(chunk)


class _Table:
    """A table of tasks a document."""

    def __init__(self, file: TextIO, *, terminal: bool) -> None:
        from rich.console import Console

        self._console = Console(file=file) if terminal and file.isatty() else Console(file=file, width=140)
        self._documents = self._tasks = 0

    def add(self, record: Record) -> None:
        self._documents += 1
        self._tasks += len(record["tasks"])
        self._console.print(task_table(record))

    def close(self) -> None:
        self._console.print(f"{self._documents} văn bản (documents), {self._tasks} nhiệm vụ (tasks)")


def task_table(record: Record) -> Table:
    """The tasks of a document, a row each; where there are none, what its text is instead."""
    from rich.markup import escape
    from rich.table import Table

    table = Table(
        title=escape(title(record)), title_justify="left", title_style="bold", show_lines=True, expand=True
    )
    # shares of the width: a date is not broken on a terminal of 80 columns
    columns = {"#": 1, "Nhiệm vụ (task)": 11, "Chủ trì (lead)": 5, "Phối hợp (with)": 4, "Hạn (due)": 5}
    for name, share in columns.items():
        if name == "#":
            table.add_column(name, justify="right", no_wrap=True)
        else:
            table.add_column(name, ratio=share, overflow="fold")
    for number, task in enumerate(record["tasks"], 1):
        leads = "\n".join(unit["name"] for unit in task["leads"])
        others = "\n".join(unit["name"] for unit in task["cooperators"])
        row = (task["text"], leads, others, due(task["deadline"]))
        table.add_row(str(number), *(escape(cell) for cell in row))
    if not record["tasks"]:
        table.add_row("", f"Không giao nhiệm vụ nào (no task). {_instead(record)}", "", "", "")
    if record.get("relations"):
        table.caption = escape("\n".join(linked(relation) for relation in record["relations"]))
        table.caption_justify = "left"
    return table


def due(deadline: Record) -> str:
    """A deadline in few words: its day, its rhythm in words, or the phrase as written."""
    if deadline["kind"] == "none":
        return ""
    if deadline["date"]:
        year, month, day = deadline["date"].split("-")
        return " ".join(filter(None, (deadline["time"], f"{day}/{month}/{year}")))
    return deadline["text"] or words(DEADLINE_KINDS, deadline["kind"])


def title(record: Record) -> str:
    """What a document is called above its table: id, number, date, subject."""
    document = record["document"]
    issued = "/".join(reversed(document["issued_on"].split("-"))) if document["issued_on"] else ""
    parts = (document["number"], issued, document["subject"])
    return " · ".join([record["id"], *(part for part in parts if part)])


def _instead(record: Record) -> str:
    roles = dict.fromkeys(clause["role"] for clause in record["clauses"] if clause["role"] != "heading")
    return "; ".join(words(CLAUSE_ROLES, role) for role in roles)


class Step:
    """What a run says while it lasts, on stderr."""

    def __init__(self, bar: Any, task: Any, shown: bool) -> None:
        self._bar = bar
        self._task = task
        self._shown = shown

    def advance(self) -> None:
        """One more document is done."""
        self._bar.advance(self._task)

    def say(self, line: str) -> None:
        """A line that stays."""
        self._bar.console.print(line, markup=False, highlight=False, soft_wrap=True)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """While something is written to the terminal that the bar is on, the bar is away."""
        hidden = self._shown and sys.stdout.isatty()
        if hidden:
            self._bar.stop()
        yield
        if hidden:
            self._bar.start()


@contextmanager
def progress(total: int) -> Iterator[Step]:
    """A bar with rate and time left, where stderr is a terminal and there are several documents."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("Đọc (reading)"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    shown = console.is_terminal and total > 1
    with Progress(*columns, console=console, disable=not shown, transient=True) as bar:
        yield Step(bar, bar.add_task("", total=total), shown)
