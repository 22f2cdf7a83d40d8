"""Labels and records for the tests, invented; what a test does not name is right."""

from __future__ import annotations

from typing import Any

WORDS = "Sở Y tế rà soát các cơ sở khám bệnh trên địa bàn, tổng hợp kết quả gửi về Văn phòng"


def place(page: int = 1, start: int = 0, end: int = 10, y: float = 100.0) -> dict[str, Any]:
    return {"page": page, "box": [50.0, y, 250.0, y + 12], "start": start, "end": end}


def due(kind: str = "none", **values: Any) -> dict[str, Any]:
    return {"text": None, "kind": kind, "date": None, "rrule": None, "evidence": []} | values


def label(text: str = WORDS, **changes: Any) -> dict[str, Any]:
    """A labelled task."""
    made = {"text": text, "leads": ["Sở Y tế"], "cooperators": [], "deadline": due()}
    return made | {"nature": "inspect", "field": "health"} | changes


def unit(name: str) -> dict[str, Any]:
    return {"text": name, "name": name, "evidence": [place()]}


def found(text: str = WORDS, **changes: Any) -> dict[str, Any]:
    """A task of a record."""
    made = {"text": text, "leads": [unit("Sở Y tế")], "cooperators": [], "deadline": due()}
    made |= {"nature": "inspect", "field": "health", "confidence": 0.8, "evidence": [place()]}
    return made | changes


def gold(*tasks: dict[str, Any], **changes: Any) -> dict[str, Any]:
    document = {"number": "12/UBND-VX", "issued_on": "2024-03-05", "type": "cong_van"}
    return {"id": "a", "kind_of_source": "text", "document": document, "tasks": list(tasks)} | changes


def record(*tasks: dict[str, Any], **changes: Any) -> dict[str, Any]:
    document = {"number": "12/UBND-VX", "issued_on": "2024-03-05", "type": "cong_van", "signer": None}
    made = {"id": "a", "document": document | {"evidence": {}}, "tasks": list(tasks), "clauses": []}
    return made | {"text": "", "lines": []} | changes
