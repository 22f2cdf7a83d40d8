"""Documents that were read again in, an XLSX workbook out: sums, a row a task, a row a field of a header."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any

from annotation.evaluation.rehearsing import FIELDS, Retold
from service.runs.retelling import AWAY, SAME, TOWARDS, UNREVIEWED, Sums, gain_of, sides
from service.runs.workbook import cells, sheet_page
from service.wording import CLASSES

_HEAD = ("Văn bản", "Thế nào", "So với rà soát", "Trường đổi")
_SIDES = ("rà soát", "trước", "sau")


def to_xlsx(sums: Sums, out: IO[bytes], words: Mapping[str, str]) -> None:
    """The sums, a row a task, a row a document whose header changed or that is lost; `words` are for keys."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    page = sheet_page(book, "Tổng hợp", ("Số liệu", "Giá trị"), (46, 14))
    for name, value in _summed(sums, words):
        page.append(cells(page, (name, value)))
    head = (*_HEAD, *(f"{words[name]}, {side}" for name in FIELDS for side in _SIDES))
    page = sheet_page(book, "Nhiệm vụ", head, (24, 10, 16, 20, *([50] * 3), *([26] * 3 * (len(FIELDS) - 1))))
    for one in sums.changed:
        for each in one.retold:
            fields = ", ".join(words[name] for name in each.fields)
            known = (one.name, words[each.what], words[gain_of(one, each)], fields)
            page.append(cells(page, (*known, *_values(each))))
    head = ("Văn bản", "Bản đã đọc", "Trường", "Trước", "Sau")
    page = sheet_page(book, "Văn bản", head, (24, 14, 20, 50, 50))
    for one in sums.changed:
        gone = [("", "", one.lost)] if one.lost else []
        for name, was, now in [*one.header, *gone]:
            page.append(cells(page, (one.name, one.version, words.get(name, name), was, now)))
    book.save(out)


def _summed(sums: Sums, words: Mapping[str, str]) -> Sequence[tuple[str, int]]:
    return [
        ("Văn bản", sums.documents),
        ("trong đó đã rà soát", sums.reviewed),
        ("Văn bản không đọc được nữa", len(sums.lost)),
        ("Nhiệm vụ trước", sums.tasks_before),
        ("Nhiệm vụ sau", sums.tasks_after),
        *((words[name], sums.whats[name]) for name in ("added", "lost", "changed")),
        *((f"Đổi: {words[name]}", count) for name, count in sums.fields.most_common()),
        *((words[name], sums.gains[name]) for name in (TOWARDS, AWAY, SAME, UNREVIEWED)),
        *((f"Thể thức: {words.get(name, name)}", count) for name, count in sums.headers.most_common()),
    ]


def _values(each: Retold) -> Iterator[str]:
    told = sides(each)
    labels = {name: named for _, name, named in CLASSES}
    for name in FIELDS:
        for side in ("said", "before", "after"):
            value = (told[side] or {}).get(name)
            yield labels[name][value] if value and name in labels else _told(value)


def _told(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, dict):
        when = " ".join(str(value[name]) for name in ("date", "rrule") if value.get(name))
        return when or str(value["kind"])
    return str(value or "")
