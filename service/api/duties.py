"""The book of duties: searched, followed, moved on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query

from pipeline.labels import ASSIGNERS, FIELDS
from service.access.roles import Right
from service.access.viewer import Viewer
from service.api.answers import MOST, ROOT, Here, Who, moment, problems
from service.api.documents import Limit, Words, plain
from service.api.duty_forms import (
    DutyOpened,
    DutyPage,
    DutyShown,
    EventShown,
    FileShown,
    NewDutyForm,
    PartsForm,
    StepForm,
)
from service.api.naming import leads_of
from service.api.paging import Cursor, cursor_of, opened_day
from service.review.versions import Missing
from service.store import Work
from service.tables import Duty, DutyEvent, DutyFile, DutyUnit
from service.tracking.entering import NewDuty, Origin
from service.tracking.finder import DutiesWanted
from service.tracking.keeping import Actor
from service.tracking.life import Given, Life, Rule, rules
from service.tracking.parts import Part
from service.tracking.timing import Bucket, bucket
from service.web.identity import needing
from service.web.naming import naming
from service.web.state import State

router = APIRouter(tags=["duties"])
Follower = Annotated[Viewer, Depends(needing(Right.FOLLOW))]
DutyId = Annotated[int, Path(ge=1, le=MOST, description="The duty's id.")]


@router.get("/duties", responses=problems(400))
def listed(
    state: Here,
    viewer: Who,
    unit: Annotated[str, Query(max_length=300, description="A register's id, or part of a name.")] = "",
    life: Annotated[list[Life], Query()] = [],  # noqa: B006 - FastAPI copies it
    bucket: Annotated[list[Bucket], Query()] = [],  # noqa: B006
    due_before: Annotated[dt.date | None, Query()] = None,
    due_after: Annotated[dt.date | None, Query()] = None,
    number: Annotated[str, Query(max_length=100)] = "",
    document: Annotated[int | None, Query(ge=1, le=MOST)] = None,
    parent: Annotated[int | None, Query(ge=1, le=MOST)] = None,
    wholes: Annotated[bool, Query(description="Also those for which their parts stand.")] = False,
    q: Words = "",
    limit: Limit = 50,
    cursor: Cursor = "",
) -> DutyPage:
    """The duties that you may see, soonest deadline first."""
    wanted = DutiesWanted(
        lives=tuple(life),
        buckets=tuple(bucket),
        unit=plain(unit),
        number=plain(number),
        document=document,
        parent=parent,
        words=plain(q),
        due_before=due_before,
        due_after=due_after,
        wholes=wholes,
    )
    return _page(state, viewer, wanted, cursor, limit)


@router.post("/duties", status_code=201, responses=problems())
def typed(state: Here, viewer: Follower, form: NewDutyForm) -> DutyOpened:
    """Enters a duty."""
    helpers = {f"cooperators/{place}": one for place, one in enumerate(form.cooperators)}
    with state.store.begin() as work:
        assigned_on = form.assigned_on or work.book.today()
        units = leads_of(naming(state, work, viewer, assigned_on), {"lead": form.lead} | helpers)
        duty = work.book.enter(
            Actor.of(viewer),
            NewDuty(
                form.text,
                units["lead"],
                assigned_on,
                origin=Origin.TYPED,
                cooperators=tuple(units[where] for where in helpers),
                due_on=form.due,
                document_number=form.document_number,
                field=form.field if form.field in FIELDS else "other",
                assigner=form.assigner if form.assigner in ASSIGNERS else "other",
                note=form.note,
            ),
        )
        return opened_duty(work, viewer, duty)


@router.get("/duties/{duty}", responses=problems(404))
def one(duty: DutyId, state: Here, viewer: Who) -> DutyOpened:
    """A duty as it stands, with the steps that you may take."""
    with state.store.reading() as work:
        return opened_duty(work, viewer, duty)


@router.get("/duties/{duty}/events", responses=problems(404))
def events(duty: DutyId, state: Here, viewer: Who) -> list[EventShown]:
    """What happened to it, oldest first."""
    with state.store.reading() as work:
        return [_event(event, files) for event, files in work.book.events(viewer, duty)]


@router.post("/duties/{duty}/steps/{action}", responses=problems(404, 409))
def step(
    duty: DutyId, action: Annotated[str, Path(max_length=50)], state: Here, viewer: Who, form: StepForm
) -> DutyOpened:
    """Takes a step; "moved" where the duty is no longer at `revision`."""
    if action not in rules():
        raise Missing(action)
    with state.store.begin() as work:
        given = given_with(state, work, viewer, duty, form)
        work.book.act(viewer, duty, action, given, seen=form.revision)
        return opened_duty(work, viewer, duty)


@router.post("/duties/{duty}/parts", status_code=201, responses=problems(404, 409))
def divide(duty: DutyId, state: Here, viewer: Follower, form: PartsForm) -> list[DutyShown]:
    """Divides a duty among units; its parts."""
    with state.store.begin() as work:
        whole = work.book.duty(viewer, duty)
        named = {f"parts/{place}/lead": one.lead for place, one in enumerate(form.parts)}
        leads = leads_of(naming(state, work, viewer, whole.assigned_on, whole.issuer), named)
        parts = [Part(unit, one.text, one.due) for unit, one in zip(leads.values(), form.parts, strict=True)]
        origin = Origin.HANDED_DOWN if form.handed_down else Origin.PART
        work.parts.divide(Actor.of(viewer), whole, parts, origin, seen=form.revision)
        found = work.duties.find(viewer, DutiesWanted(parent=duty), most=None)
        units = work.duties.units([one.id for one in found])
        return [shown(one, units.get(one.id, []), work.book.today()) for one in found]


def given_with(state: State, work: Work, viewer: Viewer, duty: int, form: StepForm) -> Given:
    """What is said with a step, its unit looked up as of the duty's day."""
    if form.lead is None:
        return form.given(None)
    row = work.book.duty(viewer, duty)
    meant = naming(state, work, viewer, row.assigned_on, row.issuer)
    return form.given(leads_of(meant, {"lead": form.lead})["lead"])


def _page(state: State, viewer: Viewer, wanted: DutiesWanted, cursor: str, limit: int) -> DutyPage:
    after = opened_day(cursor)
    with state.store.reading() as work:
        today = work.book.today()
        found = work.duties.find(viewer, replace(wanted, on=today), after, limit + 1)
        units = work.duties.units([one.id for one in found])
        items = [shown(one, units.get(one.id, []), today) for one in found[:limit]]
    last = found[limit - 1] if len(found) > limit else None
    return DutyPage(items=items, next=cursor_of(last.due_key.isoformat(), last.id) if last else None)


def shown(duty: Duty, units: list[DutyUnit], today: dt.date) -> DutyShown:
    """A duty as the API shows it."""
    return DutyShown.model_validate(_values(duty, units, today))


def opened_duty(work: Work, viewer: Viewer, duty: int) -> DutyOpened:
    """A duty as the API shows it to him, with the steps that he may take."""
    row = work.book.duty(viewer, duty)
    steps = [
        {"action": rule.action, "needs": [*rule.needs], "may": _may(rule, row)}
        for rule in work.book.open_to(viewer, row)
    ]
    values = _values(row, work.book.units(duty), work.book.today())
    return DutyOpened.model_validate(values | {"steps": steps})


def _may(rule: Rule, row: Duty) -> list[str]:
    return [one for one in rule.may if one != "files" or not row.secret]


def _values(duty: Duty, units: list[DutyUnit], today: dt.date) -> dict[str, Any]:
    soon = DutiesWanted().soon
    own = [name for name in DutyShown.model_fields if hasattr(Duty, name)]
    values = {name: getattr(duty, name) for name in own}
    for key, role in (("leads", "lead"), ("cooperators", "cooperator")):
        values[key] = [{"name": one.name, "unit_id": one.unit_id} for one in units if one.role == role]
    return values | {"bucket": bucket(Life(duty.life), duty.due_on, duty.done_on, today, soon).value}


def _event(event: DutyEvent, files: Sequence[DutyFile]) -> EventShown:
    names = ("actor", "action", "before", "after", "note", "changes", "approval")
    shown = [
        FileShown(
            id=one.id,
            name=one.name,
            media_type=one.media_type,
            size=one.size,
            link=f"{ROOT}/duties/{event.duty_id}/files/{one.id}",
        )
        for one in files
    ]
    return EventShown(at=moment(event.at), files=shown, **{name: getattr(event, name) for name in names})
