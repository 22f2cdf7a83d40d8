"""What stops a whole command becomes one line on stderr and an exit status; never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import typer


@contextmanager
def one_line() -> Iterator[None]:
    """Tells a wrong setting (exit 2) or a reader that cannot be used (exit 1) in one line."""
    from pydantic import ValidationError

    from service.child import Broken

    try:
        yield
    except ValidationError as error:
        for one in error.errors():
            name = "_".join(("DONDOC", *(str(part) for part in one["loc"]))).upper()
            typer.echo(f"{name}: {one['msg']}", err=True)
        raise typer.Exit(2) from None
    except Broken as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


def deliver(content: bytes, out: Path | None) -> None:
    """Writes to the file, or to stdout without one; what cannot be written is told in one line (exit 1)."""
    if out is None:
        sys.stdout.buffer.write(content)
        return
    try:
        out.write_bytes(content)
    except OSError as error:
        typer.echo(f"{out}: không ghi được (cannot write: {error.strerror})", err=True)
        raise typer.Exit(1) from None


def check_writable(targets: Sequence[Path], option: str) -> None:
    """A usage error for a file that will not be written: told before hours of work, not after them."""
    for target in targets:
        place = Path(os.path.realpath(target))
        was_there = os.path.lexists(place)
        try:
            place.open("ab").close()
            if not was_there:
                place.unlink()
        except OSError as error:
            message = f"{target}: không ghi được (cannot write: {error.strerror})"
            raise typer.BadParameter(message, param_hint=option) from None


@contextmanager
def one_line_with_store() -> Iterator[None]:
    """The same for a command that uses the store, which may be unusable too (exit 1)."""
    from sqlalchemy.exc import DBAPIError

    from service.database import Unavailable

    with one_line():
        try:
            yield
        except Unavailable as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(1) from None
        except DBAPIError as error:  # its text may quote a document: only its kind is told
            kind = type(error.orig).__name__
            typer.echo(f"cơ sở dữ liệu không dùng được (database cannot be used): {kind}", err=True)
            raise typer.Exit(1) from None
