"""The run book: every file that was walked has one row, and what was not cleared has no name in it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from archive_runs import run_with_all
from sqlalchemy import update

from service.outcomes import Outcome
from service.runs import book
from service.runs.book import Line, Plan, RunBook
from service.runs.following import Following
from service.runs.report import write
from service.runs.states import State
from service.store import Store
from service.tables import Run, RunFile
from service.walk import walk

HERE = str(Path(__file__).parents[1])
Runner = Callable[..., Following]


def rows(store: Store, run: int) -> list[Line]:
    with store.reading() as work:
        return list(work.runs.files(run, None))


def walked(folder: Path) -> list[Path]:
    return [path for group in walk([folder]) for path in group.paths]


def test_every_file_that_was_walked_has_one_row(run: Runner, store: Store, archive: Path):
    done = run(archive)
    told = rows(store, done.run)
    assert sorted(one.digest for one in told) == sorted(done.digest(path) for path in walked(archive))
    assert Counter(one.outcome for one in told) == {
        Outcome.DONE: 3,
        Outcome.DUPLICATE_OF: 1,
        Outcome.NEEDS_REVIEW: 1,
        Outcome.REFUSED_SECRET: 1,
        Outcome.FAILED: 3,
    }
    with store.reading() as work:
        found = work.runs.find(done.run)
        assert found
        assert (found.state, found.done, found.plan.files, found.failed) == (State.ENDED, 9, 9, 3)
        assert sum(one.files for one in work.runs.counts(done.run)) == 9


def test_what_was_not_cleared_has_no_name(run: Runner, store: Store, archive: Path):
    for one in rows(store, run(archive).run):
        assert bool(one.path) == (one.outcome not in {Outcome.FAILED, Outcome.REFUSED_SECRET})
    with store.engine.connect() as connection:
        kept = repr([connection.execute(table.__table__.select()).all() for table in (Run, RunFile)])
    for name in ("ke-hoach-tac-chien", "hop-dong-kin", "large.txt", "gone.txt"):
        assert name not in kept


def test_a_refused_file_leaves_its_hash_and_level(run: Runner, store: Store, archive: Path):
    (one,) = [one for one in rows(store, run(archive).run) if one.outcome is Outcome.REFUSED_SECRET]
    assert (len(one.sha256), one.reason) == (64, "tuyet_mat")
    assert (one.pages, one.bytes, one.kind, one.message) == (0, 0, "", "")


def test_a_file_that_is_a_root_itself_is_not_named_as_such(run: Runner, store: Store, archive: Path):
    done = run(archive / "ke-hoach-tac-chien.txt")
    with store.reading() as work:
        found = work.runs.find(done.run)
    assert found
    assert found.plan.roots == ()


def test_the_pages_and_seconds_of_a_document_of_two_files_count_once(
    run: Runner, store: Store, archive: Path
):
    told = [one for one in rows(store, run(archive).run) if "05-CT-UBND" in one.path]
    assert [bool(one.seconds) for one in told] == [True, False]
    assert sum(one.pages for one in told) == 2


def test_a_second_run_accounts_for_everything_again(run: Runner, store: Store, archive: Path):
    first, second = rows(store, run(archive).run), rows(store, run(archive).run)
    assert Counter(one.outcome for one in first) == Counter(one.outcome for one in second)
    known = [one for one in second if one.sha256]
    assert len(known) == 7
    assert all(one.earlier and not one.seconds for one in known)


RUN = """
import signal, sys
from pathlib import Path
signal.signal(signal.SIGINT, signal.default_int_handler)  # whatever the tests' own start ignores
from service.batch import Batch
from service.database import open_engine
from service.runs.following import Following
from service.settings import Settings
from service.store import Store
from service.walk import walk
settings = Settings(data_dir=Path(sys.argv[1]), workers=2)
store, roots = Store(open_engine(sys.argv[2])), [Path(sys.argv[3])]
groups = list(walk(roots))
with Following(settings, store, roots, groups) as following:
    def note(one):
        following.note(one)
        print(one.path.name, flush=True)
    Batch(settings, store, "fake_readers:plain").run(groups, note)
"""


@pytest.mark.parametrize(
    ("sent", "stored"), [(signal.SIGKILL, State.RUNNING), (signal.SIGINT, State.STOPPED)]
)
def test_a_run_that_is_cut_off_is_told_as_such(
    run: Runner, store: Store, archive: Path, url: str, tmp_path: Path, sent, stored
):
    (archive / "nap.txt").write_text("!nap")
    for number in range(20):
        (archive / f"nap{number}.txt").write_text(f"!nap\nnumber: {number}/CT-UBND\n")
    command = [sys.executable, "-c", RUN, str(tmp_path / "data"), url, str(archive)]
    cut = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ | {"PYTHONPATH": HERE}
    )
    assert cut.stdout
    for _ in range(9):
        cut.stdout.readline()
    cut.send_signal(sent)
    cut.communicate()
    silent(store)
    with store.reading() as work:
        (before,) = work.runs.recent()
    assert before.state is (State.CUT_OFF if stored is State.RUNNING else State.STOPPED)
    assert before.done < before.plan.files
    done = run(archive)
    assert len(rows(store, done.run)) == len(walked(archive)) == before.plan.files


def silent(store: Store) -> None:
    """Two minutes pass without a sign of life."""
    with store.begin() as work:
        work._session.execute(update(Run).values(alive_at=Run.alive_at - 120))


def begun(store: Store, root: str) -> int:
    """A run over a folder begins when all others are over."""
    silent(store)
    with store.begin() as work:
        return work.runs.begin(Plan("root", (root,), "processes:2", "0.1", 100))


def test_of_old_runs_over_the_same_folder_the_counts_stay(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(book, "_TOLD", 1)
    with store.begin() as work:
        old = run_with_all(work)
        before, counts = work.runs.find(old), work.runs.counts(old)
    assert before
    begun(store, "/khac")
    begun(store, "/kho")
    assert rows(store, old)
    newer = begun(store, "/kho")
    with store.reading() as work:
        kept, told = work.runs.find(old), work.runs.find(newer)
        assert kept and told
        assert (before.counted, kept.counted, told.counted) == (False, True, False)
        assert (kept.done, kept.failed) == (before.done, before.failed)
        assert work.runs.counts(old) == counts
        assert (work.runs.slowest(old, None), work.runs.failures(old, None)) == ([], [])
    assert rows(store, old) == []
    page, sheet = tmp_path / "run.html", tmp_path / "run.xlsx"
    assert write(store, old, [page, sheet])
    assert "chỉ còn số đếm" in page.read_text()
    above = openpyxl.load_workbook(sheet)["Tổng hợp"]["A3"].value
    assert "chỉ còn số đếm" in str(above)


def test_a_store_that_is_away_for_a_while_costs_no_file(
    run: Runner, store: Store, archive: Path, monkeypatch: pytest.MonkeyPatch
):
    from sqlalchemy.exc import OperationalError

    kept, away = RunBook.note, time.monotonic() + 1.5

    def note(self, *told):
        if time.monotonic() < away:
            raise OperationalError("", {}, Exception("away"))
        kept(self, *told)

    monkeypatch.setattr(RunBook, "note", note)
    assert len(rows(store, run(archive).run)) == 9


def test_a_purged_document_is_named_no_more(run: Runner, store: Store, archive: Path):
    done = run(archive)
    with store.begin() as work:
        known = work.document(next(one.sha256 for one in rows(store, done.run) if one.path.endswith("a.txt")))
        assert known
        (match,) = work.shredder.find(known.key)
        gone = work.shredder.shred(match.id)
    assert gone
    assert gone.rows["runs"] == 2  # it and the same bytes under another name
    assert not [one for one in rows(store, done.run) if one.path.endswith(("a.txt", "b.txt"))]
