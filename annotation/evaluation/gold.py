"""A folder `labels/` beside `sources/` in, its labels with the files that they label out; trouble in words.

Labels are read leniently (only what is compared must be there): those of other projects hold more or less
than annotation/schema.py asks of our own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Gold:
    """Labels by id; the files of each id (several are a packet, the directive first by name); what is wrong
    with the folder, a line each."""

    name: str
    labels: Mapping[str, Mapping[str, Any]] = field(repr=False)
    sources: Mapping[str, tuple[Path, ...]]
    troubles: tuple[str, ...] = ()


class NoGold(ValueError):  # noqa: N818 - says what happened
    """The folder is none of labelled documents; the message says what it lacks."""


def read_gold(folder: Path) -> Gold:
    """The labelled documents of a folder; raises `NoGold` where it has no labels or no sources."""
    for part in ("labels", "sources"):
        if not (folder / part).is_dir():
            raise NoGold(f"{folder}: không có thư mục {part}/ (no folder {part}/)")
    labels: dict[str, Mapping[str, Any]] = {}
    troubles = []
    broken = set()
    for path in sorted((folder / "labels").glob("*.json")):
        label = _label(path)
        if isinstance(label, str):
            troubles.append(f"{path.name}: {label}")
            broken.add(path.stem)
        else:
            labels[str(label.get("id") or path.stem)] = label
    sources: dict[str, list[Path]] = {}
    for path in sorted((folder / "sources").iterdir()):
        if not path.name.startswith("."):
            sources.setdefault(path.stem, []).append(path)
    for stem in sources.keys() - labels.keys() - broken:
        troubles.append(f"{sources[stem][0].name}: không có nhãn (no label)")
    for name in labels.keys() - sources.keys():
        troubles.append(f"{name}: có nhãn, không có tệp nguồn (a label without source)")
    if not labels:
        raise NoGold(f"{folder / 'labels'}: không có nhãn nào đọc được (no label that can be read)")
    known = {name: tuple(sources[name]) for name in labels if name in sources}
    return Gold(folder.name, labels, known, tuple(sorted(troubles)))


def _label(path: Path) -> Mapping[str, Any] | str:
    """A label, or why it cannot be used."""
    try:
        label = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        return f"không đọc được nhãn (cannot read: {error.strerror})"
    except UnicodeDecodeError:
        return "nhãn không phải UTF-8 (label is not UTF-8)"
    except json.JSONDecodeError as error:
        return f"nhãn không phải JSON, dòng {error.lineno} (label is not JSON)"
    if wrong := _wrong(label):
        return f"nhãn sai: {wrong} (faulty label)"
    labelled: Mapping[str, Any] = label
    return labelled


def _wrong(label: Any) -> str:
    """What of a label cannot be compared; empty where all is well."""
    if not isinstance(label, dict):
        return "không phải một đối tượng"
    if not isinstance(label.get("document") or {}, dict):
        return "document"
    tasks = label.get("tasks")
    if not isinstance(tasks, list):
        return "tasks"
    for at, task in enumerate(tasks, 1):
        if not isinstance(task, dict):
            return f"tasks, {at}"
        worded = isinstance(task.get("text"), str) or isinstance(task.get("tokens"), dict)
        due = task.get("deadline") or {}
        units = [task.get(role) or [] for role in ("leads", "cooperators")]
        if not (worded and isinstance(due, dict) and all(isinstance(one, list) for one in units)):
            return f"tasks, {at}"
    return ""
