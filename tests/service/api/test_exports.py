"""Exports are made in the background, hold only what their owner may see, and never a formula."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from openpyxl import load_workbook
from people import document, filed, task, unit
from senders import client_of
from sqlalchemy import select, update

from service.access.roles import Right, Role
from service.exports.making import Exporter
from service.review.finder import Finder
from service.store import Store
from service.tables import User

HEALTH = unit("Sở Y tế", "so-y-te:hung-yen")


@pytest.fixture
def lan(app: FastAPI, store: Store) -> TestClient:
    filed(store, document("12", task("a", "=1+1 rà soát", HEALTH), task("b", "Báo cáo", HEALTH)))
    return client_of(app, "lan", Role.REVIEWER)


def made(app: FastAPI, client: TestClient, **form: Any) -> tuple[dict[str, Any], bytes]:
    answer = client.post("/api/v1/exports", json=form)
    assert answer.status_code == 202, answer.text
    where = answer.headers["location"]
    assert client.get(f"{where}/file").json()["type"] == "/problems/not-done"
    assert app.state.dondoc.exporter.turn()
    shown = client.get(where).json()
    assert shown["state"] == "done", shown
    return shown, client.get(shown["links"]["file"]).content


def test_a_table_for_excel_begins_no_cell_with_a_formula(app: FastAPI, lan: TestClient):
    shown, content = made(app, lan, format="csv", q="ra soat")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert (shown["rows"], [row["Nhiệm vụ"] for row in rows]) == (1, ["'=1+1 rà soát"])


def test_a_workbook_holds_texts_as_texts(app: FastAPI, lan: TestClient):
    sheet = load_workbook(io.BytesIO(made(app, lan, format="xlsx")[1])).active
    cells = list(sheet["E"][1:])
    assert [(cell.value, cell.data_type) for cell in cells] == [("=1+1 rà soát", "s"), ("Báo cáo", "s")]


def test_lines_of_json_hold_the_records(app: FastAPI, lan: TestClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("service.exports.making._PAGE", 1)  # each row a page of its own
    lines = made(app, lan, format="jsonl")[1].decode().splitlines()
    assert [json.loads(line)["text"] for line in lines] == ["=1+1 rà soát", "Báo cáo"]
    assert json.loads(lines[0])["document"]["number"] == "12/CT-UBND"


def test_a_unit_gets_only_what_it_may_see(app: FastAPI, lan: TestClient):
    of_unit = client_of(app, "so", Role.UNIT, units=["so-y-te:hung-yen"])
    assert made(app, of_unit, format="jsonl")[0]["rows"] == 0


def test_an_export_is_its_owners_alone_and_can_be_removed(app: FastAPI, lan: TestClient):
    shown, _ = made(app, lan, format="csv")
    here = shown["links"]["self"]
    stranger = client_of(app, "binh", Role.ADMINISTRATOR)
    assert stranger.get(here).status_code == stranger.get(f"{here}/file").status_code == 404
    assert lan.delete(here).status_code == 204
    assert lan.get(here).status_code == 404
    assert list((app.state.dondoc.settings.data_dir / "exports").iterdir()) == []


def test_what_was_kept_long_enough_goes(app: FastAPI, lan: TestClient, monkeypatch: pytest.MonkeyPatch):
    shown, _ = made(app, lan, format="csv")
    exporter = app.state.dondoc.exporter
    exporter.tidy()
    assert lan.get(shown["links"]["self"]).status_code == 200
    monkeypatch.setattr(exporter, "_settings", exporter._settings.model_copy(update={"export_hours": -1.0}))
    exporter.tidy()
    assert lan.get(shown["links"]["self"]).status_code == 404


def changed(store: Store, login: str, **values: Any) -> None:
    """The user as an administrator makes him."""
    with store.begin() as work:
        work._session.execute(update(User).where(User.login == login).values(**values))


@pytest.mark.parametrize(
    ("before", "after", "fetched"),
    [
        ({"role": "reviewer"}, {"name": "Minh"}, True),
        ({"role": "reviewer"}, {"role": "leader", "clearance": 5}, True),
        ({"role": "reviewer", "clearance": 5}, {"clearance": 4}, False),
        ({"role": "reviewer"}, {"role": "unit", "units": ["so-y-te:hung-yen"]}, False),
        ({"role": "unit", "units": ["so-y-te:hung-yen"]}, {"units": ["so-tai-chinh:hung-yen"]}, False),
        ({"role": "unit", "units": ["a"]}, {"units": ["a", "b"]}, True),
        ({"role": "unit", "unit_keys": ["so y te"]}, {"unit_keys": []}, False),
        ({"role": "unit", "units": ["a"]}, {"role": "reviewer", "units": []}, True),
    ],
)
def test_who_sees_less_than_before_does_not_fetch_what_he_made_then(
    app: FastAPI, lan: TestClient, store: Store, before: dict, after: dict, fetched: bool
):
    minh = client_of(app, "minh", Role(before["role"]))
    changed(store, "minh", **before)
    shown, _ = made(app, minh, format="csv")
    changed(store, "minh", **after)
    answer = minh.get(shown["links"]["file"])
    assert answer.status_code == (200 if fetched else 409)
    if not fetched:
        assert answer.json()["type"] == "/problems/rights-changed"
        assert made(app, minh, format="csv")[1]  # made anew, with what he may see now


def test_a_document_that_is_closed_to_him_closes_the_table_that_holds_it(
    app: FastAPI, lan: TestClient, store: Store
):
    filed(store, document("13", task("a", "Họp giao ban", HEALTH)))
    holds, _ = made(app, lan, format="csv")
    other, _ = made(app, lan, format="csv", q="hop giao ban")
    with store.begin() as work:
        boss = work.people.viewer(work.people.add("boss", "Boss", Role.ADMINISTRATOR, clearance=9))
        work.course.restrict(boss, 1, 3)
    assert lan.get(holds["links"]["file"]).status_code == 409
    assert lan.get(other["links"]["file"]).status_code == 200


def test_software_that_may_not_read_does_not_fetch_what_its_user_made(app: FastAPI, lan: TestClient, store):
    shown, _ = made(app, lan, format="csv")
    with store.begin() as work:
        user = work._session.scalar(select(User.id).where(User.login == "lan"))
        token = work.people.issue_token(user, "xuat", [Right.EXPORT])
    software = TestClient(app, headers={"authorization": f"Bearer {token}"})
    assert software.get(shown["links"]["file"]).status_code == 403


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
def test_rights_that_change_while_it_is_made_stop_it_and_nothing_is_left(
    app: FastAPI, lan: TestClient, store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, form: str
):
    monkeypatch.setattr("service.exports.making._PAGE", 1)
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    answer = lan.post("/api/v1/exports", json={"format": form}).json()
    find, times = Finder.tasks, []

    def found_and_changed(self, viewer, *rest):
        changed(store, "lan", clearance=len(times))
        times.append(viewer.clearance)
        return find(self, viewer, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(Finder, "tasks", found_and_changed)
        app.state.dondoc.exporter.turn()
    shown = lan.get(answer["links"]["self"]).json()
    assert (shown["state"], "hãy xuất lại" in shown["message"]) == ("failed", True)
    assert list((app.state.dondoc.settings.data_dir / "exports").iterdir()) == []
    assert list((tmp_path / "tmp").iterdir()) == []


def test_what_a_process_that_died_left_of_it_goes_with_it(app: FastAPI, lan: TestClient):
    shown, _ = made(app, lan, format="xlsx")
    folder = app.state.dondoc.settings.data_dir / "exports"
    (folder / f".{shown['id']}.7").write_text("nửa bảng")
    (folder / f".{shown['id']}.7.rows").write_text("nửa bảng")
    lan.delete(shown["links"]["self"])
    assert list(folder.iterdir()) == []


def test_a_process_that_is_told_to_end_leaves_its_export_to_the_next(
    app: FastAPI, lan: TestClient, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("service.exports.making._PAGE", 1)
    told = iter([False, True])
    state = app.state.dondoc
    where = lan.post("/api/v1/exports", json={"format": "jsonl"}).headers["location"]
    assert Exporter(state.settings, state.store, "leaving", lambda: next(told)).turn()
    assert lan.get(where).json()["state"] == "waiting"
    assert list((state.settings.data_dir / "exports").iterdir()) == []
    assert state.exporter.turn()
    assert lan.get(where).json()["rows"] == 2


def test_one_that_ends_its_process_each_time_is_told_to_have_failed(app: FastAPI, lan: TestClient):
    state = app.state.dondoc
    where = lan.post("/api/v1/exports", json={"format": "jsonl"}).headers["location"]
    for number in range(3):
        with state.store.begin() as work:
            assert work.ledger.claim("export", owner=f"dies-{number}", seconds=60.0)
        with state.store.begin() as work:
            work.ledger.release(f"dies-{number}")
    assert not state.exporter.turn()
    shown = lan.get(where).json()
    assert (shown["state"], "cut off" in shown["message"]) == ("failed", True), shown
    with state.store.reading() as work:
        assert not work.ledger.has_free("export")
