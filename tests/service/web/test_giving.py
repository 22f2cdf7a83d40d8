"""Who assigns gives documents to reviewers in the queue and beside the document; others see who has what."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient
from people import document, filed, task, unit

from service.access.roles import Role
from service.store import Store


@pytest.fixture
def number(desk_store: Store) -> int:
    return filed(desk_store, document("12", task("a", "Rà soát biên chế", unit("Sở Y tế"))))


def csrf(browser: TestClient) -> str:
    return re.search(r'data-csrf="([^"]*)"', browser.get("/").text).group(1)


def given(browser: TestClient, number: int, assignee: str, **headers):
    form = {"assignee": assignee, "csrf": csrf(browser)}
    return browser.post(f"/documents/{number}/assignee", data=form, headers=headers)


def id_of(page: str, name: str) -> str:
    return re.search(rf'<option value="(\d+)"[^>]*>{name}<', page).group(1)


def test_the_receiver_finds_it_among_his_own(enter, number: int):
    lan, hoa = enter("lan"), enter("hoa", Role.MONITOR)
    cell = given(hoa, number, id_of(hoa.get("/").text, "Lan"), **{"hx-request": "true"}).text
    assert re.search(r'<option value="\d+" selected>Lan<', cell)
    assert "đã giao" in cell
    assert "giao cho tôi <b>1</b>" in lan.get("/").text
    assert "12/CT-UBND" in lan.get("/?of=mine").text
    assert "12/CT-UBND" not in lan.get("/?of=nobody").text
    assert "12/CT-UBND" in hoa.get("/?of=others").text
    assert "Giao cho: Lan" in enter("minh").get(f"/documents/{number}").text


def test_beside_the_document_it_is_given_and_given_back(enter, number: int):
    enter("lan")
    hoa = enter("hoa", Role.MONITOR)
    shown = hoa.get(f"/documents/{number}").text
    assert given(hoa, number, id_of(shown, "Lan")).url.path == f"/documents/{number}"
    assert re.search(r"selected>Lan<", hoa.get(f"/documents/{number}").text)
    given(hoa, number, "")
    assert "selected>" not in hoa.get("/").text


def test_those_whose_clearance_does_not_suffice_are_not_offered(enter, number: int, desk_store: Store):
    enter("lan")
    boss = enter("quan-tri", Role.ADMINISTRATOR, clearance=9)
    lan = id_of(boss.get("/").text, "Lan")
    with desk_store.begin() as work:
        work.course.restrict(work.people.viewer(2), number, 3)
    assert ">Lan<" not in boss.get("/").text + boss.get(f"/documents/{number}").text
    assert given(boss, number, lan).status_code == 422


def test_who_only_reviews_takes_what_nobody_has(enter, number: int):
    lan, minh = enter("lan"), enter("minh")
    shown = lan.get(f"/documents/{number}").text
    assert 'class="give"' not in shown + lan.get("/").text
    assert "Để tôi rà soát" in shown
    assert given(lan, number, "1").status_code == 403
    lan.post(f"/documents/{number}/take", data={"csrf": csrf(lan)})
    assert "Trả lại hộp việc" in lan.get(f"/documents/{number}").text
    assert "/take" not in minh.get(f"/documents/{number}").text
    assert minh.post(f"/documents/{number}/take", data={"csrf": csrf(minh)}).status_code == 409


def test_a_tab_with_very_many_documents_says_that_there_are_more(
    enter, number: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("service.review.inbox.COUNTED", 0)
    monkeypatch.setattr("service.web.pages.inbox.COUNTED", 0)
    assert "<b>hơn 0</b>" in enter().get("/").text


def test_the_giver_is_told_in_his_inbox_that_a_document_came_back(enter, number: int, desk_store: Store):
    enter("lan")
    hoa = enter("hoa", Role.MONITOR)
    boss = enter("quan-tri", Role.ADMINISTRATOR, clearance=9)
    given(hoa, number, id_of(hoa.get("/").text, "Lan"))
    assert "về lại hộp việc" not in hoa.get("/").text
    form = {"name": "Lan", "role": "reviewer", "clearance": "0", "csrf": csrf(boss)}
    boss.post("/users/1", data=form)  # "active" is not ticked
    page = hoa.get("/").text
    assert "về lại hộp việc" in page
    assert "trước giao Lan" in re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))
    assert "12/CT-UBND" in hoa.get("/?of=nobody").text
