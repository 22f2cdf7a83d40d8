"""`dondoc purge`: a document named, all that the product holds of it gone."""

from __future__ import annotations

from typing import Annotated

import typer


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
    from service.commands.naming import one_document
    from service.purging.purge import Purge, told
    from service.settings import Settings

    with one_line_with_store():
        settings = Settings()
        store = open_store(settings)
        found = one_document(store, document)
        typer.echo(f"{found.id} · {found.number or '—'} · {found.name} · {found.key}")
        if not yes:
            typer.confirm("Xóa hẳn, không lấy lại được (remove for good)?", abort=True)
        removed = Purge(settings, store).purge(f"máy chủ: {getpass.getuser()}", found.id)
    for line in told(removed) if removed else ():
        typer.echo(f"Đã xóa (removed): {line}")
