"""`dondoc purge`: a document named, all that the product holds of it gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from service.purging.rows import Match
    from service.store import Store


def purge(
    document: Annotated[
        str,
        typer.Argument(metavar="DOCUMENT", help="Mã, số hiệu hoặc sha256 (id, number or sha256)."),
    ],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Không hỏi lại (do not ask).")] = False,
) -> None:
    """Xóa hẳn một văn bản: tệp, trang, nhiệm vụ, giá trị nhật ký, bản xuất (remove a document for good)."""
    import getpass

    from service.bootstrap import open_store
    from service.commands.errors import one_line_with_store
    from service.purging.purge import Purge, told
    from service.settings import Settings

    with one_line_with_store():
        settings = Settings()
        store = open_store(settings)
        found = _one(store, document)
        typer.echo(f"{found.id} · {found.number or '—'} · {found.name} · {found.key}")
        if not yes:
            typer.confirm("Xóa hẳn, không lấy lại được (remove for good)?", abort=True)
        removed = Purge(settings, store).purge(f"máy chủ: {getpass.getuser()}", found.id)
    for line in told(removed) if removed else ():
        typer.echo(f"Đã xóa (removed): {line}")


def _one(store: Store, named: str) -> Match:
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
