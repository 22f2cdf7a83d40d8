"""`dondoc serve`: the whole product in a browser and over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from service.settings import Settings


def serve(
    host: Annotated[str, typer.Option(help="Địa chỉ lắng nghe (address to listen at).")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Cổng (port).", min=1, max=65535)] = 8000,
    database_url: Annotated[
        str, typer.Option(help="postgresql+psycopg://… thay cho SQLite (instead of SQLite).")
    ] = "",
    workers: Annotated[
        int | None,
        typer.Option(
            min=0, max=256, help="Số văn bản đọc cùng lúc (uploads read at a time; as DONDOC_ENGINE says)."
        ),
    ] = None,
    demo: Annotated[
        bool,
        typer.Option("--demo", help="Thử với văn bản mẫu, dữ liệu tạm (sample directives, thrown away)."),
    ] = False,
    data: Annotated[
        Path | None,
        typer.Option(file_okay=False, help="Thư mục dữ liệu (data folder; else DONDOC_DATA_DIR)."),
    ] = None,
) -> None:
    """Mở giao diện rà soát và API (open the review desk and the API)."""
    from service.settings import Settings

    given: dict[str, Any] = {"database_url": database_url} if database_url else {}
    if demo and data is None:
        _demo_thrown_away(given, host, port, workers)
        return
    settings = Settings(**given | ({"data_dir": data} if data else {}))
    if demo:
        _prepare(settings)
    _serve(settings, host, port, workers)


def _demo_thrown_away(given: dict[str, Any], host: str, port: int, workers: int | None) -> None:
    """A demonstration of which nothing is left; even a database that is named is not touched."""
    import tempfile

    from service.commands.interrupt import once
    from service.settings import Settings

    if given:
        typer.echo("--demo: cần --data khi dùng --database-url (give --data with --database-url)", err=True)
        raise typer.Exit(2)
    once()
    with tempfile.TemporaryDirectory(prefix="dondoc-demo-") as folder:
        try:
            settings = Settings(data_dir=Path(folder), database_url="")
            _prepare(settings)
            _serve(settings, host, port, workers)
        except KeyboardInterrupt:
            return


def _prepare(settings: Settings) -> None:
    from service.commands.errors import one_line_with_store
    from service.commands.writing import progress
    from service.demo import NoSamples, prepare, samples
    from service.wording import ROLES

    with one_line_with_store():
        try:
            with progress(len(samples())) as step:
                made = prepare(settings, lambda _: step.advance())
        except NoSamples as error:
            typer.echo(f"không có văn bản mẫu ở {error} (no sample directives there)", err=True)
            raise typer.Exit(1) from None
    for login, role, unit in made.logins:
        typer.echo(f"{login:12} {made.password}  {ROLES[role]}{f' ({unit})' if unit else ''}")


def _serve(settings: Settings, host: str, port: int, workers: int | None) -> None:
    from service.database import Unavailable
    from service.oidc.configuration import Misconfigured, provider_of
    from service.serving import first_password, run

    try:
        provider_of(settings)
        password = first_password(settings)
    except Misconfigured as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    except Unavailable as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    if password:
        typer.echo(f"Người dùng đầu tiên (first user): admin · mật khẩu dùng một lần (password): {password}")
    typer.echo(f"http://{host}:{port}")
    run(settings, host, port, workers)


def work(
    workers: Annotated[
        int | None,
        typer.Option(min=1, max=256, help="Số văn bản đọc cùng lúc (read at a time; as DONDOC_ENGINE says)."),
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
        work(settings, workers)
    except Unavailable as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
