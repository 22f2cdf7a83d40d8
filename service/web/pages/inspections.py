"""Inspections: the list, a plan typed in or changed, one with all that belongs to it, steps, conclusion."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from service.access.roles import Right
from service.access.viewer import Viewer
from service.api.paging import cursor_of, opened
from service.checking.course import State as Course
from service.checking.course import check_right, rules
from service.checking.forms import PlanTyped, conclusion_from, line, plan_from, typed_of
from service.checking.letter import Concluded, to_docx
from service.checking.vocabulary import CONTENTS, INSPECTION_KINDS, RESULTS
from service.reporting.files import office_of
from service.store import Work
from service.tracking.forms import WrongForm
from service.tracking.life import NotAllowed
from service.web.identity import Guest, guest, viewer
from service.web.naming import naming
from service.web.pages.inspected import SEEN, Shown, inspection_page, opened_inspection
from service.web.render import page
from service.web.state import State, state_of

router = APIRouter(prefix="/inspections")
Here = Annotated[State, Depends(state_of)]
Who = Annotated[Guest, Depends(guest)]
_TEXT = r"^[^\x00]*$"
Line = Annotated[str, Field(max_length=300, pattern=_TEXT)]
Text = Annotated[str, Field(max_length=4000, pattern=_TEXT)]
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAGE = 40
View = Literal["open", "concluded", "closed", "cancelled", "all"]
VIEWS: dict[str, tuple[Course, ...]] = {
    "open": (Course.PLANNED, Course.UNDER_WAY),
    "concluded": (Course.CONCLUDED,),
    "closed": (Course.CLOSED,),
    "cancelled": (Course.CANCELLED,),
    "all": (),
}
"""What the tabs of the list show."""


class PlanForm(BaseModel):
    """A plan as its form sends it."""

    kind: Annotated[str, Field(max_length=20)] = ""
    title: Line = ""
    ground_number: Line = ""
    ground_on: Line = ""
    ground: Text = ""
    period_begin: Line = ""
    period_end: Line = ""
    begins_on: Line = ""
    ends_on: Line = ""
    units: Annotated[str, Field(max_length=20_000, pattern=_TEXT)] = ""
    contents: list[Annotated[str, Field(max_length=50)]] = Field(default_factory=list, max_length=20)
    members: Text = ""
    seen: int = 0

    @property
    def typed(self) -> PlanTyped:
        """As service/checking/forms.py takes it."""
        return PlanTyped(**self.model_dump(exclude={"seen", "contents"}), contents=tuple(self.contents))


class ConclusionForm(BaseModel):
    """A conclusion as its form sends it; `do` is its button."""

    nature: Text = ""
    degree: Text = ""
    cause: Text = ""
    responsibility: Text = ""
    number: Line = ""
    on: Line = ""
    seen: int = 0
    do: Literal["draft", "conclude"] = "draft"


def planner(viewer: Annotated[Viewer, Depends(viewer)]) -> Viewer:
    """The viewer, who must be one who plans."""
    check_right(viewer, "amend")
    return viewer


Planner = Annotated[Viewer, Depends(planner)]


@router.get("")
def inspections(
    request: Request,
    state: Here,
    who: Who,
    view: View | None = None,
    after: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Those that he may see, newest first."""
    place = opened(after, int)
    may_plan = any(who.viewer.may(right) for right in rules()["amend"].by)
    chosen = view or ("open" if may_plan else "all")
    with state.store.reading() as work:
        desk = work.checking
        rows = desk.inspections.listed(who.viewer, VIEWS[chosen], place[0] if place else None, PAGE + 1)
        ids = [one.id for one in rows[:PAGE]]
        units, counts = desk.inspections.units(ids), desk.findings.counts(who.viewer, ids)
    return page(
        request,
        "inspections.html",
        who,
        rows=[(one, units.get(one.id, []), counts.get(one.id, {})) for one in rows[:PAGE]],
        view=chosen,
        views=[*VIEWS],
        results=RESULTS,
        next=cursor_of(rows[PAGE - 1].id) if len(rows) > PAGE else "",
        may_plan=may_plan,
    )


@router.get("/new")
def blank(request: Request, who: Who, viewer: Planner) -> Response:
    """The form of a plan."""
    return _form(request, who, PlanTyped(), None)


@router.post("/new")
def plan(
    request: Request, state: Here, who: Who, viewer: Planner, form: Annotated[PlanForm, Form()]
) -> Response:
    """Enters a plan; what was typed stays on the page where something is missing."""
    try:
        with state.store.begin() as work:
            meant = naming(state, work, viewer, work.book.today())
            made = work.checking.inspections.plan(viewer, plan_from(form.typed, meant))
    except (WrongForm, NotAllowed) as error:
        return _form(request, who, form.typed, error)
    return RedirectResponse(f"/inspections/{made}/duties", 303)


@router.get("/{inspection}")
def one(
    request: Request, state: Here, who: Who, inspection: int, shown: Annotated[Shown, Depends()]
) -> Response:
    """An inspection with its duties, its conclusion, what follows."""
    return inspection_page(request, state, who, inspection, shown)


@router.get("/{inspection}/letter")
def letter(state: Here, viewer: Planner, inspection: int) -> Response:
    """The notice that states its conclusion as DOCX, from a draft or as it was concluded."""
    viewer.need(Right.EXPORT)
    with state.store.reading() as work:
        desk, today = work.checking, work.book.today()
        row = desk.inspections.one(viewer, inspection)
        units = [one.name for one in desk.inspections.units([row.id]).get(row.id, [])]
        found = desk.findings.of(viewer, row.id)
        after = desk.following.of(viewer, row.id), desk.measures.of_inspection(viewer, row.id)
        office = replace(office_of(state.settings), notation=state.settings.office_letter_notation)
        made = to_docx(Concluded(row, units, found, *after), office, today)
    headers = {"content-disposition": f'attachment; filename="thong-bao-ket-luan-{row.id}.docx"'}
    return Response(made, media_type=_DOCX, headers=headers)


@router.get("/{inspection}/edit")
def edit(request: Request, state: Here, who: Who, viewer: Planner, inspection: int) -> Response:
    """The form of its plan."""
    with state.store.reading() as work:
        row = work.checking.inspections.one(viewer, inspection)
        typed = typed_of(row, work.checking.inspections.units([row.id]).get(row.id, []))
    return _form(request, who, typed, None, row.id, row.revision)


@router.post("/{inspection}/edit")
def amend(
    request: Request,
    state: Here,
    who: Who,
    viewer: Planner,
    inspection: int,
    form: Annotated[PlanForm, Form()],
) -> Response:
    """Changes the plan."""
    try:
        with state.store.begin() as work:
            row = opened_inspection(work, viewer, inspection)
            meant = naming(state, work, viewer, row.begins_on)
            work.checking.inspections.amend(viewer, inspection, plan_from(form.typed, meant), form.seen)
    except (WrongForm, NotAllowed) as error:
        return _form(request, who, form.typed, error, inspection, form.seen)
    return RedirectResponse(f"/inspections/{inspection}", 303)


@router.post("/{inspection}/steps/{action}")
def step(
    request: Request,
    state: Here,
    who: Who,
    viewer: Planner,
    inspection: int,
    action: str,
    seen: SEEN = 0,
    note: Annotated[str, Form(max_length=4000, pattern=_TEXT)] = "",
) -> Response:
    """Starts, closes or cancels it."""
    try:
        with state.store.begin() as work:
            work.checking.inspections.step(viewer, inspection, action, line(note), seen)
    except NotAllowed as error:
        return inspection_page(request, state, who, inspection, tried=action, wrong=error)
    return RedirectResponse(f"/inspections/{inspection}", 303)


@router.post("/{inspection}/conclusion")
def conclude(
    request: Request,
    state: Here,
    who: Who,
    viewer: Planner,
    inspection: int,
    form: Annotated[ConclusionForm, Form()],
) -> Response:
    """Keeps a draft of the conclusion, or concludes."""
    typed = form.model_dump(exclude={"seen", "do"})
    try:
        with state.store.begin() as work:
            _conclude(work, viewer, inspection, form, typed)
    except (WrongForm, NotAllowed) as error:
        more: dict[str, Any] = {"tried": "conclude", "wrong": error, "conclusion": typed}
        return inspection_page(request, state, who, inspection, **more)
    return RedirectResponse(f"/inspections/{inspection}", 303)


def _conclude(
    work: Work, viewer: Viewer, inspection: int, form: ConclusionForm, typed: dict[str, str]
) -> None:
    if form.do == "conclude":
        work.checking.inspections.conclude(viewer, inspection, conclusion_from(typed), form.seen)
        return
    draft = conclusion_from(typed | {"number": "", "on": ""})
    work.checking.inspections.draft(viewer, inspection, draft, form.seen)


def _form(
    request: Request,
    who: Guest,
    given: PlanTyped,
    wrong: WrongForm | NotAllowed | None,
    inspection: int | None = None,
    seen: int = 0,
) -> Response:
    values: dict[str, Any] = {"given": given, "wrong": wrong, "inspection": inspection, "seen": seen}
    chosen = {"kinds": INSPECTION_KINDS, "contents": CONTENTS}
    return page(request, "inspection_form.html", who, status=422 if wrong else 200, **values, **chosen)
