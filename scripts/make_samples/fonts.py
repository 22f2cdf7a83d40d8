"""Finds a Times-like typeface with Vietnamese letters on this machine."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path

FAMILIES = ("Tinos", "Liberation Serif", "Times New Roman")
STYLES = {"regular": "", "bold": ":bold", "italic": ":italic", "bolditalic": ":bold:italic"}


class FontsMissingError(Exception):
    """No suitable typeface; the message says what to install."""


def _match(family: str, style: str) -> Path | None:
    program = shutil.which("fc-match")
    if not program:
        raise FontsMissingError("fc-match is missing: apt-get install fontconfig")
    found = subprocess.run(  # noqa: S603 - a fixed program with fixed arguments
        [program, "-f", "%{family}\t%{file}", f"{family}{style}"], capture_output=True, text=True, check=True
    ).stdout
    name, _, file = found.partition("\t")
    return Path(file) if family in name.split(",") else None


@cache
def typeface() -> dict[str, Path]:
    """Paths of the four styles; raises FontsMissingError when none of the families is installed."""
    for family in FAMILIES:
        paths = {name: _match(family, style) for name, style in STYLES.items()}
        found = {name: path for name, path in paths.items() if path}
        if len(found) == len(STYLES):
            return found
    raise FontsMissingError(f"none of {', '.join(FAMILIES)} is installed: apt-get install fonts-croscore")
