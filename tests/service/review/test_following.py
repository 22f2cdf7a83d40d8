"""A corrected field speaks for the pending tasks of its document, on both databases; nothing that a person
set is touched."""

from __future__ import annotations

import pytest
from people import document, filed, task, user

from service.access.roles import Role
from service.access.viewer import Viewer
from service.review.changes import Change, Kind
from service.store import Store

VAGUE = ("Rà soát, báo cáo kết quả thực hiện", "Đôn đốc các đơn vị thực hiện", "Tổ chức triển khai thực hiện")
SCHOOL = "Tuyển dụng giáo viên, xây dựng trường học, bảo đảm năm học mới"


@pytest.fixture
def directive(store: Store) -> int:
    tasks = [task(name, text, field="other") for name, text in zip("abc", VAGUE, strict=True)]
    record = document("12", *tasks, task("d", SCHOOL, field="education"), subject="Về công tác năm 2026")
    return filed(store, record)


@pytest.fixture
def lan(store: Store) -> Viewer:
    return user(store, "lan", Role.REVIEWER)


def fields(store: Store, lan: Viewer, directive: int) -> dict[str, str]:
    with store.reading() as work:
        return {one["id"]: one["field"] for one in work.shelf.tasks(lan, directive)}


def decide(store: Store, lan: Viewer, directive: int, name: str, seen: int = 1, **values: str) -> int:
    with store.begin() as work:
        return work.desk.apply(lan, Kind.EDIT, [Change(directive, name, seen, values)])


def test_a_correction_is_followed_by_the_unsure_tasks_and_not_by_a_sure_one(
    store: Store, directive: int, lan: Viewer
) -> None:
    decide(store, lan, directive, "a", field="health", status="approved")
    assert fields(store, lan, directive) == {"a": "health", "b": "health", "c": "health", "d": "education"}


def test_what_is_accepted_as_it_was_read_changes_nothing_else(
    store: Store, directive: int, lan: Viewer
) -> None:
    decide(store, lan, directive, "a", status="approved")
    assert fields(store, lan, directive) == {"a": "other", "b": "other", "c": "other", "d": "education"}


def test_taking_the_correction_back_takes_back_what_followed(
    store: Store, directive: int, lan: Viewer
) -> None:
    group = decide(store, lan, directive, "a", field="health", status="approved")
    with store.begin() as work:
        assert [one.id for one in work.desk.recent(lan, directive)] == [group]
        work.desk.undo(lan, group)
    assert fields(store, lan, directive) == {"a": "other", "b": "other", "c": "other", "d": "education"}


def test_what_a_person_set_stays_whatever_others_correct(store: Store, directive: int, lan: Viewer) -> None:
    decide(store, lan, directive, "b", field="agriculture_rural")
    decide(store, lan, directive, "a", field="health", status="approved")
    assert fields(store, lan, directive)["b"] == "agriculture_rural"


def test_a_person_may_say_that_the_first_reading_was_right_after_all(
    store: Store, directive: int, lan: Viewer
) -> None:
    decide(store, lan, directive, "a", field="health", status="approved")
    decide(store, lan, directive, "b", seen=2, field="other")
    decide(store, lan, directive, "d", field="health", status="approved")
    assert fields(store, lan, directive)["b"] == "other"


def test_who_had_the_page_open_before_can_still_accept_a_task_that_followed(
    store: Store, directive: int, lan: Viewer
) -> None:
    decide(store, lan, directive, "a", field="health", status="approved")
    decide(store, lan, directive, "b", seen=1, status="approved")
    with store.reading() as work:
        last = work.desk.versions(lan, directive, "b")[-1].values
    assert (last["status"], last["field"]) == ("approved", "health")


def test_the_audit_names_what_followed(store: Store, directive: int, lan: Viewer) -> None:
    decide(store, lan, directive, "a", field="health", status="approved")
    with store.reading() as work:
        told = [one.action for one in work.audit.of(f"document:{directive}")]
    assert told.count("follow") == 2


def test_how_many_followed_is_known_to_who_corrected(store: Store, directive: int, lan: Viewer) -> None:
    first = decide(store, lan, directive, "a", field="health", status="approved")
    second = decide(store, lan, directive, "b", seen=2, status="approved")
    with store.reading() as work:
        assert [work.desk.carried(lan, one) for one in (first, second)] == [2, 0]
