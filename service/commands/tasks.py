"""`dondoc tasks`: what the store holds, for people and programs; `dondoc stub`: a record typed by hand."""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from service.listing import Value
    from service.mapping import Record
    from service.store import TaskFilter

_DATES = ["%Y-%m-%d", "%d/%m/%Y"]
_SHARES = {"Văn bản": 6, "Nhiệm vụ": 9, "Chủ trì": 5, "Phối hợp": 4, "Thời hạn": 6, "Trạng thái": 5}
_PIPED = 160  # columns of a table that goes to a file or a pipe


class Format(StrEnum):
    """How the tasks are written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


def tasks(
    unit: Annotated[
        str, typer.Option(help="Tên đơn vị, có dấu hay không (unit, with or without accents).")
    ] = "",
    due_before: Annotated[
        dt.datetime | None, typer.Option(formats=_DATES, help="Hạn trước ngày này (due before this day).")
    ] = None,
    status: Annotated[str, typer.Option(help="Trạng thái rà soát (review status): proposed, stub…")] = "",
    of_class: Annotated[
        list[str] | None,
        typer.Option(
            "--class",
            metavar="LỚP=KHÓA",
            help="Theo phân loại, nhiều lần được (by class, e.g. timing=recurring, assigner=ministry).",
        ),
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="table, json, csv, xlsx")] = Format.TABLE,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Ghi ra tệp (write to a file).")] = None,
) -> None:
    """Liệt kê nhiệm vụ trong sổ, hạn gần nhất trước (list the stored tasks, soonest deadline first)."""
    if form is Format.XLSX and out is None and sys.stdout.isatty():
        raise typer.BadParameter("xlsx cần -o TỆP (xlsx needs -o FILE)", param_hint="--out")
    from service.store import TaskFilter

    day = due_before.date() if due_before else None
    found = _found(TaskFilter(unit, day, status, _classes(of_class or [])))
    if form is Format.TABLE and out is None:
        _show(found)
        return
    from service.commands.errors import deliver

    content = _bytes(found, form)
    deliver(content, out)


def _typed(value: str) -> str:
    if not value.strip():
        raise typer.BadParameter("để trống (empty)")
    return value.strip()


def _sha256(value: str) -> str:
    if not re.fullmatch("[0-9a-f]{64}", value.strip().lower()):
        raise typer.BadParameter("cần 64 chữ số hex (needs 64 hexadecimal digits)")
    return value.strip().lower()


class Level(StrEnum):
    """How secret a document is."""

    MAT = "mat"
    TOI_MAT = "toi_mat"
    TUYET_MAT = "tuyet_mat"


def stub(
    number: Annotated[
        str, typer.Option(parser=_typed, metavar="SỐ", help="Số, ký hiệu (number and notation).")
    ],
    date: Annotated[dt.datetime, typer.Option(formats=_DATES, help="Ngày ban hành (date of issue).")],
    unit: Annotated[
        str,
        typer.Option(
            parser=_typed, metavar="ĐƠN VỊ", help="Đơn vị phải thực hiện (unit that answers for it)."
        ),
    ],
    deadline: Annotated[dt.datetime | None, typer.Option(formats=_DATES, help="Thời hạn (deadline).")] = None,
    sha256: Annotated[
        str | None,
        typer.Option(
            parser=_sha256, metavar="SHA256", help="Mã băm của tệp đã từ chối (refused file's hash)."
        ),
    ] = None,
    level: Annotated[Level, typer.Option(help="Độ mật (level of secrecy).")] = Level.MAT,
) -> None:
    """Ghi tay một văn bản không được lưu: số, ngày, đơn vị, thời hạn, không nội dung (a record by hand)."""
    from service.bootstrap import open_store
    from service.commands.errors import one_line_with_store
    from service.settings import Settings
    from service.tracking.life import Lead

    with one_line_with_store(), open_store(Settings()).begin() as work:
        due_on = deadline.date() if deadline else None
        work.stubs.add(number, date.date(), Lead(unit), due_on, level=level.value, sha256=sha256)
    typer.echo("Đã ghi (filed).")


def _classes(given: list[str]) -> tuple[tuple[str, str], ...]:
    """The classes asked for, as pairs; a usage error names what there is."""
    from service.wording import CLASS_KEYS

    pairs = []
    for one in given:
        name, _, key = (part.strip() for part in one.partition("="))
        if key not in CLASS_KEYS.get(name, ()):
            known = CLASS_KEYS.get(name, CLASS_KEYS)
            message = f"{one}: không có, chỉ có (unknown; there are): {', '.join(known)}"
            raise typer.BadParameter(message, param_hint="--class")
        pairs.append((name, key))
    return tuple(pairs)


def _found(wanted: TaskFilter) -> list[Record]:
    from service.bootstrap import open_store
    from service.commands.errors import one_line_with_store
    from service.listing import stub_as_task
    from service.settings import Settings

    with one_line_with_store(), open_store(Settings()).reading() as work:
        found = work.tasks(wanted)
        if wanted.status in {"", "stub"} and not wanted.classes:
            found += [stub_as_task(one) for one in work.stubs.find(wanted)]
    return found


def _bytes(found: list[Record], form: Format) -> bytes:
    from service.listing import to_csv, to_xlsx

    match form:
        case Format.JSON:
            return (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode()
        case Format.CSV:
            return to_csv(found)
        case Format.XLSX:
            return to_xlsx(found)
        case Format.TABLE:
            return _drawn(found).encode()


def _drawn(found: list[Record]) -> str:
    from io import StringIO

    from rich.console import Console

    page = StringIO()
    Console(file=page, width=_PIPED).print(_table(found))
    return page.getvalue()


def _show(found: list[Record]) -> None:
    from rich.console import Console

    console = Console()
    if not console.is_terminal:
        console = Console(width=_PIPED)
    if not found:
        console.print("Không có nhiệm vụ nào (no tasks).")
        return
    console.print(_table(found))


def _table(found: list[Record]) -> Table:
    from rich.markup import escape
    from rich.table import Table

    from service.listing import COLUMNS, row

    table = Table(show_lines=True, expand=True, caption=f"{len(found)} nhiệm vụ (tasks)")
    for title, share in _SHARES.items():
        table.add_column(title, overflow="fold", ratio=share)
    for task in found:
        shown = dict(zip(COLUMNS, row(task), strict=True))
        heading = "\n".join(
            _cell(shown[name]) for name in ("Số, ký hiệu", "Ngày ban hành", "Vị trí") if shown[name]
        )
        due = shown["Thời hạn"] or shown["Thời hạn (nguyên văn)"]
        rest = (shown[name] for name in ("Nhiệm vụ", "Chủ trì", "Phối hợp"))
        table.add_row(*(escape(_cell(value)) for value in (heading, *rest, due, shown["Trạng thái"])))
    return table


def _cell(value: Value) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else str(value or "")
