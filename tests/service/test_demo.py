"""The demonstration: samples read, users of every role, tasks waiting, a unit's own; nothing left behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from service import demo
from service.access.roles import Role
from service.bootstrap import open_store
from service.review.finder import TasksWanted
from service.review.inbox import Wanted
from service.settings import Settings


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
    store.engine.dispose()
    assert demo.prepare(settings, lambda _: None).logins == ()  # the second time its users are there
