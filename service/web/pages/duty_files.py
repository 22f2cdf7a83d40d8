"""A step of a duty from its page, with documents as evidence: the page's script sends it and is answered."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from pipeline.text import nfc
from service.access.viewer import Viewer
from service.api.answers import Here
from service.api.duty_files import bounds_of
from service.review.versions import Missing
from service.spool import wipe
from service.tracking.attaching import NotTaken
from service.tracking.forms import Typed, WrongForm, given_from
from service.tracking.life import NotAllowed, rules
from service.uploads.multipart import Form
from service.web.pages.book import Who
from service.web.problems import Problem
from service.web.render import speaker
from service.web.sending import form_of
from service.web.state import State
from service.wording import NOT_ALLOWED, REFUSALS, Say

router = APIRouter()
_LONGEST = 4000


@router.post("/book/{duty}/steps/{action}/files")
async def step(request: Request, state: Here, who: Who, duty: int, action: str) -> Response:
    """Takes it and says where to go on; a problem's title is what the page shows."""
    if action not in rules():
        raise Missing(action)
    say = speaker(request, who)
    folder: Path = await run_in_threadpool(state.spool.folder)
    try:
        form = await form_of(request, folder, bounds_of(state.settings))
        await run_in_threadpool(_taken, state, who.viewer, duty, action, form, say)
    finally:
        await run_in_threadpool(wipe, folder)
    return JSONResponse({"location": f"/book/{duty}"})


def _taken(state: State, viewer: Viewer, duty: int, action: str, form: Form, say: Say) -> None:
    seen = form.values.get("seen", "")
    typed = {name: nfc(form.values.get(name, "")) for name in Typed.__slots__}
    if not seen.isdecimal() or any(len(one) > _LONGEST or "\x00" in one for one in typed.values()):
        raise Problem(422, "invalid", say("Yêu cầu không đúng mẫu (invalid request)"))
    with state.store.reading() as work:
        row = work.book.duty(viewer, duty)
    try:
        given = given_from(Typed(**typed), rules()[action], row.assigned_on)
        state.attaching.step(viewer, duty, action, given, form.files, int(seen))
    except WrongForm as error:
        raise Problem(422, "wrong-form", say(str(error)), field=error.field) from None
    except NotAllowed as error:
        raise Problem(409, "not-allowed", say(NOT_ALLOWED.get(error.why, error.why))) from None
    except NotTaken as error:
        why = say(error.message or REFUSALS.get(error.why, error.why))
        name = form.files[error.place - 1].name
        raise Problem(422, "file-not-taken", f"{name}: {why}", reason=str(error.why)) from None
