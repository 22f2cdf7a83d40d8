"""What the review desk decided comes out as labels: accepted tasks with their places, and on what two people
disagreed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from people import document, filed, task, unit, user
from typer.testing import CliRunner

from annotation.exchange import own
from annotation.marked import MarkedUnit
from pipeline.types import Span
from service.access.roles import Role
from service.access.viewer import Viewer
from service.bootstrap import open_store
from service.cli import app
from service.review.changes import Change, Kind
from service.settings import Settings
from service.store import Store

HEALTH, HOME = unit("Sở Y tế", "so-y-te:hung-yen"), unit("Sở Nội vụ", "so-noi-vu:hung-yen")
TEXT = "Giao Sở Y tế rà soát các trạm y tế, Sở Nội vụ báo cáo biên chế."
TASKS = (task("a", "Rà soát các trạm y tế", HEALTH), task("b", "Báo cáo biên chế", HOME))


@pytest.fixture
def lan(store: Store) -> Viewer:
    return user(store, "lan", Role.REVIEWER)


@pytest.fixture
def minh(store: Store) -> Viewer:
    return user(store, "minh", Role.REVIEWER)


def decide(store: Store, viewer: Viewer, number: int, name: str, **values: object) -> None:
    with store.begin() as work:
        seen = work.desk.versions(viewer, number, name)[-1].number
        work.desk.apply(viewer, Kind.EDIT, [Change(number, name, seen, values)])


def reviewed(store: Store, viewer: Viewer, key: str = "12") -> int:
    """A document of which one task was accepted and one rejected."""
    number = filed(store, document(key, *TASKS) | {"text": TEXT})
    decide(store, viewer, number, "a", status="approved")
    decide(store, viewer, number, "b", status="rejected", reason="report")
    return number


def labelled(store: Store):
    with store.reading() as work:
        return [one for _, one in work.labelled.documents()]


def test_accepted_tasks_are_labels_and_others_are_not(store: Store, lan: Viewer):
    reviewed(store, lan)
    filed(store, document("13", *TASKS))  # nobody looked at it
    (found,) = labelled(store)
    assert [(one.text, one.spans, one.leads) for one in found.tasks] == [
        ("Rà soát các trạm y tế", (Span(0, 20),), (MarkedUnit("Sở Y tế", (Span(0, 20),)),))
    ]
    assert found.hard == ()


def test_who_corrects_what_another_accepted_makes_a_hard_case(store: Store, lan: Viewer, minh: Viewer):
    number = reviewed(store, lan)
    decide(store, minh, number, "a", leads=[HOME])
    assert labelled(store)[0].hard == ("leads",)


def test_who_accepts_what_another_corrected_agrees_with_him(store: Store, lan: Viewer, minh: Viewer):
    number = filed(store, document("12", TASKS[0]))
    decide(store, lan, number, "a", leads=[HOME])
    decide(store, minh, number, "a", status="approved")
    (found,) = labelled(store)
    assert (found.hard, found.tasks[0].leads[0].name) == ((), "Sở Nội vụ")


def test_who_changes_his_own_mind_disagrees_with_nobody(store: Store, lan: Viewer):
    number = reviewed(store, lan)
    decide(store, lan, number, "a", nature="inspect")
    assert labelled(store)[0].hard == ()


def test_a_unit_typed_without_a_place_has_none(store: Store, lan: Viewer):
    number = reviewed(store, lan)
    typed = {"text": "Sở Tài chính", "name": "Sở Tài chính", "unit_id": None, "inherited": False}
    decide(store, lan, number, "a", leads=[typed | {"evidence": []}])
    assert labelled(store)[0].tasks[0].leads == (MarkedUnit("Sở Tài chính"),)


@pytest.fixture
def commanded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store that commands open."""
    monkeypatch.setenv("DONDOC_DATA_DIR", str(tmp_path))
    made = open_store(Settings())
    yield made
    made.engine.dispose()


def test_the_command_writes_what_other_tools_read(commanded: Store, tmp_path: Path):
    reviewed(commanded, user(commanded, "lan", Role.REVIEWER))
    out = tmp_path / "nhan.jsonl"
    done = CliRunner().invoke(app, ["labels", "export", str(out)])
    assert (done.exit_code, "1 văn bản" in done.stderr) == (0, True)
    (found,) = own.read(out.read_text(encoding="utf-8").split("\n"))
    assert found.tasks[0].text == "Rà soát các trạm y tế"
    words = ["labels", "convert", str(out), str(tmp_path / "nhan.conll"), "--from", "own", "--to", "conll"]
    assert CliRunner().invoke(app, words).exit_code == 0
    same = CliRunner().invoke(app, ["labels", "agree", str(out), str(out), "--json"])
    assert '"complete": 1.0' in same.stdout


def test_a_foreign_file_is_told_in_a_line(tmp_path: Path):
    (tmp_path / "la.json").write_text("{", encoding="utf-8")
    out = tmp_path / "ra.jsonl"
    done = CliRunner().invoke(
        app, ["labels", "convert", str(tmp_path / "la.json"), str(out), "--from", "label-studio"]
    )
    assert (done.exit_code, out.exists()) == (1, False)
    assert done.stderr.count("\n") == 1


def test_what_to_look_at_next_is_new_and_doubtful(commanded: Store):
    reviewed(commanded, user(commanded, "lan", Role.REVIEWER))
    unsure = {**TASKS[0], "confidence": 0.3}
    number = filed(commanded, document("13", unsure) | {"text": "Giao Sở Y tế mở chợ phiên vùng cao"})
    done = CliRunner().invoke(app, ["labels", "next"])
    assert done.stdout.split("\t")[:3] == [str(number), "0.70", "0.71"]
