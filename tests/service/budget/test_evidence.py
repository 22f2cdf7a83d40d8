"""Which of the machine's proposals were right is read from what reviewers decided."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from budget_office import HEALTH, HOME, decide, kept, record
from people import document, filed, task, user
from typer.testing import CliRunner

from service.access.roles import Role
from service.access.viewer import Viewer
from service.bootstrap import open_store
from service.cli import app
from service.review.changes import Kind
from service.settings import Settings
from service.store import Store


@pytest.fixture
def lan(store: Store) -> Viewer:
    return user(store, "lan", Role.REVIEWER)


def judged(store: Store) -> list[tuple[float, bool]]:
    with store.reading() as work:
        return [(one.likely, one.right) for one in work.budget.evidence.reviewed().tasks]


def test_what_was_accepted_as_it_was_is_right(store: Store, lan: Viewer):
    decide(store, lan, kept(store, "1", 0.9), "t0")
    assert judged(store) == [(0.9, True)]


def test_what_nobody_decided_says_nothing(store: Store, lan: Viewer):
    number = kept(store, "1", 0.9, 0.8)
    decide(store, lan, number, "t0", Kind.EDIT, nature="inspect")
    assert judged(store) == []


@pytest.mark.parametrize(
    "values",
    [{"text": "Việc khác"}, {"leads": [HOME]}, {"cooperators": [HOME]}, {"deadline": {"kind": "ongoing"}}],
)
def test_what_was_changed_and_accepted_is_wrong(store: Store, lan: Viewer, values: dict):
    number = kept(store, "1", 0.9)
    decide(store, lan, number, "t0", Kind.EDIT, **values)
    decide(store, lan, number, "t0")
    assert judged(store) == [(0.9, False)]


def test_a_later_decision_counts_though_an_earlier_one_was_read_already(store: Store, lan: Viewer):
    number = kept(store, "1", 0.9)
    decide(store, lan, number, "t0")
    assert judged(store) == [(0.9, True)]
    decide(store, lan, number, "t0", Kind.REOPEN, status="proposed")
    assert judged(store) == []
    decide(store, lan, number, "t0", Kind.REJECT, status="rejected", reason="result")
    assert judged(store) == [(0.9, False)]


def test_other_fields_do_not_make_it_wrong(store: Store, lan: Viewer):
    number = kept(store, "1", 0.9)
    decide(store, lan, number, "t0", Kind.EDIT, nature="inspect", status="approved")
    assert judged(store) == [(0.9, True)]


def test_what_was_rejected_or_split_is_wrong(store: Store, lan: Viewer):
    number = kept(store, "1", 0.9, 0.8)
    decide(store, lan, number, "t0", Kind.REJECT, status="rejected", reason="result")
    with store.begin() as work:
        same = {"leads": [HEALTH], "nature": "carry_out", "field": "health"}
        parts = [same | {"text": "a"}, same | {"text": "b"}]
        work.desk.split(lan, number, "t1", 1, parts)
    assert judged(store) == [(0.9, False), (0.8, False)]


def test_what_was_undone_is_decided_no_longer(store: Store, lan: Viewer):
    group = decide(store, lan, kept(store, "1", 0.9), "t0")
    with store.begin() as work:
        work.desk.undo(lan, group)
    assert judged(store) == []


def test_accepted_in_bulk_is_not_looked_at(store: Store, lan: Viewer):
    number = kept(store, "1", 0.9, 0.8)
    decide(store, lan, number, "t0", Kind.BULK, status="approved")
    decide(store, lan, number, "t1", Kind.EDIT, text="Khác")
    decide(store, lan, number, "t1", Kind.BULK, status="approved")
    assert judged(store) == [(0.8, False)]


def test_what_could_not_be_accepted_unseen_is_no_evidence(store: Store, lan: Viewer):
    doubtful = record("1", 0.9)
    doubtful["issues"] = [{"stage": "header", "message": "thiếu số"}]
    flagged = document("2", task("t0", "Việc", HEALTH, flags=["no_lead"]))
    nobody, unproved = (
        document("3", task("t0", "Việc")),
        document("4", task("t0", "Việc", HEALTH, evidence=[])),
    )
    for one in (doubtful, flagged, nobody, unproved):
        decide(store, lan, filed(store, one), "t0")
    secret = kept(store, "5", 0.9)
    decide(store, lan, secret, "t0")
    boss = user(store, "sep", Role.ADMINISTRATOR, clearance=5)
    with store.begin() as work:
        work.course.restrict(boss, secret, 3)
    assert judged(store) == []


def test_doubts_about_another_task_do_not_matter(store: Store, lan: Viewer):
    made = record("1", 0.9)
    made["issues"] = [{"stage": "tasks", "message": "có nhiệm vụ chưa chắc chắn"}]
    decide(store, lan, filed(store, made, "needs_review"), "t0")
    assert judged(store) == [(0.9, True)]


@pytest.fixture
def commanded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store that commands open."""
    monkeypatch.setenv("DONDOC_DATA_DIR", str(tmp_path))
    made = open_store(Settings())
    yield made
    made.engine.dispose()


def test_the_command_shows_the_curve(commanded: Store):
    lan = user(commanded, "lan", Role.REVIEWER)
    for at in range(40):
        number = kept(commanded, f"{at:03}x", 0.95, 0.93, 0.9)
        for name in ("t0", "t1", "t2"):
            decide(commanded, lan, number, name)
    told = CliRunner().invoke(app, ["budget", "show"])
    assert told.exit_code == 0, told.output
    assert "120 nhiệm vụ, 40 văn bản" in told.stdout
    assert "≥ 0.950\t33,33 % (40)" in told.stdout
    assert "not enough" in told.stdout
    assert "(off)" in told.stdout
    loose = CliRunner().invoke(app, ["budget", "show", "--wrong", "0.1"])
    assert "Ngưỡng (threshold) 10,00 %: ≥ 0.900" in loose.stdout


def test_the_command_switches_on_and_off(commanded: Store):
    lan = user(commanded, "lan", Role.REVIEWER)
    for at in range(110):
        decide(commanded, lan, kept(commanded, f"{at:03}x", 0.95), "t0")
    on = CliRunner().invoke(app, ["budget", "set", "--wrong", "0.05", "--audit", "0.2"])
    assert (on.exit_code, "(on)" in on.stdout) == (0, True), on.output
    assert "ngưỡng (threshold) 0.950" in on.stdout
    assert "(off)" in CliRunner().invoke(app, ["budget", "off"]).stdout
    assert CliRunner().invoke(app, ["budget", "set", "--wrong", "2"]).exit_code == 2
    with commanded.reading() as work:
        assert [one.action for one in work.audit.of("budget")] == ["budget", "budget"]
