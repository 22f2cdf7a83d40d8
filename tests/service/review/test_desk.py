"""What reviewers do to tasks, on both databases: decided, merged, undone; each step audited."""

from __future__ import annotations

from typing import Any

import pytest
from people import document, filed, task, unit, user

from service.access.roles import Role
from service.access.viewer import Forbidden, Viewer
from service.audit.keys import Signer
from service.review.changes import Change, Clashed, Kind, Unproved
from service.review.desk import Filed, Missing
from service.store import Store

HEALTH, FINANCE = unit("Sở Y tế", "so-y-te:hung-yen"), unit("Sở Tài chính", "so-tai-chinh:hung-yen")


@pytest.fixture
def directive(store: Store) -> int:
    return filed(
        store,
        document("12", task("a", "Rà soát biên chế", HEALTH), task("b", "Bố trí kinh phí", FINANCE)),
    )


@pytest.fixture
def lan(store: Store) -> Viewer:
    return user(store, "lan", Role.REVIEWER)


@pytest.fixture
def minh(store: Store) -> Viewer:
    return user(store, "minh", Role.REVIEWER)


def change(directive: int, name: str, seen: int = 1, **values: Any) -> Change:
    return Change(directive, name, seen, values)


def now_of(store: Store, viewer: Viewer, directive: int, name: str) -> dict[str, Any]:
    with store.reading() as work:
        return work.desk.versions(viewer, directive, name)[-1].values


def state(store: Store, directive: int) -> str:
    with store.reading() as work:
        found = work.shelf.document(user_of_all(), directive)
    assert found is not None
    return found.review


def user_of_all() -> Viewer:
    return Viewer(id=0, login="", name="", role=Role.LEADER, clearance=9)


def test_a_document_is_reviewed_once_no_task_waits(store: Store, directive: int, lan: Viewer):
    with store.begin() as work:
        work.desk.apply(lan, Kind.ACCEPT, [change(directive, "a", status="approved")])
    assert state(store, directive) == "extracted"
    with store.begin() as work:
        work.desk.apply(lan, Kind.REJECT, [change(directive, "b", status="rejected", reason="result")])
    assert state(store, directive) == "reviewed"
    assert now_of(store, lan, directive, "b")["reason"] == "result"


def test_two_people_edit_different_fields_and_both_edits_stand(
    store: Store, directive: int, lan: Viewer, minh: Viewer
):
    with store.begin() as work:
        work.desk.apply(lan, Kind.EDIT, [change(directive, "a", leads=[FINANCE])])
    with store.begin() as work:  # Minh still looks at version 1
        work.desk.apply(minh, Kind.EDIT, [change(directive, "a", field="finance_budget")])
    values = now_of(store, lan, directive, "a")
    assert [one["name"] for one in values["leads"]] == ["Sở Tài chính"]
    assert values["field"] == "finance_budget"


def test_two_people_edit_one_field_and_the_second_is_told(
    store: Store, directive: int, lan: Viewer, minh: Viewer
):
    with store.begin() as work:
        work.desk.apply(lan, Kind.EDIT, [change(directive, "a", leads=[FINANCE])])
    mine = [change(directive, "a", leads=[HEALTH, FINANCE]), change(directive, "b", status="approved")]
    with pytest.raises(Clashed) as told, store.begin() as work:
        work.desk.apply(minh, Kind.EDIT, mine)
    assert [clash.field for clash in told.value.clashes] == ["leads"]
    assert now_of(store, minh, directive, "b")["status"] == "proposed"  # nothing of the group was written


def test_a_group_is_undone_as_a_whole_and_what_others_did_since_stays(
    store: Store, directive: int, lan: Viewer, minh: Viewer
):
    both = [change(directive, name, status="approved") for name in ("a", "b")]
    with store.begin() as work:
        group = work.desk.apply(lan, Kind.BULK, both)
    with store.begin() as work:
        work.desk.apply(minh, Kind.EDIT, [change(directive, "a", seen=2, leads=[FINANCE])])
    with store.begin() as work:
        work.desk.undo(lan, group)
    first, second = (now_of(store, lan, directive, name) for name in ("a", "b"))
    assert (first["status"], second["status"]) == ("proposed", "proposed")
    assert [one["name"] for one in first["leads"]] == ["Sở Tài chính"]
    assert state(store, directive) == "extracted"


def test_an_undo_can_be_undone(store: Store, directive: int, lan: Viewer):
    with store.begin() as work:
        group = work.desk.apply(lan, Kind.EDIT, [change(directive, "a", text="Rà soát lại biên chế")])
    with store.begin() as work:
        back = work.desk.undo(lan, group)
    assert now_of(store, lan, directive, "a")["text"] == "Rà soát biên chế"
    with store.begin() as work:
        work.desk.undo(lan, back)
    assert now_of(store, lan, directive, "a")["text"] == "Rà soát lại biên chế"
    with store.reading() as work:
        assert [one.id for one in work.desk.recent(lan)] == [group]


def test_nobody_undoes_what_another_did(store: Store, directive: int, lan: Viewer, minh: Viewer):
    with store.begin() as work:
        group = work.desk.apply(lan, Kind.ACCEPT, [change(directive, "a", status="approved")])
    with pytest.raises(Missing), store.begin() as work:
        work.desk.undo(minh, group)


def test_a_split_puts_the_parts_in_its_place_and_is_undone(store: Store, directive: int, lan: Viewer):
    parts = [task("", "Rà soát", HEALTH), task("", "Báo cáo kết quả", HEALTH)]
    with store.begin() as work:
        group = work.desk.split(lan, directive, "a", 1, parts)
    with store.reading() as work:
        assert [one["text"] for one in work.shelf.tasks(lan, directive)] == [
            "Rà soát",
            "Báo cáo kết quả",
            "Bố trí kinh phí",
        ]
    with store.begin() as work:
        work.desk.undo(lan, group)
    with store.reading() as work:
        assert [one["text"] for one in work.shelf.tasks(lan, directive)] == [
            "Rà soát biên chế",
            "Bố trí kinh phí",
        ]


def test_merged_tasks_become_one(store: Store, directive: int, lan: Viewer):
    whole = task("", "Rà soát biên chế, bố trí kinh phí", HEALTH, FINANCE)
    with store.begin() as work:
        work.desk.merge(lan, directive, [("a", 1), ("b", 1)], [whole])
    with store.reading() as work:
        assert [one["text"] for one in work.shelf.tasks(lan, directive)] == [whole["text"]]


def test_a_missed_task_is_added_with_its_place(store: Store, directive: int, lan: Viewer):
    with store.begin() as work:
        work.desk.add(lan, directive, [task("", "Báo cáo trước ngày 15/4", HEALTH)])
    with store.reading() as work:
        added = work.shelf.tasks(lan, directive)[-1]
    assert (added["text"], added["status"], bool(added["evidence"])) == (
        "Báo cáo trước ngày 15/4",
        "proposed",
        True,
    )


def test_a_value_without_proof_is_not_accepted_in_bulk(store: Store, lan: Viewer):
    unproved = task("a", "Rà soát biên chế", unit("Sở Y tế", evidence=[]))
    other = filed(store, document("13", unproved))
    with pytest.raises(Unproved), store.begin() as work:
        work.desk.apply(lan, Kind.BULK, [change(other, "a", status="approved")])
    with store.begin() as work:  # by itself, after a look, it can
        work.desk.apply(lan, Kind.ACCEPT, [change(other, "a", status="approved")])


def test_who_only_reads_changes_nothing(store: Store, directive: int):
    leader = user(store, "hoa", Role.LEADER)
    with pytest.raises(Forbidden), store.begin() as work:
        work.desk.apply(leader, Kind.ACCEPT, [change(directive, "a", status="approved")])


def test_a_filed_document_is_changed_only_after_it_was_reopened(store: Store, directive: int, lan: Viewer):
    accepted = [change(directive, name, status="approved") for name in ("a", "b")]
    with store.begin() as work:
        work.desk.apply(lan, Kind.ACCEPT, accepted)
        work.course.file(lan, directive)
    with pytest.raises(Filed), store.begin() as work:
        work.desk.apply(lan, Kind.EDIT, [change(directive, "a", seen=2, text="Khác")])
    with store.begin() as work:
        work.course.reopen(lan, directive)
        work.desk.apply(lan, Kind.EDIT, [change(directive, "a", seen=2, text="Khác")])


def test_each_change_is_in_the_audit_with_its_values(store: Store, directive: int, lan: Viewer, tmp_path):
    with store.begin() as work:
        work.desk.apply(lan, Kind.EDIT, [change(directive, "a", leads=[FINANCE])])
    with store.reading() as work:
        assert list(work.audit.faults(Signer(tmp_path / "key"))) == []
        (entry,) = work.audit.of(f"document:{directive}")
    assert (entry.actor, entry.action, entry.version) == ("lan", "edit", "rules-1")
    assert entry.values["before"]["leads"][0]["name"] == "Sở Y tế"
    assert entry.values["after"]["leads"][0]["name"] == "Sở Tài chính"
