"""Reports of the book: figures for a period as of any day, the duties behind each, files to take away."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import IO, Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import field_validator
from starlette.background import BackgroundTask
from starlette.responses import Response, StreamingResponse

from pipeline.labels import ASSIGNERS, FIELDS, TASK_SOURCES
from service.access.roles import Right, Role
from service.access.viewer import Viewer
from service.api.paging import cursor_of, opened
from service.checking.vocabulary import MEASURES
from service.reporting import charts
from service.reporting.asking import Group, ReportForm
from service.reporting.files import FORMS, NoPdf, written
from service.reporting.sheet import COUNTS, RATES, Sheet, percent, sheet_of
from service.tracking.periods import Period, WrongPeriod
from service.tracking.reports import By
from service.web.identity import Guest, guest, needing
from service.web.problems import Problem
from service.web.render import page
from service.web.state import State, state_of
from service.web.words import locale_of, said
from service.wording import REPORT_COLUMNS, WRONG_PERIODS

router = APIRouter()
Here = Annotated[State, Depends(state_of)]
Who = Annotated[Guest, Depends(guest)]
Taker = Annotated[Viewer, Depends(needing(Right.EXPORT))]
_ROWS, _BARS, _NAMED, _PAGE = 200, 15, 20, 50
_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
_KINDS = {By.FIELD: "FIELDS", By.ASSIGNER: "ASSIGNERS", By.SOURCE: "TASK_SOURCES"}


class PageForm(ReportForm):
    """As a page's form sends it: what is left empty is not asked for."""

    @field_validator("on", "begin", "end", mode="before")
    @classmethod
    def _empty(cls, typed: object) -> object:
        return typed or None


class BehindForm(PageForm):
    """Which number's duties; `only` names the row, `total` all rows."""

    group: Group = "total"
    row: Literal["one", "total"] = "total"
    only: str = ""
    after: str = ""


@router.get("/reports")
def reports(request: Request, state: Here, who: Who, form: Annotated[PageForm, Query()]) -> Response:
    """The figures with their drawing, ranks, and what is overdue for longest."""
    wrong = ""
    with state.store.reading() as work:
        today = work.book.today()
        try:
            period, asked = form.asked(state.settings, today)
        except WrongPeriod as error:
            wrong = str(error)
            period, asked = ReportForm.model_validate({"by": form.by}).asked(state.settings, today)
        bands = state.settings.report_bands
        sheet = sheet_of(work.reports, who.viewer, period, asked, bands, _NAMED)
    locale = locale_of(request, who.viewer.locale)
    return page(
        request,
        "reports.html",
        who,
        status=422 if wrong else 200,
        wrong=wrong,
        form=form.model_dump(mode="json"),
        link=_linked(form.model_dump(mode="json", exclude_none=True)),
        sheet=sheet,
        rows=sheet.lines[:_ROWS],
        more=max(0, len(sheet.lines) - _ROWS),
        kind=_KINDS.get(asked.by, ""),
        own=who.viewer.role is Role.UNIT,
        bars=partial(_bars, sheet, locale),
        **_choices(today),
    )


@router.get("/reports/duties")
def duties(request: Request, state: Here, who: Who, form: Annotated[BehindForm, Query()]) -> Response:
    """The duties behind a number, as they stood on its day."""
    place = opened(form.after, int)
    with state.store.reading() as work:
        try:
            _, asked = form.asked(state.settings, work.book.today(), form.only if form.row == "one" else None)
        except WrongPeriod as error:
            return page(request, "problem.html", who, status=422, title=_told(request, who, error))
        after = place[0] if place else 0
        found = work.reports.behind(who.viewer, asked, form.group, after, _PAGE + 1)
    link = form.model_dump(mode="json", exclude_none=True, exclude={"after"})
    return page(
        request,
        "report_duties.html",
        who,
        asked=asked,
        group=form.group,
        rows=found[:_PAGE],
        link=link,
        back={key: value for key, value in link.items() if key not in ("group", "row", "only")},
        next=cursor_of(found[_PAGE - 1].duty) if len(found) > _PAGE else "",
    )


def _choices(today: dt.date) -> dict[str, Any]:
    return {
        "today": today,
        "periods": [one.value for one in Period],
        "ways": [one.value for one in By],
        "counts": COUNTS,
        "rates": RATES,
        "percent": percent,
        "fields": FIELDS,
        "assigners": ASSIGNERS,
        "sources": TASK_SOURCES,
        "stack": charts.STACK,
        "files": FORMS,
        "measure_kinds": MEASURES,
    }


def _linked(form: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in form.items() if value != ""}


def _bars(sheet: Sheet, locale: str, title: str, told: str) -> str:
    """The drawing of the largest rows, in the viewer's language."""
    names = {part: said(locale, REPORT_COLUMNS[part]) for part in charts.STACK}
    rows = [(said(locale, line.name), line.figures) for line in sheet.lines[:_BARS]]
    return charts.bars(title, told, rows, names)


def _told(request: Request, who: Guest, error: WrongPeriod) -> str:
    return said(locale_of(request, who.viewer.locale), WRONG_PERIODS[str(error)])


@router.get("/reports/file/{kind}")
def file(
    state: Here,
    viewer: Taker,
    kind: Literal["xlsx", "docx", "pdf"],
    form: Annotated[PageForm, Query()],
) -> Response:
    """The report as a workbook, a letter, or the letter printed."""
    with state.store.reading() as work:
        try:
            period, asked = form.asked(state.settings, work.book.today())
            sheet = sheet_of(work.reports, viewer, period, asked, state.settings.report_bands)
            made = written(kind, sheet, work.reports, viewer, state.settings)
        except WrongPeriod as error:
            raise Problem(422, "wrong-period", WRONG_PERIODS[str(error)]) from None
        except NoPdf:
            raise Problem(503, "no-pdf", "Chưa tạo được PDF, hãy tải DOCX (PDF cannot be made now)") from None
    name = f"bao-cao-{asked.on:%Y-%m-%d}.{kind}"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(made, media_type=_TYPES[kind], headers=headers, background=_closing(made))


def _closing(made: IO[bytes]) -> BackgroundTask:
    return BackgroundTask(made.close)
