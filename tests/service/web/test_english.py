"""In English the pages say nothing of their own in Vietnamese: classes, facts, reasons, states, roles."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from typing import Any

import pytest
from archive_runs import run_with_all
from fastapi.testclient import TestClient
from people import PROOF, document, filed, task, unit
from screens import OF_UNITS, addresses

from pipeline.labels import ASSIGNERS, FLAGS, MARKS, NATURES, PRODUCTS, TASK_SOURCES, TIMINGS
from pipeline.reasons import assigner_reason, clause_reason, phrases
from service.access.roles import Role
from service.checking.findings import Found
from service.checking.measures import NewMeasure
from service.checking.plan import Conclusion, Plan
from service.hooks.news import Event
from service.store import Store, Work
from service.tracking.entering import NewDuty
from service.tracking.keeping import SYSTEM
from service.tracking.life import Lead
from service.web.words import catalogue, told

MONTHLY = "hằng tháng, ngày 25 → FREQ=MONTHLY;BYMONTHDAY=25"
RECURS = phrases()["deadline"]["own"].format(said="hằng tháng", reading=MONTHLY)


def everything() -> dict[str, Any]:
    """A record that shows a word of every table, its own words in one that no table has."""
    cycle = [list(one) for one in (NATURES, TIMINGS, TASK_SOURCES, ASSIGNERS, PRODUCTS)]
    tasks = [
        task(
            f"t{at}",
            f"xyz {at}",
            unit(f"qwx {at}", inherited=True),
            nature=cycle[0][at % len(cycle[0])],
            timing=cycle[1][at % len(cycle[1])],
            source=cycle[2][at % len(cycle[2])],
            assigner=cycle[3][at % len(cycle[3])],
            product=cycle[4][at],
            output="zzz",
            urgency="khan",
            flags=list(FLAGS),
            marks=list(MARKS),
            conditions=[{"text": "zzz"}],
            reasons=[assigner_reason("ministry", "issuer", "qwx"), phrases()["deadline"]["none"], RECURS],
            path="Điều 2 › khoản 1",
            deadline={"text": "hằng tháng", "kind": "recurring", "date": None, "words": MONTHLY}
            | {"time": None, "rrule": "FREQ=MONTHLY", "inherited": False, "rule": "x", "evidence": PROOF},
        )
        for at in range(len(PRODUCTS))
    ]
    record = document("12", *tasks, urgency="hoa_toc", doubtful=["signer"], subject="zzz", issuer="qwx")
    clause = {"role": "aim", "path": "", "text": "zzz", "rule": "aim", "evidence": PROOF}
    relation = {"kind": "extends", "number": "4/x", "item": None, "issued_on": "2024-03-02", "deadline": None}
    return record | {
        "clauses": [clause | {"reason": clause_reason("aim")}],
        "relations": [relation | {"rule": "x", "evidence": PROOF}],
        "issues": [{"stage": "read", "message": "trang 2 là ảnh, chưa nhận dạng được (no OCR)"}],
    }


@pytest.fixture
def english(enter, desk_store: Store) -> TestClient:
    filed(desk_store, everything())
    with desk_store.begin() as work:
        due_on = dt.date(2026, 4, 1)
        new = NewDuty("Clinics", Lead("Health"), dt.date(2026, 3, 1), due_on=due_on, field="health")
        work.book.enter(SYSTEM, new)
    browser = enter("quan-tri", Role.ADMINISTRATOR, clearance=9)
    with desk_store.begin() as work:
        viewer = work.people.viewer(1)
        webhook, _ = work.hooks.add(viewer, "https://vanphong.example/dondoc", list(Event), private=False)
        work.hooks.test(viewer, webhook)
        inspect(work)
        run_with_all(work)
    browser.post("/language", data={"locale": "en"})
    return browser


def inspect(work: Work) -> None:
    """An inspection that is under way, and one that is concluded, with a measure."""
    boss, desk, day = work.people.viewer(1), work.checking, dt.date(2026, 4, 2)
    assert boss
    plan = Plan("plan", "Clinics", day, day, (Lead("Health"),), ("progress", "reporting"), ground="xyz")
    for number in (1, 2):
        desk.inspections.plan(boss, plan)
        desk.findings.add(boss, number, [1])
        desk.inspections.step(boss, number, "start")
        desk.findings.record(boss, number, 1, Found("not_kept_up", {"reporting": "xyz"}))
    desk.inspections.conclude(boss, 2, Conclusion("a", "b", "c", "d", "21/x", day))
    desk.measures.take(boss, 1, NewMeasure("explanation", "xyz"), 2)


def left_over(page: str) -> set[str]:
    """What of the page is the program's own Vietnamese."""
    page = re.sub(r"<script.*?</script>|<button[^>]*>Tiếng Việt</button>", "", page, flags=re.DOTALL)
    page = unescape(re.sub(r"<[^>]*lang=\"vi\"[^>]*>[^<]*<", "<", page))
    known = catalogue("en")
    said = [one for one, english in known.items() if "{" not in one and one != english and len(one) > 4]
    return {one for one in said if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", page)}


@pytest.mark.parametrize("path", [*addresses(), "/documents/1/tasks/t0/edit"])
def test_no_page_is_half_vietnamese(english: TestClient, path: str):
    answer = english.get(path)
    assert answer.status_code == 200
    assert left_over(answer.text) == set()


@pytest.mark.parametrize("path", [one for of in OF_UNITS.values() for one in of])
def test_no_page_of_a_unit_is_half_vietnamese(enter, path: str):
    unit = enter("y-te", Role.UNIT, unit_names=["Health"])
    unit.post("/language", data={"locale": "en"})
    answer = unit.get(path)
    assert answer.status_code == 200
    assert left_over(answer.text) == set()


def test_the_words_of_a_card_are_english(english: TestClient):
    shown = unescape(english.get("/documents/1").text)
    for said in (
        "Draft or issue a document · Health · Timing: by a day",
        "Assigned by: ministry, central body, the issuing body “qwx”.",
        "from the lead-in",
        "Several leads: a task should have one",
        "Output: plan, programme, master plan: “zzz”",
        "Extends: No. 4/x of 02/03/2024",
        "No OCR",
        "on the page but not legible",
        "Article 2 › clause 1",
        "monthly, on day 25",
        "Deadline: “hằng tháng” in the sentence, read as monthly, on day 25 → FREQ=MONTHLY;BYMONTHDAY=25.",
    ):
        assert said in shown


def test_what_is_audited_is_said_in_words(english: TestClient, desk_store: Store):
    with desk_store.begin() as work:
        boss = work.people.viewer(1)
        work.course.assign(boss, 1, boss.id)
        work.hooks.add(boss, "https://vanphong.example/", [], private=False)
        work.hooks.switch(boss, 1, on=False)
    shown = english.get("/audit").text
    assert "→ quan-tri" in shown
    assert "<td>yes</td><td>→ no</td>" in shown


@pytest.mark.parametrize("table", ["task", "lead", "cooperator", "deadline", "assigner", "doubt", "clause"])
def test_every_reason_is_told_in_english_whatever_fills_it(table: str):
    filled = {"said": "giao “Sở Y tế”: làm", "where": "mục 2 › a", "head": "cột", "reading": "ngày 5/8 → x"}
    filled |= {"level": "UBND cấp tỉnh", "rule": "x", "flag": "không rõ đơn vị chủ trì", "percent": "60"}
    filled |= {"role": "kết quả, đánh giá", "name": "Sở", "field": "thời hạn"}
    for sentence in phrases()[table].values():
        english = told("en", sentence.format(**filled))
        assert english != sentence.format(**filled)
        assert english[0].isupper()
        assert not any(one in english for one in ("mục 2", "kết quả", "không rõ", "cấp tỉnh", "thời hạn"))
