"""The model of cost, and the simulated machines that hold it against the real ledger."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from benchmarks.cluster.machine import KIND, Machine
from benchmarks.costs import Figure, Fleet, cost, drawn, most_machines, read_figures
from service.database import open_engine
from service.migrations import migrate
from service.store import Store

SCAN = Figure(seconds_a_page=3.6, pages_a_document=2.0, documents=[7.2])
FLEET = Fleet(cores=10, price=0.05, efficiency=1.0, documents=50.0)


def test_ten_machines_take_a_tenth_of_the_time_for_the_same_money():
    one, ten = cost(SCAN, 1, FLEET), cost(SCAN, 10, FLEET)
    assert (one.hours, one.money, one.bound) == (100.0, 50.0, "reading")
    assert (ten.hours, ten.money) == (pytest.approx(10.0), pytest.approx(50.0))


def test_from_so_many_machines_on_they_wait_for_the_ledger():
    most = most_machines(SCAN, FLEET)
    assert cost(SCAN, most, FLEET).bound == "reading"
    assert cost(SCAN, most + 1, FLEET).bound == "ledger"
    assert cost(SCAN, 2 * most, FLEET).hours == cost(SCAN, 4 * most, FLEET).hours
    assert cost(SCAN, 4 * most, FLEET).money == 2 * cost(SCAN, 2 * most, FLEET).money


def test_the_figures_of_the_project_can_be_read():
    figures = read_figures(None)
    assert {*figures} >= {"text", "doc", "scan"}
    assert figures["text"].seconds_a_page < figures["scan"].seconds_a_page
    assert all(seconds > 0 for seconds in drawn(figures, random.Random(1), 100))


def test_a_simulated_machine_does_each_job_once_in_the_time_that_the_model_says(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/ledger.sqlite3"
    engine = open_engine(url)
    migrate(engine)
    with Store(engine).begin() as work:
        work.ledger.enqueue(KIND, (f"large {number}" for number in range(300)), source="large")
    told = Machine(url, 1, 20, 5, [4.0, 8.0], 16).live()
    assert sorted(told.done) == [*range(1, 301)]
    assert told.virtual == pytest.approx(300 * 6.0 / 20, rel=0.1)
    engine.dispose()
