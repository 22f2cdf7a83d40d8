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
from service.hooks.sending import Unreachable
from service.tables import Webhook
from service.web.identity import needing
from service.web.problems import Problem
from service.web.words import said
from service.wording import DELIVERY_FAULTS

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
    active: bool = Field(description="Nothing is sent while it is switched off; what waits is kept.")
    created_at: dt.datetime | None


class WebhookMade(BaseModel):
    """A new webhook with its secret, shown this once. Each message carries `Dondoc-Signature: t=…,v1=…`,
    where v1 is the HMAC-SHA256 with the secret over t, a dot and the body, in hexadecimal digits."""

    id: int
    secret: str


class DeliveryShown(BaseModel):
    """A message on its way: `status` is that of the last answer; where there was none, `fault` says why
    (form, scheme, name, private, silent)."""

    id: int
    event: str
    state: str = Field(description="waiting, done, failed or skipped", examples=["failed"])
    attempts: int
    status: int | None = Field(examples=[None])
    fault: str = Field(description='"" where there was an answer.', examples=["silent"])
    created_at: dt.datetime | None


class TestSent(BaseModel):
    """The test's message among the deliveries."""

    delivery: int


@router.post("", status_code=201, responses=problems())
def add(form: WebhookForm, state: Here, viewer: Owner) -> WebhookMade:
    """Adds one."""
    try:
        with state.store.begin() as work:
            identifier, secret = work.hooks.add(
                viewer, form.url, form.events, private=state.settings.private_webhooks
            )
    except Unreachable as error:
        why = DELIVERY_FAULTS[error.fault]
        raise Problem(422, "webhook-address", f"{why} ({said('en', why)})") from None
    return WebhookMade(id=identifier, secret=secret)


@router.get("", responses=problems())
def listed(state: Here, viewer: Owner) -> list[WebhookShown]:
    """Your own, those that are switched off too."""
    with state.store.reading() as work:
        return [_shown(one) for one in work.hooks.listed(viewer)]


@router.get("/{webhook}/deliveries", responses=problems(404))
def deliveries(webhook: WebhookId, state: Here, viewer: Owner) -> list[DeliveryShown]:
    """Its latest messages, newest first."""
    with state.store.reading() as work:
        found = work.hooks.deliveries(viewer, webhook)
    names = ("id", "event", "state", "attempts", "status", "fault")
    return [
        DeliveryShown(**{name: getattr(one, name) for name in names}, created_at=moment(one.created_at))
        for one in found
    ]


@router.delete("/{webhook}", status_code=204, responses=problems(404))
def remove(webhook: WebhookId, state: Here, viewer: Owner) -> None:
    """Removes it; what is on its way is not sent any more."""
    with state.store.begin() as work:
        work.hooks.remove(viewer, webhook)


@router.post("/{webhook}/on", status_code=204, responses=problems(404))
def switch_on(webhook: WebhookId, state: Here, viewer: Owner) -> None:
    """Switches it on; what waits for it goes on its way."""
    with state.store.begin() as work:
        work.hooks.switch(viewer, webhook, on=True)


@router.post("/{webhook}/off", status_code=204, responses=problems(404))
def switch_off(webhook: WebhookId, state: Here, viewer: Owner) -> None:
    """Switches it off: nothing is sent, and of what happens meanwhile nothing is told."""
    with state.store.begin() as work:
        work.hooks.switch(viewer, webhook, on=False)


@router.post("/{webhook}/test", status_code=202, responses=problems(404, 409))
def test(webhook: WebhookId, state: Here, viewer: Owner) -> TestSent:
    """Sends a message of the event `test` that tells of nothing; it is tried once."""
    with state.store.begin() as work:
        return TestSent(delivery=work.hooks.test(viewer, webhook))


@router.post("/{webhook}/deliveries/{delivery}/resend", status_code=202, responses=problems(404, 409))
def resend(
    webhook: WebhookId, delivery: Annotated[int, Path(ge=1, le=MOST)], state: Here, viewer: Owner
) -> None:
    """Sends a failed message again, with all its tries."""
    with state.store.begin() as work:
        work.hooks.resend(viewer, webhook, delivery)


def _shown(one: Webhook) -> WebhookShown:
    plain = {name: getattr(one, name) for name in ("id", "url", "events", "active")}
    return WebhookShown(**plain, created_at=moment(one.created_at))
