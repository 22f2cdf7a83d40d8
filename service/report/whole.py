"""A template with its style and script in, one page out that loads nothing; what documents say is escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Any


def whole(template: str, styles: Sequence[str], script: str, **values: Any) -> Iterator[str]:
    """The page in pieces, in order; `styles` and `script` name files beside the template."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("service.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    folder = files("service.report")
    code = (folder / script).read_text(encoding="utf-8")
    yield from environment.get_template(template).stream(
        style="".join((folder / name).read_text(encoding="utf-8") for name in styles),
        script=code,
        script_hash=base64.b64encode(hashlib.sha256(code.encode()).digest()).decode(),
        **values,
    )
