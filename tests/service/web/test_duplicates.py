"""The page of documents that may be one, as a reviewer uses it."""

from __future__ import annotations

import re

import pytest
from copies import letter, scanned
from people import document, task, unit

from service.access.roles import Role
from service.duplicates.finding import sketch_of
from service.store import FilePart, Store


@pytest.fixture
def pair(desk_store: Store) -> tuple[int, int]:
    """A directive and its scan."""
    made = []
    for key, text, number in (("01", letter(1), "15/CT-UBND"), ("scan", scanned(letter(1)), None)):
        duty = task("a", "Rà soát các bến", unit("Sở Xây dựng"))
        record = document(key, duty, number=number) | {"text": text}
        sha256 = record["source"]["sha256"]
        with desk_store.begin() as work:
            made.append(work.add(sha256, record, "done", [FilePart(sha256, record["source"]["name"], 1)]))
            work.twins.finding.note(made[-1], sketch_of(record))
    return made[0], made[1]


def post(browser, address: str, **form: str):
    csrf, *_ = set(re.findall(r'name="csrf" value="([^"]+)"', browser.get("/duplicates").text))
    return browser.post(address, data={"csrf": csrf} | form)


def test_a_pair_is_joined_shown_on_both_documents_and_taken_apart(enter, pair):
    browser = enter()
    assert "Có thể trùng" in browser.get("/").text
    page = browser.get("/duplicates").text
    assert "15/CT-UBND" in page
    assert "scan.pdf" in page
    assert "Có thể trùng với" in browser.get(f"/documents/{pair[1]}").text

    done = post(browser, "/duplicates/1/join")
    assert "Không có văn bản nào có thể trùng đang chờ." in done.text
    kept = browser.get(f"/documents/{pair[0]}").text
    assert "Tệp khác của văn bản này" in kept
    assert "scan.pdf" in kept
    other = browser.get(f"/documents/{pair[1]}").text
    assert "Văn bản này đã ghép vào" in other
    assert "Đã ghép" in other
    assert "Rà soát các bến" not in other

    post(browser, "/duplicates/1/part")
    assert "Rà soát các bến" in browser.get(f"/documents/{pair[1]}").text


def test_the_other_may_be_kept_and_two_are_told_apart(enter, pair):
    browser = enter()
    post(browser, "/duplicates/1/join", kept=str(pair[1]))
    assert "Văn bản này đã ghép vào" in browser.get(f"/documents/{pair[0]}").text
    post(browser, "/duplicates/1/part")
    assert "Không có văn bản nào" in post(browser, "/duplicates/1/apart").text
    assert post(browser, "/duplicates/1/join").status_code == 404


def test_a_unit_s_user_has_no_such_page(enter, pair):
    browser = enter("donvi", Role.UNIT)
    assert browser.get("/duplicates").status_code == 403
