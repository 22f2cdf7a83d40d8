"""The way of one document into the store, without children: what is read is said by the test."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import fake_readers
import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree

from pipeline.errors import Reason
from service.child import Answer, Cleared, Failed
from service.database import Unavailable
from service.files import Files
from service.intake import Intake, persistently
from service.outcomes import Outcome
from service.reader import Part, identity
from service.settings import Settings
from service.store import Store

DIRECTIVE = [Part("a.txt", "number: 1/CT\nissuer: UBND\nissued_on: 2024-01-02\nSở Y tế; làm; \n".encode())]


@pytest.fixture
def intake(store: Store, tmp_path: Path) -> Callable[[str], Intake]:
    settings = Settings(data_dir=tmp_path, lease_seconds=60)
    return lambda owner: Intake(store, Files(tmp_path / "files"), settings, owner)


def read(parts: Sequence[Part]) -> Answer:
    return Cleared(fake_readers.plain(Settings())(parts))


def test_bytes_that_another_worker_is_reading_are_left_to_it(intake):
    one, other = intake("one"), intake("other")

    def meanwhile(parts: Sequence[Part]) -> Answer:
        assert other.take(parts, read) is None
        return read(parts)

    assert one.take(DIRECTIVE, meanwhile).outcome is Outcome.DONE
    assert other.take(DIRECTIVE, read).outcome is Outcome.DUPLICATE_OF


def test_a_worker_that_comes_late_does_not_double(intake, store: Store):
    one, other = intake("one"), intake("other")

    def late(parts: Sequence[Part]) -> Answer:
        with store.begin() as work:  # its lease is taken for dead's, and another reads the file
            work.ledger.release("one")
        assert other.take(parts, read).outcome is Outcome.DONE
        return read(parts)

    assert one.take(DIRECTIVE, late) is None
    with store.reading() as work:
        assert len(work.tasks()) == 1


def test_a_sign_of_life_is_given_for_what_is_being_read_only(intake, store: Store):
    one = intake("one")

    def beating(parts: Sequence[Part]) -> Answer:
        one.heartbeat()
        return read(parts)

    assert one.take(DIRECTIVE, beating).outcome is Outcome.DONE
    one.heartbeat()


def test_a_file_that_killed_every_worker_fails(intake, store: Store):
    key = identity(DIRECTIVE)
    for _ in range(3):
        with store.begin() as work:
            work.ledger.enqueue("read", [key])
            assert work.ledger.claim("read", owner="dead", seconds=-1, key=key)
    result = intake("one").take(DIRECTIVE, read)
    assert (result.outcome, result.reason) == (Outcome.FAILED, Reason.CRASHED)


def test_a_reader_that_was_killed_from_outside_costs_its_document_nothing(intake):
    answers = iter([Failed(Reason.CRASHED, "SIGKILL"), None])

    def killed_once(parts: Sequence[Part]) -> Answer:
        return next(answers) or read(parts)

    one = intake("one")
    assert one.take(DIRECTIVE, killed_once) is None
    assert one.take(DIRECTIVE, killed_once).outcome is Outcome.DONE


def test_a_file_that_crashes_its_reader_each_time_fails_with_what_the_last_said(intake):
    def crash(parts: Sequence[Part]) -> Answer:
        return Failed(Reason.CRASHED, "SIGSEGV")

    one = intake("one")
    results = [one.take(DIRECTIVE, crash) for _ in range(3)]
    assert results[:2] == [None, None]
    assert (results[2].reason, results[2].message) == (Reason.CRASHED, "SIGSEGV")


def test_a_record_that_the_store_does_not_take_fails_alone(intake):
    def odd(parts: Sequence[Part]) -> Answer:
        return Cleared({"document": {}, "tasks": [], "issues": []})

    result = intake("one").take(DIRECTIVE, odd)
    assert (result.outcome, result.reason) == (Outcome.FAILED, Reason.INTERNAL)
    assert intake("two").take(DIRECTIVE, read, retry_failed=True).outcome is Outcome.DONE


def test_a_failure_keeps_no_name(intake, store: Store):
    result = intake("one").take(DIRECTIVE, lambda _: Failed(Reason.DAMAGED, "hỏng (damaged)"))
    assert str(result) == "failed(damaged)"
    with store.reading() as work:
        assert work.document(result.sha256) is None
        assert work.ledger.find("read", result.sha256).message == "hỏng (damaged)"


def test_a_database_that_is_away_for_a_moment_is_waited_for(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("service.intake.time.sleep", lambda seconds: None)
    tries = iter([OperationalError("", {}, Exception()), NoneFree("no connection came free")])

    def action() -> str:
        for error in tries:
            raise error
        return "done"

    assert persistently(action) == "done"

    def never() -> str:
        raise OperationalError("", {}, Exception())

    with pytest.raises(Unavailable, match="database"):
        persistently(never)
