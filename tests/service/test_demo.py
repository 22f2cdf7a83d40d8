"""The demonstration: samples read, users of every role, tasks waiting, a unit's own; nothing left behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from service import demo, demo_book
from service.access.roles import Role
from service.bootstrap import open_store, reader
from service.checking.course import State
from service.reader import Part
from service.review.finder import TasksWanted
from service.review.inbox import Wanted
from service.settings import Settings
from service.tracking.finder import DutiesWanted
from service.tracking.life import Life


@pytest.mark.slow
def test_everybody_has_something_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    few = [path for path in demo.samples() if path.stem.startswith(("s03", "s04", "s31"))]
    monkeypatch.setattr(demo, "samples", lambda: few)
    settings = Settings(data_dir=tmp_path, workers=1)
    made = demo.prepare(settings, lambda _: None)
    assert {role for _, role, _ in made.logins} == {role.value for role in Role}
    store = open_store(settings)
    with store.begin() as work:
        viewers = {
            role: entered.viewer
            for login, role, _ in made.logins
            if (entered := work.people.login(login, made.password, "127.0.0.1"))
        }
        assert len(viewers) == len(Role)
        assert work.inbox.page(viewers["reviewer"], Wanted())
        assert work.finder.tasks(viewers["unit"], TasksWanted(), None, 10)
        lives = {one.life for one in work.duties.find(viewers["unit"], DutiesWanted(), most=None)}
        assert lives >= {Life.DONE, Life.AWAITING, Life.IN_PROGRESS, Life.ADJUSTMENT_ASKED}
        (inspection,) = work.checking.inspections.listed(viewers["leader"], [State.UNDER_WAY])
        counts = work.checking.findings.counts(viewers["monitor"], [inspection.id])
        assert counts[inspection.id]["not_kept_up"] == 1
        assert work.checking.inspections.listed(viewers["unit"], []) == []  # not concluded yet
    store.engine.dispose()
    assert demo.prepare(settings, lambda _: None).logins == ()  # the second time its users are there


def test_its_letters_do_something_to_a_sample():
    """They are read as any document is."""
    made = reader(Settings(max_ocr_pages=0))
    read = [made([Part(path.name, path.read_bytes())]) for path in demo_book.letters()]
    [central] = [path for path in demo.samples() if path.stem.startswith("s01")]
    number = made([Part(central.name, central.read_bytes())])["document"]["number"]
    does = {(one["kind"], one["number"]) for record in read for one in record["relations"]}
    assert does == {("carries_out", number), ("extends", number)}
