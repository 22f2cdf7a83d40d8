"""Marked documents ⇄ JSON lines of our own: regions and links as they are, nothing lost."""

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
    put_together,
    taken_apart,
)
from annotation.marked import MarkedDocument
from pipeline.types import Span


def write(documents: Iterable[MarkedDocument]) -> Iterator[str]:
    """A line a document."""
    for document in documents:
        yield json.dumps(json_of(taken_apart(document)), ensure_ascii=False)


def read(lines: Iterable[str]) -> Iterator[MarkedDocument]:
    """The documents of the lines; raises `WrongFile` with the line's number."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield put_together(regions_of(json.loads(line)))
            except json.JSONDecodeError as error:
                raise WrongFile(f"dòng {number}: không phải JSON (line {number}: not JSON)") from error


def json_of(flat: Regions) -> dict[str, Any]:
    """Regions and links as JSON."""
    return {
        "id": flat.id,
        "text": flat.text,
        "hard": list(flat.hard),
        "regions": [
            {
                "id": one.id,
                "kind": one.kind.value,
                "spans": [[span.start, span.end] for span in one.spans],
                "values": dict(one.values),
            }
            for one in flat.regions
        ],
        "links": [{"task": link.task, "to": link.to, "role": link.role.value} for link in flat.links],
    }


def regions_of(found: Mapping[str, Any]) -> Regions:
    """The inverse; raises `WrongFile`."""
    try:
        return Regions(
            id=str(found["id"]),
            text=found["text"],
            regions=tuple(
                Region(
                    one["id"],
                    Kind(one["kind"]),
                    tuple(Span(*pair) for pair in one["spans"]),
                    dict(one["values"]),
                )
                for one in found["regions"]
            ),
            links=tuple(Link(one["task"], one["to"], Role(one["role"])) for one in found["links"]),
            hard=tuple(found.get("hard") or ()),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        named = found.get("id", "?") if isinstance(found, Mapping) else "?"
        raise WrongFile(f"{named}: thiếu hoặc sai trường (missing or faulty field): {error}") from error
