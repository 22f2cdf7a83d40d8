"""What follows the sample directives in the demonstration: letters that carry out and extend one of them, and
duties with steps taken around today, an inspection of them, so that overview, reports, proposals and checking
have something to show.

In: the store's work with the samples read. Sources: data/samples/following.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from annotation.samples import FOLDER
from service.access.viewer import Viewer
from service.checking.findings import Found
from service.checking.plan import Plan
from service.checking.vocabulary import CONTENTS
from service.store import Work
from service.tracking.entering import NewDuty
from service.tracking.finder import DutiesWanted
from service.tracking.keeping import Actor
from service.tracking.life import Given, Lead, rules

FOLLOWING = FOLDER / "following"


def letters() -> list[Path]:
    """Letters that do something to the samples."""
    return sorted(FOLLOWING.glob("*.txt"))


def enter(work: Work, monitor: Viewer, unit: Viewer, own: Lead) -> list[int]:
    """Enters the duties of duties.toml; `own` is the unit of the user `unit`, who takes its steps."""
    rows = tomllib.loads((FOLLOWING / "duties.toml").read_text(encoding="utf-8"))["duty"]
    today = work.book.today()
    return [_entered(work, row, monitor, unit, own, today) for row in rows]


def inspect(work: Work, monitor: Viewer, own: Lead) -> None:
    """An inspection of the unit's duties that has just begun, its first finding written down."""
    today, desk = work.book.today(), work.checking
    plan = Plan(
        "plan",
        "Kiểm tra việc thực hiện nhiệm vụ được giao",
        begins_on=today,
        ends_on=_from(today, 2),
        units=(own,),
        contents=tuple(CONTENTS),
        ground="Chương trình công tác năm của cơ quan",
        members=f"Trưởng đoàn: {monitor.name}",
    )
    made = desk.inspections.plan(monitor, plan)
    wanted = DutiesWanted(unit=own.id or own.name, role="lead")
    duties = [one.id for one in work.duties.find(monitor, wanted, most=None)]
    desk.findings.add(monitor, made, duties)
    desk.inspections.step(monitor, made, "start")
    found = Found("not_kept_up", {"records": "Chưa cập nhật kết quả vào phần mềm"})
    desk.findings.record(monitor, made, duties[0], found)


def _entered(
    work: Work, row: Mapping[str, Any], monitor: Viewer, unit: Viewer, own: Lead, today: dt.date
) -> int:
    new = NewDuty(
        row["text"],
        Lead(row["lead"]) if "lead" in row else own,
        _from(today, row["given"]),
        due_on=_from(today, row["due"]) if "due" in row else None,
        field=row["field"],
        assigner="provincial_committee",
    )
    duty = work.book.enter(Actor.of(monitor), new)
    _take(work, duty, row["steps"], monitor, unit, today)
    return duty


def _take(
    work: Work, duty: int, steps: Sequence[Mapping[str, Any]], monitor: Viewer, unit: Viewer, today: dt.date
) -> None:
    for step in steps:
        who = unit if rules()[step["action"]].by == "report" else monitor
        given = Given(
            note=step.get("note", ""),
            percent=step.get("percent"),
            done_on=_from(today, step["done"]) if "done" in step else None,
            due=_from(today, step["due"]) if "due" in step else None,
        )
        work.book.act(who, duty, step["action"], given)


def _from(today: dt.date, days: int) -> dt.date:
    return today + dt.timedelta(days=days)
