"""Readers that do less than the shipped one: what is left of a run with them is what the rest costs."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from pipeline.progress import Tell, unheard
from pipeline.read import open_source, read
from service.reader import Part, Reader
from service.settings import Settings


def nothing(settings: Settings) -> Reader:
    """Answers each document with an empty page: a run is then ledger, engine and store alone."""
    return _empty


def pages_alone(settings: Settings) -> Reader:
    """Reads the pages, words with their places, and looks for nothing on them: what rivals do."""

    def read_pages(parts: Sequence[Part], tell: Tell = unheard) -> dict[str, Any]:
        found = read(open_source(parts[0].name, parts[0].content), limits=settings.limits)
        record = _empty(parts)
        record["source"]["pages"] = len(found.pages)
        return record

    return read_pages


def _empty(parts: Sequence[Part], tell: Tell = unheard) -> dict[str, Any]:
    header = dict.fromkeys(("issued_on", "issuer", "type", "subject", "signer"))
    key = sha256(parts[0].content).hexdigest()
    return {
        "id": key,
        "source": {
            "name": parts[0].name,
            "sha256": key,
            "media_type": "application/pdf",
            "pages": 1,
            "ocr_pages": [],
        },
        "document": {
            **header,
            "number": f"{int(key[:8], 16)}/CT",
            "urgency": "normal",
            "secrecy": "none",
            "recipients": [],
            "execution_clause": False,
        },
        "tasks": [],
        "issues": [],
        "text": "",
    }
