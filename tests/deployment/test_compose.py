"""compose.yaml fits the Compose specification's schema, and its parts fit each other and the program.

The schema (compose_spec.json, Apache-2.0) is the one that docker-compose 1.29.2 ships; none is started.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.main import get_command

from service.cli import app
from service.settings import Settings

jsonschema_rs = pytest.importorskip("jsonschema_rs", reason="comes with schemathesis (make setup)")
yaml = pytest.importorskip("yaml", reason="comes with schemathesis (make setup)")
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))


def test_it_fits_the_schema(compose: dict[str, Any]):
    schema = json.loads(Path(__file__).with_name("compose_spec.json").read_text(encoding="utf-8"))
    validator = jsonschema_rs.validator_for(schema)
    assert [error.message for error in validator.iter_errors(compose)] == []
    assert not validator.is_valid(compose | {"services": {"web": {"imgae": "x"}}})  # the schema does look


def test_what_is_named_is_there(compose: dict[str, Any]):
    services = compose["services"]
    for service in services.values():
        assert set(service.get("depends_on", {})) <= set(services)
        assert {one.split(":")[0] for one in service.get("volumes", ())} <= set(compose["volumes"])
    assert all(
        "healthcheck" in services[name] for one in services.values() for name in one.get("depends_on", {})
    )


@pytest.mark.parametrize("name", ["web", "workers"])
def test_the_commands_and_settings_are_the_programs_own(compose: dict[str, Any], name: str):
    service = compose["services"][name]
    program, command, *rest = service["command"]
    assert program == "dondoc"
    known = get_command(app)
    assert isinstance(known, typer.core.TyperGroup)
    known.commands[command].make_context(command, list(rest))  # raises for an option that is not known
    names = {key.removeprefix("DONDOC_").lower() for key in service["environment"]}
    assert names <= set(Settings.model_fields)
