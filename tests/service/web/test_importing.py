"""A former book on its page: shown first, entered on the user's word, refused where it may not be read."""

from __future__ import annotations

import re
from collections.abc import Callable

from fastapi.testclient import TestClient
from former_book import workbook

from service.access.roles import Role

JSON = {"accept": "application/json"}


def sent(browser: TestClient, to: str, content: bytes, **typed: object):
    page = browser.get("/book/import").text
    token = re.search(r'data-csrf="([^"]*)"', page)
    assert token
    headers = JSON | {"x-csrf-token": token[1]}
    files = {"files": ("so-cu.xlsx", content)}
    return browser.post(to, files=files, data={"issuer": "UBND tỉnh Hưng Yên"} | typed, headers=headers)


def fields(page: str) -> dict[str, str]:
    found = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    for name, options in re.findall(r'<select name="(\w+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="(\d+)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


def test_a_book_is_shown_then_entered_and_doubles_nothing(enter: Callable[..., TestClient]):
    office, content = enter("theodoi", Role.MONITOR), workbook()
    shown = sent(office, "/book/import/preview", content).json()["html"]
    assert "<b>3</b> dòng sẽ vào sổ" in shown
    assert "không đọc được thời hạn “xem sổ tay 9b”" in shown
    assert "so-y-te:hung-yen" in shown
    assert "Rà soát các trạm y tế xã" not in office.get("/book?view=all").text
    answer = sent(office, "/book/import", content, **fields(shown)).json()["html"]
    assert "<b>3</b> nhiệm vụ đã vào sổ" in answer
    assert "Rà soát các trạm y tế xã" in office.get("/book?view=all").text
    assert "<b>3</b> dòng đã có trong sổ" in sent(office, "/book/import/preview", workbook()).json()["html"]


def test_another_workbook_than_the_one_shown_is_shown_first(enter: Callable[..., TestClient]):
    office = enter("theodoi", Role.MONITOR)
    answer = sent(office, "/book/import", workbook(), seen="0" * 64).json()["html"]
    assert "<b>3</b> dòng sẽ vào sổ" in answer


def test_what_is_no_book_is_told_and_others_may_not(enter: Callable[..., TestClient]):
    office = enter("theodoi", Role.MONITOR)
    refused = sent(office, "/book/import/preview", b"chi la chu")
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/not-a-book")
    unit = enter("yte", Role.UNIT, units=["so-y-te:hung-yen"])
    assert unit.get("/book/import").status_code == 403
