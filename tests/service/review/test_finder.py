"""Tasks are found alike on both databases, whatever happens to them."""

from __future__ import annotations

import pytest
from people import document, filed, task, unit, user
from sqlalchemy import text

from service.access.roles import Role
from service.access.viewer import Viewer
from service.review.changes import Change, Kind
from service.review.finder import DocumentOrder, DocumentsWanted, TaskOrder, TasksWanted
from service.store import Store

HEALTH = unit("Sở Y tế", "so-y-te:hung-yen")


def due(day: str) -> dict:
    return {"kind": "date", "date": day, "text": day, "inherited": False, "evidence": []}


@pytest.fixture
def lan(store: Store) -> Viewer:
    one = task("a", "Rà soát Điều 5 của quy chế", HEALTH, deadline=due("2026-04-30"))
    filed(store, document("12", one, task("b", "Bố trí kinh phí", unit("Sở Tài chính"))))
    filed(store, document("15", task("a", "Báo cáo", HEALTH, deadline=due("2026-03-15")), urgency="hoa_toc"))
    return user(store, "lan", Role.REVIEWER)


def found(store: Store, viewer: Viewer, **wanted) -> list[str]:
    with store.reading() as work:
        return [one.record["text"] for one in work.finder.tasks(viewer, TasksWanted(**wanted))]


def test_words_units_and_days(store: Store, lan: Viewer, monkeypatch: pytest.MonkeyPatch):
    for few in (3000, 0):  # looked up, and met on the way
        for name in ("RARE", "COMMON"):
            monkeypatch.setattr(f"service.searching.words.{name}", few)
        monkeypatch.setattr("service.review.finder._FEW", few)
        assert found(store, lan, words="điều 5") == ["Rà soát Điều 5 của quy chế"]
        assert found(store, lan, words='"quy che"', unit="so y te") == ["Rà soát Điều 5 của quy chế"]
        assert found(store, lan, words="y te", order=TaskOrder.LATEST_DUE)[0] == "Rà soát Điều 5 của quy chế"
        assert found(store, lan, words="quy kinh") == []


def test_pages_join(store: Store, lan: Viewer):
    for order in TaskOrder:
        whole, after = found(store, lan, order=order), None
        for expected in whole:
            with store.reading() as work:
                [one] = work.finder.tasks(lan, TasksWanted(order=order), after, 1)
            assert one.record["text"] == expected
            after = one.place
    for order in DocumentOrder:
        with store.reading() as work:
            first, second = work.finder.documents(lan, DocumentsWanted(order=order))
            [again] = work.finder.documents(lan, DocumentsWanted(order=order), first.place, 1)
        assert again.document.id == second.document.id


def test_the_index_follows_every_change(store: Store, lan: Viewer):
    with store.begin() as work:
        change = Change(1, "a", 1, {"text": "Sửa đổi nội quy", "status": "approved"})
        work.desk.apply(lan, Kind.EDIT, [change])
    assert found(store, lan, words="noi quy") == ["Sửa đổi nội quy"]
    assert found(store, lan, words="quy che") == []
    with store.engine.begin() as connection:
        connection.execute(text("DELETE FROM documents WHERE id = 1"))
    assert found(store, lan, words="noi quy") == []
    assert found(store, lan, words="y te") == ["Báo cáo"]
