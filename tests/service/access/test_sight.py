"""Who sees which documents and tasks."""

from __future__ import annotations

import pytest
from people import document, filed, task, unit, user

from service.access.roles import Role
from service.access.viewer import Viewer
from service.review.changes import Change, Kind
from service.store import Store

HEALTH, FINANCE = unit("Sở Y tế", "so-y-te:hung-yen"), unit("Sở Tài chính", "so-tai-chinh:hung-yen")


@pytest.fixture
def reviewer(store: Store) -> Viewer:
    return user(store, "lan", Role.REVIEWER)


@pytest.fixture
def health(store: Store) -> Viewer:
    return user(store, "y-te", Role.UNIT, units=["so-y-te:hung-yen"], unit_names=["Sở Y tế"])


def directive(store: Store, key: str = "12", **header) -> int:
    tasks = [task("a", "Rà soát biên chế", HEALTH), task("b", "Bố trí kinh phí", FINANCE)]
    return filed(store, document(key, *tasks, **header))


def put_on_file(store: Store, reviewer: Viewer, number: int) -> None:
    with store.begin() as work:
        accepted = [Change(number, name, 1, {"status": "approved"}) for name in ("a", "b")]
        work.desk.apply(reviewer, Kind.ACCEPT, accepted)
        work.course.file(reviewer, number)


def seen(store: Store, viewer: Viewer, number: int) -> tuple[list[str], bool]:
    """The tasks that he sees, and whether he may see the whole document."""
    with store.reading() as work:
        return [one["text"] for one in work.shelf.tasks(viewer, number)], work.shelf.may_open(viewer, number)


def test_a_unit_sees_its_own_task_once_it_is_filed(store: Store, reviewer: Viewer, health: Viewer):
    number = directive(store)
    assert seen(store, health, number) == ([], False)
    put_on_file(store, reviewer, number)
    assert seen(store, health, number) == (["Rà soát biên chế"], False)


def test_a_unit_opens_a_document_that_was_sent_to_it(store: Store, reviewer: Viewer, health: Viewer):
    number = directive(store, addressees=["Sở Y tế"])
    assert seen(store, health, number) == ([], False)
    put_on_file(store, reviewer, number)
    assert seen(store, health, number) == (["Rà soát biên chế"], True)


def test_a_unit_is_not_another_of_the_same_name(store: Store, reviewer: Viewer):
    elsewhere = user(store, "y-te-hn", Role.UNIT, units=["so-y-te:ha-noi"], unit_names=["Sở Y tế Hà Nội"])
    number = directive(store)
    put_on_file(store, reviewer, number)
    assert seen(store, elsewhere, number) == ([], False)


def test_clearance_counts_whatever_the_role(store: Store):
    administrator = user(store, "quan-tri", Role.ADMINISTRATOR, clearance=0)
    cleared = user(store, "lanh-dao", Role.LEADER, clearance=1)
    number = directive(store)
    with store.begin() as work:
        work.course.restrict(administrator, number, 1)
    assert seen(store, administrator, number) == ([], False)
    assert seen(store, cleared, number) == (["Rà soát biên chế", "Bố trí kinh phí"], True)
