"""Units as rows of a table, and an office's rows checked: texts by column in, units or named mistakes out.

Nothing is half taken: `check` tells every mistake with its row, and gives units only where there is none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace

from pipeline.text import match_key
from pipeline.units.register.keys import compact, words
from pipeline.units.register.places import slug
from pipeline.units.register.register import Register
from pipeline.units.register.units import Unit

COLUMNS = tuple(field.name for field in fields(Unit))
HEADINGS = {
    "mã": "id",
    "tên": "name",
    "tên đơn vị": "name",
    "tên khác": "aliases",
    "viết tắt": "aliases",
    "cấp": "level",
    "đơn vị cấp trên": "parent",
    "cấp trên": "parent",
    "trực thuộc": "parent",
    "thuộc": "parent",
    "từ ngày": "valid_from",
    "đến ngày": "valid_to",
    "đơn vị kế thừa": "successors",
    "kế thừa": "successors",
    "nguồn": "source",
    "căn cứ": "source",
}
"""Headings in Vietnamese and the columns they stand for; the columns' own names are understood too."""
_LONGEST = 300  # letters of a value
_MANY_SEPARATORS = str.maketrans(";\n", "||")


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in a row; `row` as a spreadsheet counts (the heading is 1), 0 for the file as a whole."""

    row: int
    cause: str


@dataclass(frozen=True, slots=True)
class Checked:
    """An office's list against the register: units that are `new` or `changed`, how many are `unchanged`."""

    new: tuple[Unit, ...] = ()
    changed: tuple[Unit, ...] = ()
    unchanged: int = 0
    mistakes: tuple[Mistake, ...] = ()


def row_of(unit: Unit) -> dict[str, str]:
    """A unit as texts by column; lists are joined by "|", dates are ISO."""
    return {
        "id": unit.id,
        "name": unit.name,
        "aliases": "|".join(unit.aliases),
        "level": unit.level,
        "scope": unit.scope,
        "everywhere": "" if unit.everywhere else "some",
        "parent": unit.parent,
        "valid_from": unit.valid_from.isoformat() if unit.valid_from else "",
        "valid_to": unit.valid_to.isoformat() if unit.valid_to else "",
        "changed": "/".join(day.isoformat() for day in unit.changed or ()),
        "successors": "|".join(unit.successors),
        "source": unit.source,
    }


def columns_of(heading: Iterable[str]) -> list[str] | str:
    """The columns that a heading names, or what is wrong with it."""
    said = [" ".join(match_key(name).split()) for name in heading]
    found = [HEADINGS.get(name, name) for name in said]
    unknown = [name for name, column in zip(said, found, strict=True) if column not in COLUMNS]
    if unknown:
        return f"không hiểu cột (unknown column): {', '.join(unknown) or '(trống)'}"
    if "name" not in found:
        return "thiếu cột tên (no column of names)"
    double = {column for column in found if found.count(column) > 1}
    return f"cột lặp lại (column twice): {', '.join(sorted(double))}" if double else found


def check(rows: Iterable[Mapping[str, str]], register: Register) -> Checked:
    """An office's rows, checked on their own and against the register."""
    mistakes: list[Mistake] = []
    read: dict[str, tuple[int, Unit]] = {}
    for number, row in enumerate(rows, 2):
        if not any(value.strip() for value in row.values()):
            continue
        unit, causes = _read(row, register)
        if unit.id in read and not causes:
            causes = [f"mã “{unit.id}” đã ở dòng {read[unit.id][0]} (id twice)"]
        mistakes += [Mistake(number, cause) for cause in causes]
        read.setdefault(unit.id, (number, unit))
    settled: dict[str, Unit] = {}
    file = {key: unit for key, (_, unit) in read.items()}
    names = _names(file.values())
    for key, (number, unit) in read.items():
        settled[key], causes = _settled(unit, register, file, names)
        mistakes += [Mistake(number, cause) for cause in causes]
    if mistakes:
        return Checked(mistakes=tuple(sorted(mistakes, key=lambda one: one.row)))
    known = {key: register.unit(key) for key in settled}
    return Checked(
        new=tuple(unit for key, unit in settled.items() if known[key] is None),
        changed=tuple(unit for key, unit in settled.items() if known[key] not in (None, unit)),
        unchanged=sum(known[key] == unit for key, unit in settled.items()),
    )


def _read(row: Mapping[str, str], register: Register) -> tuple[Unit, list[str]]:
    """A row as a unit, and what is wrong with it by itself; what it leaves open, a known unit keeps."""
    texts = {
        column: " ".join(value.split()) if column != "aliases" else value for column, value in row.items()
    }
    causes = [
        f"“{column}” dài quá {_LONGEST} ký tự (too long)"
        for column, v in texts.items()
        if len(v) > _LONGEST * 4
    ]
    name = texts.get("name", "")[:_LONGEST]
    key = texts.get("id", "")[:_LONGEST] or slug(name)
    if not name:
        causes.append("thiếu tên (no name)")
    elif not key:
        causes.append("không lập được mã từ tên (no id can be made of the name)")
    known = register.unit(key)
    base = known or Unit(key, name)
    days: dict[str, dt.date | None] = {}
    for column in ("valid_from", "valid_to"):
        text = texts.get(column, "")
        days[column] = _day(text) or (None if column in texts else getattr(base, column))
        if text and days[column] is None:
            causes.append(f"ngày không đúng (not a day): {text[:40]}")
    since, until = days["valid_from"], days["valid_to"]
    unit = replace(
        base,
        name=name,
        aliases=_many(texts["aliases"]) if "aliases" in texts else base.aliases,
        level=texts.get("level", base.level),
        scope=texts.get("scope", base.scope),
        parent=texts.get("parent", base.parent),
        valid_from=since,
        valid_to=until,
        changed=None if (since or until) else base.changed,
        successors=_many(texts["successors"]) if "successors" in texts else base.successors,
        source=texts.get("source", base.source),
    )
    return unit, [*causes, *_wrong(unit, known)]


def _wrong(unit: Unit, known: Unit | None) -> Iterator[str]:
    if unit.valid_from and unit.valid_to and unit.valid_from > unit.valid_to:
        yield "từ ngày sau đến ngày (begins after its end)"
    if (unit.valid_from or unit.valid_to) and not unit.source:
        yield "có ngày mà thiếu nguồn (a date without a source)"
    if unit.scope != (known.scope if known else ""):
        yield "cột scope chỉ dành cho đơn vị có sẵn trong sổ (scope is for listed kinds)"


def _settled(
    unit: Unit, register: Register, file: Mapping[str, Unit], names: Mapping[str, set[str]]
) -> tuple[Unit, list[str]]:
    """The unit with parent and successors as ids, and what of them, or of its names, cannot be."""
    causes: list[str] = []

    def settled(said: str, what: str) -> str:
        if said in file or register.unit(said):
            return said
        own = names.get(compact(words(said)), set())
        found = register.resolve(said)
        if len(own) == 1:
            return next(iter(own))
        if found and not found.flags:
            return found.unit.id
        causes.append(f"{what} không có trong sổ (not known): {said[:80]}")
        return said

    parent = settled(unit.parent, "đơn vị cấp trên") if unit.parent else ""
    successors = tuple(settled(one, "đơn vị kế thừa") for one in unit.successors)
    for name in (unit.name, *unit.aliases):
        others = names.get(compact(words(name)), set()) - {unit.id}
        taken = register.resolve(name) if register.unit(unit.id) is None else None
        if others:
            causes.append(f"tên “{name[:80]}” trùng với mã {min(others)} trong tệp (name twice)")
        elif taken and not taken.flags:
            causes.append(f"tên “{name[:80]}” đã là của {taken.unit.id} (name is taken)")
    return replace(unit, parent=parent, successors=successors), causes


def _names(file: Iterable[Unit]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for unit in file:
        if unit.scope == "" and ":" not in unit.id and "/" not in unit.id:
            for name in (unit.name, *unit.aliases):
                found.setdefault(compact(words(name)), set()).add(unit.id)
    return found


def _many(text: str) -> tuple[str, ...]:
    parts = (" ".join(part.split()) for part in text.translate(_MANY_SEPARATORS).split("|"))
    return tuple(dict.fromkeys(part for part in parts if part))


def _day(text: str) -> dt.date | None:
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%Y-%m-%d %H:%M:%S"):
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - a day
        except ValueError:
            continue
    return None
