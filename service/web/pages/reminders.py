"""Reminders: what units were reminded of, how the mail went, where units get theirs."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from pipeline.text import nfc
from service.access.roles import Right
from service.access.viewer import Viewer
from service.api.answers import MOST
from service.api.paging import cursor_of, opened_digest
from service.tracking.forms import WrongForm, lead_from
from service.urging.mailbox import WrongAddress
from service.web.identity import Guest, guest, needing
from service.web.render import page
from service.web.state import State, state_of

router = APIRouter()
Here = Annotated[State, Depends(state_of)]
Who = Annotated[Guest, Depends(guest)]
Reader = Annotated[Viewer, Depends(needing(Right.READ))]
Follower = Annotated[Viewer, Depends(needing(Right.FOLLOW))]
Manager = Annotated[Viewer, Depends(needing(Right.USERS))]
Text = Annotated[str, Form(max_length=300, pattern=r"^[^\x00]*$")]
PAGE = 60


@router.get("/reminders")
def reminders(
    request: Request, state: Here, who: Who, viewer: Reader, after: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    """The reminders that he may see, a page at a time."""
    place = opened_digest(after)
    with state.store.reading() as work:
        made = work.urging.reminders
        newest, last, unseen = made.newest(), made.last_seen(viewer), made.unseen(viewer)
        shown = made.shown(viewer, place, PAGE + 1)
    digests = [list(lines) for _, lines in groupby(shown[:PAGE], lambda one: one.digest.id)]
    behind = shown[PAGE - 1].place if len(shown) > PAGE else None
    return page(
        request,
        "reminders.html",
        who,
        digests=digests,
        last=last,
        unseen=unseen,
        newest=newest,
        next=cursor_of(behind[0], behind[1].isoformat(), behind[2]) if behind else "",
        mails=bool(state.settings.smtp_host),
        follows=viewer.may(Right.FOLLOW),
    )


@router.get("/reminders/count")
def count(request: Request, state: Here, who: Who, viewer: Reader) -> Response:
    """How many are new to him, for the bell of every page."""
    with state.store.reading() as work:
        number = work.urging.reminders.unseen(viewer)
    return page(request, "bell.html", who, number=number)


@router.post("/reminders/seen")
def seen(state: Here, viewer: Reader, newest: Annotated[int, Form(ge=0, le=MOST)]) -> Response:
    """All that were there when he looked are known to him."""
    with state.store.begin() as work:
        work.urging.reminders.see(viewer, newest)
    return RedirectResponse("/reminders", 303)


@router.post("/reminders/{digest}/resend")
def resend(state: Here, viewer: Follower, digest: int) -> Response:
    """Tries a mail again that did not arrive."""
    with state.store.begin() as work:
        work.urging.mailbox.resend(viewer, digest)
    return RedirectResponse("/reminders", 303)


@router.get("/addresses")
def addresses(request: Request, state: Here, who: Who, viewer: Manager) -> Response:
    """Where units get their mail."""
    return _addresses(request, state, who)


@router.post("/addresses")
def put(
    request: Request, state: Here, who: Who, viewer: Manager, unit: Text = "", address: Text = ""
) -> Response:
    """From now on a unit gets its mail there; an empty address takes it away."""
    lead, typed = lead_from(unit), nfc(address).strip()
    if not lead.name:
        return _addresses(request, state, who, WrongForm("Hãy ghi đơn vị.", "unit"), (unit, address))
    try:
        with state.store.begin() as work:
            work.urging.mailbox.put(viewer, lead, typed)
    except WrongAddress:
        error = WrongForm(f"“{typed}” không phải là một địa chỉ thư.", "address")
        return _addresses(request, state, who, error, (unit, address))
    return RedirectResponse("/addresses", 303)


def _addresses(
    request: Request,
    state: State,
    who: Guest,
    error: WrongForm | None = None,
    typed: tuple[str, str] = ("", ""),
) -> Response:
    with state.store.reading() as work:
        rows = work.urging.mailbox.addresses()
    status = 422 if error else 200
    shown = {"rows": rows, "wrong": error, "typed": typed, "mails": bool(state.settings.smtp_host)}
    return page(request, "addresses.html", who, status=status, **shown)
