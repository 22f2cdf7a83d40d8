"""`dondoc quarantine`: files that failed, and how they get another try."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from service.commands.errors import one_line_with_store

if TYPE_CHECKING:
    from service.store import Store

quarantine = typer.Typer(
    no_args_is_help=True, help="Tệp đọc lỗi, và cho đọc lại (files that failed, and another try)."
)
Reason = Annotated[str, typer.Option(help="Chỉ lý do này, ví dụ timeout (of this reason only).")]


@quarantine.command("list")
def listed(reason: Reason = "") -> None:
    """Các tệp lỗi, mới nhất trước, theo mã băm (the failed files by hash, latest first)."""
    from service.runs.words import REASONS, moment

    _check(reason)
    with one_line_with_store(), _store().reading() as work:
        found = work.quarantine.held(reason=reason)
    for one in found:
        words = f"{one.reason} ({REASONS.get(one.reason, one.reason)})"
        tries = f"{one.attempts} lần (tries)"
        typer.echo(f"{one.sha256}  {moment(one.at)}  {tries}  {words}  {one.message}".rstrip())
    typer.echo(f"{len(found)} tệp lỗi (failed files)", err=True)


@quarantine.command()
def release(
    sha256: Annotated[
        list[str] | None, typer.Argument(metavar="[SHA256]…", help="Mã băm (hashes); bằng “sha256sum”.")
    ] = None,
    reason: Reason = "",
    every: Annotated[bool, typer.Option("--all", help="Tất cả (all of them).")] = False,
) -> None:
    """Cho đọc lại: lần chạy tới gặp tệp ấy thì đọc (the next run that meets them reads them again)."""
    import getpass
    import re

    _check(reason)
    if sum(map(bool, (sha256, reason, every))) != 1:
        raise typer.BadParameter("SHA256…, --reason hoặc (or) --all")
    for one in sha256 or ():
        if not re.fullmatch("[0-9a-f]{64}", one.lower()):
            raise typer.BadParameter(f"{one}: không phải SHA-256 (not a SHA-256)", param_hint="SHA256")
    hashes = [one.lower() for one in sha256] if sha256 else None
    with one_line_with_store(), _store().begin() as work:
        freed = work.quarantine.release(f"máy chủ: {getpass.getuser()}", hashes, reason)
    typer.echo(f"{freed} tệp được đọc lại ở lần chạy tới (files will be read by the next run)")
    if hashes and freed < len(set(hashes)):
        typer.echo(f"{len(set(hashes)) - freed} không có trong danh sách lỗi (are not held)", err=True)
        raise typer.Exit(1)


def _check(reason: str) -> None:
    from pipeline.errors import Reason as Known

    if reason and reason not in list(Known):
        raise typer.BadParameter(", ".join(Known), param_hint="--reason")


def _store() -> Store:
    from service.bootstrap import open_store
    from service.settings import Settings

    return open_store(Settings())
