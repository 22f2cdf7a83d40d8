"""A recognised page in, bytes out, and back without loss: for the child that puts the document together."""

from __future__ import annotations

import json

from pydantic import TypeAdapter

from pipeline.read.scanned import Scanned

_FORM = TypeAdapter(Scanned)


def packed(page: Scanned) -> bytes:
    """The page as JSON."""
    return json.dumps(_FORM.dump_python(page, mode="json")).encode()


def unpacked(content: bytes) -> Scanned:
    """The page that was packed; raises ValueError for what was not."""
    return _FORM.validate_python(json.loads(content))
