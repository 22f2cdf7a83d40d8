"""How far an upload is, as the store keeps it: by who holds its lease alone, and never over its end."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from people import user

from pipeline.progress import Stage, Step
from service.access.roles import Role
from service.access.viewer import Viewer
from service.ledger import Lease
from service.outcomes import Outcome, Result
from service.store import Store
from service.uploads.book import KIND, READING, Sent
from service.uploads.progress import Heard

HALF = Step(Stage.PAGES, 6, 12)
Claim = Callable[..., Lease]


@pytest.fixture
def lan(store: Store) -> Viewer:
    return user(store, "lan", Role.CLERK)


@pytest.fixture
def claim(store: Store, lan: Viewer) -> Claim:
    """A lease of the upload, which is sent with the first call."""
    with store.begin() as work:
        work.uploads.admit(lan, None, [Sent("k" * 64, 1, 1)])

    def claimed(owner: str, seconds: float = 60.0) -> Lease:
        with store.begin() as work:
            lease = work.ledger.claim(KIND, owner=owner, seconds=seconds)
            assert lease
            work.uploads.turn(lease.key, READING)
        return lease

    return claimed


def reached(store: Store, lan: Viewer, lease: Lease) -> tuple[str, str, int, int]:
    with store.reading() as work:
        one = work.uploads.one(lan, lease.key)
    return one.state, one.stage, one.page, one.pages


def test_only_the_latest_step_is_written(store: Store, lan: Viewer, claim: Claim):
    lease, heard = claim("here"), Heard(store)
    tell = heard.of(lease)
    tell(Step(Stage.OPENING))
    tell(HALF)
    assert heard.write() == 1
    assert reached(store, lan, lease) == ("reading", "pages", 6, 12)
    assert heard.write() == 0


def test_what_is_late_changes_no_end(store: Store, lan: Viewer, claim: Claim):
    lease, heard = claim("here"), Heard(store)
    heard.of(lease)(HALF)
    with store.begin() as work:
        work.ledger.complete(lease, Outcome.REFUSED_SECRET)
        work.uploads.settle(lease.key, Result(Outcome.REFUSED_SECRET, "k" * 64, message="mat"))
    heard.write()
    assert reached(store, lan, lease) == ("refused", "", 0, 0)


def test_a_worker_that_lost_it_says_nothing_more(store: Store, lan: Viewer, claim: Claim):
    slow, here, there = claim("slow", seconds=-1.0), Heard(store), Heard(store)
    now = claim("quick")
    there.of(now)(HALF)
    there.write()
    here.of(slow)(Step(Stage.PAGES, 1, 12))
    here.write()
    assert reached(store, lan, now) == ("reading", "pages", 6, 12)


def test_put_back_it_begins_anew(store: Store, lan: Viewer, claim: Claim):
    lease, heard = claim("here"), Heard(store)
    heard.of(lease)(HALF)
    heard.write()
    with store.begin() as work:
        work.ledger.defer(lease, 0.0)
        work.uploads.turn(lease.key, "waiting")
    assert reached(store, lan, lease) == ("waiting", "", 0, 0)
