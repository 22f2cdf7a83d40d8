"""A rehearsal in, what is told of it out: lines for the terminal, and a form for other programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from annotation.evaluation.comparing import CLASSES
from annotation.evaluation.guarding import Change
from annotation.evaluation.rehearsing import FIELDS, Moved, Retold, Seen
from service.learning.promoted import SHIPPED
from service.learning.rehearsing import Filing, Rehearsed

_SHOWN = 90  # characters of a task on a line


def shown(identifier: str) -> str:
    """A model's id as people write it."""
    return identifier[:12] or SHIPPED


def as_json(found: Rehearsed) -> dict[str, Any]:
    """All of it, whole; docs/models.md tells the fields."""
    return {
        "kind": found.pair.kind,
        "first": found.pair.first or SHIPPED,
        "second": found.pair.second or SHIPPED,
        "documents": found.documents,
        "changes": [_change(one) for one in found.changes],
        "tasks": [_retold(one) for one in found.retold],
        "moved": [_moved(one) for one in found.moved],
        "filing": _filing(found.filing) if found.filing else None,
    }


def _change(one: Change) -> dict[str, Any]:
    told = {"slice": one.slice, "measure": one.measure, "documents": one.documents, "worse": one.worse}
    return told | {"difference": one.difference.value, "bounds": [one.difference.low, one.difference.high]}


def _moved(one: Moved) -> dict[str, Any]:
    told = {"document": one.document, "text": one.text, "right": one.right, "better": one.better}
    return told | {"before": one.before, "after": one.after}


def _retold(one: Retold) -> dict[str, Any]:
    sides = {name: _seen(side) for name, side in (("before", one.before), ("after", one.after))}
    said = (one.after or one.before or Seen({}, None, frozenset())).said
    told = {"document": one.document, "what": one.what, "fields": list(one.fields), "gain": one.gain}
    return told | sides | {"said": task_told(said) if said else None}


def _seen(side: Seen | None) -> dict[str, Any] | None:
    return task_told(side.task) | {"right": sorted(side.right)} if side else None


def task_told(task: Mapping[str, Any]) -> dict[str, Any]:
    """A task's words, units, deadline and classes, for other programs."""
    units = {role: [unit_name(one) for one in task.get(role) or ()] for role in ("leads", "cooperators")}
    due = task.get("deadline") or {}
    deadline = {name: due.get(name) for name in ("kind", "date", "rrule")} if due else None
    classes = {name: task.get(name) for name in CLASSES}
    return {"text": task["text"], "deadline": deadline} | units | classes


def unit_name(one: str | Mapping[str, Any]) -> str:
    """A unit of a label, of a record or of a second reader, as it is called there."""
    return one if isinstance(one, str) else str(one.get("text") or one.get("name") or "")


def _filing(one: Filing) -> dict[str, Any]:
    return {
        "wrong": one.promise.wrong,
        "before": one.before,
        "after": one.after,
        "newly": [_moved(each) for each in one.newly],
        "no_longer": [_moved(each) for each in one.no_longer],
    }


def lines(found: Rehearsed, most: int) -> Iterator[str]:
    """The table of slices, then at most so many tasks of each kind."""
    yield f"{found.documents} văn bản (documents)"
    for one in found.changes:
        low, high = one.difference.low, one.difference.high
        span = f"({low:+.3f} … {high:+.3f})" if low is not None and high is not None else ""
        worse = "kém đi (worse)" if one.worse else ""
        told = f"{one.difference.value:+.3f}\t{span}"
        yield f"{one.slice}\t{one.measure}\t{one.documents}\t{told}\t{worse}".rstrip()
    if found.filing:
        yield from _filing_lines(found.filing, most)
    yield from _some("Bộ đọc thấy khác (seen otherwise)", [_retold_line(one) for one in found.retold], most)
    yield from _some("Độ tin cậy đổi (moved)", [_moved_line(one) for one in found.moved], most)


def _filing_lines(filing: Filing, most: int) -> Iterator[str]:
    before, after = (f"{one:.3f}" if one is not None else "—" for one in (filing.before, filing.after))
    yield f"Tự nhận (filed unseen), sai (wrong) ≤ {filing.promise.wrong:g}: ngưỡng {before} → {after}"
    yield from _some("Tự nhận thêm (newly)", [_moved_line(one) for one in filing.newly], most)
    yield from _some("Thôi tự nhận (no longer)", [_moved_line(one) for one in filing.no_longer], most)


def _some(title: str, told: Sequence[str], most: int) -> Iterator[str]:
    if told:
        yield f"{title}: {len(told)}"
        yield from told[:most]
        if len(told) > most:
            yield f"… {len(told) - most} nhiệm vụ nữa (more tasks)"


def _moved_line(one: Moved) -> str:
    sign = "+" if one.better else "−"
    return f"{sign} {one.before:.2f} → {one.after:.2f}  {one.document}  {one.text[:_SHOWN]}"


def _retold_line(one: Retold) -> str:
    sign = "+" if one.gain > 0 else "−" if one.gain < 0 else "="
    side = one.after or one.before
    assert side is not None
    fields = ",".join(name for name in FIELDS if name in one.fields)
    what = f"{one.what}({fields})" if fields else one.what
    return f"{sign} {what}  {one.document}  {side.task['text'][:_SHOWN]}"
