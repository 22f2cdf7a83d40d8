"""Groups of paths in, those that failed before out: what `--retry-failed` reads, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from service.earlier import known_at, places_of
from service.ledger import State
from service.reader import KIND, identity_of
from service.safekeeping.hashing import sha256_of
from service.store import Store
from service.walk import Group, Unopened


def failed_before(store: Store, groups: Iterable[Group | Unopened]) -> Iterator[Group | Unopened]:
    """Of the groups those whose bytes failed when they were last read, and those that cannot be opened, as
    they could not be then. Files that are known where they lie are passed over without a look at their bytes.
    """
    for group in groups:
        if isinstance(group, Unopened) or _failed(store, group):
            yield group


def _failed(store: Store, group: Group) -> bool:
    try:
        places = places_of(group.paths)
        with store.reading() as work:
            if known_at(work, places):
                return False
        key = identity_of([sha256_of(path) for path in group.paths])
    except OSError:  # told with its reason when it is its turn
        return True
    with store.reading() as work:
        known = work.ledger.find(KIND, key)
    return known is not None and known.state is State.FAILED
