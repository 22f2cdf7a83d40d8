"""Reports of the book: figures for a period as of any day, and the duties behind each number."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from service.api.answers import Here, Who, problems
from service.api.documents import Limit
from service.api.paging import Cursor, cursor_of, opened
from service.reporting.asking import Group, ReportForm
from service.reporting.sheet import RATES, Sheet, sheet_of
from service.tracking.groups import Figures
from service.tracking.life import Life
from service.tracking.measured import Measured
from service.tracking.periods import Period, WrongPeriod
from service.tracking.reports import Asked, Behind, By
from service.tracking.timing import Bucket
from service.web.problems import Problem
from service.web.state import State

router = APIRouter(prefix="/reports", tags=["reports"])
_MOST = 1000
_FIGURES: dict[str, Any] = {
    "total": 12,
    "done": 9,
    "open": 3,
    "on_time": 7,
    "late": 1,
    "in_time": 1,
    "overdue": 1,
    "no_deadline_done": 1,
    "no_deadline_open": 1,
    "paused": 0,
    "updated": 2,
    "completion_rate": 0.75,
    "on_time_rate": 0.7778,
    "update_rate": 0.6667,
}
_DUTY: dict[str, Any] = {
    "id": 7,
    "text": "Rà soát các trạm y tế",
    "lead": "Sở Y tế",
    "document_number": "12/CT-UBND",
    "due_on": "2026-11-15",
    "done_on": None,
    "life": "in_progress",
    "bucket": "overdue",
    "days_overdue": 14,
}
_EXAMPLE: dict[str, Any] = {
    "period": "quarter",
    "begin": "2026-10-01",
    "end": "2026-12-31",
    "on": "2026-11-29",
    "by": "unit",
    "lines": [{"key": "so-y-te:hung-yen", "name": "Sở Y tế", **_FIGURES}],
    "total": _FIGURES,
    "more": 0,
    "ranks": [{"least": 1, "keys": ["so-y-te:hung-yen"]}],
    "longest_overdue": [_DUTY],
    "measures": [
        {"key": "so-y-te:hung-yen", "name": "Sở Y tế", "counts": {"reminder": 2, "criticism": 1}, "total": 3}
    ],
}


class FiguresShown(BaseModel):
    """How many duties are in each group; rates are shares, null where there is nothing to divide by."""

    total: int
    done: int
    open: int
    on_time: int
    late: int
    in_time: int
    overdue: int
    no_deadline_done: int
    no_deadline_open: int
    paused: int
    updated: int
    completion_rate: float | None
    on_time_rate: float | None
    update_rate: float | None


class LineShown(FiguresShown):
    """A row; `key` opens the duties behind it."""

    key: str
    name: str


class BandShown(BaseModel):
    """Units of `least` duties and more, best first."""

    least: int
    keys: list[str]


class DutyBehind(BaseModel):
    """A duty as it stood on the day; `text` is null where it is no longer yours to see."""

    id: int
    text: str | None
    lead: str
    document_number: str
    due_on: dt.date | None
    done_on: dt.date | None
    life: Life
    bucket: Bucket
    days_overdue: int


class MeasuresShown(BaseModel):
    """How many measures of each kind were taken against a unit in the period."""

    key: str
    name: str
    counts: dict[str, int]
    total: int


class ReportShown(BaseModel):
    """A report; `more` is how many further rows there are, all counted in the total."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    period: Period
    begin: dt.date
    end: dt.date
    on: dt.date
    by: By
    lines: list[LineShown]
    total: FiguresShown
    more: int
    ranks: list[BandShown]
    longest_overdue: list[DutyBehind]
    measures: list[MeasuresShown]


class DutiesBehind(BaseModel):
    """A page of duties; `next` is the cursor of the following one."""

    items: list[DutyBehind]
    next: str | None


class BehindQuery(ReportForm):
    """Which number's duties."""

    group: Group = "total"
    only: str | None = Field(None, max_length=300, description="The key of a row; none: all rows.")
    limit: Limit = 50
    cursor: Cursor = ""


@router.get("", responses=problems(422))
def report(state: Here, viewer: Who, form: Annotated[ReportForm, Query()]) -> ReportShown:
    """The book's figures for a period, as it stood at the end of a day, of the duties that you may see. Files
    of the same (XLSX, DOCX, PDF) are at `/reports/file/{kind}`, outside of this API."""
    with state.store.reading() as work:
        period, asked = _asked(form, state, work.book.today())
        return _shown(sheet_of(work.reports, viewer, period, asked, state.settings.report_bands))


@router.get("/duties", responses=problems(400, 422))
def duties(state: Here, viewer: Who, form: Annotated[BehindQuery, Query()]) -> DutiesBehind:
    """The duties behind one number of the report."""
    place = opened(form.cursor, int)
    with state.store.reading() as work:
        _, asked = _asked(form, state, work.book.today(), form.only)
        after = place[0] if place else 0
        found = work.reports.behind(viewer, asked, form.group, after, form.limit + 1)
    more = cursor_of(found[form.limit - 1].duty) if len(found) > form.limit else None
    return DutiesBehind(items=[_duty(one) for one in found[: form.limit]], next=more)


def _asked(form: ReportForm, state: State, today: dt.date, only: str | None = None) -> tuple[Period, Asked]:
    try:
        return form.asked(state.settings, today, only)
    except WrongPeriod as error:
        raise Problem(422, "wrong-period", f"Kỳ báo cáo không đúng (not a period: {error})") from None


def _shown(sheet: Sheet) -> ReportShown:
    asked = sheet.asked
    return ReportShown(
        period=sheet.period,
        begin=asked.begin,
        end=asked.end,
        on=asked.on,
        by=asked.by,
        lines=[LineShown(key=one.key, name=one.name, **_figures(one.figures)) for one in sheet.lines[:_MOST]],
        total=FiguresShown(**_figures(sheet.total)),
        more=max(0, len(sheet.lines) - _MOST),
        ranks=[BandShown(least=one.least, keys=[line.key for line in one.lines]) for one in sheet.bands],
        longest_overdue=[_duty(one) for one in sheet.overdue],
        measures=[_measures(one) for one in sheet.measures],
    )


def _measures(one: Measured) -> MeasuresShown:
    return MeasuresShown(key=one.key, name=one.name, counts=dict(one.counts), total=one.total)


def _figures(figures: Figures) -> dict[str, Any]:
    return asdict(figures) | {name: getattr(figures, name) for name in ("done", "open", "total", *RATES)}


def _duty(one: Behind) -> DutyBehind:
    plain = {name: getattr(one, name) for name in DutyBehind.model_fields if hasattr(one, name)}
    plain["text"] = one.text if one.seen else None
    return DutyBehind(id=one.duty, days_overdue=one.days, **plain)
