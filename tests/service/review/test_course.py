"""A document's way: who has it, and the sample that a second person looks at before it is filed."""

from __future__ import annotations

import pytest
from people import document, filed, task, unit, user

from service.access.roles import Role
from service.access.viewer import Forbidden, Viewer
from service.review.changes import Change, Kind
from service.review.course import Unreviewed
from service.store import Store

HEALTH = unit("Sở Y tế", "so-y-te:hung-yen")


@pytest.fixture
def sampling(store: Store) -> Store:
    return Store(store.engine, second_look=1.0)


@pytest.fixture
def lan(store: Store) -> Viewer:
    return user(store, "lan", Role.REVIEWER)


def reviewed(store: Store, viewer: Viewer) -> int:
    number = filed(store, document("12", task("a", "Rà soát biên chế", HEALTH)))
    with store.begin() as work:
        work.desk.apply(viewer, Kind.ACCEPT, [Change(number, "a", 1, {"status": "approved"})])
    return number


def test_a_document_of_the_sample_is_filed_after_a_second_persons_look(sampling: Store, lan: Viewer):
    number = reviewed(sampling, lan)
    with pytest.raises(Unreviewed), sampling.begin() as work:
        work.course.file(lan, number)
    with pytest.raises(Unreviewed), sampling.begin() as work:
        work.course.look_again(lan, number)  # she was the first
    minh = user(sampling, "minh", Role.REVIEWER)
    with sampling.begin() as work:
        work.course.look_again(minh, number)
        work.course.file(lan, number)


def test_outside_the_sample_it_is_filed_at_once(store: Store, lan: Viewer):
    number = reviewed(store, lan)
    with store.begin() as work:
        work.course.file(lan, number)


def test_a_reviewer_takes_a_document_and_only_a_monitor_gives_it_to_another(store: Store, lan: Viewer):
    number = filed(store, document("12", task("a", "Rà soát biên chế", HEALTH)))
    minh = user(store, "minh", Role.REVIEWER)
    with store.begin() as work:
        work.course.assign(lan, number, lan.id)
    with pytest.raises(Forbidden), store.begin() as work:
        work.course.assign(lan, number, minh.id)
    hoa = user(store, "hoa", Role.MONITOR)
    with store.begin() as work:
        work.course.assign(hoa, number, minh.id)
    with store.reading() as work:
        assert work.shelf.document(lan, number).assignee_id == minh.id
