"""Evidence comes with a step: looked through, kept, given to who sees the duty; what is refused is gone."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from senders import client_of

from service.access.roles import Role
from service.settings import Settings
from service.tracking.life import Lead
from service.web.app import create

REPORT = "Biên bản nghiệm thu ba trạm y tế, lập tại xã Đông Hòa.".encode()
SECRET = (
    "ỦY BAN NHÂN DÂN TỈNH     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "Số: 9/BC-UBND\nMẬT\n\nBÁO CÁO\nVề kho dự trữ Hoàng Lan\n\nNội dung chỉ nội bộ biết.\n"
).encode()
MOST, LARGEST = 2, 50_000


@pytest.fixture
def app(tmp_path: Path) -> Iterator[FastAPI]:
    app = create(Settings(data_dir=tmp_path / "data", duty_files=MOST, duty_file_bytes=LARGEST))
    with TestClient(app):
        yield app


@pytest.fixture
def office(client: Callable[..., TestClient]) -> TestClient:
    return client("theodoi", Role.MONITOR)


@pytest.fixture
def health(client: Callable[..., TestClient]) -> TestClient:
    return client("yte", Role.UNIT, units=["so-y-te:hung-yen"])


@pytest.fixture
def duty(office: TestClient) -> int:
    lead = {"name": "Sở Y tế", "unit_id": "so-y-te:hung-yen"}
    answer = office.post("/api/v1/duties", json={"text": "Nghiệm thu ba trạm y tế", "lead": lead})
    return int(answer.json()["id"])


def report(
    client: TestClient, duty: int, *contents: bytes, name: str = "bien-ban.txt", action: str = "report"
):
    revision = client.get(f"/api/v1/duties/{duty}").json().get("revision", 1)
    return client.post(
        f"/api/v1/duties/{duty}/steps/{action}/files",
        data={"step": json.dumps({"revision": revision, "note": "đã nghiệm thu"})},
        files=[("files", (name, content)) for content in contents],
    )


def workbook() -> bytes:
    made, out = openpyxl.Workbook(), io.BytesIO()
    made.active.append(["Trạm", "Kết quả"])
    made.active.append(["Đông Hòa", "đạt"])
    made.save(out)
    return out.getvalue()


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("anh.txt", REPORT)
    return out.getvalue()


def kept(app: FastAPI) -> list[Path]:
    folder = app.state.dondoc.settings.data_dir
    return [
        path
        for name in ("files", "spool", "uploads")
        for path in (folder / name).rglob("*")
        if path.is_file() and path.suffix != ".lock" and path.stat().st_size
    ]


def test_evidence_is_kept_with_its_step_and_given_to_who_sees_the_duty(
    app: FastAPI, office: TestClient, health: TestClient, duty: int
):
    book = workbook()
    answer = report(health, duty, REPORT, book, name="../../biên bản.txt")
    assert answer.status_code == 200, answer.text
    assert answer.json()["life"] == "in_progress"
    first, second = office.get(f"/api/v1/duties/{duty}/events").json()[-1]["files"]
    assert (first["name"], first["media_type"], first["size"]) == ("biên bản.txt", "text/plain", len(REPORT))
    assert second["media_type"].endswith("spreadsheetml.sheet")
    fetched = office.get(first["link"])
    assert fetched.content == REPORT
    assert fetched.headers["content-type"] == "application/octet-stream"
    assert fetched.headers["content-disposition"].startswith("attachment")
    assert fetched.headers["x-content-type-options"] == "nosniff"
    stranger = client_of(app, "noivu", Role.UNIT, units=["so-noi-vu:hung-yen"])
    assert stranger.get(first["link"]).status_code == 404
    assert health.get(f"/api/v1/duties/{duty + 1}/files/{first['id']}").status_code == 404
    assert {path.name for path in kept(app)} == {hashlib.sha256(one).hexdigest() for one in (REPORT, book)}


def test_of_a_secret_file_nothing_stays_but_its_hash(app: FastAPI, health: TestClient, duty: int):
    answer = report(health, duty, REPORT, SECRET, name="kho-hoang-lan.txt")
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/file-not-taken")
    assert (answer.json()["reason"], answer.json()["file"]) == ("mat", 2)
    assert health.get(f"/api/v1/duties/{duty}").json()["life"] == "not_started"
    assert kept(app) == []
    data = app.state.dondoc.settings.data_dir
    everything = b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file())
    for word in ("Hoàng Lan", "kho-hoang-lan", "nội bộ biết"):
        assert word.encode() not in everything
    assert report(health, duty, SECRET).json()["reason"] == "mat"


@pytest.mark.parametrize(
    "content", [archive(), b"\x7fELF" + bytes(range(256)) * 4, b""], ids=["zip", "binary", "empty"]
)
def test_what_cannot_be_read_whole_is_not_taken(app: FastAPI, health: TestClient, duty: int, content: bytes):
    answer = report(health, duty, content)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/file-not-taken")
    assert answer.json()["reason"] in ("unsupported", "empty")
    assert kept(app) == []
    assert len(health.get(f"/api/v1/duties/{duty}/events").json()) == 1


def test_files_are_bounded_in_number_and_size(health: TestClient, duty: int):
    assert report(health, duty, *[REPORT] * (MOST + 1)).json()["bound"] == "files"
    assert report(health, duty, b"x" * (LARGEST + 1)).json()["bound"] == "file"


def test_a_step_that_cannot_be_taken_keeps_no_file(
    app: FastAPI, office: TestClient, health: TestClient, duty: int
):
    assert report(health, duty, REPORT, action="cancel").status_code == 403
    assert report(health, duty, REPORT, action="acknowledge").status_code == 409
    assert report(health, duty, REPORT, action="fly").status_code == 404
    moved = health.post(
        f"/api/v1/duties/{duty}/steps/report/files",
        data={"step": '{"revision": 9, "note": "x"}'},
        files=[("files", ("a.txt", REPORT))],
    )
    assert moved.json()["type"] == "/problems/moved"
    assert kept(app) == []


def test_secret_duties_take_no_files(app: FastAPI):
    office = client_of(app, "theodoi3", Role.MONITOR, clearance=3)
    with app.state.dondoc.store.begin() as work:
        work.stubs.add("9/BC", work.book.today(), Lead("Sở Y tế", "so-y-te:hung-yen"), None)
    secret = office.get("/api/v1/duties").json()["items"][0]["id"]
    may = {one["action"]: one["may"] for one in office.get(f"/api/v1/duties/{secret}").json()["steps"]}
    assert "files" not in may["report"]
    assert report(office, secret, REPORT).status_code == 409
    assert kept(app) == []
