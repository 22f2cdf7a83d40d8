"""Two readings of the same labelled document: what was added, lost and changed, and whether that is nearer to
what reviewers said."""

from __future__ import annotations

from typing import Any

from annotation.evaluation.comparing import compare
from annotation.evaluation.rehearsing import Retold, retold

DUE = {"kind": "date", "date": "2024-04-15", "rrule": None}


def task(text: str, *leads: str, deadline: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"text": text, "leads": list(leads), "cooperators": [], "deadline": deadline}


CHECK = task("Giao Sở Y tế kiểm tra các trạm y tế xã", "Sở Y tế", deadline=DUE)
REPORT = task("Giao Sở Nội vụ tổng hợp biên chế của tỉnh", "Sở Nội vụ")
GREETING = task("Kính chúc các đồng chí năm mới nhiều thắng lợi", "Sở Y tế")


def told(first: list[dict[str, Any]], second: list[dict[str, Any]]) -> list[Retold]:
    gold = {"id": "12/UBND", "tasks": [CHECK, REPORT]}
    before, after = (compare("key", gold, {"tasks": tasks}) for tasks in (first, second))
    return retold([before], [after])


def test_what_both_see_alike_is_not_told():
    assert told([CHECK, GREETING], [CHECK, GREETING]) == []


def test_a_task_that_reviewers_know_is_gained_or_lost():
    (added,) = told([CHECK], [CHECK, REPORT])
    assert (added.document, added.what, added.gain > 0) == ("12/UBND", "added", True)
    assert added.after is not None
    assert added.after.said == REPORT
    (lost,) = told([CHECK, REPORT], [CHECK])
    assert (lost.what, lost.gain < 0) == ("lost", True)


def test_what_reviewers_hold_for_no_task_does_harm_when_added_and_good_when_lost():
    (added,) = told([], [GREETING])
    assert (added.gain, added.after and added.after.said) == (-1, None)
    (lost,) = told([GREETING], [])
    assert lost.gain == 1


def test_a_change_names_its_fields_and_is_judged_by_what_is_right_then():
    wrong = task(CHECK["text"], "Sở Nội vụ", deadline=DUE)
    (mended,) = told([wrong], [CHECK])
    assert (mended.what, mended.fields, mended.gain) == ("changed", ("leads",), 1)
    other = task(CHECK["text"], "Sở Tư pháp")
    (spoiled,) = told([wrong], [other])
    assert (spoiled.fields, spoiled.gain) == (("leads", "deadline"), -1)
    (neither,) = told([wrong], [task(CHECK["text"], "Sở Tư pháp", deadline=DUE)])
    assert neither.gain == 0


def test_a_class_that_is_seen_otherwise_is_a_change_too():
    known = CHECK | {"nature": "inspect", "field": "health"}
    gold = {"id": "12/UBND", "tasks": [known]}
    tasks = [[CHECK | {"nature": "report", "field": "health"}], [known]]
    before, after = (compare("key", gold, {"tasks": each}) for each in tasks)
    (mended,) = retold([before], [after])
    assert (mended.fields, mended.gain) == (("nature",), 1)
