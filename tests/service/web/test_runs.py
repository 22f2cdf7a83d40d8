"""Archive runs and failed files, as administrators see them."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest
from fastapi.testclient import TestClient
from people import document, filed
from sqlalchemy import update

from pipeline.errors import Reason
from service.access.roles import Role
from service.reader import KIND
from service.runs import book
from service.runs.book import Plan, Sign
from service.runs.states import State
from service.store import Store
from service.tables import Document, Run

KEPT, HIDDEN, FAILED, SECRET = ("c" * 64, "d" * 64, "e" * 64, "f" * 64)
Enter = Callable[..., TestClient]


@pytest.fixture
def run(desk_store: Store) -> int:
    """A run that lasts: a file of each sort, one of a document that needs clearance."""
    filed(desk_store, document("12"))
    ids = {key: filed(desk_store, document(number)) for key, number in ((KEPT, "13"), (HIDDEN, "14"))}
    plan = Plan("máy chủ: root", ("/kho/chi-thi",), "processes:2", "0.1", 1200)
    shared = {"kind": "pdf", "message": "", "earlier": False, "bytes": 10, "reason": "", "path": ""}
    rows = [
        {"sha256": KEPT, "outcome": "done", "path": "/kho/chi-thi/a.pdf", "pages": 3, "seconds": 1.5},
        {"sha256": HIDDEN, "outcome": "done", "path": "/kho/chi-thi/b.pdf", "pages": 1, "seconds": 1.0},
        {"sha256": FAILED, "outcome": "failed", "reason": "timeout", "pages": 0, "seconds": 9.0},
        {"sha256": SECRET, "outcome": "refused_secret", "reason": "mat", "pages": 0, "seconds": 2.0},
    ]
    numbered = [shared | row | {"digest": row["sha256"][:32], "position": at} for at, row in enumerate(rows)]
    with desk_store.begin() as work:
        for key, number in ids.items():
            values = {"key": key, "clearance": 3 if key == HIDDEN else 0}
            work._session.execute(update(Document).where(Document.id == number).values(values))
        made = work.runs.begin(plan)
        work.runs.note(made, numbered, Sign(40, 4000, 125.0))
    return made


def test_a_run_is_followed_as_long_as_it_lasts(run: int, desk_store: Store, enter: Enter):
    browser = enter("quantri", Role.ADMINISTRATOR)
    listed = browser.get("/runs").text
    assert "đang chạy" in listed
    assert "4 / 1.200" in listed
    page = browser.get(f"/runs/{run}").text
    assert f'hx-get="/runs/{run}/standing"' in page
    assert "2 min 05 s" in page
    for words in ("quá thời gian", "dấu MẬT", FAILED, "/kho/chi-thi/a.pdf"):
        assert words in page
    with desk_store.begin() as work:
        work.runs.end(run, State.ENDED)
    part = browser.get(f"/runs/{run}/standing").text
    assert "hx-get" not in part
    assert "đã xong" in part


def test_a_run_without_a_sign_of_life_was_cut_off(run: int, desk_store: Store, enter: Enter):
    with desk_store.begin() as work:
        work._session.execute(update(Run).values(alive_at=Run.alive_at - 120))
    page = enter("quantri", Role.ADMINISTRATOR).get(f"/runs/{run}").text
    assert "bị ngắt giữa chừng" in page
    assert 'hx-get="/runs' not in page


def test_of_an_old_run_the_counts_are_shown(
    run: int, desk_store: Store, enter: Enter, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(book, "_TOLD", 0)
    with desk_store.begin() as work:
        work._session.execute(update(Run).values(alive_at=Run.alive_at - 120))
        work.runs.begin(Plan("máy chủ: root", ("/kho/chi-thi",), "processes:2", "0.1", 1200))
    browser = enter("quantri", Role.ADMINISTRATOR)
    page = browser.get(f"/runs/{run}").text
    assert "chỉ còn số đếm" in page
    assert "quá thời gian" in page
    assert FAILED not in page
    shown = browser.get(f"/api/v1/runs/{run}").json()
    assert (shown["counted"], shown["done"], shown["failed"], shown["slowest"]) == (True, 4, 1, [])


def test_a_path_is_told_to_who_may_open_the_document(run: int, enter: Enter):
    for login, clearance, told in (("quantri", 0, False), ("quantri3", 3, True)):
        browser = enter(login, Role.ADMINISTRATOR, clearance=clearance)
        for path in (f"/runs/{run}", f"/runs/{run}/file/html"):
            assert ("/kho/chi-thi/b.pdf" in browser.get(path).text) == told


def test_the_report_is_taken_as_a_workbook(run: int, enter: Enter):
    answer = enter("quantri", Role.ADMINISTRATOR).get(f"/runs/{run}/file/xlsx")
    assert f'filename="luot-doc-{run}.xlsx"' in answer.headers["content-disposition"]
    rows = list(
        openpyxl.load_workbook(io.BytesIO(answer.content))["Tệp"].iter_rows(min_row=2, values_only=True)
    )
    assert [row[1] for row in rows] == ["/kho/chi-thi/a.pdf", HIDDEN, FAILED, SECRET]


def test_other_software_is_told_the_same(run: int, enter: Enter):
    browser = enter("quantri", Role.ADMINISTRATOR)
    (listed,) = browser.get("/api/v1/runs").json()["runs"]
    assert (listed["state"], listed["done"], listed["files"], listed["seconds_left"]) == (
        "running",
        4,
        1200,
        125.0,
    )
    shown = browser.get(listed["links"]["self"]).json()
    assert [(one["outcome"], one["reason"], one["files"]) for one in shown["outcomes"]] == [
        ("done", "", 2),
        ("refused_secret", "mat", 1),
        ("failed", "timeout", 1),
    ]
    assert [one["sha256"] for one in shown["failures"]] == [FAILED]
    assert [one["path"] for one in shown["slowest"]] == ["", "", "/kho/chi-thi/a.pdf", ""]


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.ADMINISTRATOR])
def test_runs_and_failed_files_are_for_administrators(run: int, enter: Enter, role: Role):
    browser = enter("ai", role)
    for path in ("/runs", f"/runs/{run}", f"/runs/{run}/file/html", "/quarantine", "/api/v1/runs"):
        assert browser.get(path).status_code == 403


def test_what_never_was_is_not_found(enter: Enter, desk_store: Store):
    browser = enter("quantri", Role.ADMINISTRATOR)
    for path in ("/runs/9", "/runs/9/standing", "/runs/9/file/xlsx", "/api/v1/runs/9"):
        assert browser.get(path).status_code == 404


# ---------------------------------------------------------------- failed files


@pytest.fixture
def held(desk_store: Store) -> Store:
    """Three files that failed, two of them for one reason."""
    fails = (("1" * 64, Reason.TIMEOUT), ("2" * 64, Reason.DAMAGED), ("3" * 64, Reason.TIMEOUT))
    for key, reason in fails:
        with desk_store.begin() as work:
            work.ledger.enqueue(KIND, [key])
            lease = work.ledger.claim(KIND, owner="x", seconds=60, key=key)
            assert lease
            work.ledger.fail(lease, reason, "một dòng")
    return desk_store


def left(store: Store) -> list[str]:
    with store.reading() as work:
        return [one.sha256[0] for one in work.quarantine.held()]


def release(browser: TestClient, **form) -> str:
    csrf = browser.get("/session").json()["csrf"]
    return browser.post("/quarantine/release", data={"csrf": csrf, **form}).text


def test_failed_files_are_listed_with_their_reasons(held: Store, enter: Enter):
    browser = enter("quantri", Role.ADMINISTRATOR)
    page = browser.get("/quarantine").text
    for words in ("1" * 64, "quá thời gian", "tệp hỏng", "một dòng"):
        assert words in page
    assert "2" * 64 not in browser.get("/quarantine?reason=timeout").text


def test_chosen_ones_are_let_go_and_the_audit_says_by_whom(held: Store, enter: Enter):
    browser = enter("quantri", Role.ADMINISTRATOR)
    assert "1 tệp sẽ được đọc lại" in release(browser, sha256="3" * 64)
    assert left(held) == ["2", "1"]
    page = browser.get("/audit?action=released").text
    assert "Cho đọc lại tệp lỗi" in page
    assert "3" * 64 in page


def test_those_of_a_reason_or_all_are_let_go(held: Store, enter: Enter):
    browser = enter("quantri", Role.ADMINISTRATOR)
    release(browser, every="true", reason="timeout")
    assert left(held) == ["2"]
    release(browser, every="true")
    assert left(held) == []


def test_where_nothing_was_chosen_nothing_is_let_go(held: Store, enter: Enter):
    browser = enter("quantri", Role.ADMINISTRATOR)
    release(browser)
    assert left(held) == ["3", "2", "1"]
    assert "Cho đọc lại tệp lỗi" not in browser.get("/audit").text.split("<tbody>")[-1]
