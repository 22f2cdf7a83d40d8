"""What a second reader read otherwise: kept with the task, shown beside it, taken like any correction."""

from __future__ import annotations

from typing import Any

import pytest
from people import PROOF, document, filed, task, unit, user

from service.access.roles import Role
from service.access.viewer import Viewer
from service.review.changes import Change, Kind
from service.review.finder import TasksWanted
from service.review.otherwise import Piece, other_reading, taken
from service.review.sheets import screen
from service.store import Store

HEALTH, HOME, FINANCE = unit("Sở Y tế"), unit("Sở Nội vụ"), unit("Sở Tài chính")
DUE: dict[str, Any] = {
    "text": "trước ngày 15/4/2026", "kind": "date", "date": "2026-04-15", "time": None, "rrule": None,
    "trigger": None, "inherited": False, "rule": "before.date", "words": "", "flags": [], "evidence": PROOF,
}  # fmt: skip
PLACE = [PROOF[0] | {"start": 30, "end": 60}]
WORDS = "Rà soát biên chế của các trạm y tế xã, phường, thị trấn trên toàn tỉnh"


def read_twice(**second: Any) -> dict[str, Any]:
    """A task that the second reader read otherwise in what is given."""
    likely = {"text": 0.95, "leads": 0.95, "cooperators": 0.95, "deadline": 0.95, "complete": 0.9}
    return task("a", WORDS, HEALTH, HOME, second=second, probabilities=likely)


def by_field(one: dict[str, Any]) -> dict[str, Any]:
    other = other_reading(one)
    return {} if other is None else {each.field: each for each in other.differences}


def test_only_the_fields_that_differ_are_set_side_by_side():
    found = by_field(read_twice(leads=[HEALTH, FINANCE], deadline=DUE))
    assert list(found) == ["leads", "deadline"]
    assert found["leads"].ours == (Piece("Sở Y tế", False), Piece("Sở Nội vụ", True))
    assert found["leads"].theirs == (Piece("Sở Y tế", False), Piece("Sở Tài chính", True))
    assert found["deadline"].ours == ()
    assert found["deadline"].theirs == (Piece("15/04/2026 “trước ngày 15/4/2026”", False),)


def test_of_the_words_those_around_a_difference_are_shown_and_a_full_stop_is_none():
    found = by_field(read_twice(text=f"{WORDS}. Báo cáo kết quả.", evidence=PLACE))["text"]
    assert found.ours == (Piece("… phường, thị trấn trên toàn tỉnh", False),)
    assert found.theirs == (
        Piece("… phường, thị trấn trên toàn tỉnh.", False),
        Piece("Báo cáo kết quả.", True),
    )


def test_very_long_words_are_shown_as_they_are():
    long = " ".join(f"từ{at}" for at in range(600))
    one = read_twice(text=f"{long} nữa", evidence=PLACE) | {"text": long}
    assert by_field(one)["text"].ours == (Piece(long, False),)


@pytest.mark.parametrize(("likely", "in_doubt"), [(0.84, True), (0.86, False)])
def test_it_is_shown_unasked_where_a_field_that_differs_is_in_doubt(likely: float, in_doubt: bool):
    one = read_twice(deadline=DUE)
    one["probabilities"] |= {"deadline": likely, "leads": 0.1}
    other = other_reading(one)
    assert other is not None
    assert other.in_doubt is in_doubt


def test_where_both_read_the_same_or_a_person_took_it_there_is_nothing_to_show():
    assert other_reading(task("a", WORDS, HEALTH)) is None  # also read before a second reading was kept
    assert other_reading(read_twice(leads=[HOME, HEALTH])) is None
    assert other_reading(read_twice(deadline=DUE) | {"deadline": DUE}) is None


def test_what_was_not_read_otherwise_cannot_be_taken():
    with pytest.raises(LookupError):
        taken(read_twice(deadline=DUE), "leads")
    with pytest.raises(LookupError):
        taken(read_twice(deadline=DUE), "status")
    with pytest.raises(LookupError):
        taken(task("a", WORDS, HEALTH), "deadline")


def test_decided_tasks_show_it_no_more():
    record = document("12", read_twice(deadline=DUE))
    shown = [one | {"revision": 1, "origin": "machine"} for one in record["tasks"]]
    waits, settled = (
        screen(record | {"tasks": [shown[0] | {"status": status}]}).cards[0]
        for status in ("proposed", "approved")
    )
    assert waits.other is not None
    assert settled.other is None


# ---------------------------------------------------------------- in the store


@pytest.fixture
def lan(store: Store) -> Viewer:
    return user(store, "lan", Role.REVIEWER)


def in_store(store: Store, viewer: Viewer, number: int) -> dict[str, Any]:
    with store.reading() as work:
        record = work.shelf.record(viewer, number)
    assert record is not None
    found: dict[str, Any] = record["tasks"][0]
    return found


def test_it_is_kept_and_survives_corrections_and_their_undoing(store: Store, lan: Viewer):
    one = read_twice(text="Rà soát biên chế", evidence=PLACE, leads=[FINANCE], deadline=DUE)
    number = filed(store, document("12", one))
    kept = in_store(store, lan, number)
    assert kept["second"] == one["second"]
    groups = []
    for seen, field in enumerate(("text", "leads", "deadline"), 1):
        values = taken(in_store(store, lan, number), field)
        with store.begin() as work:
            groups.append(work.desk.apply(lan, Kind.EDIT, [Change(number, "a", seen, values)]))
    now = in_store(store, lan, number)
    assert (now["text"], now["evidence"]) == ("Rà soát biên chế", PLACE)
    assert [lead["name"] for lead in now["leads"]] == ["Sở Tài chính"]
    assert now["deadline"]["date"] == "2026-04-15"
    assert other_reading(now) is None
    with store.begin() as work:
        for group in reversed(groups):
            work.desk.undo(lan, group)
    back = in_store(store, lan, number)
    assert {name: back[name] for name in one} == one
    assert list(by_field(back)) == ["text", "leads", "deadline"]


def test_only_who_may_open_the_document_is_told(store: Store, lan: Viewer):
    """Its words may lie outside the task's own."""
    number = filed(store, document("12", read_twice(deadline=DUE)))
    with store.reading() as work:
        assert [one for one in work.shelf.tasks(lan, number) if "second" in one] == []
        assert [one for one in work.finder.tasks(lan, TasksWanted()) if "second" in one.record] == []
        proved = work.places.proof(lan, number, "a")
    assert proved is not None
    assert "second" not in proved[1]
