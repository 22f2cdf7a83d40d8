"""An archive run: every file gets one outcome, a second run does only what is left, nothing secret stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from service import crew
from service.batch import Batch
from service.child import Broken
from service.ledger import State
from service.outcomes import Outcome
from service.settings import Settings
from service.store import Store
from service.tables import Base
from service.walk import walk

HERE = str(Path(__file__).parent)
NUMBERED = "number: {number}/CT-UBND\nissuer: UBND tỉnh Mẫu\nissued_on: 2024-03-01\n"


def directive(number: int, tasks: int = 1) -> str:
    return NUMBERED.format(number=number) + "Sở Y tế; lập kế hoạch; 2024-03-15\n" * tasks


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "kho"
    folder.mkdir()
    return folder


class Runs:
    """Runs over one store, each as a new command would be; `read` counts what was really read."""

    def __init__(self, store: Store, data: Path) -> None:
        self.store = store
        self.data = data

    def __call__(self, *roots: Path, retry_failed: bool = False, **settings) -> dict[str, str]:
        settings = {"workers": 2, "child_memory_mb": 400, **settings}
        batch = Batch(Settings(data_dir=self.data, **settings), self.store, "fake_readers:plain")
        self.settled = []
        batch.run(walk(roots), self.settled.append, retry_failed=retry_failed)
        return {one.path.name: str(one.result) for one in self.settled}

    @property
    def earlier(self) -> set[str]:
        return {one.path.name for one in self.settled if one.result.earlier}


@pytest.fixture
def run(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runs:
    return Runs(store, tmp_path / "data")


def test_every_file_has_one_outcome(run: Runs, archive: Path):
    (archive / "a.txt").write_text(directive(1))
    (archive / "b.txt").write_text(directive(2, tasks=0))
    (archive / "c.txt").write_text(directive(3) + "issue: trang 2 mờ\n")
    (archive / "d.txt").write_text("secrecy: mat\n")
    (archive / "e.txt").write_text("!abort")
    (archive / "f.txt").write_text("!unreadable")
    assert run(archive) == {
        "a.txt": "done",
        "b.txt": "no_tasks",
        "c.txt": "needs_review",
        "d.txt": "refused_secret",
        "e.txt": "failed(crashed)",
        "f.txt": "failed(encrypted)",
    }


def test_a_second_run_does_only_what_is_left(run: Runs, archive: Path):
    (archive / "a.txt").write_text(directive(1))
    (archive / "d.txt").write_text("secrecy: mat\n")
    (archive / "e.txt").write_text("!unreadable")
    first = run(archive)
    (archive / "new.txt").write_text(directive(2))
    assert run(archive) == first | {"new.txt": "done"}
    assert run.earlier == {"a.txt", "d.txt", "e.txt"}


def test_the_same_bytes_are_one_document(run: Runs, archive: Path):
    for name in ("a.txt", "b.txt"):
        (archive / name).write_text(directive(1))
    assert Counter(run(archive).values()) == {"done": 1, "duplicate_of": 1}
    (archive / "c.txt").write_text(directive(1))
    for _ in range(2):
        assert run(archive)["c.txt"] == "duplicate_of"
        (repeated,) = [one.result for one in run.settled if one.path.name == "c.txt"]
        assert repeated.other in {str(archive / "a.txt"), str(archive / "b.txt")}
    with run.store.reading() as work:
        assert len(work.tasks()) == 1


def test_what_is_to_be_reviewed_is_told_with_its_reason_by_every_run(run: Runs, archive: Path):
    (archive / "a.txt").write_text(directive(1) + "issue: trang 2 mờ\n")
    for _ in range(2):
        assert run(archive) == {"a.txt": "needs_review"}
        assert [one.result.message for one in run.settled] == ["trang 2 mờ"]


def test_the_same_number_and_issuer_is_shown_not_merged(run: Runs, archive: Path):
    (archive / "a.txt").write_text(directive(5))
    run(archive)
    (archive / "b.txt").write_text(directive(5).replace("5/CT-UBND", "05 / CT-UBND").replace("tỉnh", "Tỉnh"))
    assert run(archive)["b.txt"] == "needs_review"
    (settled,) = [one for one in run.settled if one.path.name == "b.txt"]
    with run.store.reading() as work:
        assert len(work.tasks()) == 2
        (issue,) = work.record(settled.result.sha256)["issues"]
    assert issue["stage"] == "duplicate"
    assert "a.txt" in issue["message"]


def test_failed_files_are_read_again_on_request_only(run: Runs, archive: Path, tmp_path: Path):
    (archive / "a.txt").write_text("!lacking " + str(tmp_path / "mark"))
    assert run(archive) == {"a.txt": "failed(missing_program)"}
    assert run(archive) == {"a.txt": "failed(missing_program)"}
    assert run.earlier == {"a.txt"}
    assert run(archive, retry_failed=True) == {"a.txt": "no_tasks"}


def test_what_nobody_foresaw_costs_one_file_its_outcome_alone(run: Runs, archive: Path, monkeypatch):
    for name in ("a.txt", "b.txt", "c.txt"):
        (archive / name).write_text(name)
    known = crew.known_at

    def look(work, places):
        if places[0].path.endswith("b.txt"):
            raise RuntimeError("pool")
        return known(work, places)

    monkeypatch.setattr(crew, "known_at", look)
    assert run(archive) == {"a.txt": "no_tasks", "b.txt": "failed(internal)", "c.txt": "no_tasks"}


def test_a_run_whose_report_breaks_off_does_not_end_as_if_all_were_done(run: Runs, archive: Path):
    (archive / "a.txt").write_text("a")

    def report(settled):
        raise ValueError("report")

    batch = Batch(Settings(data_dir=run.data, workers=1), run.store, "fake_readers:plain")
    with pytest.raises(Broken, match="ValueError"):
        batch.run(walk([archive]), report)


def test_a_reader_that_dies_once_costs_its_file_nothing(run: Runs, archive: Path, tmp_path: Path):
    (archive / "a.txt").write_text("!once " + str(tmp_path / "mark"))
    assert run(archive) == {"a.txt": "no_tasks"}


def test_a_changed_file_is_a_new_document(run: Runs, archive: Path):
    (archive / "a.txt").write_text(directive(1))
    run(archive)
    (archive / "a.txt").write_text(directive(22))
    assert run(archive) == {"a.txt": "done"}
    assert run.earlier == set()


def test_the_original_is_kept_unchanged_and_the_record_comes_back(run: Runs, archive: Path):
    (archive / "a.txt").write_text(directive(1, tasks=2))
    run(archive)
    key = run.settled[0].result.sha256
    assert (run.data / "files" / key[:2] / key).read_text() == directive(1, tasks=2)
    with run.store.reading() as work:
        record = work.record(key)
    assert record["document"]["number"] == "1/CT-UBND"
    assert [task["leads"][0]["name"] for task in record["tasks"]] == ["Sở Y tế", "Sở Y tế"]


def test_a_directive_and_its_annex_are_one_document(run: Runs, archive: Path):
    (archive / "05-CT-UBND.txt").write_text(directive(5))
    (archive / "05-CT-UBND phụ lục 1.txt").write_text("Sở Tài chính; cấp kinh phí; \n")
    assert set(run(archive).values()) == {"done"}
    with run.store.reading() as work:
        assert len(work.tasks()) == 2
    run(archive)
    assert len(run.earlier) == 2


def test_too_large_and_unreadable_files_are_told(run: Runs, archive: Path):
    (archive / "large.txt").write_text("x" * 2000)
    (archive / "gone.txt").symlink_to(archive / "nowhere")
    os.mkfifo(archive / "pipe.txt")
    assert run(archive, max_bytes=1000) == {
        "large.txt": "failed(too_large)",
        "gone.txt": "failed(unreadable_file)",
        "pipe.txt": "failed(unreadable_file)",
    }


def test_a_name_that_is_no_utf8_is_read_too(run: Runs, archive: Path):
    (Path(os.fsdecode(os.fsencode(archive) + b"/c\xf4ng.txt"))).write_text(directive(1))
    assert set(run(archive).values()) == {"done"}


def test_nothing_of_a_secret_file_is_left(
    run: Runs, archive: Path, url: str, caplog: pytest.LogCaptureFixture
):
    caplog.set_level("DEBUG")
    (archive / "ke-hoach-tac-chien.txt").write_text("secrecy: tuyet_mat\ncâu không ai được đọc\n")
    (archive / "nghi-van.txt").write_text("doubtful: secrecy\ncâu không ai được đọc\n")
    (archive / "sap.txt").write_text("!abort câu không ai được đọc\n")
    run(archive)
    kept = b"".join(path.read_bytes() for path in run.data.parent.rglob("*") if _is_ours(path, archive))
    kept += _rows(run.store).encode()
    told = caplog.text + repr([record.__dict__ for record in caplog.records])
    for word in ("không ai được đọc", "ke-hoach-tac-chien", "nghi-van", "sap.txt"):
        assert word.encode() not in kept
        assert word not in told
    assert list((run.data / "spool").iterdir()) == []
    assert not (run.data / "files").exists()
    with run.store.reading() as work:
        whys = {work.refused(one.result.sha256) for one in run.settled}
    assert whys == {"tuyet_mat", "doubt", None}


def _rows(store: Store) -> str:
    with store.engine.connect() as connection:
        tables = Base.metadata.sorted_tables
        return repr([connection.execute(table.select()).all() for table in tables])


def _is_ours(path: Path, archive: Path) -> bool:
    return path.is_file() and archive not in path.parents


RUN = """
import sys
from pathlib import Path
from service.batch import Batch
from service.database import open_engine
from service.settings import Settings
from service.store import Store
from service.walk import walk
settings = Settings(data_dir=Path(sys.argv[1]), workers=2)
run = Batch(settings, Store(open_engine(sys.argv[2])), "fake_readers:plain")
run.run(walk([Path(sys.argv[3])]), lambda one: print(one.path.name, flush=True))
"""


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_is_cut_off_loses_nothing_and_doubles_nothing(run: Runs, archive: Path, url: str, sent):
    for number in range(60):
        (archive / f"{number}.txt").write_text(directive(number))
    for number in range(2):
        (archive / f"slow{number}.txt").write_text("!nap\n" + directive(100 + number))
    command = [sys.executable, "-c", RUN, str(run.data), url, str(archive)]
    cut = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ | {"PYTHONPATH": HERE}
    )
    for _ in range(20):
        cut.stdout.readline()
    cut.send_signal(sent)
    cut.communicate()
    assert set(run(archive).values()) == {"done"}
    with run.store.reading() as work:
        assert len(work.tasks()) == 62
        assert work.ledger.counts("read") == {State.DONE: 62}


def test_two_runs_at_once_share_the_work(run: Runs, archive: Path, url: str):
    for number in range(40):
        (archive / f"{number}.txt").write_text(directive(number))
    command = [sys.executable, "-c", RUN, str(run.data), url, str(archive)]
    other = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=os.environ | {"PYTHONPATH": HERE})
    assert set(run(archive).values()) <= {"done"}
    assert other.wait(120) == 0
    with run.store.reading() as work:
        assert len(work.tasks()) == 40
        assert work.counts() == {Outcome.DONE: 40}
