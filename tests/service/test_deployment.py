"""The systemd units and compose.yaml start commands, with options and settings, that there are."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from command_lines import parsed

from service.settings import Settings
from service.web.server import ANSWERED_FOR

ROOT = Path(__file__).resolve().parents[2]
UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
HARDENED = {"NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes"}


class Unit(configparser.RawConfigParser):
    """A unit's sections; what stands there several times is kept as lines."""

    def __init__(self, path: Path) -> None:
        super().__init__(strict=False, interpolation=None)
        self.optionxform = str  # type: ignore[assignment,method-assign]
        self.read(path, "utf-8")
        self.starts = re.findall(r"^ExecStart=(.+)$", path.read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_units_start_what_there_is(path: Path):
    unit = Unit(path)
    assert unit.starts
    for start in unit.starts:
        program, *words = shlex.split(start)
        assert program == "/opt/dondoc/.venv/bin/dondoc"
        parsed(words)
    service = unit["Service"]
    assert {name: service[name] for name in HARDENED} == HARDENED
    assert service["EnvironmentFile"] == "/etc/dondoc/dondoc.env"
    if service.get("Type") != "oneshot":
        assert int(service["TimeoutStopSec"]) > ANSWERED_FOR + 30


def test_a_command_that_is_not_there_is_found_out():
    with pytest.raises(Exception, match="no-such"):
        parsed(["serve", "--no-such", "1"])


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_takes_the_units(path: Path, tmp_path: Path):
    """With the program where the unit says that it is: systemd looks."""
    program = tmp_path / "dondoc"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for one in path.parent.iterdir():
        text = one.read_text("utf-8").replace("/opt/dondoc/.venv/bin/dondoc", str(program))
        (tmp_path / one.name).write_text(text, "utf-8")
    name = path.name.replace("@.", "@1.")
    shutil.copy(tmp_path / path.name, tmp_path / name) if name != path.name else None
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / name)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    about_us = [line for line in done.stderr.splitlines() if "dondoc" in line]
    assert about_us == []


def test_the_timer_runs_a_service_that_there_is():
    timer = Unit(ROOT / "deploy" / "systemd" / "dondoc-backup.timer")
    assert timer["Timer"]["OnCalendar"]
    assert (ROOT / "deploy" / "systemd" / "dondoc-backup.service").exists()


def test_the_server_may_write_where_the_audits_key_is_to_lie():
    folder = ROOT / "deploy" / "systemd"
    example = (folder / "dondoc.env.example").read_text("utf-8")
    key = re.search(r"^#?DONDOC_AUDIT_KEY_FILE=(.+)$", example, re.MULTILINE)
    assert key
    place = str(Path(key[1]).parent)
    assert f"d {place} 0700 dondoc dondoc" in (folder / "dondoc.tmpfiles.conf").read_text("utf-8")
    writable = Unit(folder / "dondoc-web.service")["Service"]["ReadWritePaths"].split()
    assert place in [one.removeprefix("-") for one in writable]


def test_settings_named_there_are_settings():
    example = (ROOT / "deploy" / "systemd" / "dondoc.env.example").read_text("utf-8")
    named = re.findall(r"^#?(DONDOC_\w+)=", example, re.MULTILINE)
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    named += [key for key in compose["services"]["web"]["environment"] if key.startswith("DONDOC_")]
    assert {name.removeprefix("DONDOC_").lower() for name in named} <= {*Settings.model_fields}


def test_compose_starts_what_there_is_and_waits_as_long_as_it_may_take():
    services = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]
    for name in ("web", "workers"):
        program, *words = services[name]["command"]
        assert program == "dondoc"
        parsed(words)
        assert services[name]["stop_grace_period"] == "75s"
