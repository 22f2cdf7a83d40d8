"""`dondoc check`: whether all that is kept is whole, or a backup of it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from service.safekeeping.check import Finding


def check(
    quick: Annotated[
        bool, typer.Option("--quick", help="Không tính mã băm của tệp (sizes only, no hashes).")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Mỗi dòng một đối tượng JSON (JSON lines).")
    ] = False,
    backup: Annotated[
        Path | None,
        typer.Option(metavar="SOURCE", help="Kiểm tra bản sao lưu thay vì kho (a backup instead)."),
    ] = None,
) -> None:
    """Đối chiếu kho, tệp, mô hình, nhật ký; sai thì thoát với mã 1 (check store, files, models, audit)."""
    from service.commands.errors import one_line_with_store
    from service.safekeeping.check import check as checked
    from service.safekeeping.check import checked_backup
    from service.settings import Settings

    with one_line_with_store():
        found = checked_backup(backup) if backup else checked(Settings(), hashes=not quick)
        count = tell(found, as_json)
    raise typer.Exit(1 if count else 0)


def tell(findings: Iterable[Finding], as_json: bool = False) -> int:
    """Writes findings, a line each, as they come; how many."""
    import json
    from dataclasses import asdict

    count = 0
    for one in findings:
        count += 1
        told = json.dumps(asdict(one), ensure_ascii=False)
        typer.echo(told if as_json else f"{one.part}\t{one.subject}\t{one.why}")
    if not as_json:
        typer.echo(f"{count} chỗ sai (findings)." if count else "Không có chỗ sai (all is whole).")
    return count
