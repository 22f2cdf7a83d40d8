"""The setting names an engine in one word; a number it does not name is that of the workers."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from service.commands.engine import chosen
from service.engine.choice import Choice, Kind, choice_of
from service.settings import Settings


@pytest.mark.parametrize(
    ("engine", "choice"),
    [
        ("inline", Choice(Kind.INLINE, 1)),
        ("processes", Choice(Kind.PROCESSES, 3)),
        ("processes:7", Choice(Kind.PROCESSES, 7)),
        ("dask://local", Choice(Kind.DASK, 3)),
        ("dask://local:2", Choice(Kind.DASK, 2)),
        ("dask://host.vn:8786", Choice(Kind.DASK, 3, "tcp://host.vn:8786")),
        ("dask+tls://[::1]:8786", Choice(Kind.DASK_TLS, 3, "tls://[::1]:8786")),
    ],
)
def test_an_engine_by_its_name(engine: str, choice: Choice):
    assert choice_of(Settings(engine=engine, workers=3)) == choice


def test_without_a_number_a_cluster_is_used_as_wide_as_it_is(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("DONDOC_WORKERS", raising=False)
    assert choice_of(Settings(engine="dask://host:8786")).readers == 0
    monkeypatch.setenv("DONDOC_WORKERS", "40")
    assert choice_of(Settings(engine="dask://host:8786")).readers == 40


@pytest.mark.parametrize("engine", ["", "processes:0", "threads", "dask", "dask://host", "dask://local:x"])
def test_what_is_no_engine_is_refused(engine: str):
    with pytest.raises(ValidationError):
        Settings(engine=engine)


def test_the_option_workers_is_short_for_so_many_processes():
    assert chosen(None, 4) == {"engine": "processes:4", "workers": 4}
    assert chosen("dask://host:8786", 4) == {"engine": "dask://host:8786", "workers": 4}
    assert chosen("inline", None) == {"engine": "inline"}
    assert chosen(None, None) == {}
