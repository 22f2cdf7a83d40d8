"""What a reviewer typed in, a task's new values out; whatever is not understood comes back as words for him.

Units come as one line each: "keep:2" for the third of the present ones, "other:0" for the first of those in
the other role, "unit:ID|NAME" for one of the register, "name:NAME" for one that it does not know. A deadline
comes as typed: "trong quý III", "31/3", "".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.deadlines import explain, find_deadlines
from pipeline.text import fold, nfc
from pipeline.types import Deadline, DeadlineKind

Values = dict[str, Any]
_SPELLED = (
    "trước ngày tháng năm quý tuần cuối đầu giữa hằng chậm nhất đến hết giờ phút làm việc này kể từ thứ chủ "
    "mỗi định kỳ gửi báo cáo"
)
_ACCENTS = {fold(word): word for word in _SPELLED.split()}
"""Words of deadlines as they are typed in haste."""


class NotUnderstood(ValueError):  # noqa: N818 - says what happened
    """What was typed has no reading; the message says so in Vietnamese, `field` where."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as it came."""

    text: str
    leads: Sequence[str]
    cooperators: Sequence[str]
    deadline: str
    nature: str
    field: str
    ranges: str = ""
    """What was taken from the pages for the words ("812-960,970-1002"); empty where they were typed."""


def values_from(typed: Typed, now: Mapping[str, Any], issued_on: dt.date | None) -> Values:
    """The values that differ from what the task has `now`; raises `NotUnderstood`."""
    values: Values = {
        "text": " ".join(nfc(typed.text).split()),
        "leads": units_from(typed.leads, now["leads"], now["cooperators"]),
        "cooperators": units_from(typed.cooperators, now["cooperators"], now["leads"]),
        "nature": typed.nature,
        "field": typed.field,
    }
    if not values["text"]:
        raise NotUnderstood("Nhiệm vụ phải có lời văn.", "text")
    if nfc(typed.deadline).strip() != shown(now.get("deadline")):
        values["deadline"] = deadline_from(typed.deadline, issued_on)
    return {name: value for name, value in values.items() if value != now.get(name)}


def units_from(
    lines: Sequence[str], now: Sequence[Mapping[str, Any]], other: Sequence[Mapping[str, Any]] = ()
) -> list[dict[str, Any]]:
    """The units of a form's lines, `now` and `other` those in this and in the other role; raises
    `NotUnderstood` for a line of no known form."""
    found = []
    for line in lines:
        kind, _, rest = line.partition(":")
        had = {"keep": now, "other": other}.get(kind, ())
        if rest.isdigit() and int(rest) < len(had):
            found.append(dict(had[int(rest)]))
        elif kind == "unit" and "|" in rest:
            identifier, name = rest.split("|", 1)
            found.append(_unit(name, identifier))
        elif kind == "name" and rest.strip():
            found.append(_unit(rest.strip(), None))
        elif line.strip():
            raise NotUnderstood(f"Không hiểu đơn vị “{line}”.", "leads")
    return found


def _unit(name: str, identifier: str | None) -> dict[str, Any]:
    name = nfc(name)
    return {"text": name, "name": name, "unit_id": identifier, "inherited": False, "evidence": []}


def shown(deadline: Mapping[str, Any] | None) -> str:
    """A deadline as the form shows it: its own words, else its day."""
    if not deadline or deadline.get("kind") in (None, "none"):
        return ""
    return str(deadline.get("text") or _day(deadline.get("date")) or "")


def deadline_from(phrase: str, issued_on: dt.date | None) -> dict[str, Any] | None:
    """The deadline that a typed phrase sets, None for an empty one; counts from the document's day."""
    phrase = nfc(phrase).strip()
    if not phrase:
        return None
    found = reading(phrase, issued_on)
    if found is None:
        raise NotUnderstood(f"Không đọc được thời hạn từ “{phrase}”.", "deadline")
    return {
        "text": phrase,
        "kind": found.kind.value,
        "date": found.date.isoformat() if found.date else None,
        "time": found.time.isoformat("minutes") if found.time else None,
        "rrule": found.rrule,
        "trigger": found.trigger,
        "inherited": False,
        "rule": found.rule,
        "words": found.words,
        "flags": list(found.flags),
        "evidence": [],
    }


def reading(phrase: str, issued_on: dt.date | None) -> Deadline | None:
    """How a phrase is read: whole, with the word that a clerk leaves out ("31/3"), else what it holds;
    without accents ("quy III") as if with them."""
    return _reading(phrase, issued_on) or _reading(_accented(phrase), issued_on)


def _accented(phrase: str) -> str:
    return " ".join(_ACCENTS.get(word.lower(), word) for word in phrase.split())


def _reading(phrase: str, issued_on: dt.date | None) -> Deadline | None:
    if whole := explain(phrase, issued_on):
        return whole[0]
    for left_out in ("trước ngày", "trước", "trong"):
        guessed = explain(f"{left_out} {phrase}", issued_on)
        if guessed and guessed[0].kind is not DeadlineKind.EVENT:  # else anything would be one
            return guessed[0]
    within = find_deadlines(phrase, issued_on)
    return within[0] if within else None


def _day(iso: str | None) -> str:
    return "/".join(reversed(iso.split("-"))) if iso else ""
