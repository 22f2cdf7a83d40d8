"""`dondoc backup`, `dondoc restore`: all that is kept, copied while in use, and back in its place."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def backup(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Thư mục các bản sao lưu (folder of backups).")
    ],
    keep: Annotated[
        int, typer.Option(min=0, help="Chỉ giữ chừng này bản; 0: giữ cả (backups that stay; 0: all).")
    ] = 0,
) -> None:
    """Sao lưu cơ sở dữ liệu và tệp trong khi vẫn làm việc (back up database and files while in use)."""
    from service.commands.errors import one_line_with_store
    from service.safekeeping.backup import back_up
    from service.settings import Settings

    with one_line_with_store():
        made = back_up(Settings(), folder, keep)
    told = made.backup.manifest
    typer.echo(f"Đã sao lưu (backed up): {made.backup.path}")
    typer.echo(f"{sum(told.rows.values())} dòng (rows), {told.originals} tệp gốc, {made.added} mới (new)")
    if made.removed:
        typer.echo(f"Đã bỏ {made.removed} bản cũ (old backups removed).")
    for sha256 in told.missing:
        typer.echo(f"{sha256}\ttệp gốc thiếu hoặc hỏng từ trước (missing or damaged before)", err=True)
    raise typer.Exit(1 if told.missing else 0)


def restore(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="SOURCE", help="Bản sao lưu, hay thư mục: bản mới nhất (backup, or the newest)."
        ),
    ],
) -> None:
    """Phục hồi vào thư mục dữ liệu và cơ sở dữ liệu trống, rồi kiểm tra (restore into an empty place)."""
    from service.commands.check import tell
    from service.commands.errors import one_line_with_store
    from service.safekeeping.backups import opened
    from service.safekeeping.check import check
    from service.safekeeping.restore import restore as restored
    from service.settings import Settings

    with one_line_with_store():
        settings = Settings()
        found = opened(source)
        left_out = restored(settings, found)
        typer.echo(f"Đã phục hồi (restored): {found.path}")
        for sha256 in left_out:
            typer.echo(f"{sha256}\ttệp gốc hỏng trong bản sao lưu, đã bỏ ra (damaged, left out)", err=True)
        count = tell(check(settings))
    raise typer.Exit(1 if left_out or count else 0)
