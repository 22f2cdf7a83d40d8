"""`dondoc audit`: whether the chain of changes holds, and signing its head."""

from __future__ import annotations

import typer

audit = typer.Typer(no_args_is_help=True, help="Nhật ký thay đổi: kiểm tra, ký (the audit: verify, sign).")


@audit.command()
def verify() -> None:
    """Kiểm tra chuỗi nhật ký, giá trị và chữ ký; sai thì thoát với mã 1 (check chain, values, signatures)."""
    from service.audit.verifying import verified
    from service.bootstrap import open_store
    from service.commands.errors import one_line_with_store
    from service.settings import Settings

    found = 0
    with one_line_with_store():
        settings = Settings()
        with open_store(settings).reading() as work:
            entries, _ = work.audit.head()
            for fault in verified(work.audit, settings.audit_key):
                found += 1
                typer.echo(f"Mục số {fault.seq}: {fault.why}" if fault.seq else fault.why)
    if found:
        typer.echo(f"{found} chỗ sai trong {entries} mục ({found} faults in {entries} entries).")
        raise typer.Exit(1)
    if not entries:
        typer.echo("Nhật ký còn trống (no entries yet).")
        return
    typer.echo(f"Nhật ký đúng: {entries} mục (the audit holds: {entries} entries).")


@audit.command()
def sign() -> None:
    """Ký mục cuối của nhật ký (sign the chain's head)."""
    from service.audit.signing import sign as signed
    from service.bootstrap import open_store
    from service.commands.errors import one_line_with_store
    from service.settings import Settings

    with one_line_with_store():
        settings = Settings()
        head = signed(open_store(settings), settings.audit_key)
    typer.echo(f"Đã ký mục số {head.seq} (signed)." if head else "Nhật ký còn trống (no entries yet).")
