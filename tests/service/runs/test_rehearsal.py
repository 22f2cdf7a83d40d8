"""A new version rehearsed over an archive: what it would add, lose and change, beside what reviewers said."""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import typer
from people import user
from sqlalchemy import update
from typer.testing import CliRunner

from pipeline.errors import Reason
from service import bootstrap
from service.access.roles import Role
from service.batch import Batch
from service.child import Broken, Failed
from service.commands.rehearse import rehearse
from service.files import Files
from service.reader import Part
from service.review.changes import Change, Kind
from service.runs import rehearsing
from service.runs.rehearsing import Reread, reread
from service.runs.retelling import Sums, as_json
from service.settings import Settings
from service.store import Store
from service.tables import Base, Document, StoredFile
from service.walk import walk

HEAD = "number: {number}/CT-UBND\nissuer: UBND tỉnh Mẫu\nissued_on: 2024-03-01\n"
PAPERS = {
    1: "Sở Cũ; rà soát hồ sơ biên chế các đơn vị; 2024-03-15\nSở Đổi; báo cáo kết quả trồng rừng; \n",
    2: "Sở Y tế; kiểm tra trạm y tế xã; \nthêm: lập danh mục <b>chợ</b> hạng ba\n",
    3: "Sở Y tế; hướng dẫn tiêm chủng mở rộng; \n",
    9: "Sở Y tế; thẩm định dự toán; \n",
}


@pytest.fixture
def kept(store: Store, tmp_path: Path) -> Settings:
    """An archive that the version before has read; of the first paper a task was rejected, one accepted."""
    folder = tmp_path / "kho"
    folder.mkdir()
    for number, tasks in PAPERS.items():
        (folder / f"{number}.txt").write_text(HEAD.format(number=number) + tasks)
    settings = Settings(data_dir=tmp_path / "data", engine="processes:2", child_memory_mb=400)
    Batch(settings, store, "fake_readers:plain").run(list(walk([folder])), lambda one: None)
    lan = user(store, "lan", Role.REVIEWER)
    with store.begin() as work:
        first = next(one for one in work.archived.documents(work.archived.ids()) if one.name == "1/CT-UBND")
        old, changing = (task["id"] for task in first.record["tasks"])
        rejected = Change(first.id, old, 1, {"status": "rejected", "reason": "not_task"})
        work.desk.apply(lan, Kind.REJECT, [rejected])
        work.desk.apply(lan, Kind.ACCEPT, [Change(first.id, changing, 1, {"status": "approved"})])
        work._session.execute(update(Document).where(Document.id == first.id).values(review="reviewed"))
    return settings


def again(settings: Settings, store: Store, reader: str, **which: Any) -> dict[str, Reread]:
    with store.reading() as work:
        ids = work.archived.ids(**which)
    found = reread(settings, store, f"fake_readers:{reader}", ids, threading.Event())
    return {one.name.split("/")[0]: one for one in found}


def summed(found: dict[str, Reread]) -> Sums:
    sums = Sums("0.2")
    for one in found.values():
        sums.add(one)
    return sums


def test_the_same_version_changes_nothing(kept: Settings, store: Store):
    sums = summed(again(kept, store, "plain"))
    assert (sums.documents, sums.tasks_before, sums.tasks_after, sums.changed) == (4, 5, 5, [])


def test_what_is_added_lost_and_changed_is_told_task_by_task(kept: Settings, store: Store):
    found = again(kept, store, "newer")
    assert [(one.what, one.fields) for one in found["1"].retold] == [("lost", ()), ("changed", ("leads",))]
    assert [one.what for one in found["2"].retold] == ["added"]
    assert found["3"].header == (("issuer", "UBND tỉnh Mẫu", "UBND tỉnh Mới"),)
    assert found["9"].lost == "damaged: tệp hỏng"


def test_one_sees_whether_a_change_leads_towards_what_reviewers_decided(kept: Settings, store: Store):
    sums = summed(again(kept, store, "newer"))
    assert sums.gains == {"better": 1, "worse": 1, "unreviewed": 1}
    tasks = {task["what"]: task for one in as_json(sums)["changed"] for task in one["tasks"]}
    assert (tasks["lost"]["gain"], tasks["lost"]["said"]) == ("better", None)
    changed = tasks["changed"]
    assert (changed["gain"], changed["fields"]) == ("worse", ["leads"])
    assert [changed[side]["leads"] for side in ("said", "before", "after")] == [
        ["Sở Đổi"],
        ["Sở Đổi"],
        ["Sở Mới"],
    ]


def test_the_machines_own_reading_is_compared_not_what_people_made_of_it(kept: Settings, store: Store):
    with store.begin() as work:
        lan = work.people.viewer(1)
        (third,) = [one for one in work.archived.documents(work.archived.ids()) if one.name == "3/CT-UBND"]
        change = {"text": "việc khác hẳn", "status": "approved"}
        assert lan
        work.desk.apply(lan, Kind.EDIT, [Change(third.id, third.record["tasks"][0]["id"], 1, change)])
    assert again(kept, store, "plain")["3"].retold == ()


def test_nothing_is_stored(kept: Settings, store: Store):
    before = rows(store)
    again(kept, store, "newer")
    assert rows(store) == before
    assert list((kept.data_dir / "spool").iterdir()) == []


def rows(store: Store) -> str:
    with store.engine.connect() as connection:
        return repr([connection.execute(table.select()).all() for table in Base.metadata.sorted_tables])


def test_a_sample_is_the_same_every_time_and_what_needs_clearance_is_left_out(kept: Settings, store: Store):
    with store.begin() as work:
        everything = work.archived.ids()
        assert work.archived.ids(sample=2) == everything[:2]
        assert work.archived.ids(since=4e9) == []
        work._session.execute(update(Document).where(Document.id == everything[0]).values(clearance=3))
        assert work.archived.ids() == everything[1:]


def test_an_original_that_is_gone_is_told(kept: Settings, store: Store):
    with store.reading() as work:
        (one,) = work.archived.documents(work.archived.ids(sample=1))
    (kept.data_dir / "files" / one.key[:2] / one.key).unlink()
    (found,) = again(kept, store, "plain", sample=1).values()
    assert found.lost == "unreadable_file: thiếu tệp gốc"


class Watched:
    """An engine that reads nothing and notes what is asked of it."""

    width = 1

    def __init__(self, done: list[str]) -> None:
        self._done = done

    def prime(self, parts: Sequence[Part]) -> Sequence[Part]:
        self._done.append(f"prime {len(parts)}")
        return parts

    def read(self, parts: Sequence[Part]) -> Failed:
        self._done.append("read")
        return Failed(Reason.EMPTY, "")


def test_only_what_is_small_and_converted_is_in_memory_before_its_turn(
    kept: Settings, store: Store, monkeypatch: pytest.MonkeyPatch
):
    done: list[str] = []
    get = Files.get

    def loaded(files: Files, sha256: str) -> bytes:
        done.append("load")
        return get(files, sha256)

    monkeypatch.setattr(Files, "get", loaded)
    monkeypatch.setattr(rehearsing, "reading_engine", lambda *_: nullcontext(Watched(done)))
    with store.begin() as work:
        ids = work.archived.ids()
        old = StoredFile.document_id.in_(ids[:3])
        work._session.execute(update(StoredFile).where(old).values(name="a.doc"))
        large = work.archived.documents(ids[2:3])[0].key
    os.truncate(Files(kept.data_dir / "files").path(large), 17 * 2**20)
    list(reread(kept, store, "fake_readers:plain", ids, threading.Event()))
    assert done == [*["load"] * 2, "prime 2", *["read"] * 2, *["load", "read"] * 2]


def test_the_command_tells_it_and_writes_page_workbook_and_data(
    kept: Settings, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DONDOC_DATA_DIR", str(kept.data_dir))
    monkeypatch.setattr(bootstrap, "open_store", lambda settings: store)
    monkeypatch.setattr(bootstrap, "READER", "fake_readers:newer")
    app = typer.Typer()
    app.command()(rehearse)
    targets = [tmp_path / f"thu.{ending}" for ending in ("html", "xlsx", "json")]
    to = [word for target in targets for word in ("--to", str(target))]
    shown = CliRunner().invoke(app, ["--workers", "2", *to])
    assert shown.exit_code == 0, shown.output
    assert "Nhiệm vụ (tasks): 5 → 4" in shown.output
    assert "added 1, lost 1, changed 1 (leads 1)" in shown.output
    assert "9/CT-UBND: damaged: tệp hỏng" in shown.output
    page = targets[0].read_text()
    assert page.count('<article class="fault retold"') == 3
    assert len(re.findall(r'<tr class="differs"><th scope="row">Chủ trì', page)) == 3  # changed, lost, added
    assert "&lt;b&gt;chợ&lt;/b&gt;" in page
    assert not re.search(r'(src|href)="(?!#)', page)
    tasks = list(openpyxl.load_workbook(targets[1])["Nhiệm vụ"].iter_rows(min_row=2, values_only=True))
    assert {row[:3] for row in tasks} == {
        ("1/CT-UBND", "Mất", "Tốt hơn"),
        ("1/CT-UBND", "Đổi", "Kém đi"),
        ("2/CT-UBND", "Thêm", "Chưa rà soát"),
    }
    assert json.loads(targets[2].read_text())["whats"] == {"lost": 1, "changed": 1, "added": 1}


def test_what_was_read_is_told_when_the_reading_cannot_go_on(
    kept: Settings, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def breaking(*_: object) -> Iterator[Reread]:
        yield Reread(1, "1/CT-UBND", "0.1", False, 2, 2)
        raise Broken("máy đọc hỏng")

    monkeypatch.setenv("DONDOC_DATA_DIR", str(kept.data_dir))
    monkeypatch.setattr(bootstrap, "open_store", lambda settings: store)
    monkeypatch.setattr("service.runs.rehearsing.reread", breaking)
    app = typer.Typer()
    app.command()(rehearse)
    shown = CliRunner().invoke(app, ["--to", str(tmp_path / "thu.json")])
    assert (shown.exit_code, "máy đọc hỏng" in shown.output) == (1, True)
    assert "Nhiệm vụ (tasks): 2 → 2" in shown.output
    assert json.loads((tmp_path / "thu.json").read_text())["documents"] == 1


@pytest.mark.parametrize(
    "words",
    [["--to", "a.pdf"], ["--to", "/no/such/folder/a.html"], ["--since", "mai"], ["--sample", "0"]],
)
def test_a_mistyped_rehearsal_exits_2(words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DONDOC_DATA_DIR", str(tmp_path))
    app = typer.Typer()
    app.command()(rehearse)
    assert CliRunner().invoke(app, words).exit_code == 2
