"""Pairs of documents: found at filing, joined and taken apart again, without a loss."""

from __future__ import annotations

from typing import Any

import pytest
from copies import letter, scanned
from people import document, task, unit, user
from sqlalchemy import delete

from service.access.roles import Role
from service.access.viewer import Forbidden, Viewer
from service.duplicates.finding import Finding, sketch_of
from service.duplicates.indexing import indexed
from service.review.inbox import Wanted
from service.review.versions import Filed, Missing
from service.store import FilePart, Store
from service.tables import DocumentBand, DocumentSketch

DUTY = ("a", "Rà soát các bến thủy nội địa", unit("Sở Xây dựng"))


def keep(store: Store, key: str, text: str, *, compare: bool = True, **header: Any) -> int:
    """Files a record with this text, as service/intake.py does; its id."""
    record = document(key, task(*DUTY), task("b", "Báo cáo kết quả", unit("Sở Y tế")), **header) | {
        "text": text
    }
    sha256 = record["source"]["sha256"]
    with store.begin() as work:
        made = work.add(sha256, record, "done", [FilePart(sha256, record["source"]["name"], 1)])
        if compare:
            work.twins.finding.note(made, sketch_of(record))
    return made


@pytest.fixture
def lan(store: Store) -> Viewer:
    return user(store, "lan", Role.REVIEWER)


@pytest.fixture
def pair(store: Store) -> tuple[int, int]:
    """A directive and its scan, whose number nobody could read."""
    one = keep(store, "01", letter(1))
    return one, keep(store, "scan", scanned(letter(1)), number=None)


def waiting(store: Store, viewer: Viewer) -> list[tuple[int, int]]:
    with store.reading() as work:
        return [(one.kept.id, one.other.id) for one in work.twins.waiting(viewer)]


def twin(store: Store, viewer: Viewer) -> int:
    with store.reading() as work:
        (found,) = [*work.twins.waiting(viewer), *work.twins.joined(viewer)]
        return found.twin.id


def standing(store: Store, viewer: Viewer, one: int) -> tuple[str, list[str]]:
    """Where a document is in the review, and its tasks that are shown."""
    with store.reading() as work:
        row = work.shelf.document(viewer, one)
        return row.review, [task["status"] for task in work.shelf.tasks(viewer, one)]


def test_a_scan_is_proposed_as_the_copy_of_its_original(store: Store, lan: Viewer, pair: tuple[int, int]):
    assert waiting(store, lan) == [pair]
    keep(store, "03", letter(3))
    assert waiting(store, lan) == [pair]


def test_a_form_letter_under_another_number_is_no_copy(store: Store, lan: Viewer, pair: tuple[int, int]):
    form = keep(store, "04", letter(1))
    assert (pair[0], form) not in waiting(store, lan)
    assert (pair[1], form) in waiting(store, lan)  # whose scan it is nobody could read


def test_joined_the_other_is_out_of_the_way_with_its_tasks(store: Store, lan: Viewer, pair: tuple[int, int]):
    with store.begin() as work:
        work.twins.join(lan, twin(store, lan))
    kept, other = pair
    assert waiting(store, lan) == []
    assert standing(store, lan, kept) == ("extracted", ["proposed", "proposed"])
    assert standing(store, lan, other) == ("joined", [])
    with store.reading() as work:
        (of_kept,) = work.twins.of(lan, kept)
        assert of_kept.files == ["scan.pdf"]
        assert [row.document.id for row in work.inbox.page(lan, Wanted())] == [kept]
        assert work.shelf.files(lan, other) != []
        assert "join" in [told.action for told in work.audit.of(f"document:{other}")]


def test_nobody_changes_the_tasks_of_what_was_joined(store: Store, lan: Viewer, pair: tuple[int, int]):
    from service.review.changes import Change, Kind

    with store.begin() as work:
        work.twins.join(lan, twin(store, lan))
    with pytest.raises(Filed), store.begin() as work:
        work.desk.apply(lan, Kind.ACCEPT, [Change(pair[1], "a", 2, {"status": "approved"})])
    with store.reading() as work:
        assert work.desk.recent(lan) == []  # no undo by the desk: taken apart on the page of pairs


def test_taken_apart_both_are_as_they_were(store: Store, lan: Viewer, pair: tuple[int, int]):
    from service.review.changes import Change, Kind

    with store.begin() as work:
        work.desk.apply(
            lan, Kind.REJECT, [Change(pair[1], "b", 1, {"status": "rejected", "reason": "not_task"})]
        )
    before = standing(store, lan, pair[1])
    number = twin(store, lan)
    with store.begin() as work:
        work.twins.join(lan, number)
    minh = user(store, "minh", Role.REVIEWER)  # whoever looks at it next
    with store.begin() as work:
        work.twins.part(minh, number)
    assert standing(store, lan, pair[1]) == before == ("extracted", ["proposed", "rejected"])
    assert waiting(store, lan) == [pair]
    with store.begin() as work:
        work.twins.join(minh, number, kept=pair[1])
    assert standing(store, lan, pair[0]) == ("joined", [])


def test_two_that_were_told_apart_are_never_proposed_again(store: Store, lan: Viewer, pair: tuple[int, int]):
    with store.begin() as work:
        work.twins.keep_apart(lan, twin(store, lan))
    assert waiting(store, lan) == []
    with store.engine.begin() as connection:
        connection.execute(delete(DocumentBand))
        connection.execute(delete(DocumentSketch))
    assert indexed(store) == (2, 0)
    assert waiting(store, lan) == []


def test_a_third_copy_is_proposed_with_the_document_that_was_kept(store: Store, lan: Viewer, pair):
    with store.begin() as work:
        work.twins.join(lan, twin(store, lan))
    third = keep(store, "web", letter(1) + "\nTrang chủ", number=None, issued_on=None)
    assert waiting(store, lan) == [(pair[0], third)]


def test_what_waits_of_a_joined_document_waits_of_the_kept_one(store: Store, lan: Viewer):
    first = keep(store, "01", letter(1))
    second = keep(store, "scan", scanned(letter(1), 0.02), number=None)
    third = keep(store, "web", scanned(letter(1), 0.02, seed=2), number=None)
    with store.begin() as work:
        (one,) = [
            pair for pair in work.twins.waiting(lan) if {pair.kept.id, pair.other.id} == {first, second}
        ]
        work.twins.join(lan, one.twin.id)
    assert waiting(store, lan) == [(first, third)]


def test_the_further_one_is_kept_and_one_in_the_book_is_not_joined(store: Store, lan: Viewer, pair):
    from service.review.changes import Change, Kind

    clerk = user(store, "sep", Role.MONITOR)
    with store.begin() as work:
        changes = [Change(pair[1], name, 1, {"status": "approved"}) for name in "ab"]
        work.desk.apply(lan, Kind.ACCEPT, changes)
        work.course.file(clerk, pair[1])
    assert waiting(store, lan) == [(pair[1], pair[0])]
    with pytest.raises(Filed), store.begin() as work:
        work.twins.join(lan, twin(store, lan), kept=pair[0])
    with store.begin() as work:
        work.twins.join(lan, twin(store, lan))
    assert standing(store, lan, pair[1]) == ("filed", ["approved", "approved"])


def test_who_may_not_see_one_sees_no_pair(store: Store, lan: Viewer, pair: tuple[int, int]):
    chief = user(store, "truong", Role.MONITOR, clearance=2)
    number = twin(store, lan)
    with store.begin() as work:
        work.course.restrict(chief, pair[1], 1)
    assert waiting(store, lan) == []
    with pytest.raises(Missing), store.begin() as work:
        work.twins.join(lan, number)
    with pytest.raises(Forbidden), store.begin() as work:
        work.twins.join(user(store, "donvi", Role.UNIT), number)


def test_what_is_behind_a_purged_document_comes_back(store: Store, lan: Viewer, pair: tuple[int, int]):
    with store.begin() as work:
        work.twins.join(lan, twin(store, lan))
    with store.begin() as work:
        work.shredder.shred(pair[0])
    assert standing(store, lan, pair[1]) == ("extracted", ["proposed", "proposed"])
    assert waiting(store, lan) == []


@pytest.mark.parametrize("purged_after", ["_candidates", "_not_apart"])
def test_a_candidate_that_is_purged_meanwhile_is_passed_over(
    store: Store, lan: Viewer, monkeypatch: pytest.MonkeyPatch, purged_after: str
):
    found, first = getattr(Finding, purged_after), keep(store, "01", letter(1))
    monkeypatch.setattr(Finding, purged_after, lambda *asked: [9999, *found(*asked)])
    assert waiting(store, lan) == []
    second = keep(store, "scan", scanned(letter(1)), number=None)
    assert waiting(store, lan) == [(first, second)]


def test_documents_from_before_are_compared_by_a_command(store: Store, lan: Viewer):
    one = keep(store, "01", letter(1), compare=False)
    other = keep(store, "scan", scanned(letter(1)), compare=False, number=None)
    keep(store, "short", "Kính gửi.", compare=False, number=None)
    assert indexed(store) == (3, 1)
    assert waiting(store, lan) == [(one, other)]
    assert indexed(store) == (0, 0)
