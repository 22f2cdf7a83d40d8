"""A process that stands for a machine: workers whose reading takes no time but on their own clock.

The ledger is real, each of its transactions too; only the seconds of reading are leapt over. A worker that
dies goes silent with its lease; some of those come back when the lease has run out and try to end the job.
"""

from __future__ import annotations

import heapq
import random
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from service.database import open_engine
from service.ledger import Lease, LeaseLost, Ledger
from service.store import Store

KIND = "simulated"
LEASE = 20.0  # real seconds
EARLY = 1000  # jobs, after which a job's cost is noted to be held against that of all
_ONE_DIES_OF = 2000  # jobs
_ARRIVES_EVERY = 1000  # claims of this machine: a person's upload
_TOLD_EVERY = 50_000  # jobs of this machine: its pace


@dataclass
class Told:
    """What a machine has to say at its end. Times in seconds: `real` of its whole life, `ledger` of that in
    transactions, `virtual` on its workers' clock until the last was idle, `busy` the sum of their reading."""

    done: list[int] = field(default_factory=list)
    claimed: list[str] = field(default_factory=list)  # sources, in order
    waits: list[int] = field(default_factory=list)  # claims between a person's upload and its own
    died: int = 0
    came_late: int = 0
    real: float = 0.0
    ledger: float = 0.0
    virtual: float = 0.0
    busy: float = 0.0
    early: float = 0.0  # seconds of `ledger` a job, of the first thousand


class Machine:
    """`seconds` are the reading times that are drawn from, `at_once` how many jobs are claimed and ended in
    one transaction."""

    def __init__(
        self, url: str, number: int, workers: int, at_once: int, seconds: list[float], share: int
    ) -> None:
        self._store = Store(open_engine(url))
        self._random = random.Random(number)
        self._owner = f"machine{number}"
        self._workers, self._at_once, self._seconds, self._share = workers, at_once, seconds, share
        self._busy: list[tuple[float, int, Lease]] = []
        self._late: deque[tuple[float, Lease]] = deque()
        self._uploads: dict[str, int] = {}
        self._idle = [0.0] * workers  # since when each is, a heap
        self._told_at, self._told_jobs = time.monotonic(), 0
        self.told = Told()

    def live(self) -> Told:
        """Works until nothing is left to claim, here or with others."""
        begun, beat = time.monotonic(), time.monotonic()
        while True:
            if len(self._idle) >= min(self._at_once, self._workers) or not self._busy:
                self._take(len(self._idle))
            if time.monotonic() - beat > LEASE / 4:
                beat = time.monotonic()
                self._ledger(lambda ledger: ledger.renew([one for _, _, one in self._busy], LEASE))
            if self._busy:
                self._end()
            elif self._over():
                break
            else:
                time.sleep(0.2)  # real: leases of the dead must run out
            self._come_late()
            self._tell_pace()
        self.told.real = time.monotonic() - begun
        return self.told

    def _take(self, most: int) -> None:
        leases: list[Lease] = []
        while len(leases) < most:
            asked = min(self._at_once, most - len(leases))
            some = self._ledger(
                lambda ledger, asked=asked: ledger.claim_many(
                    KIND, asked, owner=self._owner, seconds=LEASE, most_attempts=9
                )
            )
            leases += some
            if len(some) < asked:
                break
        for lease in leases:
            self._begin(lease)

    def _begin(self, lease: Lease) -> None:
        """A worker reads; one that dies is replaced at once, its job is held by nobody."""
        self._note(lease)
        took = self._random.choice(self._seconds)
        self.told.busy += took
        if self._random.randrange(_ONE_DIES_OF):
            heapq.heappush(self._busy, (heapq.heappop(self._idle) + took, lease.job, lease))
        else:
            self.told.died += 1
            self._late.append((time.monotonic() + LEASE + 5.0, lease))

    def _note(self, lease: Lease) -> None:
        source = lease.key.partition(" ")[0]
        self.told.claimed.append(source)
        if lease.key in self._uploads:
            self.told.waits.append(len(self.told.claimed) - self._uploads.pop(lease.key))
        if len(self.told.claimed) % _ARRIVES_EVERY == 0:
            key = f"person {self._owner} {len(self.told.claimed)}"
            self._uploads[key] = len(self.told.claimed)
            self._ledger(lambda ledger: ledger.enqueue(KIND, [key], source=self._owner, share=self._share))

    def _end(self) -> None:
        ended = [heapq.heappop(self._busy) for _ in range(min(self._at_once, len(self._busy)))]
        for at, _, _ in ended:
            heapq.heappush(self._idle, at)
        self.told.virtual = max(self.told.virtual, ended[-1][0])
        lost = self._ledger(lambda ledger: [lease for _, _, lease in ended if not _completed(ledger, lease)])
        self.told.done += [lease.job for _, _, lease in ended if lease not in lost]
        self.told.came_late += len(lost)
        if not self.told.early and len(self.told.done) >= EARLY:
            self.told.early = self.told.ledger / len(self.told.done)

    def _come_late(self) -> None:
        while self._late and self._late[0][0] < time.monotonic():
            _, lease = self._late.popleft()
            if self._random.random() < 0.5:
                continue
            if self._ledger(lambda ledger, lease=lease: _completed(ledger, lease)):
                self.told.done.append(lease.job)  # nobody had taken it yet
            else:
                self.told.came_late += 1

    def _tell_pace(self) -> None:
        done = len(self.told.done)
        if done - self._told_jobs >= _TOLD_EVERY:
            pace = (done - self._told_jobs) / (time.monotonic() - self._told_at)
            print(f"  {self._owner}: {done} done, {pace:.0f} a second", flush=True)
            self._told_at, self._told_jobs = time.monotonic(), done

    def _over(self) -> bool:
        counts: dict[str, int] = self._ledger(lambda ledger: ledger.counts(KIND))
        return set(counts) <= {"done"}

    def _ledger(self, act: Any) -> Any:
        begun = time.monotonic()
        with self._store.begin() as work:
            answer = act(work.ledger)
        self.told.ledger += time.monotonic() - begun
        return answer


def _completed(ledger: Ledger, lease: Lease) -> bool:
    try:
        ledger.complete(lease, "done")
    except LeaseLost:
        return False
    return True


def lived(arguments: tuple[Any, ...]) -> Told:
    """A machine's life in a process of its own."""
    return Machine(*arguments).live()
