"""The command `dondoc`: its commands and nothing heavy; each imports what it needs when it is called."""

from __future__ import annotations

import os
import resource
import sys
from typing import Annotated

import typer

from service.commands.audit import audit
from service.commands.backup import backup, restore
from service.commands.batch import batch
from service.commands.book import book
from service.commands.budget import budget
from service.commands.check import check
from service.commands.duplicates import duplicates
from service.commands.evaluate import evaluate
from service.commands.exchange import exchange
from service.commands.explain import explain
from service.commands.extract import extract
from service.commands.labels import labels
from service.commands.learning import compare, train
from service.commands.mail import mail
from service.commands.models import models, promote, rollback
from service.commands.password import password
from service.commands.purge import purge
from service.commands.quarantine import quarantine
from service.commands.rehearse import rehearse
from service.commands.runs import runs
from service.commands.serve import serve, work
from service.commands.tasks import stub, tasks
from service.commands.units import units
from service.commands.watch import watch

app = typer.Typer(
    name="dondoc",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # a traceback with local values would show documents
    help="Đọc văn bản chỉ đạo, tách nhiệm vụ, đơn vị, thời hạn (reads Vietnamese directives).",
)
for command in (
    extract,
    batch,
    watch,
    mail,
    serve,
    work,
    tasks,
    explain,
    stub,
    evaluate,
    check,
    backup,
    restore,
    password,
    purge,
    rehearse,
    train,
    compare,
    promote,
    rollback,
):
    app.command()(command)
app.add_typer(units, name="units")
app.add_typer(audit, name="audit")
app.add_typer(exchange, name="exchange")
app.add_typer(book, name="book")
app.add_typer(labels, name="labels")
app.add_typer(budget, name="budget")
app.add_typer(duplicates, name="duplicates")
app.add_typer(models, name="models")
app.add_typer(runs, name="runs")
app.add_typer(quarantine, name="quarantine")


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"dondoc {version('dondoc')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Phiên bản (version).")
    ] = False,
) -> None:
    """Đọc văn bản chỉ đạo, tách nhiệm vụ, đơn vị, thời hạn (reads Vietnamese directives)."""


def main() -> None:
    """Entry point of the command; exit status 2 for a usage error, 1 if anything failed."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would keep what was just being taken in
    for stream in (sys.stdout, sys.stderr):  # whatever the locale says
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        app()
    except OSError as error:  # a full disk, most of all
        where = f"{error.filename}: " if error.filename else ""
        typer.echo(f"{where}lỗi hệ thống (system error): {error.strerror}", err=True)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left cannot be written
        sys.exit(1)
