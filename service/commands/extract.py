"""`dondoc extract`: documents in, their tasks out as a table, JSON lines or one page; nothing is stored."""

from __future__ import annotations

import os
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from service.extracting import Wanted
    from service.settings import Settings


class Format(StrEnum):
    """How the documents are written."""

    TABLE = "table"
    JSONL = "jsonl"
    HTML = "html"


def extract(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE|DIR…", help="Tệp, thư mục, hoặc - (files, folders; - reads stdin)."),
    ],
    form: Annotated[Format, typer.Option("--format", help="table, jsonl, html")] = Format.TABLE,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Ghi ra tệp (write to a file).")] = None,
    identifier: Annotated[
        str | None, typer.Option("--id", help="Mã của văn bản duy nhất (id of the one document).")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, max=256, help="Số tiến trình đọc (reading processes; all cores).")
    ] = None,
    in_process: Annotated[
        bool,
        typer.Option("--in-process", help="Đọc không qua tiến trình con (for debugging, without bounds)."),
    ] = False,
) -> None:
    """Tách nhiệm vụ, đơn vị, thời hạn từ văn bản, không lưu gì (extract tasks; nothing is stored)."""
    from service.commands.documents import documents_of
    from service.commands.errors import one_line
    from service.commands.interrupt import once
    from service.settings import Settings

    once()
    documents = documents_of(files)
    if identifier is not None:
        documents = [_renamed(documents, identifier)]
    if out is not None:
        _spare(documents, out)
    try:
        with one_line():
            settings = Settings() if workers is None else Settings(workers=workers)
            settings = settings.model_copy(update={"workers": min(settings.workers, max(1, len(documents)))})
            failed = _write(documents, settings, form, out, in_process)
    except KeyboardInterrupt:
        typer.echo("Đã dừng (stopped).", err=True)
        raise typer.Exit(130) from None
    raise typer.Exit(1 if failed else 0)


def _renamed(documents: Sequence[Wanted], identifier: str) -> Wanted:
    from dataclasses import replace

    if len(documents) != 1:
        message = f"--id cần đúng một văn bản, có {len(documents)} (needs exactly one document)"
        raise typer.BadParameter(message, param_hint="--id")
    return replace(documents[0], id=identifier)


def _spare(documents: Sequence[Wanted], out: Path) -> None:
    """Raises a usage error where what is written would take the place of what is read."""
    if any(os.path.realpath(out) == os.path.realpath(path) for one in documents for path in one.paths):
        message = f"{out} là tệp cần đọc, sẽ bị ghi đè (is one of the files to read)"
        raise typer.BadParameter(message, param_hint="--out")


def _write(
    documents: Sequence[Wanted], settings: Settings, form: Format, out: Path | None, in_process: bool
) -> bool:
    """Writes what could be read, says what could not; whether any failed."""
    from service.child import Cleared
    from service.commands.documents import answers, trouble
    from service.commands.writing import opened, progress

    failed = False
    with opened(form.value, out) as writer, progress(len(documents)) as step:
        read = answers(documents, settings, pictured=form is Format.HTML, in_process=in_process)
        for number, (document, answer) in enumerate(read, 1):
            if isinstance(answer, Cleared):
                with step.aside():
                    writer.add(answer.record | {"id": document.id})
            else:
                failed = True
                step.say(trouble(number, document, answer, settings))
            step.advance()
    return failed
