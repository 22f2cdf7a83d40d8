"""The ledger against the plainest account of it, through random histories with clock steps and kills.

After every step all rows are compared. A kill is an operation that is cut off after one of its statements:
its transaction never happened.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import event, select, update

from service.ledger import Lease, LeaseLost, Ledger, State
from service.store import Store
from service.tables import Job

MOST = 3  # attempts
ENDED = (State.DONE, State.FAILED)
KEYS = st.sampled_from("abcdefgh")
OWNERS = st.sampled_from(["one", "two", "three"])
SOURCES = st.sampled_from([("archive", 1), ("login", 16), ("mailbox", 1)])
SECONDS = st.sampled_from([1050, 3050])  # no time is ever within 50 seconds of another
STEPS = st.sampled_from([-800, -100, 300, 1200, 5000])


class Killed(Exception):  # noqa: N818 - says what happened
    """The process is gone."""


@dataclass
class Kept:
    """A job as it should stand."""

    number: int
    source: str
    turn: float
    state: State = State.READY
    token: int = 0
    attempts: int = 0
    owner: str | None = None
    due: float | None = None

    def seen(self) -> tuple[Any, ...]:
        return (self.source, round(self.turn, 6), self.state, self.token, self.attempts, self.owner)

    def let_go(self, state: State) -> None:
        self.state, self.owner, self.due = state, None, None

    def free(self, clock: float) -> bool:
        return self.state is State.READY or (self.due is not None and self.due < clock)


class LedgerLife(RuleBasedStateMachine):
    store: Store

    @initialize()
    def begin(self) -> None:
        self.kind = uuid.uuid4().hex
        self.clock = 0.0
        self.jobs: dict[str, Kept] = {}
        self.leases: list[Lease] = []
        self.completed: list[str] = []
        self.numbers = 0

    # ------------------------------------------------------------ what happens

    @rule(keys=st.lists(KEYS, max_size=4), origin=SOURCES)
    def enqueue(self, keys: list[str], origin: tuple[str, int]) -> None:
        source, share = origin
        fresh = [key for key in dict.fromkeys(keys) if key not in self.jobs]
        with self.store.begin() as work:
            assert work.ledger.enqueue(self.kind, keys, source=source, share=share) == len(fresh)
        stands = self.stands(source)
        for step, key in enumerate(dict.fromkeys(keys), 1):
            if key in fresh:
                self.numbers += 1
                self.jobs[key] = Kept(self.numbers, source, stands + step / share)

    def stands(self, source: str) -> float:
        still = [one for one in self.jobs.values() if one.state not in ENDED]
        ready = [one.turn for one in still if one.state is State.READY]
        clock = min(ready) if ready else max((one.turn for one in still), default=0.0)
        return max([clock, *(one.turn for one in still if one.source == source)])

    @rule(count=st.integers(1, 3), owner=OWNERS, seconds=SECONDS)
    def claim_next(self, count: int, owner: str, seconds: int) -> None:
        for one in self.jobs.values():
            if one.due is not None and one.free(self.clock):
                one.state, one.due = State.READY, None
        ready = [
            (one.turn, one.number, key)
            for key, one in self.jobs.items()
            if one.state is State.READY and one.attempts < MOST
        ]
        with self.store.begin() as work:
            taken = work.ledger.claim_many(self.kind, count, owner=owner, seconds=seconds, most_attempts=MOST)
        assert [lease.key for lease in taken] == [key for _, _, key in sorted(ready)[:count]]
        self.took(taken, owner, seconds)

    @rule(key=KEYS, owner=OWNERS, seconds=SECONDS)
    def claim_one(self, key: str, owner: str, seconds: int) -> None:
        one = self.jobs.get(key)
        with self.store.begin() as work:
            lease = work.ledger.claim(self.kind, owner=owner, seconds=seconds, key=key, most_attempts=MOST)
        assert (lease is not None) == bool(one and one.free(self.clock) and one.attempts < MOST)
        self.took([lease] if lease else [], owner, seconds)

    @rule(key=KEYS, owner=OWNERS, seconds=SECONDS)
    def take(self, key: str, owner: str, seconds: int) -> None:
        with self.store.begin() as work:
            lease = work.ledger.take(self.kind, key, owner=owner, seconds=seconds)
        assert (lease is None) == (key in self.jobs)
        if lease:
            self.numbers += 1
            ready = [one.turn for one in self.jobs.values() if one.state is State.READY]
            still = [one.turn for one in self.jobs.values() if one.source == "" and one.state not in ENDED]
            self.jobs[key] = Kept(self.numbers, "", max(min(ready, default=0.0), *still, 0.0) + 1.0)
            self.took([lease], owner, seconds)

    def took(self, leases: list[Lease], owner: str, seconds: int) -> None:
        for lease in leases:
            one = self.jobs[lease.key]
            assert lease.token > one.token
            one.state, one.owner, one.due = State.LEASED, owner, self.clock + seconds
            one.token, one.attempts = one.token + 1, one.attempts + 1
        self.leases += leases

    @rule(data=st.data(), how=st.sampled_from(["complete", "fail", "again", "defer", "defer now"]))
    def end(self, data: st.DataObject, how: str) -> None:
        """By any lease that there ever was: only the newest may, and only once."""
        if not self.leases:
            return
        lease = data.draw(st.sampled_from(self.leases))
        one = self.jobs[lease.key]
        may = one.owner is not None and one.token == lease.token
        try:
            with self.store.begin() as work:
                ENDS[how](work.ledger, lease)
        except LeaseLost:
            assert not may
            return
        assert may
        if how == "complete":
            one.let_go(State.DONE)
            self.completed.append(lease.key)
        elif how == "fail":
            one.let_go(State.FAILED)
        else:
            one.let_go(State.READY if how == "defer now" else State.LATER)
            one.due = None if how == "defer now" else self.clock + 1050
            one.attempts -= how.startswith("defer")

    @rule(seconds=SECONDS)
    def renew(self, seconds: int) -> None:
        held = [one for one in self.jobs.values() if one.owner is not None]
        with self.store.begin() as work:
            assert work.ledger.renew(self.leases, seconds) == len(held)
        for one in held:
            one.state, one.due = State.LEASED, self.clock + seconds

    @rule(owner=OWNERS, blameless=st.booleans())
    def release(self, owner: str, blameless: bool) -> None:
        held = [one for one in self.jobs.values() if one.owner == owner]
        with self.store.begin() as work:
            work.ledger.release(owner, blameless=blameless)
        for one in held:
            one.let_go(State.READY)
            one.attempts -= blameless

    @rule(key=KEYS)
    def bury(self, key: str) -> None:
        one = self.jobs.get(key)
        dead = bool(one and one.free(self.clock) and one.attempts >= MOST)
        with self.store.begin() as work:
            assert bool(work.ledger.bury(self.kind, MOST, "crashed", key=key)) == dead
        if dead and one:
            one.let_go(State.FAILED)

    @rule()
    def retry(self) -> None:
        dead = [one for one in self.jobs.values() if one.state is State.FAILED]
        with self.store.begin() as work:
            assert work.ledger.retry(self.kind) == len(dead)
        for one in dead:
            one.state, one.attempts = State.READY, 0

    @rule(seconds=STEPS)
    def step_the_clock(self, seconds: int) -> None:
        """All times that are written down move the other way: the same as if the clock had been set."""
        with self.store.engine.begin() as connection:
            connection.execute(update(Job).values(due_at=Job.due_at - seconds))
        self.clock += seconds

    @rule(statements=st.integers(1, 4), data=st.data(), key=KEYS, origin=SOURCES)
    def killed(self, statements: int, data: st.DataObject, key: str, origin: tuple[str, int]) -> None:
        """In the midst of anything: nothing of it was done."""
        lease = data.draw(st.sampled_from(self.leases)) if self.leases else None
        acts: list[Callable[[Ledger], object]] = [
            lambda ledger: ledger.enqueue(self.kind, [key, "z"], source=origin[0]),
            lambda ledger: ledger.take(self.kind, key, owner="one", seconds=60),
            lambda ledger: ledger.claim_many(self.kind, 2, owner="one", seconds=60),
            lambda ledger: ledger.release("one"),
            lambda ledger: ledger.retry(self.kind),
        ]
        if lease:
            acts += [lambda ledger, how=how: ENDS[how](ledger, lease) for how in ENDS]
        act, left = data.draw(st.sampled_from(acts)), statements

        def count(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            nonlocal left
            left -= not statement.startswith("BEGIN")
            if not left:
                raise Killed

        event.listen(self.store.engine, "after_cursor_execute", count)
        try:
            with self.store.begin() as work:
                act(work.ledger)
                raise Killed
        except (Killed, LeaseLost):
            pass
        finally:
            event.remove(self.store.engine, "after_cursor_execute", count)

    # ------------------------------------------------------------ what holds

    @invariant()
    def all_stands_as_written(self) -> None:
        columns = (Job.key, Job.source, Job.turn, Job.state, Job.token, Job.attempts, Job.owner)
        with self.store.reading() as work:
            rows = work.ledger._session.execute(select(*columns).where(Job.kind == self.kind)).tuples()
            found = {
                key: (source, round(turn, 6), State(state), token, attempts, owner)
                for key, source, turn, state, token, attempts, owner in rows
            }
            free = work.ledger.has_free(self.kind)
        assert found == {key: one.seen() for key, one in self.jobs.items()}
        assert free == any(one.free(self.clock) for one in self.jobs.values())

    @invariant()
    def nothing_is_done_twice(self) -> None:
        assert len(self.completed) == len(set(self.completed))
        done = {key for key, one in self.jobs.items() if one.state is State.DONE}
        assert done == set(self.completed)


ENDS: dict[str, Callable[[Ledger, Lease], None]] = {
    "complete": lambda ledger, lease: ledger.complete(lease, "done"),
    "fail": lambda ledger, lease: ledger.fail(lease, "crashed"),
    "again": lambda ledger, lease: ledger.fail(lease, "busy", retry_in=1050),
    "defer": lambda ledger, lease: ledger.defer(lease, 1050),
    "defer now": lambda ledger, lease: ledger.defer(lease, 0.0),
}


def test_the_ledger_is_what_the_plainest_account_of_it_says(store: Store):
    life = type("Life", (LedgerLife,), {"store": store})
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        life,
        settings=settings(
            max_examples=30, stateful_step_count=25, deadline=None, suppress_health_check=checks
        ),
    )
