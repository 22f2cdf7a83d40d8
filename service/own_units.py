"""Tables of units in files: an office's own list kept in the data folder, and lists that come in and go out.

`stored` and `store` keep the office's units as one TSV file, replaced as a whole or not at all. `rows_of`
reads a list that somebody sends (.tsv, .csv, .xlsx, .json), `written` makes one. What cannot be read is
`BadUnits`.
"""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.units.register.register import builtin
from pipeline.units.register.table import COLUMNS, check, columns_of, row_of
from pipeline.units.register.units import Unit

FORMS = (".tsv", ".csv", ".xlsx", ".json")
_MOST_ROWS = 200_000
_MOST_COLUMNS = 40
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class BadUnits(ValueError):  # noqa: N818 - says what is wrong
    """A list of units cannot be used; the message is one line for the user."""


def stored(path: Path) -> tuple[Unit, ...]:
    """The office's own units; none where nothing was imported."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise BadUnits(f"{path}: không đọc được (cannot read: {error.strerror})") from error
    found = check(_keyed(_table(content, ".tsv", path.name), path.name), builtin())
    if found.mistakes:
        raise BadUnits(f"{path}: dòng {found.mistakes[0].row}: {found.mistakes[0].cause}")
    return (*found.new, *found.changed)


def store(path: Path, units: Iterable[Unit]) -> None:
    """Keeps these as the office's own units, in place of those before; private to their user."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        with os.fdopen(handle, "wb") as file:
            file.write(written(units, ".tsv"))
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError as error:
        raise BadUnits(f"{path}: không ghi được (cannot write: {error.strerror})") from error


def rows_of(path: Path, max_bytes: int) -> list[dict[str, str]]:
    """The rows of a list of units, texts by column; raises `BadUnits`."""
    form = path.suffix.lower()
    if form not in FORMS:
        raise BadUnits(f"{path}: cần tệp {', '.join(FORMS)} (not a table)")
    try:
        if path.stat().st_size > max_bytes:
            raise BadUnits(f"{path}: tệp quá lớn (too large)")
        content = path.read_bytes()
    except OSError as error:
        raise BadUnits(f"{path}: không đọc được (cannot read: {error.strerror})") from error
    return list(_keyed(_table(content, form, str(path)), str(path)))


def written(units: Iterable[Unit], form: str) -> bytes:
    """Units as the bytes of a table of that form."""
    rows = [row_of(unit) for unit in units]
    if form == ".json":
        return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()
    if form == ".xlsx":
        return _workbook(rows)
    comma = form == ".csv"
    out = io.StringIO()
    writer = csv.writer(out, delimiter="," if comma else "\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_harmless(row[column]) if comma else row[column] for column in COLUMNS] for row in rows)
    return ("\ufeff" if comma else "").encode() + out.getvalue().encode()  # a spreadsheet asks for the mark


def _keyed(table: Iterator[Sequence[str]], name: str) -> Iterator[dict[str, str]]:
    heading = next(table, None)
    if heading is None:
        raise BadUnits(f"{name}: không có dòng nào (empty)")
    last = max((place for place, cell in enumerate(heading, 1) if cell.strip()), default=0)
    columns = columns_of(heading[:last])
    if isinstance(columns, str):
        raise BadUnits(f"{name}: {columns}")
    for number, row in enumerate(table, 2):
        if number > _MOST_ROWS:
            raise BadUnits(f"{name}: quá {_MOST_ROWS} dòng (too many rows)")
        cells = [*row, *[""] * len(columns)]
        yield {column: cells[place].strip() for place, column in enumerate(columns)}


def _table(content: bytes, form: str, name: str) -> Iterator[Sequence[str]]:
    try:
        if form == ".xlsx":
            yield from _sheet(content)
        elif form == ".json":
            yield from _objects(json.loads(content.decode("utf-8-sig")))
        else:
            text = content.decode("utf-8-sig")
            yield from csv.reader(
                io.StringIO(text, newline=""), delimiter="\t" if form == ".tsv" else _comma(text)
            )
    except UnicodeDecodeError as error:
        raise BadUnits(f"{name}: không phải chữ UTF-8 (not UTF-8)") from error
    except (ValueError, TypeError, KeyError, csv.Error, zipfile.BadZipFile, OSError, RecursionError) as error:
        raise BadUnits(f"{name}: tệp hỏng hoặc không đúng dạng (damaged)") from error


def _comma(text: str) -> str:
    """What parts the columns: spreadsheets of Vietnamese users write semicolons."""
    heading = text.partition("\n")[0]
    return ";" if heading.count(";") > heading.count(",") else ","


def _objects(found: Any) -> Iterator[Sequence[str]]:
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise TypeError("not a list of objects")
    columns = list(dict.fromkeys(column for one in found for column in one)) or list(COLUMNS)
    yield columns
    for one in found:
        yield [_text(one.get(column)) for column in columns]


def _sheet(content: bytes) -> Iterator[Sequence[str]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except InvalidFileException as error:
        raise ValueError from error
    try:
        for row in book.worksheets[0].iter_rows(max_col=_MOST_COLUMNS, values_only=True):
            yield [_text(value) for value in row]
    finally:
        book.close()


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "|".join(map(_text, value))
    return "" if value is None else str(value)


def _workbook(rows: Sequence[dict[str, str]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Đơn vị")
    sheet.freeze_panes = "A2"
    sheet.append(COLUMNS)
    for row in rows:
        cells = [WriteOnlyCell(sheet, row[column]) for column in COLUMNS]
        for cell in cells:
            cell.data_type = "s"  # else a text that begins with "=" would become a formula
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _harmless(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value
