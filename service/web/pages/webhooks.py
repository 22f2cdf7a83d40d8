"""Webhooks for administrators: addresses that are told of events, what was sent there and how it ended.

The secret that signs what is sent is shown in one answer only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from service.access.roles import Right
from service.access.viewer import Viewer
from service.hooks.news import Event
from service.hooks.outbox import FAILED, WAITING
from service.hooks.sending import Unreachable
from service.tables import Delivery
from service.web.identity import Guest, guest, needing
from service.web.render import page
from service.web.state import State, state_of

router = APIRouter(prefix="/webhooks")
Here = Annotated[State, Depends(state_of)]
Who = Annotated[Guest, Depends(guest)]
Owner = Annotated[Viewer, Depends(needing(Right.WEBHOOKS))]


@router.get("")
def webhooks(request: Request, state: Here, who: Who, viewer: Owner) -> Response:
    """One's own, and the form for another."""
    return _list(request, state, who)


@router.post("")
def add(
    request: Request,
    state: Here,
    who: Who,
    viewer: Owner,
    url: Annotated[str, Form(max_length=2000)] = "",
    event: Annotated[list[Event], Form()] = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """A new webhook; its secret is shown in this answer only."""
    typed = {"url": url.strip(), "chosen": event}
    if not event:
        return _list(request, state, who, status=422, **typed, wrong="events")
    try:
        with state.store.begin() as work:
            _, secret = work.hooks.add(viewer, url.strip(), event, private=state.settings.private_webhooks)
    except Unreachable as error:
        return _list(request, state, who, status=422, **typed, wrong=error.fault.value)
    return _list(request, state, who, shown=(url.strip(), secret))


@router.get("/{webhook}")
def one(request: Request, state: Here, who: Who, viewer: Owner, webhook: int) -> Response:
    """A webhook with its latest deliveries."""
    return _one(request, state, who, webhook, "webhook.html")


@router.get("/{webhook}/deliveries")
def deliveries(request: Request, state: Here, who: Who, viewer: Owner, webhook: int) -> Response:
    """The deliveries alone, for a page that follows them."""
    return _one(request, state, who, webhook, "deliveries.html")


@router.post("/{webhook}/switch")
def switch(state: Here, viewer: Owner, webhook: int, on: Annotated[bool, Form()] = False) -> Response:
    """Switches it on or off."""
    with state.store.begin() as work:
        work.hooks.switch(viewer, webhook, on=on)
    return RedirectResponse(f"/webhooks/{webhook}", 303)


@router.post("/{webhook}/remove")
def remove(state: Here, viewer: Owner, webhook: int) -> Response:
    """Removes it."""
    with state.store.begin() as work:
        work.hooks.remove(viewer, webhook)
    return RedirectResponse("/webhooks", 303)


@router.post("/{webhook}/test")
def test(state: Here, viewer: Owner, webhook: int) -> Response:
    """Sends a message that tells of nothing."""
    with state.store.begin() as work:
        work.hooks.test(viewer, webhook)
    return RedirectResponse(f"/webhooks/{webhook}", 303)


@router.post("/{webhook}/deliveries/{delivery}/resend")
def resend(state: Here, viewer: Owner, webhook: int, delivery: int) -> Response:
    """Sends a message again that did not arrive."""
    with state.store.begin() as work:
        work.hooks.resend(viewer, webhook, delivery)
    return RedirectResponse(f"/webhooks/{webhook}", 303)


# ---------------------------------------------------------------- answers


def _list(request: Request, state: State, who: Guest, *, status: int = 200, **more: Any) -> Response:
    with state.store.reading() as work:
        rows = work.hooks.listed(who.viewer)
    known: dict[str, Any] = {"rows": rows, "events": list(Event), "shown": None}
    known |= {"url": "", "chosen": list(Event), "wrong": "", "private": state.settings.private_webhooks}
    return page(request, "webhooks.html", who, status=status, **(known | more))


def _one(request: Request, state: State, who: Guest, webhook: int, template: str) -> Response:
    with state.store.reading() as work:
        row = work.hooks.one(who.viewer, webhook)
        sent = work.hooks.deliveries(who.viewer, webhook)
        told = {one.body["document"] for one in sent if "document" in one.body}
        opens = work.shelf.openable(who.viewer, told)
    shown: dict[str, Any] = {
        "one": row,
        "sent": sent,
        "opens": opens,
        "follows": row.active and _on_its_way(sent),
    }
    return page(request, template, who, **shown, failed=FAILED)


def _on_its_way(sent: Sequence[Delivery]) -> bool:
    """Whether a message waits that was not tried yet: its end is worth waiting for."""
    return any(one.state == WAITING and not one.attempts for one in sent)
