"""The budget of errors over the API: for administrators alone, audited as on the page."""

from __future__ import annotations

import pytest
from budget_office import decide, kept
from fastapi.testclient import TestClient
from people import user

from service.access.roles import Right, Role
from service.store import Store

from .conftest import Client

BUDGET = "/api/v1/budget"
ON = {"active": True, "wrong_share": 0.05, "audit_share": 0.2}


@pytest.fixture
def boss(client: Client) -> TestClient:
    return client("sep", Role.ADMINISTRATOR)


def reviewed(store: Store, number: int) -> None:
    lan = user(store, "lan", Role.REVIEWER)
    for at in range(number):
        decide(store, lan, kept(store, f"{at:03}cu", 0.95), "t0")


def test_it_is_off_until_it_is_promised(boss: TestClient):
    told = boss.get(BUDGET).json()
    assert (told["active"], told["why"], told["threshold"], told["wrong_share"]) == (False, "off", None, None)
    assert (told["reviewed_tasks"], told["curve"], told["drift"]) == (0, [], {})


def test_it_is_set_and_switched_off_and_both_are_audited(boss: TestClient, store: Store):
    reviewed(store, 110)
    told = boss.put(BUDGET, json=ON).json()
    assert told == boss.get(BUDGET).json()
    assert (told["active"], told["why"], told["threshold"], told["set_by"]) == (True, "", 0.95, "sep")
    (level,) = told["curve"]
    assert (level["threshold"], level["tasks"], level["documents"], level["wrong"]) == (0.95, 110, 110, 0)
    assert level["least"] == 0
    assert 0 < level["most"] < 0.05
    off = boss.put(BUDGET, json={"active": False}).json()
    assert (off["active"], off["why"], off["threshold"]) == (False, "off", None)
    with store.reading() as work:
        entries = [(one.actor, one.values["after"]["active"]) for one in work.audit.of("budget")]
    assert entries == [("sep", True), ("sep", False)]


def test_that_it_stopped_is_told_with_the_reason(boss: TestClient, store: Store):
    reviewed(store, 110)
    boss.put(BUDGET, json=ON)
    with store.begin() as work:
        row = work.budget.book.current()
        assert row is not None
        work.budget.book.stop(row, "broken")
    told = boss.get(BUDGET).json()
    assert (told["active"], told["why"]) == (True, "broken")
    assert told["stopped_at"] is not None


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"active": "yes"},
        ON | {"wrong_share": 0},
        ON | {"wrong_share": 0.5},
        ON | {"audit_share": 1},
        ON | {"threshold": 0.5},
    ],
)
def test_what_means_nothing_is_refused_and_changes_nothing(boss: TestClient, form: dict[str, object]):
    assert boss.put(BUDGET, json=form).status_code == 422
    assert boss.get(BUDGET).json()["why"] == "off"


def test_others_than_administrators_are_refused(client: Client):
    for login, role in (("lan", Role.REVIEWER), ("minh", Role.MONITOR), ("an", Role.LEADER)):
        other = client(login, role)
        assert other.get(BUDGET).status_code == 403
        assert other.put(BUDGET, json=ON).status_code == 403


def test_a_token_without_the_right_is_refused(client: Client):
    narrow = client("sep", Role.ADMINISTRATOR, scopes=frozenset({Right.READ}))
    assert narrow.get(BUDGET).status_code == 403
