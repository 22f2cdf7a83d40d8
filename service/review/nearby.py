"""What is typed for a unit in, the units of its document that it may mean out, the commonest first.

A reviewer mostly corrects one unit of a document to another of it: two or three letters do ("syt", "so y").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from pipeline.text import fold

_LEAST, _PLACES, _LONGEST = 3, 20, 160  # letters typed, places looked at, characters of a name
_END = re.compile(
    r"[,;:.()/\n“”\"]|\s(?:và|có|phải|chủ trì|phối hợp|tổ chức|thực hiện|báo cáo|căn cứ|để|về|trong)\s"
)

_PLACE = re.compile(r"(?:Xã|Phường|Thị trấn|Đặc khu|Huyện|Quận|Thị xã|Thành phố|Tỉnh) ")

Named = tuple[str | None, str]
"""A unit's id in the register, None where it has none, and its name."""


def named(tasks: Iterable[Mapping[str, Any]]) -> list[Named]:
    """The units of a document's tasks, the commonest first."""
    units = (unit for task in tasks for role in ("leads", "cooperators") for unit in task[role])
    return [unit for unit, _ in Counter((one["unit_id"], one["name"]) for one in units).most_common()]


def meant(typed: str, units: Sequence[Named], most: int = 4) -> list[Named]:
    """Those that what is typed may mean: by the first letters of its words, or by how they begin."""
    words = fold(typed).split()
    if not words:
        return []
    return [unit for unit in units if _fits(words, fold(unit[1]).split())][:most]


def with_committees(units: Iterable[Named]) -> Iterator[Named]:
    """Before each place its people's committee: a task is given to a body, and people type the place."""
    for identifier, name in units:
        if _PLACE.match(name):
            yield None, f"UBND {name[0].lower()}{name[1:]}"
        yield identifier, name


def spelled(typed: str, text: str, most: int = 4) -> list[Named]:
    """What the document's text has where it goes on as typed, up to where a name may end: a body that no
    register knows is not typed in full, and is spelled as it stands there."""
    plain, text = fold(typed).split(), " ".join(text.split())
    folded = fold(text)
    if len("".join(plain)) < _LEAST or len(folded) != len(text):
        return []
    pattern = r"\b" + r"\w*\W+".join(map(re.escape, plain))
    found: dict[str, None] = {}
    for place in islice(re.finditer(pattern, folded), _PLACES):
        ahead = text[place.start() : place.start() + _LONGEST]
        for end in islice(_END.finditer(ahead, len(typed)), 2):
            found.setdefault(ahead[: end.start()].strip())
    names: list[Named] = [(None, name) for name in sorted(found, key=len)]
    return names[:most]


def _fits(typed: Sequence[str], name: Sequence[str]) -> bool:
    if len(typed) == 1 and "".join(word[0] for word in name).startswith(typed[0]):
        return True
    left = iter(name)
    return all(any(word.startswith(part) for word in left) for part in typed)
