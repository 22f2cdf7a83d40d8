"""Webhooks: addresses that are told of events; each message is signed, and tried again until it arrives."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Depends, Path
from pydantic import BaseModel, Field

from service.access.roles import Right
from service.access.viewer import Viewer
from service.api.answers import MOST, Here, moment, problems
from service.api.forms import Form
from service.hooks.news import Event
from service.hooks.sending import Unreachable, checked
from service.review.desk import Missing
from service.tables import Webhook
from service.web.identity import needing
from service.web.problems import Problem

router = APIRouter(prefix="/webhooks", tags=["webhooks"])
Owner = Annotated[Viewer, Depends(needing(Right.WEBHOOKS))]
WebhookId = Annotated[int, Path(ge=1, le=MOST)]


class WebhookForm(Form):
    """Where to, and what of."""

    url: Annotated[str, Field(max_length=2000, examples=["https://vanphong.example/dondoc"])]
    events: Annotated[list[Annotated[Event, Field(strict=False)]], Field(min_length=1, max_length=len(Event))]


class WebhookShown(BaseModel):
    """A webhook."""

    id: int
    url: str
    events: list[str]
    created_at: dt.datetime | None


class WebhookMade(BaseModel):
    """A new webhook with its secret, shown this once. Each message carries `Dondoc-Signature: t=…,v1=…`,
    where v1 is the HMAC-SHA256 with the secret over t, a dot and the body, in hexadecimal digits."""

    id: int
    secret: str


class DeliveryShown(BaseModel):
    """A message on its way: `status` is that of the last answer."""

    id: int
    event: str
    state: str
    attempts: int
    status: int | None
    created_at: dt.datetime | None


@router.post("", status_code=201, responses=problems())
def add(form: WebhookForm, state: Here, viewer: Owner) -> WebhookMade:
    """Adds one."""
    try:
        checked(form.url, private=state.settings.private_webhooks)
    except Unreachable as error:
        raise Problem(422, "webhook-address", str(error)) from None
    with state.store.begin() as work:
        identifier, secret = work.hooks.add(viewer, form.url, form.events)
        work.audit.add(viewer.login, "webhook", f"webhook:{identifier}", {"events": sorted(form.events)})
    return WebhookMade(id=identifier, secret=secret)


@router.get("", responses=problems())
def listed(state: Here, viewer: Owner) -> list[WebhookShown]:
    """Your own."""
    with state.store.reading() as work:
        return [_shown(one) for one in work.hooks.listed(viewer)]


@router.get("/{webhook}/deliveries", responses=problems())
def deliveries(webhook: WebhookId, state: Here, viewer: Owner) -> list[DeliveryShown]:
    """Its latest messages, newest first."""
    with state.store.reading() as work:
        found = work.hooks.deliveries(viewer, webhook)
    names = ("id", "event", "state", "attempts", "status")
    return [
        DeliveryShown(**{name: getattr(one, name) for name in names}, created_at=moment(one.created_at))
        for one in found
    ]


@router.delete("/{webhook}", status_code=204, responses=problems(404))
def remove(webhook: WebhookId, state: Here, viewer: Owner) -> None:
    """Removes it; what is on its way is not sent any more."""
    with state.store.begin() as work:
        if not work.hooks.remove(viewer, webhook):
            raise Missing(str(webhook))
        work.audit.add(viewer.login, "webhook_removed", f"webhook:{webhook}", {})


def _shown(one: Webhook) -> WebhookShown:
    plain = {name: getattr(one, name) for name in ("id", "url", "events")}
    return WebhookShown(**plain, created_at=moment(one.created_at))
