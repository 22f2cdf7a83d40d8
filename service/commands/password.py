"""`dondoc password`: a new one-time password, for whoever is at the server and has none that works."""

from __future__ import annotations

from typing import Annotated

import typer


def password(
    login: Annotated[str, typer.Argument(metavar="LOGIN", help="Tên đăng nhập (login).")] = "admin",
) -> None:
    """Đặt mật khẩu dùng một lần, khi không ai vào được (set a one-time password, audited)."""
    import getpass

    from service.access.accounts import NoUser
    from service.bootstrap import open_store
    from service.commands.errors import one_line_with_store
    from service.settings import Settings

    with one_line_with_store():
        store = open_store(Settings())
        try:
            with store.begin() as work:
                made = work.accounts.reset_from_outside(f"máy chủ: {getpass.getuser()}", login)
        except NoUser:
            typer.echo(f"không có người dùng đang hoạt động (no active user): {login}", err=True)
            raise typer.Exit(1) from None
    typer.echo(f"{login} · mật khẩu dùng một lần (one-time password): {made}")
