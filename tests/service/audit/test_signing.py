"""Heads are signed by themselves, and kept outside the database too."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from sqlalchemy import text

from service.audit.heads import Head, HeadBook
from service.audit.keys import Signer
from service.audit.signing import Signing, sign
from service.store import Store


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "audit.pem"


def add(store: Store, number: int = 3) -> None:
    with store.begin() as work:
        for one in range(number):
            work.audit.add("lan", "edit", "document:1", {"số": one})


def faults(store: Store, key: Path) -> list[int]:
    with store.reading() as work:
        return sorted({one.seq for one in work.audit.faults(Signer(key), HeadBook.beside(key).heads())})


def test_an_empty_chain_needs_no_key(store: Store, key: Path):
    assert sign(store, key) is None
    assert not key.exists()


def test_a_head_is_written_down_once(store: Store, key: Path):
    add(store)
    assert sign(store, key) == sign(store, key)
    assert [one.seq for one in HeadBook.beside(key).heads()] == [3]


def test_an_end_cut_off_together_with_its_head_is_found(store: Store, key: Path):
    add(store)
    sign(store, key)
    add(store)
    sign(store, key)
    with store.engine.begin() as connection:
        for table in ("audit_values", "audit_heads", "audit"):
            connection.execute(text(f"DELETE FROM {table} WHERE seq > 3"))
    assert faults(store, key) == [6]


def test_a_line_that_was_tampered_with_is_found(store: Store, key: Path):
    add(store)
    sign(store, key)
    HeadBook.beside(key).note(Head(2, "0" * 64, "AAAA"))
    assert faults(store, key) == [2]


def test_the_server_signs_when_it_starts_and_when_it_ends(store: Store, key: Path):
    add(store)
    signing = Signing(store, key, 3600.0)
    signing.start()
    end = time.monotonic() + 20
    while not HeadBook.beside(key).heads() and time.monotonic() < end:
        time.sleep(0.05)
    add(store)
    signing.stop()
    assert [one.seq for one in HeadBook.beside(key).heads()] == [3, 6]


def test_values_that_are_gone_without_a_purge_are_missed(store: Store, key: Path):
    add(store)
    sign(store, key)
    with store.begin() as work:
        work.audit.erase("document:1")
    assert faults(store, key) == [1, 2, 3]
    with store.begin() as work:
        work.audit.add("lan", "purge", "document:1", {})
    assert faults(store, key) == []
