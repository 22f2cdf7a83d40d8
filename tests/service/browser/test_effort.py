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


def corrected(enter: Enter, site: Site, name: str, gold: dict) -> dict:
    """The tasks that stand after somebody has pressed the counted keys; all of them decided."""
    before = record(site, name)
    done = list(acts(compare(name, gold, before), Desk(before, site.app.state.dondoc.register)))
    assert all(act.keys for act in done)
    lan = enter("lan")
    lan.review(name)
    for act in done:
        lan.press(*act.keys)
    lan.until(lambda: "proposed" not in lan.states)
    after = record(site, name)
    kept = [task for task in after["tasks"] if task["status"] == "approved"]
    assert all(match.complete for match in compare(name, gold, after | {"tasks": kept}).matches)
    assert len(kept) == len(gold["tasks"])
    return after | {"tasks": kept}


def labelled(site: Site, name: str) -> dict:
    return {"document": {}, "tasks": copy.deepcopy(record(site, name)["tasks"])}


def test_the_counted_keys_put_units_and_deadlines_right(enter: Enter, site: Site):
    gold = labelled(site, "s03")
    gold["tasks"][0]["leads"] = [gold["tasks"][0]["leads"][place] for place in (0, 2)]  # not the middle one
    gold["tasks"][1]["deadline"] = {"text": "31/10", "kind": "date", "date": "2025-10-31"}
    gold["tasks"][2]["leads"] = [{"name": "Cục Khí tượng Thủy văn"}]
    gold["tasks"][3]["cooperators"] = []
    gold["tasks"][6]["deadline"] = copy.deepcopy(gold["tasks"][7]["deadline"])  # said in the same item
    del gold["tasks"][4]  # that was none
    tasks = corrected(enter, site, "s03", gold)["tasks"]
    assert all(unit["evidence"] for task in tasks for unit in task["leads"])
    assert tasks[5]["deadline"]["evidence"] == tasks[6]["deadline"]["evidence"]


def test_the_counted_keys_take_words_and_names_from_the_page(enter: Enter, site: Site):
    gold = labelled(site, "s04")
    by_digit = "Khẩn trương rà soát, báo cáo danh sách các khoản tạm ứng quá hạn."
    by_arrows = "nhận hồ sơ thanh toán tại ba cụm Đà Lạt, Bảo Lộc và Phan Thiết"
    longer = "Ban Quản lý dự án đầu tư xây dựng số 3 chậm báo cáo khối lượng hoàn thành"
    gold["tasks"][0]["leads"] = [{"name": "Sở Xây dựng"}]
    gold["tasks"][1]["leads"].append({"name": "Sở Tài chính"})
    gold["tasks"][2]["leads"] = [{"name": longer}]
    gold["tasks"][3]["text"] = by_arrows
    gold["tasks"][4]["text"] = by_digit
    gold["tasks"][5]["cooperators"] = [{"name": "các ban quản lý dự án"}]
    after = corrected(enter, site, "s04", gold)
    said = {task["text"]: task for task in after["tasks"]}
    for words in (by_digit, by_arrows):
        places = said[words]["evidence"]
        assert after["text"][places[0]["start"] : places[-1]["end"]].split() == words.split()
    (lead,) = after["tasks"][2]["leads"]
    assert lead["name"] == longer
    places = lead["evidence"]
    assert after["text"][places[0]["start"] : places[-1]["end"]].split() == longer.split()
