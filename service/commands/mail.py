"""`dondoc mail`: what came in by mail and what became of it; whether the folder can be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from service.incoming.book import Became, Told
    from service.settings import Settings


def mail(
    most: Annotated[int, typer.Option(min=1, max=1000, help="Số thư mới nhất (latest mails).")] = 20,
    attempt: Annotated[
        bool, typer.Option("--try", help="Chỉ thử mở hộp thư (only try to open the folder).")
    ] = False,
) -> None:
    """Thư đến và kết quả từng tệp; `serve`, `work` tự lấy thư (mail that came in, and what became of it)."""
    from service.commands.errors import one_line_with_store
    from service.settings import Settings

    with one_line_with_store():
        settings = Settings()
        if attempt:
            _tried(settings)
            return
        from service.bootstrap import open_store

        with open_store(settings).reading() as work:
            found = work.mails.recent(None, most=most)
        for one in reversed(found):
            typer.echo("\n".join(_lines(one)))


def _tried(settings: Settings) -> None:
    from service.incoming.fetcher import server_of
    from service.incoming.server import Connection, Unreached
    from service.incoming.words import FAULTS

    server = server_of(settings)
    if server is None:
        typer.echo("Chưa đặt DONDOC_IMAP_HOST (no mail server is set).", err=True)
        raise typer.Exit(2)
    try:
        with Connection(server) as link:
            waiting = len(link.waiting())
    except Unreached as error:
        typer.echo(f"{server.account}: {FAULTS[error.fault]} ({error.fault})", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"{server.account}: {waiting} thư chờ lấy (mails to be taken)")


def _lines(told: Told) -> list[str]:
    """A mail, and a line each document: what is refused by its hash and level."""
    import datetime as dt

    from service.incoming.words import TROUBLES
    from service.tracking.timing import ZONE
    from service.walk import printable

    mail = told.mail
    at = dt.datetime.fromtimestamp(mail.taken_at, ZONE)
    words = f"{TROUBLES[mail.trouble]} ({mail.trouble})" if mail.trouble else ""
    head = f"{at:%d/%m/%Y %H:%M} {printable(mail.sender) or '—'} {words}".rstrip()
    return [head, *(f"  {one.sha256}: {_became(one)}" for one in told.documents)]


def _became(one: Became) -> str:
    outcome = f"{one.outcome}({one.reason})" if one.reason else one.outcome or one.state
    return f"{outcome} {one.message}".rstrip()
