"""Documents are sent in, read in the background, and followed to their end; nothing uncleared stays."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from fake_scans import Scan
from fastapi import FastAPI
from fastapi.testclient import TestClient
from senders import client_of, settled
from sqlalchemy import text

from service.access.roles import Role
from service.uploads.reading import Readers

DIRECTIVE = "number: 5/CT-UBND\nissuer: UBND\nissued_on: 2024-01-02\nSở Y tế; báo cáo; 2024-03-05".encode()
SECRET = "secrecy: mat\nđiều không được biết".encode()


def sent(client: TestClient, *contents: bytes, name: str = "cong-van.txt", headers=None, **fields):
    files = [("files", (name, content)) for content in contents]
    return client.post("/api/v1/uploads", files=files, data=fields, headers=headers or {})


def left(app: FastAPI) -> list[Path]:
    """What lies in the private folders."""
    folder = app.state.dondoc.settings.data_dir / "uploads"
    return list(folder.rglob("*")) if folder.exists() else []


def test_a_document_is_taken_read_and_found(reading_app: FastAPI, sender: TestClient):
    answer = sent(sender, DIRECTIVE)
    assert answer.status_code == 202
    [upload] = answer.json()["uploads"]
    assert answer.headers["location"] == f"/api/v1/uploads/{upload['id']}"
    end = settled(sender, upload)
    assert (end["state"], end["outcome"], end["tasks"]) == ("done", "done", 1)
    assert left(reading_app) == []


def until(client: TestClient, upload: dict, stage: str, page: int) -> dict:
    """The upload as soon as it is so far."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        now = client.get(f"/api/v1/uploads/{upload['id']}").json()
        if now["stage"] == stage and now["page"] >= page:
            return now
        assert now["state"] in ("received", "waiting", "reading"), now
        time.sleep(0.05)
    raise AssertionError(now)


@pytest.mark.parametrize("end", ["fine", "unreadable", "abort"])
def test_while_it_is_read_its_pages_are_counted(sender: TestClient, tmp_path: Path, end: str):
    gate = tmp_path / "gate"
    [upload] = sent(sender, f"!pages 4 {gate} {end}".encode()).json()["uploads"]
    now = until(sender, upload, "pages", 3)
    assert (now["state"], now["page"], now["pages"]) == ("reading", 3, 4)
    gate.touch()
    last = settled(sender, upload)
    assert last["state"] == {"fine": "done"}.get(end, "failed")
    assert (last["stage"], last["page"], last["pages"]) == ("", 0, 0)


def test_the_events_tell_of_the_pages_too(sender: TestClient, tmp_path: Path):
    gate = tmp_path / "gate"
    [upload] = sent(sender, f"!pages 3 {gate}".encode()).json()["uploads"]
    until(sender, upload, "pages", 2)
    with sender.stream("GET", f"/api/v1/uploads/{upload['id']}/events") as answer:
        heard = []
        for line in answer.iter_lines():
            if line.startswith("data: "):
                heard.append(json.loads(line.removeprefix("data: ")))
                gate.touch()
    assert (heard[0]["stage"], heard[0]["page"], heard[0]["pages"]) == ("pages", 2, 3)
    assert heard[-1]["state"] == "done"


def test_each_file_is_a_document_unless_they_are_bundled(sender: TestClient):
    apart = sent(sender, DIRECTIVE, b"number: 6/CT")
    assert len(apart.json()["uploads"]) == 2
    assert (
        sender.get(apart.headers["location"]).json()["items"][1]["batch"]
        == apart.json()["uploads"][0]["batch"]
    )
    [packet] = sent(sender, b"number: 7/CT", "Sở Y tế; làm; ".encode(), bundle="true").json()["uploads"]
    assert (packet["files"], settled(sender, packet)["tasks"]) == (2, 1)


def test_the_same_bytes_answer_with_the_same_document(sender: TestClient):
    first = settled(sender, sent(sender, DIRECTIVE).json()["uploads"][0])
    [again] = sent(sender, DIRECTIVE, name="khac.txt").json()["uploads"]
    assert (again["state"], again["outcome"]) == ("done", "duplicate_of")
    assert again["document"] == first["document"]
    assert again["id"] != first["id"]


def test_a_key_that_comes_again_makes_nothing_new(app: FastAPI):
    client = client_of(app, "lan", Role.CLERK)
    key = {"idempotency-key": "phieu-12"}
    first = sent(client, DIRECTIVE, headers=key).json()["uploads"]
    assert sent(client, DIRECTIVE, headers=key).json()["uploads"] == first
    other = sent(client, b"number: 9", headers=key)
    assert (other.status_code, other.json()["type"]) == (422, "/problems/idempotency-key-reused")
    stranger = client_of(app, "binh", Role.CLERK)
    assert sent(stranger, b"number: 9", headers=key).status_code == 202


def test_of_a_secret_document_only_its_hash_stays(reading_app: FastAPI, sender: TestClient):
    end = settled(sender, sent(sender, SECRET, name="to-trinh-mat.txt").json()["uploads"][0])
    assert (end["state"], end["outcome"], end["message"]) == ("refused", "refused_secret", "mat")
    assert left(reading_app) == []
    data = reading_app.state.dondoc.settings.data_dir
    kept = b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file())
    assert b"to-trinh-mat" not in kept
    assert "không được biết".encode() not in kept
    [again] = sent(sender, SECRET).json()["uploads"]
    assert (again["state"], left(reading_app)) == ("refused", [])


def test_a_failure_says_why_and_may_be_tried_again(reading_app: FastAPI, sender: TestClient):
    for _ in range(2):
        end = settled(sender, sent(sender, b"!unreadable").json()["uploads"][0])
        assert (end["state"], end["reason"]) == ("failed", "encrypted")
        assert "mật khẩu" in end["message"]
    assert left(reading_app) == []


def test_events_tell_every_change_and_end(sender: TestClient):
    [upload] = sent(sender, b"!nap\nnumber: 3/CT").json()["uploads"]
    with sender.stream("GET", upload["links"]["events"]) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        told = [json.loads(line[6:]) for line in stream.iter_lines() if line.startswith("data: ")]
    assert told[-1]["state"] == "done"
    assert "reading" in [one["state"] for one in told]


def test_what_a_killed_worker_was_reading_is_read_by_another(app: FastAPI):
    client, state = client_of(app, "lan", Role.CLERK), app.state.dondoc
    [upload] = sent(client, DIRECTIVE).json()["uploads"]
    with state.store.begin() as work:
        work.ledger.claim("upload", owner="killed", seconds=-1.0)
        work.uploads.turn(upload["id"], "reading")
    readers = Readers(state.settings, state.store, state.spool, "fake_readers:plain", 1)
    readers.start()
    try:
        assert settled(client, upload)["outcome"] == "done"
    finally:
        readers.stop()


def test_a_long_scan_is_read_in_slices(app: FastAPI, tmp_path: Path):
    client, state = client_of(app, "lan", Role.CLERK), app.state.dondoc
    scan = Scan(tmp_path, 5, page_1="number: 5/CT-UBND", page_4="abort")
    [upload] = sent(client, *(part.content for part in scan.parts), bundle="true").json()["uploads"]
    settings = state.settings.model_copy(update={"slice_pages": 2, "ocr_dpi": 72})
    readers = Readers(settings, state.store, state.spool, "fake_scans:reader", 1)
    readers.start()
    try:
        end = settled(client, upload)
    finally:
        readers.stop()
    assert (end["state"], end["outcome"]) == ("done", "needs_review")
    assert "trang 4" in end["message"]


def test_a_worker_that_died_at_the_last_moment_loses_nothing(app: FastAPI):
    client, state = client_of(app, "lan", Role.CLERK), app.state.dondoc
    [upload] = sent(client, DIRECTIVE).json()["uploads"]
    readers = Readers(state.settings, state.store, state.spool, "fake_readers:plain", 1)
    readers.start()
    settled(client, upload)
    with state.store.begin() as work:  # as if the end had not been written any more
        work._session.execute(text("UPDATE uploads SET state = 'reading', outcome = ''"))
        work._session.execute(text("UPDATE jobs SET state = 'ready' WHERE kind = 'upload'"))
    try:
        assert settled(client, upload)["outcome"] == "done"
    finally:
        readers.stop()


def test_nobody_follows_another_ones_upload(app: FastAPI):
    lan, binh = client_of(app, "lan", Role.CLERK), client_of(app, "binh", Role.ADMINISTRATOR)
    [upload] = sent(lan, DIRECTIVE).json()["uploads"]
    assert binh.get(f"/api/v1/uploads/{upload['id']}").status_code == 404
    assert binh.get(upload["links"]["events"]).status_code == 404
    assert binh.get("/api/v1/uploads").json()["items"] == []


def test_who_may_not_upload_is_told_so(app: FastAPI):
    answer = sent(client_of(app, "so-y-te", Role.UNIT), DIRECTIVE)
    assert (answer.status_code, answer.json()["detail"]) == (403, "upload")


def test_a_name_is_never_a_path(app: FastAPI):
    client = client_of(app, "lan", Role.CLERK)
    sent(client, DIRECTIVE, name="../../../etc/cron.d/x")
    folder = app.state.dondoc.settings.data_dir
    [names] = folder.glob("uploads/*/names.json")
    assert json.loads(names.read_text()) == ["x"]
    assert {path.name for path in names.parent.iterdir()} == {"0", "names.json"}
    assert names.parent.stat().st_mode & 0o777 == 0o700


def test_what_is_no_form_or_too_much_is_refused(tmp_path: Path):
    from service.settings import Settings
    from service.web.app import create

    small = create(
        Settings(data_dir=tmp_path / "small", max_bytes=1000, max_upload_files=2, max_upload_bytes=2500)
    )
    with TestClient(small):
        client = client_of(small, "lan", Role.CLERK)
        assert sent(client, b"x" * 1001).json()["bound"] == "file"
        assert sent(client, b"x", b"y", b"z").json()["bound"] == "files"
        assert sent(client, b"x" * 900, b"x" * 900, b"x" * 900).status_code == 413
        assert client.post("/api/v1/uploads", data={"bundle": "true"}).status_code == 415
        assert client.post("/api/v1/uploads", files={"other": ("", b"")}).status_code in (400, 422)
        broken = {"content-type": "multipart/form-data; boundary=x"}
        assert client.post("/api/v1/uploads", content=b"--y\r\n\r\n", headers=broken).status_code == 400
        assert client.post("/api/v1/uploads", content=b"--x\r\nA", headers=broken).status_code == 400
        assert left(small) == []
        assert [
            one for one in (tmp_path / "small/spool").rglob("*") if one.is_file() and one.suffix != ".lock"
        ] == []
