"""Pages are shown to who may open the document; others see only the lines that prove their tasks."""

from __future__ import annotations

import io
import threading
import time
from typing import Any

import psutil
import pytest
from fastapi import FastAPI
from people import document, filed, task, unit
from PIL import Image
from reportlab.pdfgen.canvas import Canvas
from senders import client_of

from service.access.roles import Role
from service.files import Files
from service.pages.gallery import Wish
from service.reader import Part
from service.review.changes import Change, Kind
from service.store import Store
from service.tables import StoredFile

HEALTH = "so-y-te:hung-yen"


def pdf() -> bytes:
    """One page with two black bars: the first 100 to 112 points from the top, the second right below."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.rect(72, 842 - 112, 228, 12, fill=1)
    canvas.rect(72, 842 - 126, 228, 12, fill=1)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def shelve(app: FastAPI, content: bytes, **header: Any) -> int:
    """A document with one task of the health department, whose original is there."""
    store: Store = app.state.dondoc.store
    number = filed(store, document("12", task("a", "Rà soát biên chế", unit("Sở Y tế", HEALTH)), **header))
    sha256 = Files(app.state.dondoc.settings.data_dir / "files").put(content)
    with store.begin() as work:
        work._session.query(StoredFile).filter_by(document_id=number).update({"sha256": sha256})
    return number


def put_on_file(app: FastAPI, reviewer: int, number: int) -> None:
    with app.state.dondoc.store.begin() as work:
        viewer = work.people.viewer(reviewer)
        work.desk.apply(viewer, Kind.ACCEPT, [Change(number, "a", 1, {"status": "approved"})])
        work.course.file(viewer, number)


def shown(answer) -> Image.Image:
    assert answer.status_code == 200, answer.text
    return Image.open(io.BytesIO(answer.content)).convert("L")


def test_a_page_is_drawn_in_the_resolution_that_is_asked(app: FastAPI):
    client = client_of(app, "lan", Role.REVIEWER)
    page = f"/api/v1/documents/{shelve(app, pdf())}/pages/1"
    answer = client.get(page, params={"dpi": 72})
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert shown(answer).size == (595, 842)
    assert shown(client.get(page, params={"dpi": 144})).size == (1240, 1755)
    assert client.get(f"{page}.png", params={"dpi": 72}).content == answer.content
    again = client.get(page, params={"dpi": 72}, headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_text_is_shown_as_it_was_set(app: FastAPI):
    number = shelve(app, "Giao Sở Y tế rà soát biên chế.".encode())
    answer = client_of(app, "lan", Role.REVIEWER).get(f"/api/v1/documents/{number}/pages/1")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "biên" in answer.text


@pytest.mark.parametrize("path", ["pages/2", "pages/1", "tasks/a/evidence/0", "tasks/a/evidence/99"])
def test_what_is_not_there_or_not_his_is_not_found(app: FastAPI, path: str):
    number = shelve(app, pdf())
    unseen = {"pages/1", "tasks/a/evidence/0"}
    client = (
        client_of(app, "so", Role.UNIT, units=[HEALTH])
        if path in unseen
        else client_of(app, "lan", Role.LEADER)
    )
    answer = client.get(f"/api/v1/documents/{number}/{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_a_unit_sees_only_the_lines_that_prove_its_task(app: FastAPI):
    number = shelve(app, pdf())
    reviewer = client_of(app, "lan", Role.REVIEWER)
    put_on_file(app, 1, number)
    of_unit = client_of(app, "so", Role.UNIT, units=[HEALTH])
    assert of_unit.get(f"/api/v1/documents/{number}/pages/1").status_code == 404
    proof = f"/api/v1/documents/{number}/tasks/a/evidence/0"
    veiled, whole = (
        shown(of_unit.get(proof, params={"dpi": 72})),
        shown(reviewer.get(proof, params={"dpi": 72})),
    )
    below = (100, veiled.height - 2)  # where the next line begins
    assert whole.getpixel(below) < 100
    assert veiled.getpixel(below) > 200
    assert veiled.getpixel((100, 10)) < 100


def test_of_a_text_only_the_words_that_prove_are_sent(app: FastAPI):
    number = shelve(app, "Giao Sở Y tế rà soát biên chế.\nGiao Sở Nội vụ việc khác.".encode())
    client_of(app, "lan", Role.REVIEWER)
    put_on_file(app, 1, number)
    of_unit = client_of(app, "so", Role.UNIT, units=[HEALTH])
    answer = of_unit.get(f"/api/v1/documents/{number}/tasks/a/evidence/0")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "khác" not in answer.text


def test_who_draws_outlives_the_thread_that_asked_first(app: FastAPI):
    gallery, drawn = app.state.dondoc.gallery, []

    def draw() -> None:
        parts = lambda: [Part("a.txt", b"Giao So Y te.")]  # noqa: E731
        drawn.append(gallery.picture("k" * 64, parts, Wish(1)))

    asking = threading.Thread(target=draw)
    asking.start()
    asking.join()
    time.sleep(0.5)  # in which it would be killed
    assert drawn
    lines = [" ".join(one.cmdline()) for one in psutil.Process().children()]
    assert any("service.reading" in line for line in lines)
