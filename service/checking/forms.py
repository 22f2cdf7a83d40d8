"""What a person typed of an inspection, a finding or a measure in, what the desk is given out; what is not
understood comes back as words for him (`WrongForm`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.text import nfc
from service.checking.findings import Found
from service.checking.measures import NewMeasure
from service.checking.plan import Conclusion, Plan
from service.checking.vocabulary import CONTENTS
from service.tables import Inspection, InspectionUnit
from service.tracking.entering import NewDuty
from service.tracking.forms import WrongForm, day_from, lead_from, term_from
from service.tracking.naming import Meant, as_typed


@dataclass(frozen=True, slots=True)
class PlanTyped:
    """The form of a plan as it came; `units` are one a line."""

    kind: str = "plan"
    title: str = ""
    ground_number: str = ""
    ground_on: str = ""
    ground: str = ""
    period_begin: str = ""
    period_end: str = ""
    begins_on: str = ""
    ends_on: str = ""
    units: str = ""
    contents: tuple[str, ...] = tuple(CONTENTS)
    members: str = ""


@dataclass(frozen=True, slots=True)
class MeasureTyped:
    """The form of a measure as it came."""

    kind: str = ""
    taken_on: str = ""
    document_number: str = ""
    note: str = ""
    reply_by: str = ""
    unit: str = ""


def plan_from(typed: PlanTyped, meant: Meant = as_typed) -> Plan:
    """The plan; of one day where no last day is typed. Raises `WrongForm`."""
    begins_on = day_from(typed.begins_on, "begins_on")
    if begins_on is None:
        raise WrongForm("Hãy ghi ngày kiểm tra.", "begins_on")
    return Plan(
        kind=typed.kind,
        title=line(typed.title),
        begins_on=begins_on,
        ends_on=day_from(typed.ends_on, "ends_on") or begins_on,
        units=tuple(meant(lead_from(one)) for one in typed.units.splitlines() if one.strip()),
        contents=tuple(key for key in CONTENTS if key in typed.contents),
        ground_number=line(typed.ground_number),
        ground_on=day_from(typed.ground_on, "ground_on"),
        ground=line(typed.ground),
        period_begin=day_from(typed.period_begin, "period_begin"),
        period_end=day_from(typed.period_end, "period_end"),
        members=lines(typed.members),
    )


def typed_of(row: Inspection, units: list[InspectionUnit]) -> PlanTyped:
    """The form that would give a kept plan again."""
    days = ("ground_on", "period_begin", "period_end", "begins_on", "ends_on")
    words = ("kind", "title", "ground_number", "ground", "members")
    named = [f"{one.name} ({one.unit_id})" if one.unit_id else one.name for one in units]
    return PlanTyped(
        **{name: getattr(row, name) for name in words},
        **{name: _day(getattr(row, name)) for name in days},
        units="\n".join(named),
        contents=tuple(row.contents),
    )


def conclusion_from(typed: Mapping[str, str]) -> Conclusion:
    """What is concluded, of "nature", "degree", "cause", "responsibility", "number" and "on"."""
    words = {name: lines(typed[name]) for name in ("nature", "degree", "cause", "responsibility")}
    return Conclusion(**words, number=line(typed["number"]), on=day_from(typed["on"], "on"))


def found_from(result: str, note: str, words: Mapping[str, str]) -> Found:
    """What was found of a duty."""
    said = {key: line(value) for key, value in words.items()}
    return Found(result, {key: value for key, value in said.items() if value}, line(note))


def measure_from(typed: MeasureTyped, meant: Meant = as_typed) -> NewMeasure:
    """The measure. Raises `WrongForm`."""
    return NewMeasure(
        kind=typed.kind,
        note=line(typed.note),
        on=day_from(typed.taken_on, "taken_on"),
        document_number=line(typed.document_number),
        unit=meant(lead_from(typed.unit)) if typed.unit.strip() else None,
        reply_by=day_from(typed.reply_by, "reply_by"),
    )


def follow_up_from(text: str, lead: str, due: str, counts_from: dt.date, meant: Meant = as_typed) -> NewDuty:
    """The duty that a conclusion asks for. Raises `WrongForm`."""
    words, unit = line(text), meant(lead_from(lead))
    if not words:
        raise WrongForm("Nhiệm vụ phải có lời văn.", "text")
    if not unit.name:
        raise WrongForm("Nhiệm vụ phải có đơn vị chủ trì.", "lead")
    deadline = term_from(due, counts_from)
    day = dt.date.fromisoformat(deadline["date"]) if deadline.get("date") else None
    return NewDuty(words, unit, counts_from, due_on=day, deadline=deadline)


def line(typed: str) -> str:
    """Typed words on one line."""
    return " ".join(nfc(typed).split())


def lines(typed: str) -> str:
    """Typed words with their lines, each tidy."""
    return "\n".join(filter(None, map(line, typed.splitlines())))


def _day(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
