"""A marked document ⇄ regions and links: the flat form in which tools for labelling think.

A region is a piece of the text, or several, with its kind and values; a link says that a region is a task's
lead, cooperator or deadline. What two tasks share is one region with two links. Values that stand nowhere in
the text are regions without spans; forms that know none carry them aside (`parted`, `rejoined`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from annotation.marked import MarkedDeadline, MarkedDocument, MarkedTask, MarkedUnit, Spans, words_at
from pipeline.types import DeadlineKind, Span


class Kind(StrEnum):
    """What a region is."""

    TASK = "task"
    UNIT = "unit"
    DEADLINE = "deadline"


class Role(StrEnum):
    """What a region is to a task."""

    LEAD = "lead"
    COOPERATOR = "cooperator"
    DEADLINE = "deadline"


VALUES: Mapping[Kind, tuple[str, ...]] = {
    Kind.TASK: ("text", "nature", "field"),
    Kind.UNIT: ("name",),
    Kind.DEADLINE: ("kind", "date", "rrule", "time"),
}
"""What a region of each kind can say beside its place; `text` and `name` only where they differ from what
stands there."""


class WrongFile(ValueError):  # noqa: N818 - says what is the case
    """A file that is not of the form that its reader takes; the message names the place and the cause."""


@dataclass(frozen=True, slots=True)
class Region:
    """A piece of the text."""

    id: str
    kind: Kind
    spans: Spans
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Link:
    """Region `to` is `role` of the task `task`; both by their ids."""

    task: str
    to: str
    role: Role


@dataclass(frozen=True, slots=True)
class Regions:
    """A document in the flat form; tasks in the order of `regions`, units of a task in that of `links`."""

    id: str
    text: str
    regions: tuple[Region, ...]
    links: tuple[Link, ...]
    hard: tuple[str, ...] = ()


def taken_apart(document: MarkedDocument) -> Regions:
    """The regions and links of a document."""
    known: dict[tuple[Kind, Spans, tuple[tuple[str, str], ...]], Region] = {}
    tasks: list[Region] = []
    links: list[Link] = []

    def region(kind: Kind, spans: Spans, values: Mapping[str, str]) -> str:
        key = (kind, spans, tuple(sorted(values.items())))
        made = known.setdefault(key, Region(f"{kind.value[0]}{len(known) + 1}", kind, spans, values))
        return made.id

    for number, task in enumerate(document.tasks, 1):
        mine = Region(f"t{number}", Kind.TASK, task.spans, _task_values(task, document.text))
        tasks.append(mine)
        for role, units in ((Role.LEAD, task.leads), (Role.COOPERATOR, task.cooperators)):
            for unit in units:
                own = {} if unit.name == words_at(unit.spans, document.text) else {"name": unit.name}
                links.append(Link(mine.id, region(Kind.UNIT, unit.spans, own), role))
        if due := task.deadline:
            links.append(Link(mine.id, region(Kind.DEADLINE, due.spans, _due_values(due)), Role.DEADLINE))
    return Regions(document.id, document.text, (*tasks, *known.values()), tuple(links), document.hard)


def put_together(flat: Regions) -> MarkedDocument:
    """The document that regions and links make; raises `WrongFile` for a link to nothing, a region outside
    the text, a unit without a name, or a deadline without a value that can be read."""
    by_id = {region.id: region for region in flat.regions}
    if strange := {one for link in flat.links for one in (link.task, link.to)} - by_id.keys():
        raise WrongFile(f"{flat.id}: liên kết đến vùng không có (link to no region): {min(strange)}")
    for region in flat.regions:
        if any(not 0 <= span.start < span.end <= len(flat.text) for span in region.spans):
            raise WrongFile(f"{flat.id}: {region.id} nằm ngoài văn bản (lies outside the text)")
    linked: dict[str, dict[Role, list[Region]]] = {}
    for link in flat.links:
        linked.setdefault(link.task, {}).setdefault(link.role, []).append(by_id[link.to])
    tasks = [
        _task(flat, region, linked.get(region.id, {})) for region in flat.regions if region.kind is Kind.TASK
    ]
    return MarkedDocument(flat.id, flat.text, tuple(tasks), flat.hard)


def parted(flat: Regions) -> tuple[Regions, dict[str, Any]]:
    """The regions with a place, and the rest as JSON: regions without one, links to them with their places
    in the order of all."""
    rest = [region for region in flat.regions if not region.spans]
    gone = {region.id for region in rest}
    apart = [(at, link) for at, link in enumerate(flat.links) if {link.task, link.to} & gone]
    placed = replace(
        flat,
        regions=tuple(region for region in flat.regions if region.spans),
        links=tuple(link for link in flat.links if not {link.task, link.to} & gone),
    )
    kept: dict[str, Any] = {}
    if rest:
        order = [region.id for region in flat.regions]
        kept["regions"] = [
            {"id": one.id, "kind": one.kind.value, "values": dict(one.values), "at": order.index(one.id)}
            for one in rest
        ]
        kept["links"] = [
            {"task": link.task, "to": link.to, "role": link.role.value, "at": at} for at, link in apart
        ]
    return placed, kept


def rejoined(placed: Regions, kept: Mapping[str, Any]) -> Regions:
    """The inverse of `parted`; raises `WrongFile`."""
    try:
        regions = list(placed.regions)
        for one in kept.get("regions", ()):
            regions.insert(one["at"], Region(one["id"], Kind(one["kind"]), (), dict(one["values"])))
        links = list(placed.links)
        for one in kept.get("links", ()):
            links.insert(one["at"], Link(one["task"], one["to"], Role(one["role"])))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise WrongFile(f"{placed.id}: vùng không có chỗ bị hỏng (faulty placeless regions)") from error
    return replace(placed, regions=tuple(regions), links=tuple(links))


def head_of(flat: Regions) -> tuple[Regions, dict[str, Any]]:
    """The regions with a place, and as JSON all but the text and the places, for forms that hold no more."""
    placed, kept = parted(flat)
    return placed, {
        "id": placed.id,
        "hard": list(placed.hard),
        "values": {one.id: [one.kind.value, dict(one.values)] for one in placed.regions},
        "links": [[link.task, link.to, link.role.value] for link in placed.links],
        "kept": kept,
    }


def with_places(head: Mapping[str, Any], text: str, spans: Mapping[str, Sequence[Span]]) -> Regions:
    """The inverse of `head_of`, given the text and where each region stands in it; raises `WrongFile`."""
    try:
        regions = tuple(
            Region(name, Kind(kind), tuple(spans.get(name, ())), values)
            for name, (kind, values) in head["values"].items()
        )
        links = tuple(Link(task, to, Role(role)) for task, to, role in head["links"])
        placed = Regions(str(head["id"]), text, regions, links, tuple(head["hard"]))
        kept = head["kept"]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise WrongFile(f"thiếu hoặc sai trường (missing or faulty field): {error}") from error
    return rejoined(placed, kept)


def _task_values(task: MarkedTask, text: str) -> dict[str, str]:
    own = {} if task.text == words_at(task.spans, text) else {"text": task.text}
    return own | {name: value for name in ("nature", "field") if (value := getattr(task, name))}


def _due_values(due: MarkedDeadline) -> dict[str, str]:
    values = {"kind": due.kind.value}
    if due.date:
        values["date"] = due.date.isoformat()
    if due.rrule:
        values["rrule"] = due.rrule
    if due.time:
        values["time"] = due.time.isoformat()
    return values


def _task(flat: Regions, region: Region, linked: Mapping[Role, Sequence[Region]]) -> MarkedTask:
    units = {role: tuple(_units(flat, linked.get(role, ()))) for role in (Role.LEAD, Role.COOPERATOR)}
    dues = linked.get(Role.DEADLINE, ())
    if len(dues) > 1:
        raise WrongFile(f"{flat.id}: {region.id} có hơn một thời hạn (more than one deadline)")
    return MarkedTask(
        text=region.values.get("text") or words_at(region.spans, flat.text),
        spans=region.spans,
        leads=units[Role.LEAD],
        cooperators=units[Role.COOPERATOR],
        deadline=_deadline(flat, dues[0]) if dues else None,
        nature=region.values.get("nature", ""),
        field=region.values.get("field", ""),
    )


def _units(flat: Regions, regions: Iterable[Region]) -> Iterable[MarkedUnit]:
    for region in regions:
        name = region.values.get("name") or words_at(region.spans, flat.text)
        if not name:
            raise WrongFile(f"{flat.id}: {region.id} không có tên đơn vị (a unit without a name)")
        yield MarkedUnit(name, region.spans)


def _deadline(flat: Regions, region: Region) -> MarkedDeadline:
    values = region.values
    try:
        return MarkedDeadline(
            kind=DeadlineKind(values["kind"]),
            spans=region.spans,
            date=dt.date.fromisoformat(values["date"]) if values.get("date") else None,
            rrule=values.get("rrule") or None,
            time=dt.time.fromisoformat(values["time"]) if values.get("time") else None,
        )
    except (KeyError, ValueError) as error:
        raise WrongFile(f"{flat.id}: {region.id} thời hạn không đọc được (unreadable deadline)") from error
