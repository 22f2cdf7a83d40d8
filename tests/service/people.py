"""Users and filed documents for tests of the review desk."""

from __future__ import annotations

from typing import Any

from service.access.roles import Role
from service.access.viewer import Viewer
from service.store import FilePart, Store

PROOF = [{"page": 1, "box": [72.0, 100.0, 300.0, 112.0], "start": 0, "end": 20}]


def unit(name: str, unit_id: str | None = None, **rest: Any) -> dict[str, Any]:
    return {"text": name, "name": name, "unit_id": unit_id, "inherited": False, "evidence": PROOF} | rest


def task(identifier: str, text: str, *leads: dict[str, Any], **rest: Any) -> dict[str, Any]:
    return {
        "id": identifier,
        "text": text,
        "path": "Mục 1",
        "leads": list(leads),
        "cooperators": [],
        "deadline": None,
        "output": None,
        "nature": "carry_out",
        "field": "health",
        "confidence": 0.9,
        "evidence": PROOF,
        "rule": "verb",
        "flags": [],
        "marks": [],
        "conditions": [],
        "reasons": [],
    } | rest


def document(key: str, *tasks: dict[str, Any], **header: Any) -> dict[str, Any]:
    """A record as the path makes it, with what the store needs."""
    return {
        "id": key,
        "source": {
            "name": f"{key}.pdf",
            "sha256": key.ljust(64, "0"),
            "media_type": "application/pdf",
            "pages": 1,
            "ocr_pages": [],
            "page_sizes": [[595.0, 842.0]],
        },
        "document": {
            "number": f"{key}/CT-UBND",
            "issued_on": "2026-03-02",
            "issuer": "UBND tỉnh Hưng Yên",
            "type": "chi_thi",
            "subject": "Về công tác y tế",
            "signer": None,
            "urgency": "normal",
            "secrecy": "none",
            "recipients": [],
            "addressees": [],
            "execution_clause": False,
            "doubtful": [],
            "evidence": {},
        }
        | header,
        "tasks": list(tasks),
        "relations": [],
        "clauses": [],
        "issues": [],
        "text": "",
        "version": "rules-1",
    }


def filed(store: Store, record: dict[str, Any], outcome: str = "done") -> int:
    """The row id of the record, newly in the store."""
    key = record["source"]["sha256"]
    with store.begin() as work:
        work.add(key, record, outcome, [FilePart(key, record["source"]["name"], 1)])
        found = work.shelf.id_of(key)
    assert found is not None
    return found


def user(store: Store, login: str, role: Role, **rest: Any) -> Viewer:
    with store.begin() as work:
        viewer = work.people.viewer(work.people.add(login, login.title(), role, **rest))
    assert viewer is not None
    return viewer
