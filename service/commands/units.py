"""`dondoc units`: the register of units searched, groups expanded, lists written, an office's own read."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from pipeline.units.register import Register, Unit
    from pipeline.units.register.table import Checked

units = typer.Typer(
    no_args_is_help=True,
    help="Sổ đơn vị: tra, mở nhóm, xuất, nạp (the register of units: search, expand, export, import).",
)
_DATES = ["%Y-%m-%d", "%d/%m/%Y"]
_MANY = 3  # successors shown in a table
_MISTAKES = 50  # shown of a file

Issuer = Annotated[str, typer.Option(help="Cơ quan ban hành (issuer): UBND tỉnh Hưng Yên.")]
Day = Annotated[
    dt.datetime | None,
    typer.Option(formats=_DATES, help="Ngày của văn bản (the document's day); hôm nay nếu thiếu."),
]


class Form(StrEnum):
    """How units are shown."""

    TABLE = "table"
    JSON = "json"


Shown = Annotated[Form, typer.Option("--format", help="table, json")]


@units.command()
def search(
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help="Tên, có dấu hay không (a name, accents or not).")
    ],
    issuer: Issuer = "",
    date: Day = None,
    form: Shown = Form.TABLE,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Số dòng tối đa (most rows).")] = 20,
) -> None:
    """Tra sổ đơn vị, gần nhất trước (look a unit up, the likeliest first)."""
    from pipeline.units.register.search import search as find

    with _register() as register:
        found = find(text, register, issuer, _day(date), limit)
    if not found:
        typer.echo(f"Không có đơn vị nào giống “{text}” (nothing like it).", err=True)
        raise typer.Exit(1)
    _show([(hit.unit, f"{hit.similarity:.2f}") for hit in found], register, _day(date), form)


@units.command()
def expand(
    group: Annotated[str, typer.Argument(metavar="GROUP", help="Tên nhóm (a group): các sở, ban, ngành.")],
    issuer: Issuer = "",
    date: Day = None,
    form: Shown = Form.TABLE,
) -> None:
    """Kể các đơn vị của một nhóm vào một ngày (who a group's name means on a day)."""
    from pipeline.units.register import expand as members_of

    with _register() as register:
        found = members_of(group, issuer, _day(date), register)
    if found is None:
        typer.echo(f"Không xác định được “{group}” gồm những ai (cannot be known who is meant).", err=True)
        raise typer.Exit(1)
    _show([(unit, "") for unit in found], register, _day(date), form)


@units.command("export")
def write(
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="Ghi ra tệp .tsv, .csv, .xlsx, .json (write to a file)."),
    ] = None,
    own: Annotated[bool, typer.Option(help="Chỉ đơn vị của cơ quan (the office's own only).")] = False,
    places: Annotated[
        bool, typer.Option(help="Cả huyện, xã trước và nay (districts and communes too).")
    ] = True,
) -> None:
    """Xuất sổ đơn vị, mặc định ra màn hình dạng TSV (the register as a table, by default TSV on stdout)."""
    from service.commands.errors import deliver
    from service.own_units import FORMS, written

    form = out.suffix.lower() if out else ".tsv"
    if form not in FORMS:
        raise typer.BadParameter(f"cần đuôi {', '.join(FORMS)} (needs one of these)", param_hint="--out")
    with _register() as register:
        content = written(register.own if own else _all(register, places=places), form)
    deliver(content, out)


@units.command("import")
def take(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Tệp .xlsx, .csv, .tsv, .json có cột “tên”.")],
    preview: Annotated[bool, typer.Option(help="Chỉ xem, không ghi (only show).")] = False,
) -> None:
    """Nạp đơn vị của cơ quan vào sổ: tất cả hoặc không gì (an office's own units, all or nothing)."""
    from pipeline.units.register.table import check
    from service.own_units import rows_of, store
    from service.settings import Settings

    with _register() as register:
        settings = Settings()
        checked = check(rows_of(file, settings.max_bytes), register)
        _tell(checked)
        if checked.mistakes:
            typer.echo("Chưa nạp gì (nothing imported).", err=True)
            raise typer.Exit(1)
        if not preview and (checked.new or checked.changed):
            kept = {unit.id: unit for unit in (*register.own, *checked.new, *checked.changed)}
            store(settings.units_file, kept.values())
    typer.echo("Chỉ xem trước, chưa ghi (preview only)." if preview else "Đã nạp (imported).")


def _tell(checked: Checked) -> None:
    for one in checked.mistakes[:_MISTAKES]:
        typer.echo(f"dòng {one.row} (row {one.row}): {one.cause}", err=True)
    if len(checked.mistakes) > _MISTAKES:
        typer.echo(f"… và {len(checked.mistakes) - _MISTAKES} lỗi khác (more)", err=True)
    if not checked.mistakes:
        for word, them in (("mới", checked.new), ("sửa", checked.changed)):
            for unit in them:
                typer.echo(f"{word}: {unit.id}  {unit.name}")
        counts = f"{len(checked.new)} mới, {len(checked.changed)} sửa, {checked.unchanged} như cũ"
        typer.echo(f"{counts} (new, changed, unchanged)")


@contextmanager
def _register() -> Iterator[Register]:
    """The office's register; what cannot be used is one line on stderr."""
    from service.bootstrap import office_register
    from service.commands.errors import one_line
    from service.own_units import BadUnits
    from service.settings import Settings

    with one_line():
        try:
            yield office_register(Settings())
        except BadUnits as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(1) from None


def _day(date: dt.datetime | None) -> dt.date:
    return date.date() if date else dt.date.today()  # noqa: DTZ011 - the user's day


def _all(register: Register, *, places: bool) -> Iterable[Unit]:
    from pipeline.units.register.compose import province_unit, territory_unit
    from pipeline.units.register.places import provinces, territories

    yield from register.units.values()
    yield from (unit for one in provinces().values() if (unit := province_unit(one)).id not in register.units)
    if places:
        yield from (unit for one in territories() if (unit := territory_unit(one)).id not in register.units)


def _show(found: Sequence[tuple[Unit, str]], register: Register, day: dt.date, form: Form) -> None:
    rows = [_row(unit, similarity, register, day) for unit, similarity in found]
    if form is Form.JSON:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    titles = {
        "id": "Mã",
        "name": "Tên",
        "similarity": "Giống",
        "valid": f"Ngày {day:%d/%m/%Y}",
        "today": "Nay là",
    }
    if not any(similarity for _, similarity in found):
        del titles["similarity"]
    table = Table(caption=f"{len(rows)} đơn vị (units)")
    for title in titles.values():
        table.add_column(title, overflow="fold")
    for row in rows:
        cells = row | {
            "valid": _WORDS[row["valid"]],
            "today": _few([one["name"] for one in row["successors"]]),
        }
        table.add_row(*(escape(str(cells[key])) for key in titles))
    console = Console()
    (console if console.is_terminal else Console(width=160)).print(table)


_WORDS = {True: "có", False: "không còn / chưa có", None: "không rõ"}


def _row(unit: Unit, similarity: str, register: Register, day: dt.date) -> dict[str, Any]:
    return {
        "id": unit.id,
        "name": unit.name,
        "level": unit.level,
        "similarity": float(similarity) if similarity else None,
        "valid": unit.valid_on(day),
        "successors": [{"id": one.id, "name": one.name} for one in register.successors(unit)],
        "source": unit.source,
    }


def _few(names: Sequence[str]) -> str:
    rest = f" và {len(names) - _MANY} đơn vị khác" if len(names) > _MANY else ""
    return ", ".join(names[:_MANY]) + rest
