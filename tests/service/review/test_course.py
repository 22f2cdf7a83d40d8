"""A document's way: who has it, and the sample that a second person looks at before it is filed."""

from __future__ import annotations

import pytest
from people import document, filed, task, unit, user

from service.access.accounts import Given
from service.access.roles import Role
from service.access.viewer import Forbidden, Viewer
from service.review import inbox
from service.review.changes import Change, Kind
from service.review.course import Held, Unfit, Unreviewed
from service.review.inbox import Holder, Wanted
from service.review.versions import Filed
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


def given(store: Store, viewer: Viewer, document: int, assignee: Viewer | None) -> None:
    with store.begin() as work:
        work.course.assign(viewer, document, assignee and assignee.id)


def queue(store: Store, viewer: Viewer, holder: Holder) -> list[int]:
    with store.reading() as work:
        return [one.document.id for one in work.inbox.page(viewer, Wanted(holder=holder))]


def test_each_sees_what_is_his_anothers_and_nobodys(store: Store, lan: Viewer):
    first, second, third = (filed(store, document(key, task("a", "Rà soát", HEALTH))) for key in "123")
    hoa = user(store, "hoa", Role.MONITOR)
    given(store, hoa, first, lan)
    given(store, hoa, second, hoa)
    assert queue(store, lan, Holder.MINE) == [first]
    assert queue(store, lan, Holder.OTHERS) == [second]
    assert queue(store, lan, Holder.NOBODY) == [third]
    with store.reading() as work:
        assert work.inbox.mine(lan) == 1
        assert [one.values for one in work.audit.of(f"document:{first}")] == [
            {"before": {"assignee": None}, "after": {"assignee": "lan"}}
        ]


def test_only_a_reviewer_with_the_clearance_is_given_a_document(store: Store, lan: Viewer):
    number = filed(store, document("12", task("a", "Rà soát biên chế", HEALTH)))
    boss = user(store, "quan-tri", Role.ADMINISTRATOR, clearance=9)
    cleared = user(store, "minh", Role.REVIEWER, clearance=3)
    with store.begin() as work:
        work.course.restrict(boss, number, 2)
        assert [one.login for one in work.course.reviewers(2)] == ["minh", "quan-tri"]
    clerk, gone = user(store, "thu", Role.CLERK, clearance=9), user(store, "nghi", Role.REVIEWER, clearance=9)
    with store.begin() as work:
        work.accounts.change(boss, gone.id, Given("Nghỉ", Role.REVIEWER, clearance=9, active=False))
    for unfit in (lan, clerk, gone):
        with pytest.raises(Unfit):
            given(store, boss, number, unfit)
    given(store, boss, number, cleared)
    with store.begin() as work:
        work.course.restrict(boss, number, 4)  # beyond him: nobody has it then
    assert queue(store, boss, Holder.NOBODY) == [number]


def test_what_another_has_is_taken_from_him_only_by_who_assigns(store: Store, lan: Viewer):
    number = filed(store, document("12", task("a", "Rà soát biên chế", HEALTH)))
    minh, hoa = user(store, "minh", Role.REVIEWER), user(store, "hoa", Role.MONITOR)
    given(store, minh, number, minh)
    for assignee in (lan, None):
        with pytest.raises(Held):
            given(store, lan, number, assignee)
    given(store, hoa, number, hoa)
    given(store, hoa, number, None)
    given(store, lan, number, lan)


def test_a_filed_document_is_given_to_nobody(store: Store, lan: Viewer):
    number = reviewed(store, lan)
    with store.begin() as work:
        work.course.file(lan, number)
    with pytest.raises(Filed):
        given(store, lan, number, lan)


def test_a_tab_counts_its_documents_up_to_what_a_person_would(
    store: Store, lan: Viewer, monkeypatch: pytest.MonkeyPatch
):
    for key in ("12", "13", "14"):
        filed(store, document(key, task("a", "Rà soát biên chế", HEALTH)))
    with store.reading() as work:
        assert dict(work.inbox.counts(lan)) == {"extracted": 3, "reviewed": 0, "filed": 0}
    monkeypatch.setattr(inbox, "COUNTED", 1)
    with store.reading() as work:
        assert work.inbox.counts(lan)["extracted"] == 2  # more than one
