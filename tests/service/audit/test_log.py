"""The chain shows every tampering; erased values leave it whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from service.audit.keys import Signer
from service.store import Store


@pytest.fixture
def signer(tmp_path: Path) -> Signer:
    return Signer(tmp_path / "keys" / "audit.pem")


@pytest.fixture
def chain(store: Store, signer: Signer) -> Store:
    with store.begin() as work:
        for number in range(1, 6):
            work.audit.add("lan", "edit", f"document:{number % 2}/task:{number}", {"text": f"số {number}"})
        work.audit.sign(signer)
    return store


def faults(store: Store, signer: Signer) -> list[int]:
    with store.reading() as work:
        return sorted({fault.seq for fault in work.audit.faults(signer)})


def tamper(statement: str) -> Callable[[Store], None]:
    def do(store: Store) -> None:
        with store.engine.begin() as connection:
            connection.execute(text(statement))

    return do


def test_an_untouched_chain_holds(chain: Store, signer: Signer):
    assert faults(chain, signer) == []


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE audit SET actor = 'minh' WHERE seq = 3", [3]),
        ("UPDATE audit SET action = 'accept' WHERE seq = 5", [5]),
        ("UPDATE audit_values SET salt = 'x' WHERE seq = 2", [2]),
        ("UPDATE audit SET hash = previous WHERE seq = 2", [2, 3]),
        ("UPDATE audit_heads SET signature = 'AAAA'", [5]),
    ],
)
def test_whatever_is_changed_is_found(chain: Store, signer: Signer, statement: str, told: list[int]):
    tamper(statement)(chain)
    assert faults(chain, signer) == told


def test_an_entry_that_was_taken_out_is_missed(chain: Store, signer: Signer):
    tamper("DELETE FROM audit_values WHERE seq = 3")(chain)
    tamper("DELETE FROM audit WHERE seq = 3")(chain)
    assert faults(chain, signer) == [4]


def test_an_end_that_was_cut_off_is_missed(chain: Store, signer: Signer):
    tamper("DELETE FROM audit_values WHERE seq > 3")(chain)
    tamper("DELETE FROM audit WHERE seq > 3")(chain)
    assert faults(chain, signer) == [5]


def test_values_can_be_erased_and_the_chain_still_holds(chain: Store, signer: Signer):
    with chain.begin() as work:
        assert work.audit.erase("document:1") == 3
        work.audit.add("lan", "purge", "document:1", {})
    assert faults(chain, signer) == []
    with chain.reading() as work:
        assert [entry.values for entry in work.audit.of("document:1")] == [None, None, None, {}]
        assert [entry.values for entry in work.audit.of("document:0")] == [{"text": "số 2"}, {"text": "số 4"}]


def test_another_key_does_not_vouch(chain: Store, tmp_path: Path):
    assert faults(chain, Signer(tmp_path / "other.pem")) == [5]


def test_the_key_is_kept_to_its_user(tmp_path: Path):
    Signer(tmp_path / "audit.pem")
    assert (tmp_path / "audit.pem").stat().st_mode & 0o777 == 0o600
