"""What goes along to a reader elsewhere: how this office reads, its units and models, and no secret of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.registry import Card, Registry
from service.engine.kit import kit_of
from service.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        data_dir=tmp_path / "office",
        database_url="postgresql+psycopg://dondoc:mat-khau@host/name",
        oidc_client_secret="bi-mat",
        max_pages=77,
        child_memory_mb=512,
    )


def test_the_reader_reads_as_the_office_does(settings: Settings, tmp_path: Path):
    models = Registry(settings.models_dir)
    card = Card("confidence", data="", code="", seed="", trained_at="")
    used, other = models.put({"weights.json": b"used"}, card), models.put({"weights.json": b"other"}, card)
    models.promote("confidence", used)
    settings.units_file.write_text("units")
    there = kit_of(settings).laid_out(tmp_path / "there")
    assert there.limits == settings.limits
    assert there.child_memory_mb == 512
    assert there.units_file.read_text() == "units"
    assert Registry(there.models_dir).promoted() == {"confidence": used}
    assert Registry(there.models_dir).get(used).files == {"weights.json": b"used"}
    assert Registry(there.models_dir).ids() == [used]
    assert other != used


def test_an_office_without_units_or_models_of_its_own_sends_none(settings: Settings):
    assert kit_of(settings).files == {}


def test_no_password_goes_along(settings: Settings):
    told = str(kit_of(settings).settings)
    assert "mat-khau" not in told
    assert "bi-mat" not in told
    assert "host/name" not in told
