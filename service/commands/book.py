"""`dondoc book import`: an office's former book, a workbook, shown as understood and entered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from service.importing.reading import Preview
    from service.settings import Settings
    from service.store import Store

book = typer.Typer(no_args_is_help=True, help="Sổ theo dõi nhiệm vụ (the book of duties).")


@book.callback()
def options() -> None:
    """Sổ theo dõi nhiệm vụ (the book of duties)."""


@book.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Sổ cũ, tệp .xlsx (the former book).")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Không hỏi lại (do not ask).")] = False,
    sheet: Annotated[str, typer.Option(help="Trang tính (sheet); mặc định: trang giống sổ nhất.")] = "",
    issuer: Annotated[str, typer.Option(help="Cơ quan của sổ (whose book it is): UBND tỉnh Hưng Yên.")] = "",
) -> None:
    """Nhập sổ cũ từ Excel: xem từng dòng, rồi vào sổ; nhập lại không trùng (import a former book)."""
    import getpass

    from service.bootstrap import open_store
    from service.commands.errors import one_line_with_store
    from service.settings import Settings
    from service.tracking.keeping import Actor

    with one_line_with_store():
        settings = Settings()
        store = open_store(settings)
        found = _understood(settings, store, file, sheet, issuer)
        _show(found)
        if found.new and not yes:
            typer.confirm(f"Vào sổ {len(found.new)} nhiệm vụ (enter them)?", abort=True)
        with store.begin() as work:
            made = work.former.enter(Actor(f"máy chủ: {getpass.getuser()}"), found.new)
    typer.echo(f"Đã vào sổ (entered): {len(made)}")
    if found.missing:
        raise typer.Exit(1)


def _understood(settings: Settings, store: Store, file: Path, sheet: str, issuer: str) -> Preview:
    """The workbook's rows as they are understood; ends the command where it cannot be read."""
    from service.batch import own_spool
    from service.bootstrap import office_register
    from service.importing.reading import NotRead, Wish, understood

    content = _content(file, settings.duty_file_bytes)
    spool = own_spool(settings, store)
    try:
        register, wish = office_register(settings), Wish(issuer, sheet)
        return understood(settings, store, spool, register, file.name, content, wish)
    except NotRead as error:
        typer.echo(f"{file}: {error}", err=True)
        raise typer.Exit(1) from None
    finally:
        spool.close()


def _content(file: Path, most: int) -> bytes:
    try:
        if file.stat().st_size > most:
            typer.echo(f"{file}: tệp quá lớn (too large)", err=True)
            raise typer.Exit(1)
        return file.read_bytes()
    except OSError as error:
        typer.echo(f"{file}: không đọc được (cannot read: {error.strerror})", err=True)
        raise typer.Exit(1) from None


def _show(found: Preview) -> None:
    from service.importing.words import IMPORT_COLUMNS
    from service.wording import LIVES

    typer.echo(f"Trang tính (sheet): {found.sheet}")
    for role, column in found.columns.items():
        typer.echo(
            f"  {IMPORT_COLUMNS[role]}: “{found.headings[column]}” ({found.likeness.get(role, 100):.0f} %)"
        )
    for role in found.missing:
        typer.echo(f"Không thấy cột (no column): {IMPORT_COLUMNS[role]}", err=True)
    for one in found.rows:
        if one.duty is None:
            typer.echo(f"dòng {one.number}: KHÔNG ĐỌC ĐƯỢC (not read): {one.cause}", err=True)
            continue
        due = one.duty.due_on.strftime("%d/%m/%Y") if one.duty.due_on else "không hạn"
        there = " · đã có trong sổ" if one.identity in found.known else ""
        told = "".join(f" · {remark}" for remark in one.told)
        leads = "; ".join(unit.name for unit in one.duty.leads)
        typer.echo(
            f"dòng {one.number}: {one.duty.text[:60]} · {leads} · {due} · {LIVES[one.life]}{there}{told}"
        )
    typer.echo(
        f"Sẽ vào sổ (new) {len(found.new)}, đã có (there) {found.there}, không đọc được {len(found.unread)}"
    )
