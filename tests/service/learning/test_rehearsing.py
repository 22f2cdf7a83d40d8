"""What a rehearsal tells: lines, a page, and data; and what would be filed without a look."""

from __future__ import annotations

import json
import re
from typing import Any

from annotation.evaluation.comparing import compare
from annotation.evaluation.rehearsing import Moved, retold
from service.learning.rehearsing import Filing, Pair, Promise, Rehearsed, filing_of
from service.learning.telling import as_json, lines
from service.report.rehearsal import page

HOSTILE = 'Giao Sở Y tế <script>alert(1)</script> & "rà soát" các trạm y tế xã'
PROOF = [{"page": 1}]


def task(text: str, lead: str, likely: float) -> dict[str, Any]:
    leads = [{"text": lead, "name": lead, "evidence": PROOF}]
    made = {"text": text, "leads": leads, "cooperators": [], "deadline": None, "flags": [], "evidence": PROOF}
    return made | {"confidence": likely}


def rehearsed() -> Rehearsed:
    label = task(HOSTILE, "Sở Y tế", 0.9)
    gold = {"id": "12/UBND", "tasks": [label]}
    records = [{"tasks": [task(HOSTILE, lead, 0.9)]} for lead in ("Sở Y tế", "Sở Nội vụ")]
    first, second = (compare("key", gold, one) for one in records)
    moved = Moved("12/UBND", HOSTILE, 0.99, 0.4, True)
    return Rehearsed(
        Pair("reader", "", "ab" * 32),
        1,
        moved=(moved,),
        retold=tuple(retold([first], [second])),
        filing=Filing(Promise(0.01, 0.95), 0.95, None, (), (moved,)),
    )


def test_the_terminal_is_told_all_kinds_and_no_more_of_each_than_asked_for():
    told = list(lines(rehearsed(), 20))
    assert "− changed(leads)  12/UBND  " + HOSTILE[:90] in told
    assert "Thôi tự nhận (no longer): 1" in told
    assert "Tự nhận (filed unseen), sai (wrong) ≤ 0.01: ngưỡng 0.950 → —" in told
    assert not any(HOSTILE[:20] in line for line in lines(rehearsed(), 0))


def test_programs_get_both_sides_and_what_reviewers_said():
    told = json.loads(json.dumps(as_json(rehearsed())))
    (one,) = told["tasks"]
    assert (told["first"], one["what"], one["gain"]) == ("shipped", "changed", -1)
    assert (one["before"]["leads"], one["after"]["leads"], one["said"]["leads"]) == (
        ["Sở Y tế"],
        ["Sở Nội vụ"],
        ["Sở Y tế"],
    )
    assert "leads" not in one["after"]["right"]
    assert told["filing"]["no_longer"][0]["after"] == 0.4


def test_the_page_loads_nothing_and_what_documents_say_stays_text():
    made = "".join(page(rehearsed()))
    assert made.count("<script>") == 1
    assert "&lt;script&gt;alert(1)" in made
    assert not re.search(r"https?:|@import|url\(", made)
    assert 'data-kinds="changed worse"' in made
    assert '<td class="wrong">Sở Nội vụ</td>' in made
    assert "Thôi tự nhận" in made


def test_filed_is_what_keeps_the_promise_with_each_model():
    """Forty documents of three tasks; the second model is unsure of those that are wrong."""
    was, now = [], []
    for at in range(40):
        right = [task(f"Giao Sở Y tế rà soát trạm số {at} lần {one}", "Sở Y tế", 0.9) for one in range(3)]
        wrong = task(f"Giao Sở Y tế báo cáo kết quả kỳ {at} của tỉnh", "Sở Y tế", 0.9)
        gold = {"id": f"{at}", "tasks": right}
        was.append(compare(f"{at}", gold, {"tasks": [*right, wrong]}))
        now.append(compare(f"{at}", gold, {"tasks": [*right, wrong | {"confidence": 0.3}]}))
    found = filing_of(was, now, Promise(0.1))
    assert (found.before, found.after, len(found.newly), len(found.no_longer)) == (None, 0.9, 120, 0)
    held = filing_of(was, now, Promise(0.1, 0.85))
    assert (held.before, len(held.newly), len(held.no_longer)) == (0.85, 0, 40)
    assert {one.right for one in held.no_longer} == {False}
