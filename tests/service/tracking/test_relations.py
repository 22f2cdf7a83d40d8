"""A newer document extends or replaces an earlier one: it proposes, somebody decides, the book follows."""

from __future__ import annotations

import datetime as dt

import pytest
from people import document, filed, task
from tracking_office import HEALTH, HOME, Office, due

from service.access.viewer import Forbidden
from service.review.versions import Missing
from service.tracking.life import Given, Life, NotAllowed
from service.tracking.relations import Incomplete, in_item

EARLIER = (
    task("a", "Rà soát trạm y tế", HEALTH, path="1", deadline=due("2026-03-31")),
    task("b", "Báo cáo biên chế", HOME, path="2 › gạch đầu dòng 1", deadline=due("2026-03-31")),
)


def relation(kind: str, **rest: object) -> dict[str, object]:
    found = {"kind": kind, "number": "12/CT-UBND", "issued_on": "2026-03-02", "item": None, "deadline": None}
    return found | {"text": "Gia hạn thời gian thực hiện", "rule": "x", "evidence": []} | rest


def newer(office: Office, *relations: dict[str, object], number: str = "30", **header: object) -> int:
    """A document that gives no task itself, filed."""
    record = document(number, issued_on="2026-03-20", **header) | {"relations": list(relations)}
    made = filed(office.store, record)
    with office.store.begin() as work:
        work.course.confirm(office.monitor, made)
        work.course.file(office.monitor, made)
    return made


def waiting(office: Office) -> list[tuple[str, str, dt.date | None]]:
    with office.store.reading() as work:
        return [
            (one.duty.text, one.proposal.action, one.proposal.due_on)
            for one in work.relations.waiting(office.monitor)
        ]


def decide(office: Office, how: str, **rest: object) -> int:
    with office.store.begin() as work:
        first = work.relations.waiting(office.monitor)[0].proposal.id
        return getattr(work.relations, how)(office.monitor, first, **rest)


def test_an_extension_is_proposed_and_agreed_to(office: Office):
    office.file(*EARLIER)
    newer(office, relation("extends", deadline=due("2026-05-15"), item="mục 2"))
    assert waiting(office) == [("Báo cáo biên chế", "adjust", dt.date(2026, 5, 15))]
    duty = decide(office, "accept")
    with office.store.reading() as work:
        row = work.book.duty(office.monitor, duty)
        last = work.book.events(office.monitor, duty)[-1][0]
    assert row.due_on == dt.date(2026, 5, 15)
    assert last.approval == {"number": "30/CT-UBND", "on": "2026-03-20"}
    assert waiting(office) == []


def test_the_order_of_filing_does_not_matter(office: Office):
    newer(office, relation("replaces"))
    assert waiting(office) == []
    office.file(*EARLIER)
    assert {text for text, action, _ in waiting(office) if action == "cancel"} == {
        "Rà soát trạm y tế",
        "Báo cáo biên chế",
    }


def test_a_replacement_cancels_only_what_is_agreed_to(office: Office):
    office.file(*EARLIER)
    newer(office, relation("revokes", deadline=due("2026-05-15")))  # the day is of something else
    assert office.duty("tram y te").life == Life.NOT_STARTED
    decide(office, "accept")
    decide(office, "decline")
    assert {office.duty("tram y te").life, office.duty("bien che").life} == {Life.CANCELLED, Life.NOT_STARTED}


def test_another_document_of_the_same_number_is_not_meant(office: Office):
    office.file(*EARLIER)
    newer(office, relation("replaces", issued_on="2025-03-02"))
    assert waiting(office) == []


def test_an_extension_without_a_day_needs_one(office: Office):
    office.file(EARLIER[0])
    newer(office, relation("amends"))
    with pytest.raises(Incomplete):
        decide(office, "accept")
    decide(office, "accept", due_on=dt.date(2026, 6, 1))
    assert office.duty("tram y te").due_on == dt.date(2026, 6, 1)


def test_what_is_done_meanwhile_is_not_changed(office: Office):
    office.file(EARLIER[0])
    newer(office, relation("replaces"))
    duty = office.duty("tram y te")
    office.act(office.health, duty, "submit", Given(note="xong"))
    office.act(office.monitor, duty, "confirm")
    with pytest.raises(NotAllowed):
        decide(office, "accept")
    assert waiting(office) != []


def test_filing_again_proposes_nothing_twice(office: Office):
    office.file(EARLIER[0])
    made = newer(office, relation("extends", deadline=due("2026-05-15")))
    decide(office, "decline")
    with office.store.begin() as work:
        work.course.reopen(office.monitor, made)
        work.course.file(office.monitor, made)
    assert waiting(office) == []


def test_only_who_follows_decides(office: Office):
    office.file(EARLIER[0])
    newer(office, relation("replaces"))
    with office.store.begin() as work:
        number = work.relations.waiting(office.monitor)[0].proposal.id
        assert work.relations.waiting(office.health) == []
        with pytest.raises(Forbidden):
            work.relations.accept(office.health, number)
        with pytest.raises(Missing):
            work.relations.accept(office.monitor, number + 1)


@pytest.mark.parametrize(
    ("item", "path", "meant"),
    [
        ("mục 3", "3 › gạch đầu dòng 2", True),
        ("mục 3", "4", False),
        ("khoản 1 Điều 2", "Điều 2 › khoản 1 › điểm a", True),
        ("khoản 1 Điều 2", "Điều 3 › khoản 1", False),
        ("Phụ lục", "1", False),
    ],
)
def test_items(item: str, path: str, meant: bool):
    assert in_item(item, path) is meant
