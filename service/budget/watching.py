"""The promise is looked at again and again, also while nothing comes in: so that it stops by itself."""

from __future__ import annotations

from service.store import Store


class BudgetWatch:
    """A chore."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def turn(self) -> bool:
        """Looks once; there is never more to do at once."""
        with self._store.reading() as work:
            row = work.budget.book.current()
            idle = row is None or not row.active or bool(row.stopped)
        if not idle:
            with self._store.begin() as work:
                work.budget.machine.look()
        return False
