"""A sample's labels as JSON, in the form of the labelling guide; and the index of all samples."""

from __future__ import annotations

import json
from collections.abc import Sequence

from scripts.make_samples.model import Sample, Task

_URGENCY = {"": "normal", "KHẨN": "khan", "THƯỢNG KHẨN": "thuong_khan", "HỎA TỐC": "hoa_toc"}
_SECRECY = {"": "none", "MẬT": "mat", "TỐI MẬT": "toi_mat", "TUYỆT MẬT": "tuyet_mat"}
_FIELDS = ("number", "issued_on", "issuer", "type", "subject", "signer")


def expected(sample: Sample) -> str:
    """The outcome that reading the sample should have."""
    if sample.heading.secrecy:
        return "refused_secret"
    return "done" if sample.tasks else "no_tasks"


def _document(sample: Sample) -> dict[str, object]:
    head = sample.heading
    subject = f"V/v {head.subject}" if head.is_letter else head.subject
    known = {
        "number": head.number,
        "issued_on": sample.issued_on,
        "issuer": " ".join(head.issuer),
        "type": sample.type,
        "subject": subject,
        "signer": head.signer or None,
    }
    if head.secrecy:
        known = dict.fromkeys(known)
    document: dict[str, object] = {name: known[name] for name in _FIELDS}
    if sample.handwritten:
        document["handwritten"] = list(sample.handwritten)
    document["execution_clause"] = sample.execution_clause
    document["urgency"] = _URGENCY[head.urgency]
    document["secrecy"] = _SECRECY[head.secrecy]
    return document


def _task(task: Task) -> dict[str, object]:
    due = task.deadline
    deadline = {"text": due.text, "kind": due.kind, "date": due.date, "rrule": due.rrule}
    if due.time:
        deadline["time"] = due.time
    return {
        "text": task.text,
        "leads": list(task.leads),
        "cooperators": list(task.cooperators),
        "deadline": deadline,
        "nature": task.nature,
        "field": task.field,
    }


def label_json(sample: Sample) -> str:
    """The label file's text. Of a sample that must be refused it holds no field and no task."""
    label = {
        "id": sample.id,
        "kind_of_source": sample.output,
        "expected": expected(sample),
        "cases": list(sample.cases),
        "document": _document(sample),
        "tasks": [] if sample.heading.secrecy else [_task(task) for task in sample.tasks],
    }
    return json.dumps(label, ensure_ascii=False, indent=1) + "\n"


def index_tsv(samples: Sequence[Sample], files: dict[str, str]) -> str:
    """The index: one row a sample."""
    rows = ["id\tfile\tkind\tlevel\tera\tcases\tnote"]
    for sample in samples:
        cases = ",".join(map(str, sample.cases)) or "-"
        rows.append(
            "\t".join(
                (sample.id, files[sample.id], sample.type, sample.level, sample.era, cases, sample.note)
            )
        )
    return "\n".join(rows) + "\n"
