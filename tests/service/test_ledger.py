"""The ledger's promise: a job is done once, by whoever holds its newest lease, whatever is killed when."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections import Counter

import pytest

from service.ledger import LeaseLost, State
from service.store import Store


def enqueue(store: Store, *keys: str) -> int:
    with store.begin() as work:
        return work.ledger.enqueue("read", keys)


def claim(store: Store, owner: str = "a", seconds: float = 60.0, key: str | None = None):
    with store.begin() as work:
        return work.ledger.claim("read", owner=owner, seconds=seconds, key=key)


def state(store: Store, key: str) -> State:
    with store.reading() as work:
        entry = work.ledger.find("read", key)
    assert entry is not None
    return entry.state


def test_a_job_is_enqueued_once(store: Store):
    assert enqueue(store, "x", "y", "x") == 2
    assert enqueue(store, "y", "z") == 1


def test_a_held_job_is_not_given_out_again(store: Store):
    enqueue(store, "x")
    assert claim(store, "a").key == "x"
    assert claim(store, "b") is None


def test_a_job_that_is_not_known_is_added_and_held_at_once(store: Store):
    with store.begin() as work:
        mine = work.ledger.take("read", "x", owner="a", seconds=60.0)
        assert work.ledger.take("read", "x", owner="b", seconds=60.0) is None
    assert claim(store, "b") is None
    with store.begin() as work:
        work.ledger.complete(mine, "done")
    assert state(store, "x") is State.DONE


def test_a_job_can_be_claimed_by_its_key(store: Store):
    enqueue(store, "x", "y")
    assert claim(store, key="y").key == "y"
    assert claim(store, key="y") is None
    assert claim(store, key="unknown") is None


def test_an_expired_lease_is_claimed_again_with_a_higher_token(store: Store):
    enqueue(store, "x")
    first = claim(store, "a", seconds=-1)
    second = claim(store, "b")
    assert (second.key, second.attempts) == ("x", 2)
    assert second.token > first.token


def test_a_late_worker_cannot_write(store: Store):
    enqueue(store, "x")
    late = claim(store, "a", seconds=-1)
    claim(store, "b")
    with pytest.raises(LeaseLost), store.begin() as work:
        work.refuse("f" * 64, "written in the same transaction")
        work.ledger.complete(late, "done")
    with pytest.raises(LeaseLost), store.begin() as work:
        work.ledger.fail(late, "crashed")
    assert state(store, "x") is State.LEASED
    with store.reading() as work:
        assert work.refused("f" * 64) is None


def test_a_job_ends_once(store: Store):
    enqueue(store, "x")
    lease = claim(store)
    with store.begin() as work:
        work.ledger.complete(lease, "done")
    with pytest.raises(LeaseLost), store.begin() as work:
        work.ledger.complete(lease, "done")
    assert claim(store) is None


def test_a_sign_of_life_keeps_the_lease(store: Store):
    enqueue(store, "x")
    lease = claim(store, "a", seconds=-1)
    with store.begin() as work:
        assert work.ledger.renew([lease], 60.0) == 1
    assert claim(store, "b") is None


def test_a_sign_of_life_comes_too_late_for_a_lost_lease(store: Store):
    enqueue(store, "x")
    late = claim(store, "a", seconds=-1)
    claim(store, "b", seconds=60)
    with store.begin() as work:
        assert work.ledger.renew([late], 60.0) == 0


def test_a_failed_job_waits_for_a_retry(store: Store):
    enqueue(store, "x")
    lease = claim(store)
    with store.begin() as work:
        work.ledger.fail(lease, "memory", "quá bộ nhớ")
    with store.reading() as work:
        entry = work.ledger.find("read", "x")
    assert (entry.state, entry.outcome, entry.reason) == (State.FAILED, "failed", "memory")
    assert claim(store) is None
    with store.begin() as work:
        assert work.ledger.retry("read", ["x"]) == 1
    assert claim(store).key == "x"


def test_a_job_put_back_is_not_due_at_once(store: Store):
    enqueue(store, "x", "y")
    with store.begin() as work:
        work.ledger.fail(work.ledger.claim("read", owner="a", seconds=60, key="x"), "busy", retry_in=3600)
        work.ledger.fail(work.ledger.claim("read", owner="a", seconds=60, key="y"), "busy", retry_in=-1)
    assert claim(store).key == "y"
    assert claim(store) is None


def test_a_job_that_kills_its_workers_is_buried(store: Store):
    enqueue(store, "poison")
    for _ in range(3):
        assert claim(store, seconds=-1)
    assert claim(store) is None
    with store.begin() as work:
        assert work.ledger.bury("read", 3, "crashed", key="poison")
    assert state(store, "poison") is State.FAILED


def test_who_is_late_may_still_end_what_nobody_else_took(store: Store):
    enqueue(store, "x", "y")
    late = claim(store, "a", seconds=-1, key="y")
    assert claim(store, "b").key == "x"  # which looks what is due again: y is
    with store.begin() as work:
        work.ledger.complete(late, "done")
    assert state(store, "y") is State.DONE


def test_several_are_claimed_at_once(store: Store):
    enqueue(store, *"vwxyz")
    with store.begin() as work:
        first = work.ledger.claim_many("read", 3, owner="a", seconds=60)
        rest = work.ledger.claim_many("read", 3, owner="b", seconds=60)
    assert [lease.key for lease in [*first, *rest]] == [*"vwxyz"]


def test_a_job_for_later_shows_as_such_until_its_time(store: Store):
    enqueue(store, "x")
    with store.begin() as work:
        work.ledger.defer(work.ledger.claim("read", owner="a", seconds=60), 3600)
        assert not work.ledger.has_free("read")
    assert state(store, "x") is State.LATER


def test_what_a_dead_owner_holds_is_free_at_once(store: Store):
    enqueue(store, "x")
    claim(store, "dead")
    with store.begin() as work:
        assert work.ledger.release("dead") == 1
    assert claim(store, "b").attempts == 2


def test_a_blameless_stop_is_no_attempt(store: Store):
    enqueue(store, "x")
    claim(store, "stopping")
    with store.begin() as work:
        work.ledger.release("stopping", blameless=True)
    assert claim(store, "b").attempts == 1


def test_many_workers_never_hold_the_same_job(store: Store):
    enqueue(store, *(f"job{number}" for number in range(40)))
    held, mistakes, done = set(), [], Counter()
    lock = threading.Lock()

    def work_on(owner: str) -> None:
        while lease := claim(store, owner):
            with lock:
                if lease.key in held:
                    mistakes.append(lease.key)
                held.add(lease.key)
            with store.begin() as work:
                work.ledger.complete(lease, "done")
            with lock:
                held.discard(lease.key)
                done[lease.key] += 1

    threads = [threading.Thread(target=work_on, args=(f"worker{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not mistakes
    assert len(done) == 40
    assert set(done.values()) == {1}


WORKER = """
import sys
from service.database import open_engine
from service.store import Store
store = Store(open_engine(sys.argv[1]))
while True:
    with store.begin() as work:
        lease = work.ledger.claim("read", owner="doomed", seconds=0.3)
    if lease is None:
        break
    with store.begin() as work:
        work.refuse(lease.key, "fake")
        work.ledger.complete(lease, "done")
    print(lease.key, flush=True)
"""


def test_a_worker_killed_in_the_middle_loses_nothing(store: Store, url: str):
    keys = [f"{number:064d}" for number in range(300)]
    enqueue(store, *keys)
    worker = subprocess.Popen([sys.executable, "-c", WORKER, url], stdout=subprocess.PIPE)
    for _ in range(20):
        worker.stdout.readline()
    worker.kill()
    worker.communicate()
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if lease := claim(store, "heir"):
            with store.begin() as work:
                work.refuse(lease.key, "fake")
                work.ledger.complete(lease, "done")
        else:
            with store.reading() as work:
                if work.ledger.counts("read") == {State.DONE: 300}:
                    break
            time.sleep(0.05)
    with store.reading() as work:
        assert work.ledger.counts("read") == {State.DONE: 300}
        assert all(work.refused(key) for key in keys)
