"""Settings come from the environment and reach the path's own bounds."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from pydantic import ValidationError

from pipeline.limits import Limits
from scripts.settings_page import table
from service.settings import Settings


def test_every_bound_of_the_path_is_a_setting(monkeypatch: pytest.MonkeyPatch):
    for number, field in enumerate(fields(Limits)):
        monkeypatch.setenv(f"DONDOC_{field.name.upper()}", str(100 + number))
    assert Settings().limits == Limits(*(100 + number for number in range(len(fields(Limits)))))


def test_without_settings_the_bounds_are_the_path_s_own():
    assert Settings().limits == Limits()


def test_the_database_is_a_file_in_the_data_folder_unless_given():
    assert Settings(data_dir=Path("/srv/x")).url == "sqlite:////srv/x/dondoc.sqlite3"
    assert Settings(database_url="postgresql+psycopg://a/b").url == "postgresql+psycopg://a/b"


def test_every_setting_says_what_it_is():
    assert all(field.description for field in Settings.model_fields.values())


def test_the_page_of_settings_is_as_they_are_defined():
    """`make settings` writes it anew."""
    page = Path(__file__).resolve().parents[2] / "docs" / "settings.md"
    assert page.read_text(encoding="utf-8") == table()


@pytest.mark.parametrize("name", ["workers", "max_bytes", "child_wall_seconds", "lease_seconds"])
def test_a_bound_of_nothing_is_refused(name):
    with pytest.raises(ValidationError):
        Settings(**{name: 0})
