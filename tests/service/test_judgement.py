"""When a document that was read is done, and when somebody should look at it (docs/outcomes.md)."""

from __future__ import annotations

import copy

import pytest

from service.judgement import judge
from service.outcomes import Outcome

SURE = {
    "document": {"number": "1/CT", "issued_on": "2024-01-02", "issuer": "UBND", "doubtful": []},
    "tasks": [{"confidence": 0.9, "deadline": {"kind": "date", "flags": ["year_assumed"]}}],
    "issues": [],
}


def changed(*path_and_value) -> dict:
    *path, last, value = path_and_value
    record = copy.deepcopy(SURE)
    place = record
    for step in path:
        place = place[step]
    place[last] = value
    return record


def test_tasks_and_no_doubt_are_done():
    assert judge(SURE) == (Outcome.DONE, [])


def test_no_tasks_need_no_heading():
    record = changed("tasks", []) | {"document": {"number": None}}
    assert judge(record) == (Outcome.NO_TASKS, [])


@pytest.mark.parametrize(
    "record",
    [
        changed("document", "number", None),
        changed("document", "issued_on", None),
        changed("tasks", 0, "confidence", 0.3),
        changed("tasks", 0, "deadline", "flags", ["before_issue"]),
        changed("tasks", 0, "deadline", "flags", ["issue_date_missing"]),
        changed("document", "doubtful", ["number"]),
    ],
)
def test_a_doubt_is_told_as_an_issue(record):
    outcome, added = judge(record)
    assert (outcome, len(added)) == (Outcome.NEEDS_REVIEW, 1)


def test_what_the_reading_doubts_is_looked_at():
    outcome, (issue,) = judge(changed("document", "doubtful", ["number"]))
    assert outcome is Outcome.NEEDS_REVIEW
    assert "Số, ký hiệu" in issue["message"]
    assert judge(changed("issues", [{"stage": "read", "message": "x"}]))[0] is Outcome.NEEDS_REVIEW


def test_a_likely_duplicate_is_named():
    outcome, (issue,) = judge(SURE, "1/CT (a.pdf)")
    assert outcome is Outcome.NEEDS_REVIEW
    assert "1/CT (a.pdf)" in issue["message"]
