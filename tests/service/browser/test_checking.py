"""Findings are written down by keys alone: one key where a duty was done rightly, words where it was not."""

from __future__ import annotations

import datetime as dt

import pytest

from service.access.roles import Role
from service.checking.plan import Plan
from service.tracking.entering import NewDuty
from service.tracking.keeping import Actor
from service.tracking.life import Lead

from .conftest import Enter, Person

UNIT, DAY = Lead("Sở Y tế"), dt.date(2026, 3, 1)


@pytest.fixture
def minh(enter: Enter) -> Person:
    """A monitor before an inspection of three duties that has begun."""
    minh = enter("minh")
    plan = Plan("signs", "Kiểm tra", DAY, DAY, (UNIT,), ("records",), ground="Báo cáo sai")
    with minh.site.store.begin() as work:
        viewers = map(work.people.viewer, range(1, 9))
        viewer = next(one for one in viewers if one and one.role is Role.MONITOR)
        duties = [
            work.book.enter(Actor("minh"), NewDuty(f"Việc {one}", UNIT, DAY, due_on=DAY + dt.timedelta(one)))
            for one in range(3)
        ]
        work.checking.inspections.plan(viewer, plan)
        work.checking.findings.add(viewer, 1, duties)
        work.checking.inspections.step(viewer, 1, "start")
    minh.open("/inspections/1")
    return minh


def results(person: Person) -> list[str]:
    """What stands at each duty."""
    shown = "[...document.querySelectorAll('.finding')].map(one => one.classList[2])"
    found: list[str] = person.page.evaluate(shown)
    return found


def test_findings_by_keys(minh: Person):
    minh.press("j", "1")
    minh.until(lambda: results(minh) == ["result-rightly", "result-none", "result-none"])
    minh.until(lambda: minh.focused(".finding:nth-child(2)"))
    minh.press("3")
    minh.type("Khong lam")
    minh.page.keyboard.press("Control+Enter")
    minh.until(lambda: results(minh)[1] == "result-not_done")
    minh.until(lambda: minh.focused(".finding:nth-child(3)"))
    minh.press("2")
    minh.page.keyboard.press("Control+Enter")  # no words yet
    minh.page.wait_for_selector(".finding:nth-child(3) .wrong")
    assert results(minh)[2] == "result-none"
    minh.until(lambda: minh.focused(".finding:nth-child(3) textarea"))
