"""The days and filters of a report as people and programs send them in, what is asked of the book out."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from service.settings import Settings
from service.tracking.forms import lead_from
from service.tracking.periods import Period, checked
from service.tracking.reports import Asked, By
from service.tracking.rows import lead_key

_Short = Annotated[str, Field(max_length=300, pattern=r"^[^\x00]*$")]

Group = Literal[
    "total",
    "done",
    "open",
    "on_time",
    "late",
    "in_time",
    "overdue",
    "no_deadline_done",
    "no_deadline_open",
    "paused",
    "updated",
]
"""Which number's duties: the keys of `BEHIND` (service/tracking/groups.py)."""


class ReportForm(BaseModel):
    """Which report; days and filters that are left out ask for today, this year, all."""

    period: Period = Field(Period.YEAR, description="The period of the calendar that holds the day `on`.")
    on: dt.date | None = Field(None, description="The day as of which is counted; none: today.")
    begin: dt.date | None = Field(None, description="First day, for `period=days`.")
    end: dt.date | None = Field(None, description="Last day, for `period=days`.")
    by: By = Field(By.UNIT, description="What the rows are.")
    unit: _Short = Field("", description="A lead: a register's id, or a name.")
    field: _Short = ""
    assigner: _Short = ""
    source: _Short = ""

    def asked(self, settings: Settings, today: dt.date, only: str | None = None) -> tuple[Period, Asked]:
        """What is asked of the book, of the row `only` or of all; raises `WrongPeriod`."""
        begin, end, on = checked(self.period, self.on, self.begin, self.end, today)
        filters = {name: getattr(self, name) for name in ("field", "assigner", "source")}
        return self.period, Asked(
            begin,
            end,
            on,
            self.by,
            unit=_unit(self.unit),
            only=only,
            soon=settings.due_soon_days,
            fresh=settings.update_days,
            **filters,
        )


def _unit(typed: str) -> str:
    """The key of a lead: "Sở Y tế (so-y-te:hung-yen)", an id alone, or a name."""
    bare = typed.strip()
    return bare if ":" in bare and " " not in bare else lead_key(lead_from(typed))
