"""A command line as the program would take it, without running it."""

from __future__ import annotations

from typing import Any

import typer

from service.cli import app


def parsed(words: list[str]) -> None:
    """Raises where there is no such command or option, or a value is wrong."""
    command: Any = typer.main.get_command(app)
    context: Any = None
    name = "dondoc"
    while hasattr(command, "resolve_command"):
        context = type(command).context_class(command, info_name=name, parent=context)
        name, command, words = command.resolve_command(context, words)
    command.make_context(name, list(words), parent=context)
