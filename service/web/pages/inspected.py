"""An inspection as a page shows it, from whichever route: plan, findings, conclusion, what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import Form, Query, Request
from starlette.responses import Response

from service.access.viewer import Viewer
from service.checking.findings import Looked
from service.checking.vocabulary import MEASURES, RESULTS, RIGHTLY
from service.store import Work
from service.tables import Inspection
from service.tracking.finder import DutiesWanted
from service.tracking.forms import WrongForm
from service.tracking.life import Life, NotAllowed
from service.tracking.timing import bucket
from service.web.identity import Guest
from service.web.render import page
from service.web.state import State

SEEN = Annotated[int, Form()]
CARDS = 50
_BLANK = {"text": "", "lead": "", "due": "", "of": ""}
_CONCLUSION = ("nature", "degree", "cause", "responsibility")


@dataclass(frozen=True, slots=True)
class Shown:
    """Which findings are shown: all, those without a result, those not done rightly; which page of them."""

    only: Literal["", "waiting", "wrong"] = ""
    at: Annotated[int, Query(ge=1, le=1000)] = 1

    def holds(self, looked: Looked) -> bool:
        """Whether the finding is one of them."""
        result = looked.finding.result
        return {"": True, "waiting": not result, "wrong": result not in ("", RIGHTLY)}[self.only]


def inspection_page(
    request: Request, state: State, who: Guest, inspection: int, shown: Shown | None = None, **more: Any
) -> Response:
    """The page; `more` holds what was typed and is `wrong`."""
    with state.store.reading() as work:
        row = opened_inspection(work, who.viewer, inspection)
        values = _values(work, who.viewer, row, shown or Shown())
        typed = {name: getattr(row, name) for name in _CONCLUSION} | {"number": "", "on": ""}
        blank = {"tried": "", "wrong": None, "conclusion": typed, "follow_up": _BLANK}
        return page(
            request,
            "inspection.html",
            who,
            status=422 if more.get("wrong") else 200,
            **(values | blank | more),
        )


def opened_inspection(work: Work, viewer: Viewer, inspection: int) -> Inspection:
    """An inspection that he may see; raises `Missing`."""
    return work.checking.inspections.one(viewer, inspection)


def card(
    request: Request,
    state: State,
    who: Guest,
    inspection: int,
    duty: int,
    wrong: WrongForm | NotAllowed | None = None,
    typed: dict[str, Any] | None = None,
) -> Response:
    """The part of the page that shows one duty."""
    with state.store.reading() as work:
        row = opened_inspection(work, who.viewer, inspection)
        looked = work.checking.findings.one(who.viewer, inspection, duty)
        values = {"one": looked, "bucket": _bucket(work, looked), "wrong": wrong, "typed": typed}
        return page(request, "finding.html", who, **_known(work, who.viewer, row), **values)


def _known(work: Work, viewer: Viewer, row: Inspection) -> dict[str, Any]:
    actions = work.checking.inspections.open_to(viewer, row)
    return {"row": row, "actions": actions, "results": RESULTS, "measure_kinds": MEASURES, "rightly": RIGHTLY}


def _values(work: Work, viewer: Viewer, row: Inspection, shown: Shown) -> dict[str, Any]:
    desk = work.checking
    found = desk.findings.of(viewer, row.id)
    chosen = [one for one in found if shown.holds(one)]
    first = (shown.at - 1) * CARDS
    cards = [(one, _bucket(work, one)) for one in chosen[first : first + CARDS]]
    return _known(work, viewer, row) | {
        "units": desk.inspections.units([row.id]).get(row.id, []),
        "found": found,
        "counts": desk.findings.counts(viewer, [row.id]).get(row.id, {}),
        "cards": cards,
        "shown": shown,
        "pages": max(1, -(-len(chosen) // CARDS)),
        "follow_ups": [(one, _now(work, one)) for one in desk.following.of(viewer, row.id)],
        "taken": desk.measures.of_inspection(viewer, row.id),
    }


def _bucket(work: Work, looked: Looked) -> Any:
    return _now(work, looked.duty)


def _now(work: Work, duty: Any) -> Any:
    """Where a duty stands in time today."""
    return bucket(Life(duty.life), duty.due_on, duty.done_on, work.book.today(), DutiesWanted().soon)
