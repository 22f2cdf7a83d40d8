"""A threshold holds for the models with which it was found: others judge anew what was reviewed, or it
waits."""

from __future__ import annotations

import pytest
from budget_office import decide, record
from people import filed, user

from models.registry import Card
from service.access.roles import Role
from service.access.viewer import Viewer
from service.budget.estimates import models_of
from service.budget.machine import is_drawn
from service.budget.watch import Standing
from service.store import Store

NEW = "ab12cd34" * 8
SUFFIX = "+c:ab12cd34"
WRONG, AUDIT = 0.1, 0.1
DOCUMENTS = 110


@pytest.fixture
def lan(store: Store) -> Viewer:
    return user(store, "lan", Role.REVIEWER)


@pytest.fixture
def office(store: Store, lan: Viewer) -> Store:
    """What was reviewed keeps the promise from 0.9 on."""
    for at in range(DOCUMENTS):
        decide(store, lan, read(store, f"{at:03}cu", 0.9), "t0")
    with store.begin() as work:
        work.budget.book.switch_on("sep", WRONG, AUDIT)
        work.models.add(NEW, Card("confidence", "d" * 64, "rules-1", "1", "2026-03-02T07:00:00+00:00"))
    return store


def read(store: Store, key: str, likely: float, models: str = "") -> int:
    return filed(store, record(key, likely) | {"version": f"rules-1{models}"})


def arrives(store: Store, prefix: str, likely: float, models: str = "") -> str:
    """A new document of which the task is not drawn; what became of the task."""
    key = next(
        key
        for key in (f"{prefix}{at}".ljust(64, "0") for at in range(1000))
        if not is_drawn(key, "t0", AUDIT)
    )
    number = read(store, key, likely, models)
    with store.begin() as work:
        work.budget.machine.accept(key)
        (task,) = work.shelf.tasks(work.people.viewer(1), number)
    return str(task["status"])


def promote(store: Store, estimates: dict[str, dict[str, float]] | None = None) -> None:
    with store.begin() as work:
        work.models.promote("confidence", NEW, "sep")
        work.budget.estimates.keep(estimates or {})


def judged_anew(likely: float) -> dict[str, dict[str, float]]:
    return {f"{at:03}cu".ljust(64, "0"): {"t0": likely, "gone": 0.1} for at in range(DOCUMENTS)}


def look(store: Store) -> Standing:
    with store.begin() as work:
        work.budget.machine.look()
    with store.reading() as work:
        return work.budget.watch.standing(work.budget.book.current())


def test_another_model_holds_it_back_until_its_threshold_is_known(office: Store):
    assert arrives(office, "a", 0.95) == "approved"
    promote(office)
    assert look(office).why == "model"
    assert arrives(office, "b", 0.99, SUFFIX) == "proposed"


def test_what_was_reviewed_and_judged_anew_gives_the_threshold(office: Store):
    promote(office, judged_anew(0.97))
    standing = look(office)
    assert standing.row is not None
    assert (standing.why, standing.row.threshold, standing.row.models) == ("", 0.97, SUFFIX)
    assert (standing.row.wrong_share, standing.row.set_by) == (WRONG, "dondoc")
    assert arrives(office, "a", 0.95, SUFFIX) == "proposed"
    assert arrives(office, "b", 0.98, SUFFIX) == "approved"
    assert arrives(office, "c", 0.98) == "proposed"  # read by the former model
    with office.reading() as work:
        told = work.audit.of("budget")[-1].values["after"]
    assert (told["threshold"], told["models"]) == (0.97, SUFFIX)


def test_what_is_reviewed_of_the_new_models_documents_gives_it_too(office: Store, lan: Viewer):
    promote(office)
    assert look(office).why == "model"
    for at in range(DOCUMENTS):
        decide(office, lan, read(office, f"{at:03}moi", 0.8, SUFFIX), "t0")
    standing = look(office)
    assert standing.row is not None
    assert (standing.why, standing.row.threshold) == ("", 0.8)


def test_a_rollback_brings_the_former_threshold_back(office: Store):
    before = look(office).row
    promote(office)
    assert look(office).why == "model"
    for at in range(40):  # read meanwhile, and judged quite otherwise
        read(office, f"{at:03}giua", 0.3, SUFFIX)
    with office.begin() as work:
        work.models.roll_back("confidence", "sep")
    standing = look(office)
    assert before is not None
    assert standing.row is not None
    assert (standing.why, standing.row.id, standing.row.threshold) == ("", before.id, 0.9)
    assert arrives(office, "a", 0.95) == "approved"


def test_a_second_reader_that_is_promoted_counts_as_well(office: Store):
    with office.begin() as work:
        work.models.promote("reader", "ef56ab78" * 8, "sep")
    assert look(office).why == "model"


def test_what_judged_a_document_stands_in_its_version():
    assert [models_of(one) for one in ("rules-1", "rules-1+c:ab", "rules-1+c:ab+r:cd", "")] == [
        "",
        "+c:ab",
        "+c:ab+r:cd",
        "",
    ]
