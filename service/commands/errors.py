"""What stops a whole command becomes one line on stderr and an exit status; never a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

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
