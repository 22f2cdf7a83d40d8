"""What a PostgreSQL's autovacuum does to the ledger, for a server on which it is off."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from sqlalchemy import Engine, text

_EVERY = 30.0  # seconds; autovacuum looks once a minute


@contextmanager
def swept(engine: Engine) -> Iterator[None]:
    """Vacuums the jobs twice a minute meanwhile, where nobody else does."""
    if not _left_to_us(engine):
        yield
        return
    print("  autovacuum is off here: the table is vacuumed by this program", flush=True)
    over = Event()
    sweeper = Thread(target=_sweep, args=(engine, over))
    sweeper.start()
    try:
        yield
    finally:
        over.set()
        sweeper.join()


def _left_to_us(engine: Engine) -> bool:
    if engine.dialect.name != "postgresql":
        return False
    with engine.connect() as connection:
        return connection.scalar(text("SHOW autovacuum")) == "off"


def _sweep(engine: Engine, over: Event) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not over.wait(_EVERY):
            connection.execute(text("VACUUM (ANALYZE) jobs"))
