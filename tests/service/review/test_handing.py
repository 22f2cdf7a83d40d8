"""What somebody had to review is in the queue at once when he may have it no longer; its giver is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from people import document, filed, task, unit, user

from service.access.accounts import Given
from service.access.roles import Role
from service.access.viewer import Viewer
from service.review.changes import Change, Kind
from service.review.inbox import Holder, Wanted
from service.store import Store

STAYS = Given("Lan", Role.REVIEWER, clearance=2)


@pytest.fixture
def boss(store: Store) -> Viewer:
    return user(store, "quan-tri", Role.ADMINISTRATOR, clearance=9)


@pytest.fixture
def hoa(store: Store) -> Viewer:
    return user(store, "hoa", Role.MONITOR, clearance=2)


@pytest.fixture
def lan(store: Store) -> Viewer:
    return user(store, "lan", Role.REVIEWER, clearance=2)


def given(store: Store, key: str, by: Viewer, to: Viewer) -> int:
    number = filed(store, document(key, task("a", "Rà soát biên chế", unit("Sở Y tế"))))
    with store.begin() as work:
        work.course.assign(by, number, to.id)
    return number


def change(store: Store, boss: Viewer, who: Viewer, says: Given) -> None:
    with store.begin() as work:
        work.accounts.change(boss, who.id, says)


def returned(store: Store, viewer: Viewer) -> list[tuple[int, str]]:
    with store.reading() as work:
        return [(one.document.id, one.holder) for one in work.handing.returned(viewer)]


def free(store: Store, viewer: Viewer) -> list[int]:
    with store.reading() as work:
        return [one.document.id for one in work.inbox.page(viewer, Wanted(holder=Holder.NOBODY))]


@pytest.mark.parametrize(
    "says",
    [replace(STAYS, active=False), replace(STAYS, role=Role.CLERK), replace(STAYS, clearance=0)],
    ids=["locked", "reviews no longer", "clearance lowered"],
)
def test_all_he_had_is_free_and_audited(store: Store, boss: Viewer, hoa: Viewer, lan: Viewer, says: Given):
    numbers = [given(store, "1", hoa, lan), given(store, "2", lan, lan)]
    with store.begin() as work:
        for number in numbers:
            work.course.restrict(boss, number, 1)
    change(store, boss, lan, says)
    assert sorted(free(store, boss)) == numbers
    with store.reading() as work:
        for number in numbers:
            last = work.audit.of(f"document:{number}")[-1]
            assert (last.actor, last.action) == ("quan-tri", "unassign")
            assert last.values == {"before": {"assignee": "lan"}, "after": {"assignee": None}}


def test_who_gave_it_is_told_until_somebody_has_it(store: Store, boss: Viewer, hoa: Viewer, lan: Viewer):
    number, taken = given(store, "1", hoa, lan), given(store, "2", lan, lan)
    change(store, boss, lan, replace(STAYS, active=False))
    assert returned(store, hoa) == [(number, "Lan")]
    assert returned(store, boss) == []  # hoa knows; what lan took herself was given by nobody else
    assert taken in free(store, boss)
    with store.begin() as work:
        work.course.assign(hoa, number, hoa.id)
    assert returned(store, hoa) == []


def test_where_the_giver_is_gone_too_all_who_give_are_told(
    store: Store, boss: Viewer, hoa: Viewer, lan: Viewer
):
    number = given(store, "1", hoa, lan)
    change(store, boss, hoa, Given("Hoa", Role.MONITOR, active=False))
    change(store, boss, lan, replace(STAYS, active=False))
    assert returned(store, boss) == [(number, "Lan")]
    assert returned(store, lan) == []


def test_what_he_may_still_have_stays_his(store: Store, boss: Viewer, hoa: Viewer, lan: Viewer):
    number = given(store, "1", hoa, lan)
    change(store, boss, lan, replace(STAYS, name="Trần Thị Lan", clearance=0))
    assert free(store, boss) == []
    with store.reading() as work:
        assert work.shelf.document(boss, number).assignee_id == lan.id


def test_a_filed_document_that_is_opened_again_is_nobody_s(
    store: Store, boss: Viewer, hoa: Viewer, lan: Viewer
):
    number = given(store, "1", hoa, lan)
    with store.begin() as work:
        work.desk.apply(lan, Kind.ACCEPT, [Change(number, "a", 1, {"status": "approved"})])
        work.course.file(lan, number)
    change(store, boss, lan, replace(STAYS, active=False))
    assert returned(store, hoa) == []
    with store.begin() as work:
        work.course.reopen(hoa, number)
    assert returned(store, hoa) == [(number, "Lan")]
