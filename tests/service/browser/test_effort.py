"""The keys that `make effort` counts, pressed in a browser, make of a document what its label says."""

from __future__ import annotations

import copy

from annotation.evaluation.comparing import compare
from benchmarks.effort import acts
from benchmarks.keys import Desk
from service.access.roles import Role
from service.access.viewer import Viewer

from .conftest import Enter, Site

ALL = Viewer(id=0, login="x", name="x", role=Role.ADMINISTRATOR, clearance=9)


def record(site: Site, name: str):
    with site.store.reading() as work:
        found = work.shelf.record(ALL, site.number(name))
    assert found is not None
    return found


def test_the_counted_keys_put_each_kind_of_error_right(enter: Enter, site: Site):
    before = record(site, "s03")
    gold = {"document": {}, "tasks": copy.deepcopy(before["tasks"])}
    gold["tasks"][0]["leads"] = [{"name": "Cục Khí tượng Thủy văn"}]
    gold["tasks"][1]["deadline"] = {"text": "31/10", "kind": "date", "date": "2025-10-31"}
    gold["tasks"][3]["cooperators"] = []
    del gold["tasks"][4]  # that was none
    compared = compare("s03", gold, before)
    done = list(acts(compared, Desk(before, site.app.state.dondoc.register)))
    assert {act.kind for act in done} == {"right", "one", "false"}

    lan = enter("lan")
    lan.review("s03")
    for act in done:
        lan.press(*act.keys)
    lan.until(lambda: "proposed" not in lan.states)
    after = record(site, "s03")
    kept = [task for task in after["tasks"] if task["status"] == "approved"]
    assert all(match.complete for match in compare("s03", gold, after | {"tasks": kept}).matches)
    assert len(kept) == len(gold["tasks"])
