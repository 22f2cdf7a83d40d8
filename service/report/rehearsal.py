"""A rehearsal in, one page out that loads nothing: figures by slice, and every task that would change, with
what reviewers said of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotation.evaluation.guarding import Change
from annotation.evaluation.rehearsing import FIELDS, Moved, Retold, Seen
from service.learning.rehearsing import Rehearsed
from service.learning.telling import shown, unit_name
from service.report.cards import due
from service.report.charts import number, percent
from service.report.whole import whole
from service.wording import ASSIGNERS, CLASSES, DOCUMENT_TYPES, words

WHAT = {"added": "Thêm", "lost": "Mất", "changed": "Đổi"}
GAINS = {"better": "Tốt hơn", "worse": "Kém đi", "same": "Như nhau"}
KINDS = {"confidence": "mô hình tin cậy", "reader": "bộ đọc thứ hai"}
MEASURES = {"complete_f1": "F1 trọn vẹn", "brier": "Brier (đổi dấu)"}
TITLES = {"text": "Lời văn", "leads": "Chủ trì", "cooperators": "Phối hợp", "deadline": "Thời hạn"}
LABELS = {name: labels for _, name, labels in CLASSES}
TITLES |= {name: title for title, name, _ in CLASSES}
_SLICES = {
    "all": "Tất cả",
    "source:scan": "Bản quét",
    "source:text": "Có lớp chữ",
    "length:long": "Dài, từ năm trang",
    "length:short": "Ngắn",
    "deadline:with": "Có thời hạn",
    "deadline:without": "Không có thời hạn",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A field as reviewers said it, and as both readers saw it; whether each of these is right."""

    title: str
    said: str
    before: str
    after: str
    marks: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Card:
    """A task that two readers see otherwise."""

    document: str
    what: str
    gain: str
    rows: tuple[Row, ...]
    known: bool


def page(found: Rehearsed) -> Iterator[str]:
    """The page in pieces, in order."""
    cards = [card(one) for one in found.retold]
    yield from whole(
        "rehearsal.html",
        ["report.css", "evaluation.css", "rehearsal.css"],
        "evaluation.js",
        first=shown(found.pair.first),
        second=shown(found.pair.second),
        kind=words(KINDS, found.pair.kind),
        documents=found.documents,
        slices=[_slice(one) for one in found.changes],
        filing=found.filing,
        moved=found.moved,
        cards=cards,
        counts={name: sum(one.what == name for one in cards) for name in WHAT},
        gains={name: sum(one.gain == name for one in cards) for name in GAINS},
        what=WHAT,
        gain_names=GAINS,
        sources=list(dict.fromkeys(one.document for one in cards)),
        better=_better(found.moved),
        number=number,
        percent=percent,
    )


def _better(moved: Sequence[Moved]) -> int:
    return sum(one.better for one in moved)


def _slice(one: Change) -> tuple[str, str, str, Change]:
    return named(one.slice), one.slice, words(MEASURES, one.measure), one


def named(name: str) -> str:
    """A slice in Vietnamese."""
    kind, _, value = name.partition(":")
    if kind == "type":
        return words(DOCUMENT_TYPES, value)
    return words(ASSIGNERS, value) if kind == "level" else words(_SLICES, name)


def card(one: Retold) -> Card:
    """A task that is seen otherwise, field by field."""
    side = one.after or one.before
    said = side.said if side else None
    gain = "better" if one.gain > 0 else "worse" if one.gain < 0 else "same"
    rows = tuple(_row(name, said, one) for name in FIELDS)
    kept = tuple(row for row in rows if row.said or row.before or row.after)
    return Card(one.document, one.what, gain, kept, said is not None)


def _row(name: str, said: Mapping[str, Any] | None, one: Retold) -> Row:
    before, after = (_value(name, each.task) if each else "" for each in (one.before, one.after))
    marks = (_mark(name, one.before, before), _mark(name, one.after, after))
    return Row(TITLES[name], _value(name, said) if said else "", before, after, marks)


def _mark(name: str, side: Seen | None, value: str) -> str:
    """What is left out is wrong only where reviewers said something."""
    if side is None or not (value or (side.said and name not in side.right)):
        return ""
    return "right" if name in side.right else "wrong"


def _value(name: str, task: Mapping[str, Any]) -> str:
    if name == "text":
        return str(task["text"])
    if name == "deadline":
        deadline = {"date": None, "time": None, "rrule": None, "kind": "none"} | (task.get("deadline") or {})
        told = filter(None, (due(deadline), deadline["rrule"]))
        return "" if deadline["kind"] == "none" else " · ".join(told)
    if name in LABELS:
        return words(LABELS[name], task[name]) if task.get(name) else ""
    return "; ".join(unit_name(unit) for unit in task.get(name) or ())
