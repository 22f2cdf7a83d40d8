"""Mail that came in, as administrators see it: in the browser and on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from people import document, filed
from sqlalchemy import insert, update
from typer.testing import CliRunner

from service.access.roles import Role
from service.cli import app as command
from service.incoming.book import Place
from service.incoming.message import Trouble
from service.store import Store
from service.tables import Document, Upload

KEPT, HIDDEN, SECRET = "c" * 64, "d" * 64, "e" * 64


@pytest.fixture
def came(desk_store: Store) -> Store:
    """Two mails: one of nobody's concern, one with a paper of each kind of end."""
    ids = {key: filed(desk_store, document(number)) for key, number in ((KEPT, "12"), (HIDDEN, "13"))}
    with desk_store.begin() as work:
        clerk = work.people.add("vanthu", "Văn thư", Role.CLERK)
        for key, number in ids.items():
            values = {"key": key, "clearance": 3 if key == HIDDEN else 0}
            work._session.execute(update(Document).where(Document.id == number).values(values))
        ends = (
            (KEPT, "done", "done", "", ""),
            (HIDDEN, "done", "done", "", ""),
            (SECRET, "refused", "refused_secret", "", "mat"),
            ("f" * 64, "failed", "failed", "encrypted", "tệp có mật khẩu (password-protected)"),
        )
        for at, (key, state, outcome, reason, message) in enumerate(ends):
            row = {"id": f"{at}" * 32, "batch": "b" * 32, "position": at, "user_id": clerk, "key": key}
            row |= {"files": 1, "size": 1, "state": state, "outcome": outcome, "reason": reason}
            work._session.execute(insert(Upload).values(row | {"message": message, "created_at": 1.0}))
        work.mails.note(Place("hopthu", 1, 1), "a" * 64, trouble=Trouble.SENDER)
        work.mails.note(Place("hopthu", 1, 2), "b" * 64, batch="b" * 32)
    with desk_store.begin() as work:
        for uid in (1, 2):
            mail = work.mails.find(Place("hopthu", 1, uid))
            assert mail
            work.mails.settle(mail, f"ai{uid}@so.example.vn")
    return desk_store


def test_what_became_of_each_is_told(came: Store, enter: Callable[..., TestClient]):
    page = enter("quantri", Role.ADMINISTRATOR).get("/mails").text
    assert "người gửi không nằm trong danh sách được nhận" in page
    assert "ai1@so.example.vn" in page
    assert "ai2@so.example.vn" not in page  # it carried something secret
    assert page.count('<a href="/documents/') == 1  # the other one needs clearance
    assert "từ chối, văn bản có dấu MẬT" in page
    assert f"{SECRET[:16]}…" in page
    assert "tệp có mật khẩu" in page


def test_it_is_the_administrators_business(came: Store, enter: Callable[..., TestClient]):
    assert enter("theodoi", Role.MONITOR).get("/mails").status_code == 403


def test_pages_follow_each_other(came: Store, enter: Callable[..., TestClient]):
    with came.begin() as work:
        for uid in range(3, 60):
            work.mails.note(Place("hopthu", 1, uid), "", trouble=Trouble.EMPTY)
    boss = enter("quantri", Role.ADMINISTRATOR)
    first = boss.get("/mails").text
    assert 'href="/mails?before=10"' in first
    assert "ai1@so.example.vn" in boss.get("/mails?before=10").text


def test_the_command_tells_the_same_by_hash(came: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DONDOC_DATA_DIR", str(tmp_path / "data"))
    told = CliRunner().invoke(command, ["mail"]).output.splitlines()
    assert "ai1@so.example.vn người gửi không nằm trong danh sách" in told[0]
    assert told[1].endswith("—")
    assert [line.split(": ", 1)[1] for line in told[2:]] == [
        "done",
        "done",
        "refused_secret mat",
        "failed(encrypted) tệp có mật khẩu (password-protected)",
    ]
    assert CliRunner().invoke(command, ["mail", "--try"]).exit_code == 2
