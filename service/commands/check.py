"""`dondoc check`: whether all that is kept is whole."""

from __future__ import annotations

from typing import Annotated

import typer


def check(
    quick: Annotated[
        bool, typer.Option("--quick", help="Không tính mã băm của tệp (sizes only, no hashes).")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Mỗi dòng một đối tượng JSON (JSON lines).")
    ] = False,
) -> None:
    """Đối chiếu kho, tệp, mô hình, nhật ký; sai thì thoát với mã 1 (check store, files, models, audit)."""
    import json
    from dataclasses import asdict

    from service.commands.errors import one_line_with_store
    from service.safekeeping.check import check as checked
    from service.settings import Settings

    found = 0
    with one_line_with_store():
        for one in checked(Settings(), hashes=not quick):
            found += 1
            told = json.dumps(asdict(one), ensure_ascii=False)
            typer.echo(told if as_json else f"{one.part}\t{one.subject}\t{one.why}")
    if not as_json:
        typer.echo(f"{found} chỗ sai (findings)." if found else "Không có chỗ sai (all is whole).")
    raise typer.Exit(1 if found else 0)
