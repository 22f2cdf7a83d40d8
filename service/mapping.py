"""A document's record (the JSON form of an extraction) ⇄ rows; the only file that knows both.

Fields that the record has and the tables do not know are kept in the `extra` columns, so that a
record comes back from the store as it went in.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.remembered import remembered
from pipeline.text import fold, nfc
from service.tables import Document, DocumentIssue, Task, TaskUnit
from service.tables.documents import NEVER

Record = dict[str, Any]
Row = dict[str, Any]

_SOURCE = ("name", "sha256", "media_type", "pages", "ocr_pages")
_HEADER = ("number", "issuer", "type", "subject", "urgency", "secrecy", "recipients", "execution_clause")
_TASK = ("id", "text", "path", "output", "nature", "field", "confidence", "evidence")
_CLASSES = ("timing", "source", "assigner", "urgency", "product")
_SEARCHED = ("number", "subject", "issuer")
_DEADLINE = ("text", "kind", "date", "time", "rrule", "inherited", "rule")
_UNIT = ("text", "name", "unit_id", "inherited")
_UNSTORABLE = re.compile("[\\x00\ud800-\udfff]")
_ESCAPED = re.compile(r"\\u(?:0000|d[89a-f])")
_ROLES = {"leads": "lead", "cooperators": "cooperator"}


@dataclass(frozen=True, slots=True)
class Rows:
    """A record as rows; those of tasks and issues still lack the document's id."""

    document: Row
    tasks: list[Row]
    units: list[Row]
    issues: list[Row]
    addressed: list[Row]
    relations: list[Row]


@remembered(4096, longest=200)
def search_key(text: str) -> str:
    """Without diacritics, case and double spaces: what names are searched and compared by."""
    return " ".join(re.findall(r"\w+", fold(nfc(text))))


def number_key(number: str | None) -> str:
    """A number and notation without spaces, case and leading zeros ("05/CT-UBND" → "5/ct-ubnd")."""
    if not number:
        return ""
    key = re.sub(r"\s+|^(?:so|s)[.:]", "", fold(nfc(number))).replace("–", "-")
    return re.sub(r"^0+(?=\d)", "", key)


def to_rows(record: Mapping[str, Any], outcome: str) -> Rows:
    """The rows that hold the record; characters that a database cannot hold (NUL) become U+FFFD."""
    if _ESCAPED.search(json.dumps(record)):  # much quicker than looking at each value
        record = _storable(record)
    tasks, units = [], []
    for position, task in enumerate(record["tasks"]):
        row, its_units = task_rows(task, position)
        tasks.append(row)
        units += its_units
    issues = [
        {
            "position": position,
            "stage": issue["stage"],
            "message": issue["message"],
            "extra": _rest(issue, ("stage", "message")),
        }
        for position, issue in enumerate(record["issues"])
    ]
    relations = relation_rows([*(record.get("relations") or ()), *_exchanged(record)])
    return Rows(_document_row(record, outcome), tasks, units, issues, _addressed_rows(record), relations)


_URGENT = {"khan": 1.0, "thuong_khan": 2.0, "hoa_toc": 3.0}


def rank(record: Mapping[str, Any]) -> float:
    """A document's place in the reviewers' queue, highest first: its urgency, then the share of tasks that
    a person will have to touch (0 to 1)."""
    tasks = record["tasks"]
    doubt = sum(1.0 - (task.get("confidence") or 0.0) for task in tasks) / len(tasks) if tasks else 0.0
    return _URGENT.get(record["document"].get("urgency") or "", 0.0) + min(doubt, 0.999)


def _document_row(record: Mapping[str, Any], outcome: str) -> Row:
    source, header = record["source"], record["document"]
    signer = header.get("signer")
    row = {key: source[key] for key in _SOURCE} | {key: header.get(key) for key in _HEADER}
    row |= {
        "record_id": record["id"],
        "number_key": number_key(header.get("number")),
        "issuer_key": search_key(header.get("issuer") or ""),
        "issued_on": _date(header.get("issued_on")),
        "signer_name": signer and signer.get("name"),
        "signer_position": signer and signer.get("position"),
        "outcome": outcome,
        "version": record.get("version", ""),
        "rank": rank(record),
        "review": "extracted",
        "clearance": 0,
        "second_look": False,
        "words": search_key(" ".join(filter(None, (header.get(key) for key in _SEARCHED)))),
    }
    row["extra"] = {
        "record": _rest(record, ("id", "source", "document", "tasks", "issues")),
        "source": _rest(source, _SOURCE),
        "document": _rest(header, (*_HEADER, "issued_on", "signer")),
        "signer": None if signer is None else _rest(signer, ("name", "position")),
    }
    return row


def task_rows(task: Mapping[str, Any], position: int) -> tuple[Row, list[Row]]:
    """A task's row and those of its units, still without the document's id; `status` as given, else
    "proposed"."""
    units = []
    for key, role in _ROLES.items():
        units += [_unit_row(unit, task["id"], role, place) for place, unit in enumerate(task.get(key) or ())]
    return _task_row(task, position), units


def _task_row(task: Mapping[str, Any], position: int) -> Row:
    deadline = task.get("deadline")
    given = deadline or {"kind": "none"}
    names = [unit["name"] for key in _ROLES for unit in task.get(key) or ()]
    return {key: task.get(key) for key in (*_TASK, *_CLASSES)} | {
        "position": position,
        "deadline_text": given.get("text"),
        "deadline_kind": given["kind"],
        "deadline_date": _date(given.get("date")),
        "deadline_time": given.get("time"),
        "deadline_rrule": given.get("rrule"),
        "deadline_inherited": bool(given.get("inherited")),
        "deadline_rule": given.get("rule") or "",
        "deadline_extra": {"given": deadline is not None} | _rest(given, _DEADLINE),
        "extra": _rest(task, (*_TASK, *_CLASSES, *_ROLES, "deadline", "status")),
        "status": task.get("status") or "proposed",
        "due_key": _date(given.get("date")) or NEVER,
        "words": search_key(" ".join([task["text"], task.get("output") or "", *names])),
    }


def _unit_row(unit: Mapping[str, Any], task_id: str, role: str, position: int) -> Row:
    return {key: unit.get(key) for key in _UNIT} | {
        "task_id": task_id,
        "role": role,
        "position": position,
        "inherited": bool(unit.get("inherited")),
        "name_key": search_key(unit["name"]),
        "extra": _rest(unit, _UNIT),
    }


def _addressed_rows(record: Mapping[str, Any]) -> list[Row]:
    """Whom the document went to; `units` of the header, where it is there, knows their ids."""
    header = record["document"]
    ids = header.get("unit_ids") or {}
    return [
        {"role": role, "name": name, "name_key": search_key(name), "unit_id": ids.get(name)}
        for role, names in (("addressee", "addressees"), ("recipient", "recipients"))
        for name in header.get(names) or ()
    ]


def relation_rows(relations: Sequence[Mapping[str, Any]]) -> list[Row]:
    """What a document does to earlier ones that it names, for them to be found by; still without its id."""
    return [
        {
            "position": position,
            "kind": one["kind"],
            "number": one["number"],
            "number_key": number_key(one["number"]),
            "issued_on": _date(one.get("issued_on")),
            "item": one.get("item") or "",
            "due_on": _date((one.get("deadline") or {}).get("date")),
            "text": one.get("text") or "",
            "evidence": one.get("evidence") or [],
        }
        for position, one in enumerate(relations)
        if one.get("number")
    ]


_KINDS = {"recall": "revokes", "update": "amends", "replace": "replaces"}


def _exchanged(record: Mapping[str, Any]) -> list[Record]:
    """What the sender of a package says that it does to earlier documents, as relations; what its pages say
    alike is told once."""
    exchange = record.get("exchange") or {}
    kind = _KINDS.get(exchange.get("purpose", ""))
    words = exchange.get("reason") or exchange.get("sender") or ""
    told = {number_key(one["number"]) for one in record.get("relations") or () if one["kind"] == kind}
    concerns = [one for one in exchange.get("concerns", ()) if kind and number_key(one["number"]) not in told]
    return [one | {"kind": kind, "text": words} for one in concerns]


def to_record(
    document: Document, tasks: Sequence[Task], units: Sequence[TaskUnit], issues: Sequence[DocumentIssue]
) -> Record:
    """The record that the rows hold; the inverse of `to_rows`."""
    extra = document.extra
    header = {key: getattr(document, key) for key in _HEADER} | extra["document"]
    header["issued_on"] = _iso(document.issued_on)
    header["signer"] = None
    if extra["signer"] is not None:
        header["signer"] = {"name": document.signer_name, "position": document.signer_position}
        header["signer"] |= extra["signer"]
    record: Record = {
        "id": document.record_id,
        "source": {key: getattr(document, key) for key in _SOURCE} | extra["source"],
        "document": header,
        "tasks": [task_record(task, [unit for unit in units if unit.task_id == task.id]) for task in tasks],
        "issues": [{"stage": one.stage, "message": one.message} | one.extra for one in issues],
    }
    record |= extra["record"]
    return record


def task_record(task: Task, units: Sequence[TaskUnit]) -> Record:
    """A task in the record's form, with its review status."""
    record = {key: getattr(task, key) for key in _TASK} | task.extra
    record |= {key: value for key in _CLASSES if (value := getattr(task, key)) is not None}
    for key, role in _ROLES.items():
        record[key] = [_unit_record(unit) for unit in units if unit.role == role]
    record["deadline"] = _deadline_record(task)
    record["status"] = task.status
    return record


def _unit_record(unit: TaskUnit) -> Record:
    record: Record = {key: getattr(unit, key) for key in _UNIT}
    record |= unit.extra
    return record


def _deadline_record(task: Task) -> Record | None:
    extra = dict(task.deadline_extra)
    if not extra.pop("given"):
        return None
    deadline = {key: getattr(task, f"deadline_{key}") for key in _DEADLINE} | extra
    deadline["date"] = _iso(task.deadline_date)
    return deadline


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return {key: _storable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(inner) for inner in value]
    return value


def _rest(given: Mapping[str, Any], known: Sequence[str]) -> Record:
    return {key: value for key, value in given.items() if key not in known}


def _date(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None


def _iso(value: dt.date | None) -> str | None:
    return value.isoformat() if value else None
