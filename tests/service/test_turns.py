"""Sources of work take turns, however much each has."""

from __future__ import annotations

import re
from itertools import islice

import pytest
from sqlalchemy import event, text

from service.ledger import Lease
from service.store import Store
from service.turns import PEOPLE


def enqueue(store: Store, source: str, count: int, share: int = 1, begin: int = 0) -> None:
    with store.begin() as work:
        keys = (f"{source}{number}" for number in range(begin, begin + count))
        assert work.ledger.enqueue("read", keys, source=source, share=share) == count


def claimed(store: Store) -> Lease | None:
    with store.begin() as work:
        return work.ledger.claim("read", owner="a", seconds=60.0)


def order(store: Store, count: int) -> str:
    """The sources of the next jobs, a letter each. Who comes in stands behind what was next then."""
    return "".join(lease.key[0] for lease in islice(iter(lambda: claimed(store), None), count))


def test_two_sources_take_turns(store: Store):
    enqueue(store, "a", 100)
    enqueue(store, "b", 3)
    assert order(store, 7) == "aababab"


def test_who_comes_later_does_not_wait_for_who_was_first(store: Store):
    enqueue(store, "a", 100)
    assert order(store, 40) == "a" * 40
    enqueue(store, "b", 2)
    assert order(store, 5) == "aabab"


def test_who_was_idle_does_not_get_what_he_left(store: Store):
    enqueue(store, "b", 1)
    enqueue(store, "a", 100)
    order(store, 50)
    enqueue(store, "b", 100, begin=1)
    assert 9 <= order(store, 20).count("b") <= 10


def test_many_small_requests_of_a_source_count_as_one_large(store: Store):
    enqueue(store, "a", 20)
    for number in range(20):
        enqueue(store, "b", 1, begin=number)
    assert 9 <= order(store, 20).count("b") <= 10


def test_people_go_before_an_archive_that_still_moves(store: Store):
    enqueue(store, "a", 1000)
    order(store, 10)
    enqueue(store, "p", 64, share=PEOPLE)
    assert order(store, 2) == "ap"  # at most one job of the archive before a person's first
    assert order(store, 66).count("a") == 4


def test_a_stream_of_new_people_does_not_starve_the_archive(store: Store):
    enqueue(store, "a", 10)
    seen = ""
    for number in range(60):
        enqueue(store, f"p{number}x", 1, share=PEOPLE)
        seen += order(store, 1)
    assert 3 <= seen.count("a") <= 10


def test_new_work_stands_behind_what_is_put_back(store: Store):
    enqueue(store, "a", 5)
    while lease := claimed(store):
        with store.begin() as work:
            work.ledger.defer(lease, 3600)
    enqueue(store, "b", 1)
    with store.begin() as work:
        work.ledger.release("a")
        rows = work.ledger._session.execute(text("SELECT key FROM jobs ORDER BY turn, id")).scalars().all()
    assert rows[-1] == "b0"


PLANS = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}
ROWS = """
INSERT INTO jobs (kind, key, source, turn, state, attempts, token, outcome, reason, message, created_at,
                  due_at, owner, finished_at)
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 20000)
SELECT 'read', 'k' || n, 'archive', n,
       CASE WHEN n < 8000 THEN 'done' WHEN n < 8050 THEN 'leased' WHEN n < 9000 THEN 'later' ELSE 'ready' END,
       0, 0, '', '', '', 0,
       CASE WHEN n BETWEEN 8000 AND 8999 THEN 9e12 END,
       CASE WHEN n BETWEEN 8000 AND 8049 THEN 'owner' END,
       CASE WHEN n < 8000 THEN 1 END
FROM numbers
"""


@pytest.mark.parametrize("known", [True, False], ids=["analyzed", "not analyzed"])
def test_no_statement_of_a_claim_or_an_entry_looks_through_all_jobs(store: Store, known: bool):
    """Each is answered from an index, in its order: the plans that the database makes tell."""
    plain = store.engine.dialect.name
    with store.engine.begin() as connection:
        connection.exec_driver_sql(ROWS)
        if known:
            connection.exec_driver_sql("ANALYZE jobs")
    plans: list[str] = []

    def look(connection, cursor, statement, parameters, *_rest):
        if "jobs" in statement and not statement.startswith("INSERT INTO jobs (kind, source,"):
            cursor.execute(PLANS[plain] + statement, parameters)
            plans.append("\n".join(str(row) for row in cursor.fetchall()))

    event.listen(store.engine, "before_cursor_execute", look)
    with store.begin() as work:
        work.ledger.has_free("read")
        lease = work.ledger.claim("read", owner="a", seconds=60.0)
        work.ledger.claim_many("read", 5, owner="a", seconds=60.0)
        work.ledger.claim("read", owner="a", seconds=60.0, key="k9500")
        work.ledger.enqueue("read", ["new"], source="archive")
        work.ledger.take("read", "newer", owner="a", seconds=60.0)
        work.ledger.renew([lease], 60.0)
        work.ledger.complete(lease, "done")
        work.ledger.bury("read", 3, "crashed", key="k9501")
        work.ledger.release("a")
    event.remove(store.engine, "before_cursor_execute", look)
    assert len(plans) >= 10
    for plan in plans:
        assert "Seq Scan on jobs" not in plan, plan
        assert "SCAN jobs" not in plan or "USING COVERING INDEX" in plan, plan
        assert "USE TEMP B-TREE" not in plan, plan
        assert not re.search(r"Sort Key: (?!jobs\w*\.due_at)", plan), plan  # of what is due alone, at most
