"""The settings' definitions in, docs/settings.md out (`make settings`)."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from service.settings import Settings

_HEAD = """# Settings

Each is an environment variable. This page is written from `service/settings.py` (`make settings`).

| variable | without it | what |
| --- | --- | --- |
"""


def table() -> str:
    """The page."""
    return _HEAD + "".join(_rows())


def _rows() -> Iterator[str]:
    for name, field in Settings.model_fields.items():
        told = (field.description or "").replace("|", "\\|")
        yield f"| `DONDOC_{name.upper()}` | {_default(field)} | {told} |\n"


def _default(field: FieldInfo) -> str:
    """As it would be set; "" where nothing is; what depends on the machine is told in words."""
    value = field.default
    if field.default_factory or value is None or isinstance(value, SecretStr) or value == "":
        return ""
    if isinstance(value, tuple):
        return "`[" + ", ".join(f'"{one}"' if isinstance(one, str) else str(one) for one in value) + "]`"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value:.12g}`" if isinstance(value, float) else f"`{value}`"


if __name__ == "__main__":
    print(table(), end="")
