"""A sheet's rows in, duties to be entered out; a row that cannot be read costs no other row."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.units.register import Register
from service.importing.origins import origin_of
from service.importing.phrases import holds, phrases, plain
from service.importing.remarks import Remark, Unclear
from service.importing.values import day_of, document_of, due_of, line, state_of, units_of
from service.tracking.entering import NewDuty, Origin
from service.tracking.life import OPEN, Lead, Life

_COUNT = re.compile(r"\(?[0-9]{1,2}\)?|[A-Za-z]")
_GROUP = re.compile(r"(?:[IVXLC]+|[A-Z]|\d{1,2})[.)/]?\s+(?=\S)")
_BULLET = re.compile(r"[IVXLC]+\.?|[A-Z]\.?")
_DAYLESS = ("ongoing", "recurring")
_IDENTITY = ("text", "lead", "number", "document_on", "due")


@dataclass(frozen=True, slots=True)
class Setting:
    """What rows are read with: whose book it is (to know which province's bodies are meant), the day."""

    register: Register
    issuer: str
    today: dt.date


@dataclass(frozen=True, slots=True)
class Read:
    """A row as understood: its number as the sheet shows it, the duty and the state that it has reached; else
    the cause. `told` is what the user should know of a row that can be entered."""

    number: int
    identity: str = ""
    duty: NewDuty | None = None
    life: Life = Life.NOT_STARTED
    done_on: dt.date | None = None
    result: str = ""
    group: str = ""
    cause: Remark | None = None
    told: tuple[Remark, ...] = ()


@dataclass(slots=True)
class _Cells:
    """A row's cells by what they hold; `told` gathers on the way."""

    by: Mapping[str, str]
    told: list[Remark] = field(default_factory=list)

    def __getitem__(self, role: str) -> str:
        return self.by.get(role, "")


def rows_of(
    rows: Sequence[Sequence[str]],
    begin: int,
    columns: Mapping[str, int],
    secret: Sequence[int],
    setting: Setting,
) -> list[Read]:
    """Every row from `begin` on that is no blank one, no count of columns, no sum and no group's title."""
    found: list[Read] = []
    seen: dict[str, int] = {}
    group = ""
    for at in range(begin, len(rows)):
        if at in secret:
            found.append(Read(at + 1, cause=Remark("secret")))
            continue
        row = rows[at]
        if _is_idle(row):
            continue
        cells = _Cells({role: row[column] for role, column in columns.items() if column < len(row)})
        title = _group(row, cells)
        if title:
            group = title
            continue
        one = _read(at + 1, cells, group, setting)
        if one.identity and one.identity in seen:
            one = Read(one.number, cause=Remark("twice", str(seen[one.identity])))
        elif one.identity:
            seen[one.identity] = one.number
        found.append(one)
    return found


def _is_idle(row: Sequence[str]) -> bool:
    said = [text for text in row if text.strip()]
    if not said or all(_COUNT.fullmatch(text.strip()) for text in said):
        return True
    return any(plain(text) in phrases().words["skip"] for text in said)


def _group(row: Sequence[str], cells: _Cells) -> str:
    """A group's title ("I. UBND tỉnh giao"): a row that says one thing, numbered as groups are or merged."""
    said = [line(text) for text in row if text.strip()]
    words = [text for text in dict.fromkeys(said) if not _BULLET.fullmatch(text)]
    if len(words) != 1 or any(
        cells[role] and cells[role] != cells["text"] for role in ("lead", "due", "state")
    ):
        return ""
    numbered = any(_BULLET.fullmatch(text) for text in said) or _GROUP.match(words[0])
    merged = len(said) > 2
    return _GROUP.sub("", words[0], count=1) if numbered or merged else ""


def _read(number: int, cells: _Cells, group: str, setting: Setting) -> Read:
    try:
        return _understood(number, cells, group, setting)
    except Unclear as error:
        return Read(number, group=group, cause=error.remark)


def _understood(number: int, cells: _Cells, group: str, setting: Setting) -> Read:
    text = line(cells["text"])
    if not text:
        raise Unclear("no_text")
    document = document_of(cells["number"])
    document_on = day_of(cells["document_on"]) or document.on
    assigned_on = day_of(cells["assigned_on"]) or document_on
    if assigned_on is None:
        assigned_on = setting.today
        cells.told.append(Remark("no_day"))
    given = bool(group) and any(holds(plain(group), one) for one in phrases().words["given"])
    leads = _leads(cells, "" if given else group, setting, assigned_on)
    due_on, deadline = due_of(cells["due"], assigned_on)
    if deadline and due_on is None and deadline.get("kind") not in _DAYLESS:
        cells.told.append(Remark("no_due", line(cells["due"])))
    life, done_on = _state(cells, due_on, setting.today)
    if deadline.get("rrule") and life in OPEN:  # else it would be late for every period that is long past
        assigned_on = setting.today
        cells.told.append(Remark("periods"))
    issuer = line(cells["issuer"]) or (_giver(group) if given else "")
    source, assigner = origin_of(document.number, issuer)
    duty = NewDuty(
        text,
        leads[0],
        assigned_on,
        origin=Origin.IMPORTED,
        other_leads=leads[1:],
        cooperators=units_of(cells["cooperators"], setting.register, setting.issuer, assigned_on),
        due_on=due_on,
        deadline=deadline,
        document_number=document.number,
        document_on=document_on,
        issuer=issuer,
        output=line(cells["output"]),
        source=source,
        assigner=assigner,
        note=line(cells["note"]),
    )
    return Read(number, _identity(cells), duty, life, done_on, _result(cells), group, told=tuple(cells.told))


def _result(cells: _Cells) -> str:
    """What the former book says of how far it is."""
    said = dict.fromkeys(filter(None, (line(cells["state"]), line(cells["result"]))))
    return "; ".join(said) or "theo sổ cũ"


def _leads(cells: _Cells, group: str, setting: Setting, on: dt.date) -> tuple[Lead, ...]:
    leads = units_of(cells["lead"] or group, setting.register, setting.issuer, on)
    if not leads or (not cells["lead"].strip() and not leads[0].id):
        raise Unclear("no_lead")
    unknown = [one.name for one in leads if not one.id]
    if unknown:
        cells.told.append(Remark("unknown_unit", "; ".join(unknown)))
    if len(leads) > 1:
        cells.told.append(Remark("several_leads"))
    return leads


def _state(cells: _Cells, due_on: dt.date | None, today: dt.date) -> tuple[Life, dt.date | None]:
    done_on = day_of(cells["done_on"])
    if done_on and done_on > today:
        raise Unclear("future", cells["done_on"])
    life, in_time = state_of(cells["state"])
    if life is None:
        life, in_time = state_of(cells["result"]) if len(cells["result"]) < 60 else (None, False)
    if life is None:
        if cells["state"].strip():
            cells.told.append(Remark("unclear_state", line(cells["state"])[:60]))
        return (Life.DONE, done_on) if done_on else (Life.NOT_STARTED, None)
    if life is not Life.DONE:
        return life, None
    if done_on is None and in_time and due_on and due_on <= today:
        return life, due_on
    if done_on is None:
        cells.told.append(Remark("no_done_day"))
    return life, done_on or today


def _giver(group: str) -> str:
    """Who gives, of a group's title: "UBND tỉnh giao"."""
    words = group.split()
    while words and plain(words[-1]) in phrases().words["given"]:
        words.pop()
    return " ".join(words)


def _identity(cells: _Cells) -> str:
    """What a row is known by: its task, lead, document and deadline; not its place, nor what became of it."""
    said = "\n".join(plain(cells[role]) for role in _IDENTITY)
    return f"row-{hashlib.sha256(said.encode()).hexdigest()[:40]}"
