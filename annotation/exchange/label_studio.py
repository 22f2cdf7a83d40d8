"""Marked documents ⇄ tasks of Label Studio (https://labelstud.io/guide/export), with its configuration.

A region is a result of type "labels" for each piece of the text, its values are "choices" and "textarea" of
the same region, links are "relation"s from the task. Pieces of one region are linked by "part". What stands
nowhere in the text lies under `data.dondoc`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
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
from pipeline.labels import FIELDS, NATURES
from pipeline.types import DeadlineKind, Span

_CHOSEN = ("nature", "field", "kind")
_PART = "part"
_MARK, _TEXT = "mark", "text"


def configuration() -> str:
    """The labelling interface that shows such tasks: XML to paste into a project's settings."""
    template = files(__package__).joinpath("label_studio.xml").read_text(encoding="utf-8")
    for name, keys in (("natures", NATURES), ("fields", FIELDS), ("kinds", _kinds())):
        choices = "\n".join(f'    <Choice value="{key}" alias="{key}" hint="{keys[key]}"/>' for key in keys)
        template = template.replace(f"<!-- {name} -->", choices.strip())
    return template


def write(documents: Iterable[MarkedDocument]) -> str:
    """A JSON file to import, with what is marked as annotations."""
    tasks = [_task(taken_apart(document)) for document in documents]
    return json.dumps(tasks, ensure_ascii=False, indent=1)


def read(content: str) -> Iterator[MarkedDocument]:
    """The documents of an export (JSON); of several annotations of one the last. Raises `WrongFile`."""
    try:
        tasks = json.loads(content)
    except json.JSONDecodeError as error:
        raise WrongFile(f"dòng {error.lineno}: không phải JSON (not JSON)") from error
    if not isinstance(tasks, list):
        raise WrongFile("không phải danh sách công việc (not a list of tasks)")
    for task in tasks:
        yield put_together(_regions(task))


def _kinds() -> dict[str, str]:
    return {kind.value: kind.value for kind in DeadlineKind if kind is not DeadlineKind.NONE}


# ------------------------------------------------------------ writing


def _task(flat: Regions) -> dict[str, Any]:
    placed, kept = parted(flat)
    result: list[dict[str, Any]] = []
    for region in placed.regions:
        result += _results(region, flat.text)
    result += [_relation(link.task, link.to, link.role.value) for link in placed.links]
    data = {"id": flat.id, "text": flat.text, "hard": list(flat.hard), "dondoc": kept}
    return {"data": data, "annotations": [{"result": result}]}


def _results(region: Region, text: str) -> Iterator[dict[str, Any]]:
    for number, span in enumerate(region.spans):
        place = {"start": span.start, "end": span.end, "text": text[span.start : span.end]}
        value = place | {"labels": [region.kind.value]}
        yield _result(_piece(region.id, number), _MARK, "labels", value)
        if number:
            yield _relation(region.id, _piece(region.id, number), _PART)
    first = {"start": region.spans[0].start, "end": region.spans[0].end}
    for name, said in region.values.items():
        if name in _CHOSEN:
            yield _result(region.id, name, "choices", first | {"choices": [said]})
        else:
            yield _result(region.id, name, "textarea", first | {"text": [said]})


def _piece(region: str, number: int) -> str:
    return f"{region}+{number}" if number else region


def _result(identifier: str, control: str, kind: str, value: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": identifier, "from_name": control, "to_name": _TEXT, "type": kind, "value": dict(value)}


def _relation(begin: str, end: str, label: str) -> dict[str, Any]:
    return {"type": "relation", "from_id": begin, "to_id": end, "direction": "right", "labels": [label]}


# ------------------------------------------------------------ reading


def _regions(task: Mapping[str, Any]) -> Regions:
    try:
        data = task["data"]
        annotations = task.get("annotations") or [{"result": []}]
        result = annotations[-1]["result"]
        placed = _placed(str(data["id"]), data["text"], result)
        flat = rejoined(placed, data.get("dondoc") or {})
        hard = tuple(data.get("hard") or ())
    except (KeyError, TypeError, IndexError, ValueError, AttributeError) as error:
        named = (task.get("data") or {}).get("id", "?") if isinstance(task, Mapping) else "?"
        raise WrongFile(f"{named}: không phải bản xuất của Label Studio (no export): {error}") from error
    return Regions(flat.id, flat.text, flat.regions, flat.links, hard)


def _placed(identifier: str, text: str, result: Iterable[Mapping[str, Any]]) -> Regions:
    spans: dict[str, list[Span]] = {}
    kinds: dict[str, Kind] = {}
    values: dict[str, dict[str, str]] = defaultdict(dict)
    relations = []
    for one in result:
        if one["type"] == "labels":
            value = one["value"]
            spans[one["id"]] = [Span(value["start"], value["end"])]
            kinds[one["id"]] = Kind(value["labels"][0])
        elif one["type"] == "relation":
            relations.append((one["from_id"], one["to_id"], (one.get("labels") or [""])[0]))
        elif one["type"] in ("choices", "textarea"):
            said = one["value"].get("choices") or one["value"].get("text") or [""]
            values[one["id"]][one["from_name"]] = said[0]
    for begin, end, label in relations:
        if label == _PART:
            spans[begin] += spans.pop(end)
    regions = tuple(Region(name, kinds[name], tuple(them), values[name]) for name, them in spans.items())
    links = tuple(Link(begin, end, Role(label)) for begin, end, label in relations if label != _PART)
    return Regions(identifier, text, regions, links)
