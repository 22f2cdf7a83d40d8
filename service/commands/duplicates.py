"""`dondoc duplicates index`: compares the documents that were filed before anything was compared."""

from __future__ import annotations

import typer

duplicates = typer.Typer(
    no_args_is_help=True, help="Văn bản có thể trùng: so các văn bản đã có (documents that may be one)."
)


@duplicates.callback()
def _group() -> None:
    """Văn bản có thể trùng: so các văn bản đã có (documents that may be one)."""


@duplicates.command()
def index() -> None:
    """So lời văn của mọi văn bản chưa được so; chạy lại thì làm tiếp (compare what was not compared yet)."""
    from service.bootstrap import open_store
    from service.commands.errors import one_line_with_store
    from service.duplicates.indexing import indexed
    from service.settings import Settings

    with one_line_with_store():
        compared, pairs = indexed(open_store(Settings()))
    typer.echo(f"Đã so {compared} văn bản, {pairs} cặp có thể trùng (compared, pairs).")
