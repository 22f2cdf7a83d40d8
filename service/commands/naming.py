"""A document as a command names it in, the one that is meant out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from service.purging.rows import Match
    from service.store import Store


def one_document(store: Store, named: str) -> Match:
    """The document of this id, number or sha256; exits with 1 where there is none, or several."""
    with store.reading() as work:
        found = work.shredder.find(named)
    if len(found) == 1:
        return found[0]
    if not found:
        typer.echo("Không có văn bản này (no such document).", err=True)
    else:
        typer.echo("Nhiều văn bản như vậy, hãy dùng mã (several, name one by its id):", err=True)
        for one in found:
            typer.echo(f"{one.id} · {one.number or '—'} · {one.name} · {one.key}", err=True)
    raise typer.Exit(1)
