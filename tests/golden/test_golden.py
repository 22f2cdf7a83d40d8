"""The records of the samples, as they were when somebody last looked at them.

`make golden` (UPDATE_GOLDEN=1) writes them anew; look at the difference before you commit it. A record
is compared without what may differ between machines and builds: ids, confidences, boxes and, where a
page is read by OCR or .doc, all that depends on another program's version.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from pipeline.read import open_source, sniff
from service.bootstrap import reader
from service.reader import Part
from service.secrecy import why_refused
from service.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "data" / "samples" / "sources"
EXPECTED = Path(__file__).parent / "expected"
UPDATE = os.environ.get("UPDATE_GOLDEN") == "1"


def steady(path: Path) -> bool:
    """Whether only our own code and pinned libraries decide what is read of a sample."""
    media = open_source(path.name, path.read_bytes()).media_type
    return media not in {sniff.DOC, sniff.PNG, sniff.JPEG, sniff.TIFF}


SAMPLES = sorted(path for path in SOURCES.iterdir() if steady(path))


@pytest.fixture(scope="module")
def read():
    settings = Settings(max_ocr_pages=0)
    made = reader(settings)
    return lambda path: made([Part(path.name, path.read_bytes())])


def essence(record: dict[str, Any]) -> dict[str, Any]:
    """What a reader of a golden file can judge by eye."""
    if why := why_refused(record):
        return {"refused": why}
    document = {key: value for key, value in record["document"].items() if key != "evidence"}
    return {
        "pages": record["source"]["pages"],
        "document": document,
        "tasks": [_task(task) for task in record["tasks"]],
        "clauses": [f"{one['role']} ({one['rule']}): {one['text'][:60]}" for one in record["clauses"]],
        "issues": [issue["message"] for issue in record["issues"]],
    }


def _task(task: dict[str, Any]) -> dict[str, Any]:
    deadline = {
        key: value for key, value in task["deadline"].items() if key not in ("evidence", "words") and value
    }
    return {
        "text": task["text"],
        "path": task["path"],
        "leads": [_unit(unit) for unit in task["leads"]],
        "cooperators": [_unit(unit) for unit in task["cooperators"]],
        "deadline": deadline,
        "output": task["output"],
        "classes": f"{task['nature']}, {task['field']}",
        "rule": task["rule"],
        "flags": task["flags"],
        "pages": sorted({place["page"] for place in task["evidence"]}),
    }


def _unit(unit: dict[str, Any]) -> str:
    return unit["name"] + (" (inherited)" if unit["inherited"] else "")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_read_as_before(sample, read):
    record = read(sample)
    if record["source"]["ocr_pages"]:
        pytest.skip("read by OCR")
    found = essence(record)
    path = EXPECTED / f"{sample.stem}.json"
    if UPDATE:
        EXPECTED.mkdir(exist_ok=True)
        path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert json.loads(path.read_text(encoding="utf-8")) == found, "make golden, then look at the difference"


def test_no_expected_record_is_left_without_its_sample():
    stems = {path.stem for path in SAMPLES}
    assert [path.name for path in EXPECTED.glob("*.json") if path.stem not in stems] == []
