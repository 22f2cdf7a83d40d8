"""`dondoc serve`: the whole product in a browser and over HTTP."""

from __future__ import annotations

from typing import Annotated

import typer


def serve(
    host: Annotated[str, typer.Option(help="Địa chỉ lắng nghe (address to listen at).")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Cổng (port).", min=1, max=65535)] = 8000,
    database_url: Annotated[
        str, typer.Option(help="postgresql+psycopg://… thay cho SQLite (instead of SQLite).")
    ] = "",
    workers: Annotated[
        int | None,
        typer.Option(
            min=0, max=256, help="Số tiến trình đọc văn bản tải lên (reading processes; all cores)."
        ),
    ] = None,
) -> None:
    """Mở giao diện rà soát và API (open the review desk and the API)."""
    from service.database import Unavailable
    from service.serving import first_password, run
    from service.settings import Settings

    settings = Settings(database_url=database_url) if database_url else Settings()
    try:
        password = first_password(settings)
    except Unavailable as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    if password:
        typer.echo(f"Người dùng đầu tiên (first user): admin · mật khẩu dùng một lần (password): {password}")
    typer.echo(f"http://{host}:{port}")
    run(settings, host, port, settings.workers if workers is None else workers)


def work(
    workers: Annotated[
        int | None, typer.Option(min=1, max=256, help="Số tiến trình đọc (reading processes; all cores).")
    ] = None,
    database_url: Annotated[
        str, typer.Option(help="postgresql+psycopg://… thay cho SQLite (instead of SQLite).")
    ] = "",
) -> None:
    """Chỉ đọc văn bản tải lên, cho máy chủ khác (only read uploads, beside other servers)."""
    from service.database import Unavailable
    from service.serving import work
    from service.settings import Settings

    settings = Settings(database_url=database_url) if database_url else Settings()
    try:
        work(settings, workers or settings.workers)
    except Unavailable as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
