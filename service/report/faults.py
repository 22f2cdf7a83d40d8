"""Errors in, what the report shows of each out: labelled beside found, differences marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotation.evaluation.comparing import CLASSES, HEADER
from annotation.evaluation.differences import Run, differences
from annotation.evaluation.faults import KINDS, Fault, said
from annotation.evaluation.units import name_of, same
from service.report.cards import due
from service.report.charts import percent
from service.report.crops import Strip, full, head, strips
from service.report.words import FAULTS
from service.wording import (
    CLAUSE_ROLES,
    DOCUMENT_TYPES,
    FIELDS,
    FLAGS,
    HEADER_FIELDS,
    NATURES,
    PROBABILITIES,
    words,
)

_CLASS_NAMES = {"nature": NATURES, "field": FIELDS}
_NOTHING: list[Run] = []


@dataclass(frozen=True, slots=True)
class Row:
    """A field as labelled and as found, in runs of words that both have or not."""

    title: str
    gold: Sequence[Run]
    found: Sequence[Run]
    wrong: bool
    listed: bool = False  # a run is a unit

    @property
    def alike(self) -> bool:
        """Whether both sides say the same: shown once."""
        sides = (self.gold, self.found)
        return not self.wrong and all(side and all(same for _, same in side) for side in sides)


@dataclass(frozen=True, slots=True)
class FaultCard:
    """An error with all that shows it."""

    kinds: tuple[tuple[str, str], ...]  # key, words
    document: str
    path: str
    labelled: bool
    read: bool
    rows: tuple[Row, ...]
    strips: tuple[Strip, ...]
    pages: tuple[Strip, ...]
    notes: tuple[str, ...]


def cards(
    faults: Sequence[Fault],
    records: Mapping[str, Mapping[str, Any]],
    classes: Mapping[tuple[str, int], str],
) -> dict[str, list[FaultCard]]:
    """Kind → its errors; each stands once, under its gravest kind."""
    found: dict[str, list[FaultCard]] = {}
    for kind in KINDS:
        them = [fault for fault in faults if fault.kinds[0] == kind]
        if them:
            found[kind] = [_card(one, records.get(one.document, {}), classes) for one in them]
    return found


def _card(fault: Fault, record: Mapping[str, Any], classes: Mapping[tuple[str, int], str]) -> FaultCard:
    own = {page: name for (document, page), name in classes.items() if document == fault.document}
    sizes = record.get("source", {}).get("page_sizes", [])
    shown = strips(fault.marks, sizes, own, record.get("lines", ()))
    if not shown and fault.kinds[0] == "header" and 1 in own:
        shown = [head(1, own[1], sizes[0])]  # a field that was not found stands there, if anywhere
    return FaultCard(
        kinds=tuple((kind, words(FAULTS, kind)) for kind in fault.kinds),
        document=fault.document,
        path=(fault.found or {}).get("path", "") if fault.kinds[0] != "header" else "",
        labelled=fault.gold is not None,
        read=fault.found is not None,
        rows=tuple(_header_rows(fault) if fault.kinds[0] == "header" else _task_rows(fault)),
        strips=tuple(shown),
        pages=tuple(
            full(page, own[page], sizes[page - 1], fault.marks)
            for page in dict.fromkeys(strip.page for strip in shown)
        ),
        notes=tuple(_notes(fault)),
    )


def _header_rows(fault: Fault) -> list[Row]:
    rows = []
    for name in (name for name in HEADER if name in (fault.gold or {})):
        sides = [_header_value(name, side) for side in (fault.gold or {}, fault.found or {})]
        rows.append(Row(words(HEADER_FIELDS, name), *differences(*sides), True))
    return rows


def _header_value(name: str, values: Mapping[str, Any]) -> str:
    value = values.get(name)
    value = value.get("name") if isinstance(value, Mapping) else value
    return words(DOCUMENT_TYPES, value) if name == "type" else str(value or "")


def _task_rows(fault: Fault) -> list[Row]:
    gold, found = fault.gold or {}, fault.found or {}
    one_sided = not (fault.gold and fault.found)
    text = (_plain(said(gold)), _plain(said(found))) if one_sided else differences(said(gold), said(found))
    rows = [Row("Lời văn", *text, "text" in fault.kinds)]
    for role, title in (("leads", "Chủ trì"), ("cooperators", "Phối hợp")):
        sides = _units(gold.get(role) or [], found.get(role) or [])
        rows.append(Row(title, *sides, role in fault.kinds, listed=True))
    rows.append(Row("Thời hạn", _plain(_due(gold)), _plain(_due(found)), "deadline" in fault.kinds))
    for name in CLASSES:
        wrong = fault.match is not None and getattr(fault.match, name) is False
        labelled, read = (_plain(words(_CLASS_NAMES[name], side.get(name))) for side in (gold, found))
        rows.append(Row(words(PROBABILITIES, name), labelled, read, wrong))
    return [
        row for row in rows if row.wrong or row.title == "Lời văn" or (one_sided and (row.gold or row.found))
    ]


def _plain(text: str) -> list[Run]:
    return [(text, True)] if text else _NOTHING


def _units(gold: Sequence[Any], found: Sequence[Any]) -> tuple[list[Run], list[Run]]:
    """The units of both sides, each with whether the other side has it."""

    def side(own: Sequence[Any], others: Sequence[Any]) -> list[Run]:
        names = [name_of(other) for other in others]
        return [(_name(unit), any(same(name_of(unit), name) for name in names)) for unit in own]

    if not (gold and found):
        return [(_name(unit), not found) for unit in gold], [(_name(unit), not gold) for unit in found]
    return side(gold, found), side(found, gold)


def _name(unit: Any) -> str:
    return str(unit if isinstance(unit, str) else unit.get("text") or unit.get("name") or "")


def _due(task: Mapping[str, Any]) -> str:
    deadline = {"date": None, "time": None, "rrule": None, "text": None, "kind": "none"} | (
        task.get("deadline") or {}
    )
    if not task or deadline["kind"] == "none":
        return ""
    quoted = f"“{deadline['text']}”" if deadline["text"] else ""
    return " · ".join(filter(None, (due(deadline), deadline["rrule"], quoted)))


def _notes(fault: Fault) -> list[str]:
    """Why the path did what it did, as far as the record tells."""
    notes = []
    if fault.kinds[0] == "missed":
        if not fault.marks:
            notes.append("Không thấy các chữ này trong văn bản như máy đọc")
        if fault.within is not None:
            notes.append(f"Nằm trong nhiệm vụ máy tìm thấy số {fault.within}")
        if fault.read_as is not None:
            role, why = fault.read_as
            notes.append(f"Máy coi đoạn này là: {words(CLAUSE_ROLES, role)} ({why})")
    found = fault.found or {}
    told = [f"Quy tắc: {found['rule']}"] if found.get("rule") else []
    told += [words(FLAGS, flag) for flag in found.get("flags") or ()]
    notes += found.get("reasons") or told  # the reasons tell both in words
    if found.get("probabilities"):
        told = [f"{words(PROBABILITIES, name)} {percent(found['probabilities'][name])}" for name in _TOLD]
        notes.append(f"Xác suất: {' · '.join(told)}")
    return notes


_TOLD = ("task", "leads", "deadline", "complete")
