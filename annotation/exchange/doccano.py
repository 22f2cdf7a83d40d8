"""Marked documents ⇄ JSON lines of doccano's "sequence labeling with relations".

Pieces of the text are `entities`, links are `relations`; doccano keeps further keys of a line as they are, so
values lie under `dondoc`, found again by kind and place, since doccano numbers entities anew. Classes and
dates cannot be changed there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from annotation.exchange.regions import (
    Kind,
    Link,
    Region,
    Regions,
    Role,
    WrongFile,
    parted,
    put_together,
    rejoined,
    taken_apart,
)
from annotation.marked import MarkedDocument
from pipeline.types import Span

_PART = "part"


def write(documents: Iterable[MarkedDocument]) -> Iterator[str]:
    """A line a document."""
    for document in documents:
        yield json.dumps(_line(taken_apart(document)), ensure_ascii=False)


def read(lines: Iterable[str]) -> Iterator[MarkedDocument]:
    """The documents of an export; raises `WrongFile` with the line's number."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            flat = _regions(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise WrongFile(f"dòng {number}: không phải bản xuất của doccano (no export): {error}") from error
        yield put_together(flat)


def _line(flat: Regions) -> dict[str, Any]:
    placed, kept = parted(flat)
    entities: list[dict[str, Any]] = []
    relations: list[dict[str, Any]] = []
    number: dict[str, int] = {}
    said = []

    def relate(begin: int, end: int, kind: str) -> None:
        relations.append({"id": len(relations) + 1, "from_id": begin, "to_id": end, "type": kind})

    for region in placed.regions:
        number[region.id] = first = len(entities) + 1
        for span in region.spans:
            place = {"start_offset": span.start, "end_offset": span.end}
            entities.append({"id": len(entities) + 1, "label": region.kind.value} | place)
            if len(entities) > first:
                relate(first, len(entities), _PART)
        said.append(
            {"kind": region.kind.value, "at": _place(region.spans), "id": region.id, "values": region.values}
        )
    for link in placed.links:
        relate(number[link.task], number[link.to], link.role.value)
    own = {"id": flat.id, "hard": list(flat.hard), "values": said, "kept": kept}
    return {"text": flat.text, "entities": entities, "relations": relations, "dondoc": own}


def _regions(found: Mapping[str, Any]) -> Regions:
    own = found.get("dondoc") or {}
    spans: dict[int, list[Span]] = {}
    kinds: dict[int, Kind] = {}
    for one in found["entities"]:
        spans[one["id"]] = [Span(one["start_offset"], one["end_offset"])]
        kinds[one["id"]] = Kind(one["label"])
    for one in found["relations"]:
        if one["type"] == _PART:
            spans[one["from_id"]] += spans.pop(one["to_id"])
    said: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for one in own.get("values", ()):
        said.setdefault((one["kind"], one["at"]), []).append(one)
    regions: list[Region] = []
    ids: dict[int, str] = {}
    for number, pieces in spans.items():
        waiting = said.get((kinds[number].value, _place(pieces)))
        known: Mapping[str, Any] = waiting.pop(0) if waiting else {"id": f"n{number}", "values": {}}
        ids[number] = known["id"]
        regions.append(Region(known["id"], kinds[number], tuple(pieces), dict(known["values"])))
    links = [
        Link(ids[one["from_id"]], ids[one["to_id"]], Role(one["type"]))
        for one in found["relations"]
        if one["type"] != _PART
    ]
    identifier = str(own.get("id") or found.get("id") or "?")
    placed = Regions(identifier, found["text"], tuple(regions), tuple(links), tuple(own.get("hard") or ()))
    return rejoined(placed, own.get("kept") or {})


def _place(spans: Iterable[Span]) -> str:
    return ",".join(f"{one.start}-{one.end}" for one in spans)
