"""Answers to senders over the API."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from people import document, filed
from senders import client_of

from pipeline.exchange.opening import open_package
from pipeline.exchange.package import Status
from pipeline.limits import Limits
from service.access.roles import Role
from service.settings import Settings
from service.web.app import create

ENVELOPE = {
    "sender": "Văn phòng Chính phủ",
    "organ": "000.00.00.G22",
    "document_id": "000.00.00.G22,2026/03/02,12/CT-UBND",
    "purpose": "new",
    "reason": "",
    "concerns": [],
    "due_on": None,
}


def test_an_answer_is_downloaded_by_who_takes_documents_in(tmp_path: Path):
    app = create(Settings(data_dir=tmp_path / "data", office_id="000.00.01.H32", office_name="Văn phòng"))
    with TestClient(app):
        made = filed(app.state.dondoc.store, document("12") | {"exchange": ENVELOPE})
        other = filed(app.state.dondoc.store, document("13"))
        clerk = client_of(app, "vanthu", Role.CLERK)
        answer = clerk.get(f"/api/v1/documents/{made}/exchange/received")
        assert answer.headers["content-type"] == "application/edxml+xml"
        assert f"trang-thai-{made}-03.edxml" in answer.headers["content-disposition"]
        found = open_package(answer.content, Limits())
        assert isinstance(found, Status)
        assert (found.code, found.sender.id) == ("03", "000.00.01.H32")
        assert (
            clerk.get(f"/api/v1/documents/{other}/exchange/current").json()["type"].endswith("not-exchanged")
        )
        assert clerk.get(f"/api/v1/documents/{made}/exchange/lost").status_code == 422
        assert clerk.get("/api/v1/documents/999/exchange/current").status_code == 404
        leader = client_of(app, "lanhdao", Role.LEADER)
        assert leader.get(f"/api/v1/documents/{made}/exchange/current").status_code == 403


@pytest.mark.parametrize("asked", ["current", "done"])
def test_without_an_id_of_the_office_it_is_told_what_to_set(tmp_path: Path, asked: str):
    app = create(Settings(data_dir=tmp_path / "data"))
    with TestClient(app):
        made = filed(app.state.dondoc.store, document("12") | {"exchange": ENVELOPE})
        answer = client_of(app, "vanthu", Role.CLERK).get(f"/api/v1/documents/{made}/exchange/{asked}")
        assert answer.status_code == 409
        assert "DONDOC_OFFICE_ID" in answer.json()["title"]
