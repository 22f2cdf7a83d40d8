"""Exports are made in the background, hold only what their owner may see, and never a formula."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from openpyxl import load_workbook
from people import document, filed, task, unit
from senders import client_of

from service.access.roles import Role
from service.store import Store

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
