"""Official letters that urge a unit: filled in, taken away as DOCX, noted as sent; the office's template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from pipeline.exchange.package import Attachment, Code, DocumentId
from pipeline.text import nfc
from service.access.roles import Right
from service.access.viewer import Viewer
from service.exchange.answering import MEDIA_TYPE
from service.exchange.sending import Letter, packed
from service.spool import wipe
from service.store import Work
from service.tables import Duty
from service.tracking.attaching import NotTaken
from service.tracking.finder import DutiesWanted
from service.tracking.forms import WrongForm, day_from, lead_from
from service.tracking.life import Lead
from service.tracking.rows import lead_key
from service.tracking.timing import Bucket
from service.uploads.multipart import Bounds, SentFile
from service.urging.calls import Channel
from service.urging.letter import Signed, keep_template, own_template, template, values
from service.urging.template import MOST_BYTES, BadTemplate, render
from service.web.identity import Guest, guest, needing
from service.web.problems import Problem
from service.web.render import page
from service.web.sending import form_of
from service.web.state import State, state_of
from service.wording import REFUSALS

router = APIRouter(prefix="/letters")
Here = Annotated[State, Depends(state_of)]
Who = Annotated[Guest, Depends(guest)]
Follower = Annotated[Viewer, Depends(needing(Right.FOLLOW))]
Manager = Annotated[Viewer, Depends(needing(Right.USERS))]
_TEXT = r"^[^\x00]*$"
_BOUNDS = Bounds(2 * MOST_BYTES, 1, 2 * MOST_BYTES + 64 * 1024)
_REPLY_DAYS = 5  # working days that a unit is given to answer, until the form says otherwise
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Asked:
    """The form of a letter as it came."""

    unit: Annotated[str, Query(max_length=300, pattern=_TEXT)] = ""
    number: Annotated[str, Query(max_length=20, pattern=_TEXT)] = ""
    on: Annotated[str, Query(max_length=10, pattern=_TEXT)] = ""
    reply_by: Annotated[str, Query(max_length=10, pattern=_TEXT)] = ""
    authority: Annotated[str, Query(max_length=200, pattern=_TEXT)] = ""
    position: Annotated[str, Query(max_length=200, pattern=_TEXT)] = ""
    signer: Annotated[str, Query(max_length=200, pattern=_TEXT)] = ""
    copies: Annotated[str, Query(max_length=2000, pattern=_TEXT)] = ""
    organ: str = ""

    @property
    def lead(self) -> Lead:
        """The unit."""
        return lead_from(self.unit)


Wanted = Annotated[Asked, Depends()]


@router.get("")
def letter(request: Request, state: Here, who: Who, viewer: Follower, asked: Wanted) -> Response:
    """The units with something overdue; for one of them the form of its letter."""
    return _shown(request, state, who, asked, None)


@router.get("/file")
def file(request: Request, state: Here, who: Who, viewer: Follower, asked: Wanted) -> Response:
    """The letter as DOCX; what was typed stays on the page where it cannot be used."""
    viewer.need(Right.EXPORT)
    try:
        signed = _signed(asked)
    except WrongForm as error:
        return _shown(request, state, who, asked, error)
    with state.store.reading() as work:
        duties = _overdue(work, viewer, asked.lead)
        today = work.book.today()
    if not duties:
        raise Problem(404, "not-found", "Đơn vị này không có nhiệm vụ quá hạn (nothing overdue)")
    try:
        made = render(
            template(state.settings), values(state.settings, asked.lead.name, duties, signed, today)
        )
    except BadTemplate as error:
        return _template(request, state, who, error)
    name = quote(f"cong-van-don-doc-{lead_key(asked.lead).strip('~')}-{today:%Y%m%d}.docx", safe="")
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(made, media_type=_DOCX, headers=headers)


@router.post("/sent")
def sent(
    request: Request,
    state: Here,
    who: Who,
    viewer: Follower,
    unit: Annotated[str, Form(max_length=300, pattern=_TEXT)] = "",
    number: Annotated[str, Form(max_length=100, pattern=_TEXT)] = "",
    on: Annotated[str, Form(max_length=10, pattern=_TEXT)] = "",
) -> Response:
    """Notes at each overdue duty of the unit that the letter went out."""
    asked = Asked(unit=unit, number=number, on=on)
    try:
        day = day_from(on, "on")
        words = " ".join(nfc(number).split())
        with state.store.begin() as work:
            if not words or day is None or day > work.book.today():
                raise WrongForm("Hãy ghi số, ký hiệu và ngày của công văn đã phát hành.", "sent")
            for one in _overdue(work, viewer, asked.lead):
                note = f"Công văn đôn đốc số {words}"
                work.urging.calls.note(viewer, one.id, Channel.LETTER, day, note)
    except WrongForm as error:
        return _shown(request, state, who, asked, error)
    return RedirectResponse(f"/book?view=overdue&unit={quote(unit)}", 303)


@router.post("/package")
def package(
    request: Request,
    state: Here,
    who: Who,
    viewer: Follower,
    unit: Annotated[str, Form(max_length=300, pattern=_TEXT)] = "",
    number: Annotated[str, Form(max_length=100, pattern=_TEXT)] = "",
    on: Annotated[str, Form(max_length=10, pattern=_TEXT)] = "",
    organ: Annotated[str, Form(max_length=100, pattern=_TEXT)] = "",
) -> Response:
    """The letter as a package of the exchange, for the office's gateway; answers about it find the duties."""
    viewer.need(Right.EXPORT)
    asked = Asked(unit=unit, number=number, on=on, organ=organ)
    try:
        name, content = _packed(state, viewer, asked)
    except WrongForm as error:
        return _shown(request, state, who, asked, error)
    file = quote(f"cong-van-don-doc-{name.code.replace('/', '-')}.edxml", safe="")
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{file}"}
    return Response(content, media_type=MEDIA_TYPE, headers=headers)


@router.get("/template")
def own(request: Request, state: Here, who: Who, viewer: Manager) -> Response:
    """The template that letters are made from, and the form for another."""
    return _template(request, state, who, None)


@router.get("/template/file")
def template_file(state: Here, viewer: Manager) -> Response:
    """The template that is in use, to be edited."""
    headers = {"content-disposition": 'attachment; filename="mau-cong-van-don-doc.docx"'}
    return Response(template(state.settings), media_type=_DOCX, headers=headers)


@router.post("/template")
async def put_template(request: Request, state: Here, who: Who, viewer: Manager) -> Response:
    """The office's own from now on, once it has been looked through and tried."""
    folder = await run_in_threadpool(state.spool.folder)
    try:
        form = await form_of(request, folder, _BOUNDS)
        await run_in_threadpool(_keep, state, form.files[0])
    except BadTemplate as error:
        return await run_in_threadpool(_template, request, state, who, error)
    finally:
        await run_in_threadpool(wipe, folder)
    await run_in_threadpool(_note_template, state, viewer, "letter_template")
    return await run_in_threadpool(_template, request, state, who, None, kept=True)


@router.post("/template/reset")
def reset(state: Here, viewer: Manager) -> Response:
    """Back to the shipped one."""
    own_template(state.settings).unlink(missing_ok=True)
    _note_template(state, viewer, "letter_template_reset")
    return RedirectResponse("/letters/template", 303)


def _packed(state: State, viewer: Viewer, asked: Asked) -> tuple[DocumentId, bytes]:
    """The package and what it is known by; raises `WrongForm`."""
    settings, lead, organ = state.settings, asked.lead, asked.organ.strip()
    day, code = day_from(asked.on, "on"), Code.of(" ".join(nfc(asked.number).split()))
    with state.store.begin() as work:
        today = work.book.today()
        if not (code.number and code.notation) or day is None or day > today:
            raise WrongForm("Hãy ghi số, ký hiệu và ngày của công văn đã phát hành.", "sent")
        if not settings.office_id:
            raise WrongForm("Chưa đặt mã cơ quan DONDOC_OFFICE_ID trên máy chủ.", "sent")
        if not organ:
            raise WrongForm("Hãy ghi mã định danh của nơi nhận trên trục liên thông.", "sent")
        duties = _overdue(work, viewer, lead)
        if not duties:
            raise WrongForm("Đơn vị này không có nhiệm vụ quá hạn.", "sent")
        signed = Signed(number=code.number, on=day)
        made = render(template(settings), values(settings, lead.name, duties, signed, today))
        letter = Letter(str(code), f"V/v {signed.subject}", day, (f"{organ}={lead.name}",))
        file = Attachment(f"cong-van-{code.number}.docx", made, _DOCX)
        content = packed(letter, settings.office_organ, settings.office_place, [file])
        name = DocumentId(settings.office_id, day, str(code))
        work.sent.note(viewer, name, organ, lead, duties)
    return name, content


def _keep(state: State, file: SentFile) -> None:
    if file.size > MOST_BYTES:
        raise BadTemplate("large")
    try:
        state.attaching.look([file])
    except NotTaken as error:
        raise BadTemplate("secret" if error.why in REFUSALS else "broken") from None
    keep_template(state.settings, file.path.read_bytes())


def _note_template(state: State, viewer: Viewer, action: str) -> None:
    with state.store.begin() as work:
        work.audit.add(viewer.login, action, "letter_template", {})


def _signed(asked: Asked) -> Signed:
    return Signed(
        number=asked.number.strip(),
        on=day_from(asked.on, "on"),
        reply_by=day_from(asked.reply_by, "reply_by"),
        authority=nfc(asked.authority).strip(),
        position=nfc(asked.position).strip(),
        signer=nfc(asked.signer).strip(),
        copies=tuple(line.strip(" -;") for line in nfc(asked.copies).splitlines() if line.strip(" -;")),
    )


def _overdue(work: Work, viewer: Viewer, lead: Lead) -> list[Duty]:
    """What the unit leads and is overdue, without secret duties."""
    if not lead.name:
        return []
    wanted = DutiesWanted(
        buckets=(Bucket.OVERDUE,), on=work.book.today(), unit=lead.id or lead.name, role="lead"
    )
    found = work.duties.find(viewer, wanted, most=None)
    return [one for one in found if one.lead_key == lead_key(lead) and not one.secret]


def _shown(request: Request, state: State, who: Guest, asked: Asked, error: WrongForm | None) -> Response:
    with state.store.reading() as work:
        today = work.book.today()
        duties = _overdue(work, who.viewer, asked.lead)
        everything = DutiesWanted(buckets=(Bucket.OVERDUE,), on=today)
        units: dict[str, int] = {}
        for one in [] if duties else work.duties.find(who.viewer, everything, most=None):
            name = one.lead_name if one.lead_key.startswith("~") else f"{one.lead_name} ({one.lead_key})"
            if one.lead_key and not one.secret:
                units[name] = units.get(name, 0) + 1
        organ = asked.organ or work.sent.organ_of(asked.lead)
        reply_by = work.urging.days.calendar().add_working_days(today, _REPLY_DAYS)
    return page(
        request,
        "letters.html",
        who,
        status=422 if error else 200,
        asked=asked,
        unit=asked.lead.name,
        duties=duties,
        units=sorted(units.items()),
        wrong=error,
        today=today,
        organ=organ,
        office_id=state.settings.office_id,
        reply_by=asked.reply_by or f"{reply_by:%d/%m/%Y}",
        position=asked.position or state.settings.office_position,
        notation=state.settings.office_letter_notation,
    )


def _template(
    request: Request, state: State, who: Guest, error: BadTemplate | None, *, kept: bool = False
) -> Response:
    by_script = "hx-request" in request.headers
    return page(
        request,
        "letter_template_state.html" if by_script else "letter_template.html",
        who,
        status=422 if error and not by_script else 200,
        wrong=error,
        kept=kept,
        is_own=own_template(state.settings).exists(),
    )
