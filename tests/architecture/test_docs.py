"""The documents tell the truth about the commands."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from service.cli import app

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(get_command(app).commands)  # type: ignore[attr-defined]
SHOWN = re.findall(r"(?m)^\s*(?:\$ )?dondoc (.+?)\s*(?:#.*)?$", README)
MADE = sorted(set(re.findall(r"`?make ([a-z]+)", README)))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command):
    assert f"dondoc {command}" in README


@pytest.mark.parametrize("line", SHOWN)
def test_every_command_of_the_readme_exists_with_its_options(line):
    name, *words = shlex.split(line)
    assert name in COMMANDS
    path = [name]
    if hasattr(get_command(app).commands[name], "commands"):  # type: ignore[attr-defined]
        path.append(words.pop(0))
    done = CliRunner().invoke(app, [*path, "--help"], terminal_width=200)
    assert done.exit_code == 0
    said = done.output
    for word in words:
        if word.startswith("--"):
            assert word.partition("=")[0] in said


@pytest.mark.parametrize("target", MADE)
def test_every_target_of_the_readme_can_be_made(target):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"(?m)^{target}:", makefile)


def test_links_of_the_readme_lead_somewhere():
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", README):
        assert (ROOT / target).exists(), target
