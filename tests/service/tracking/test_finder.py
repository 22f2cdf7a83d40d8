"""Duties are found by their words alike on both databases, looked up or met on the way, whatever happens to
them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from people import task
from sqlalchemy import text
from tracking_office import HEALTH, HOME, Office

from service.tracking.finder import DutiesWanted
from service.tracking.life import Approval, Given

TEXTS = ("Rà soát các trạm y tế xã", "Báo cáo biên chế quý 3", "Trạm kiểm dịch: báo cáo", "Y tế cơ sở")


@pytest.fixture(params=[3000, 0], ids=["looked-up", "on-the-way"])
def filled(office: Office, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Office:
    for name in ("RARE", "COMMON"):
        monkeypatch.setattr(f"service.searching.words.{name}", request.param)
    units = (HEALTH, HOME, HOME, HEALTH)
    office.file(
        *(task(f"t{n}", words, unit) for n, (words, unit) in enumerate(zip(TEXTS, units, strict=True)))
    )
    return office


def found(office: Office, words: str) -> list[str]:
    with office.store.reading() as work:
        return [one.text for one in work.duties.find(office.monitor, DutiesWanted(words=words))]


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("", [0, 1, 2, 3]),
        ("trạm", [0, 2]),
        ("bao ca", [1, 2]),  # the beginning of a word
        ("y", [0, 3]),
        ("t y", [0, 3]),
        ('"y te"', [0, 3]),  # so their unit is called as well
        ('"te co"', [3]),
        ('"co te"', []),
        ("oat", []),
        ("…", []),
    ],
)
def test_every_word_typed_begins_one(filled: Office, words: str, places: list[int]):
    assert found(filled, words) == [TEXTS[place] for place in places]


def test_the_index_follows_every_change(filled: Office):
    filled.act(
        filled.monitor,
        1,
        "adjust",
        Given(text="Sửa nội quy", note="x", approval=Approval("1/UBND", filled.today)),
    )
    assert found(filled, "sua quy") == ["Sửa nội quy"]
    assert found(filled, "ra soat") == []
    with filled.store.engine.begin() as connection:
        connection.execute(text("DELETE FROM duties WHERE id = 1"))
    assert found(filled, "sua quy") == []
    assert found(filled, "y te") == ["Y tế cơ sở"]


@pytest.fixture
def pair(office: Office) -> Iterator[Office]:
    office.file(*(task(f"t{n}", words, HEALTH) for n, words in enumerate(TEXTS)))
    yield office


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(["ra", "soat", "tra", "t", '"y te"', "3", "quy", "sở", "b"]), max_size=4))
def test_what_is_looked_up_is_what_is_met(pair: Office, words: list[str]):
    answers = []
    for few in (3000, 0):
        with pytest.MonkeyPatch.context() as patched:
            for name in ("RARE", "COMMON"):
                patched.setattr(f"service.searching.words.{name}", few)
            answers.append(found(pair, " ".join(words)))
    assert answers[0] == answers[1]
