"""A unit as lists offer it to be chosen: "Sở Y tế tỉnh Hưng Yên (so-y-te:hung-yen)"."""

from __future__ import annotations

import re

_OFFERED = re.compile(r"^(?P<name>.*?)\s*\((?P<id>[a-z0-9/:._-]+)\)$")


def chosen(line: str) -> tuple[str, str]:
    """Name and id of what was chosen or typed; "" for the id where the line names none."""
    line = line.strip()
    found = _OFFERED.match(line)
    return (found["name"], found["id"]) if found else (line, "")
