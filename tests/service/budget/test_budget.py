"""Within its budget the machine accepts what is sure, keeps an audit sample back, and stops by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from budget_office import decide, kept, record
from people import filed, user
from sqlalchemy import text

from service.access.roles import Role
from service.access.viewer import Viewer
from service.budget.book import Unfit
from service.budget.machine import is_drawn
from service.budget.watch import LAG, Standing
from service.child import Cleared
from service.files import Files
from service.intake import Intake
from service.outcomes import Outcome
from service.reader import Part, identity
from service.review.changes import Change, Kind
from service.settings import Settings
from service.store import Store

SURE, UNSURE = 0.95, 0.6
WRONG, AUDIT = 0.1, 0.1


@pytest.fixture
def lan(store: Store) -> Viewer:
    return user(store, "lan", Role.REVIEWER)


@pytest.fixture
def office(store: Store, lan: Viewer) -> Store:
    """120 sure tasks of 40 documents were accepted as they were, 40 unsure ones were not."""
    for at in range(40):
        number = kept(store, f"{at:03}cu", SURE, SURE, SURE, UNSURE)
        with store.begin() as work:
            sure = [Change(number, f"t{place}", 1, {"status": "approved"}) for place in range(3)]
            work.desk.apply(lan, Kind.ACCEPT, sure)
            work.desk.apply(lan, Kind.REJECT, [Change(number, "t3", 1, {"status": "rejected"})])
    return store


def promise(store: Store, wrong: float = WRONG, audit: float = AUDIT) -> None:
    with store.begin() as work:
        work.budget.book.switch_on("sep", wrong, audit)


def taken(store: Store, key: str, *likely: float, **header: object) -> int:
    """A new document, after the machine has accepted what it may."""
    made = record(key, *likely, **header)
    number = filed(store, made)
    with store.begin() as work:
        work.budget.machine.accept(made["source"]["sha256"])
    return number


def statuses(store: Store, number: int) -> dict[str, str]:
    with store.reading() as work:
        viewer = work.people.viewer(1)
        return {one["id"]: one["status"] for one in work.shelf.tasks(viewer, number)}


def undrawn(prefix: str, tasks: int = 1, drawn: bool = False) -> str:
    """A key of which these tasks are (not) drawn."""
    for at in range(100_000):
        key = f"{prefix}{at}".ljust(64, "0")
        if all(is_drawn(key, f"t{one}", AUDIT) is drawn for one in range(tasks)):
            return key
    raise AssertionError


def look(store: Store) -> Standing:
    with store.begin() as work:
        work.budget.machine.look()
    with store.reading() as work:
        return work.budget.watch.standing(work.budget.book.current())


def test_nothing_is_accepted_before_the_office_says_so(office: Store):
    assert statuses(office, taken(office, undrawn("a"), SURE)) == {"t0": "proposed"}
    assert look(office).why == "off"


def test_sure_tasks_are_accepted_and_unsure_ones_wait(office: Store):
    promise(office)
    number = taken(office, undrawn("a", 2), SURE, UNSURE)
    assert statuses(office, number) == {"t0": "approved", "t1": "proposed"}
    standing = look(office)
    assert (standing.why, standing.row.threshold, standing.accepted) == ("", SURE, 1)
    with office.reading() as work:
        assert work.budget.watch.unseen(number) == {"t0"}
        told = [one for one in work.audit.of(f"document:{number}") if one.action == "accept_unseen"]
    assert [(one.actor, one.values["after"]["threshold"]) for one in told] == [("dondoc", SURE)]


def test_a_document_of_sure_tasks_alone_is_reviewed_and_can_be_filed(office: Store):
    promise(office)
    number = taken(office, undrawn("a", 2), SURE, SURE)
    boss = user(office, "boss", Role.ADMINISTRATOR)
    with office.begin() as work:
        assert work.shelf.document(boss, number).review == "reviewed"
        work.course.file(boss, number)


def test_what_was_drawn_waits_like_any_other(office: Store, lan: Viewer):
    promise(office)
    number = taken(office, undrawn("a", drawn=True), SURE)
    assert statuses(office, number) == {"t0": "proposed"}
    with office.reading() as work:
        assert work.budget.watch.unseen(number) == set()
        told = work.shelf.tasks(lan, number)[0]
        assert len(work.desk.versions(lan, number, "t0")) == 1
    assert "drawn" not in str(told)
    assert look(office).waiting == 1
    decide(office, lan, number, "t0")
    standing = look(office)
    assert (standing.waiting, standing.audit.tasks, standing.audit.wrong) == (0, 1, 0)


def test_a_reviewer_can_put_back_what_was_accepted_unseen(office: Store, lan: Viewer):
    promise(office)
    number = taken(office, undrawn("a"), SURE)
    decide(office, lan, number, "t0", Kind.REOPEN, status="proposed")
    assert statuses(office, number) == {"t0": "proposed"}
    assert look(office).corrected == 1
    decide(office, lan, number, "t0")
    assert look(office).corrected == 0
    with office.reading() as work:
        assert work.budget.watch.unseen(number) == set()
        values = [one.values["status"] for one in work.desk.versions(lan, number, "t0")]
    assert values == ["proposed", "approved", "proposed", "approved"]


def test_documents_in_doubt_are_left_to_people(office: Store):
    promise(office)
    doubtful = record(undrawn("a"), SURE)
    doubtful["issues"] = [{"stage": "duplicate", "message": "có thể trùng"}]
    number = filed(office, doubtful)
    with office.begin() as work:
        assert work.budget.machine.accept(doubtful["source"]["sha256"]) == 0
    assert statuses(office, number) == {"t0": "proposed"}


def test_nobody_learns_from_what_nobody_looked_at(office: Store):
    promise(office)
    taken(office, undrawn("a"), SURE)
    with office.reading() as work:
        assert len(list(work.labelled.documents())) == 40
        assert len(work.budget.evidence.reviewed().tasks) == 160


def drawn(store: Store, number: int) -> list[int]:
    """Documents with a task of the audit sample each."""
    keys = [undrawn(f"x{at:03}-", drawn=True) for at in range(number)]
    return [taken(store, key, SURE, UNSURE) for key in keys]


def test_a_broken_audit_stops_it_until_it_is_switched_on_again(office: Store, lan: Viewer):
    promise(office)
    for number in drawn(office, 6):
        decide(office, lan, number, "t0", Kind.REJECT, status="rejected", reason="result")
    number = taken(office, undrawn("a"), SURE)
    assert statuses(office, number) == {"t0": "proposed"}
    assert (look(office).why, look(office).row.stopped) == ("broken", "broken")
    with office.reading() as work:
        assert work.audit.of("budget")[-1].values == {"after": {"stopped": "broken"}}
    promise(office, wrong=0.2)
    assert statuses(office, taken(office, undrawn("b"), SURE)) == {"t0": "approved"}


def test_it_holds_back_while_the_audit_lags_behind(office: Store, lan: Viewer):
    promise(office)
    numbers = drawn(office, LAG + 1)
    assert (look(office).why, look(office).row.stopped) == ("lag", "")
    assert statuses(office, taken(office, undrawn("a"), SURE)) == {"t0": "proposed"}
    for number in numbers[:2]:
        decide(office, lan, number, "t0")
    assert statuses(office, taken(office, undrawn("b"), SURE)) == {"t0": "approved"}


def test_other_documents_than_those_that_were_reviewed_stop_it(office: Store):
    promise(office)
    for at in range(40):
        kept(office, f"y{at:03}", SURE, SURE, SURE, UNSURE, type="luat")
    assert look(office).why == "drift_type"
    assert statuses(office, taken(office, undrawn("a"), SURE)) == {"t0": "proposed"}


def test_the_same_documents_do_not(office: Store):
    promise(office)
    for at in range(40):
        kept(office, f"y{at:03}", SURE, SURE, SURE, UNSURE)
    assert look(office).why == ""


def test_too_few_reviewed_say_so_and_it_begins_once_there_are_enough(store: Store, lan: Viewer):
    promise(store)
    assert look(store).why == "few"
    assert statuses(store, taken(store, undrawn("a"), SURE)) == {"t0": "proposed"}
    for at in range(110):
        decide(store, lan, kept(store, f"{at:03}cu", SURE), "t0")
    assert look(store).why == ""


def test_switched_off_nothing_more_is_accepted(office: Store):
    promise(office)
    number = taken(office, undrawn("a"), SURE)
    with office.begin() as work:
        work.budget.book.switch_off("sep")
    assert look(office).why == "off"
    assert statuses(office, taken(office, undrawn("b"), SURE)) == {"t0": "proposed"}
    assert statuses(office, number) == {"t0": "approved"}


@pytest.mark.parametrize(("wrong", "audit"), [(0.0, 0.1), (0.5, 0.1), (0.01, 0.0), (0.01, 1.0)])
def test_shares_that_mean_nothing_are_refused(store: Store, wrong: float, audit: float):
    with pytest.raises(Unfit), store.begin() as work:
        work.budget.book.switch_on("sep", wrong, audit)


def test_about_as_many_as_asked_are_drawn_always_the_same():
    found = [is_drawn(f"{at}", "t0", 0.1) for at in range(5000)]
    assert 400 < sum(found) < 600
    assert found == [is_drawn(f"{at}", "t0", 0.1) for at in range(5000)]


def arrived(store: Store, folder: Path, content: str) -> int:
    """A file that comes in as any does, with a sure task."""
    parts = [Part("a.txt", content.encode())]
    intake = Intake(store, Files(folder / "files"), Settings(data_dir=folder), "one")
    result = intake.take(parts, lambda _: Cleared(record("moi", SURE)))
    assert result is not None
    assert result.outcome is Outcome.DONE
    with store.reading() as work:
        found = work.shelf.id_of(identity(parts))
    assert found is not None
    return found


def contents() -> Iterator[str]:
    """Files of which the task is not drawn."""
    for at in range(100):
        if not is_drawn(identity([Part("a.txt", f"{at}".encode())]), "t0", AUDIT):
            yield f"{at}"


def test_what_comes_in_is_accepted_on_its_way_into_the_store(office: Store, tmp_path: Path):
    promise(office)
    assert statuses(office, arrived(office, tmp_path, next(contents()))) == {"t0": "approved"}


def test_where_the_budget_cannot_be_read_the_document_is_kept_and_waits(office: Store, tmp_path: Path):
    promise(office)
    with office.engine.begin() as connection:
        connection.execute(text("DROP TABLE budget_tasks"))
    assert statuses(office, arrived(office, tmp_path, next(contents()))) == {"t0": "proposed"}
