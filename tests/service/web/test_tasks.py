"""The list of tasks: what is found, how it is paged, what a unit's user sees of it."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from people import document, filed, task, unit
from sqlalchemy import event

from service.access.roles import Role
from service.review.changes import Change, Kind
from service.store import Store

HEALTH, FINANCE = unit("Sở Y tế", "so-y-te:hung-yen"), unit("Sở Tài chính", "so-tai-chinh:hung-yen")


def due(day: str) -> dict:
    return {"kind": "date", "date": day, "text": day, "time": None, "inherited": False, "evidence": []}


@pytest.fixture
def shelved(desk_store: Store) -> list[int]:
    first = document(
        "12",
        task("a", "Rà soát Điều 5", HEALTH, deadline=due("2026-04-30")),
        task("b", "Bố trí kinh phí", FINANCE, nature="resources"),
    )
    second = document("15", task("a", "Báo cáo tiến độ", HEALTH, deadline=due("2026-03-15")))
    return [filed(desk_store, first), filed(desk_store, second)]


def texts(page: str) -> list[str]:
    return re.findall(r'<p class="text" lang="vi">([^<]*)</p>', page)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Báo cáo tiến độ", "Rà soát Điều 5", "Bố trí kinh phí"]),
        ({"q": "dieu"}, ["Rà soát Điều 5"]),
        ({"unit": "Sở Tài chính tỉnh Hưng Yên (so-tai-chinh:hung-yen)"}, ["Bố trí kinh phí"]),
        ({"unit": "so y te", "due_before": "31/3/2026"}, ["Báo cáo tiến độ"]),
        ({"nature": "resources"}, ["Bố trí kinh phí"]),
        ({"review": "filed"}, []),
        ({"sort": "-due"}, ["Rà soát Điều 5", "Báo cáo tiến độ"]),
    ],
)
def test_tasks_are_filtered_and_ordered(enter, shelved, asked: dict, found: list[str]):
    page = enter().get("/tasks", params=asked).text
    assert texts(page) == found
    assert ("Hãy bớt điều kiện lọc" in page) == (not found)


def test_pages_follow_each_other(enter, desk_store: Store):
    filed(desk_store, document("20", *(task(f"t{one:02}", f"Việc {one:02}", HEALTH) for one in range(35))))
    browser = enter()
    first = browser.get("/tasks", params={"q": "việc"}).text
    following = re.search(r'rel="next" href="([^"]+)"', first).group(1).replace("&amp;", "&")
    second = browser.get(following).text
    assert [len(texts(first)), len(texts(second))] == [30, 5]
    assert not set(texts(first)) & set(texts(second))


def test_a_day_that_is_none_is_told_in_words(enter, shelved):
    page = enter().get("/tasks", params={"due_before": "mai"}).text
    assert "Ngày không đúng" in page
    assert texts(page) == []


def put_on_file(store: Store, number: int, *names: str) -> None:
    with store.begin() as work:
        someone = work.people.viewer(work.people.add("minh", "Minh", Role.REVIEWER))
        changes = [Change(number, name, 1, {"status": "approved"}) for name in names]
        work.desk.apply(someone, Kind.ACCEPT, changes)
        work.course.file(someone, number)


def test_a_unit_starts_with_its_own_tasks_and_what_proves_them(app: FastAPI, desk_store: Store, shelved):
    put_on_file(desk_store, shelved[0], "a", "b")
    with desk_store.begin() as work:
        work.people.add(
            "so", "Sở", Role.UNIT, password="mot mat khau dai", must_change=False, units=["so-y-te:hung-yen"]
        )
    browser = TestClient(app)
    page = browser.post("/login", data={"login": "so", "password": "mot mat khau dai"})
    assert page.url.path == "/tasks"
    assert texts(page.text) == ["Rà soát Điều 5"]
    assert f"/api/v1/documents/{shelved[0]}/tasks/a/evidence/0" in page.text
    assert f'href="/documents/{shelved[0]}"' not in page.text
    assert "Bố trí" not in page.text


def queries(store: Store, look) -> int:
    """How many questions the database is asked while someone looks."""
    asked: list[str] = []

    def note(_connection, _cursor, statement: str, *_rest) -> None:
        asked.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    look()
    event.remove(store.engine, "before_cursor_execute", note)
    return len(asked)


def test_a_page_takes_as_many_queries_for_one_task_as_for_many(enter, desk_store: Store):
    browser = enter()
    filed(desk_store, document("2x", task("a", "Rà soát", HEALTH)))
    one = queries(desk_store, lambda: browser.get("/tasks"))
    for number in range(20, 30):
        filed(desk_store, document(f"{number}", task("a", "Rà soát", HEALTH)))
    assert queries(desk_store, lambda: browser.get("/tasks")) == one
