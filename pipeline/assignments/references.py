"""Assignments by number in, the units that each numbered item is given to out.

"Bộ A lo các việc nêu ở điểm 1.3, 2.1 mục II" gives the items 1.3 and 2.1 of
section II of the same document to Bộ A: they name nobody themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.assignments.scope import Draft, Scope
from pipeline.text import match_key
from pipeline.types import ClauseRole, UnitMention

_NUMBER = r"\d{1,2}(?:\.\d{1,2})*[a-zđ]?"
_REFERENCE = re.compile(
    r"(?:giải pháp|nhiệm vụ|nội dung|công việc)[^.;]{0,40}?(?:tại|ở|trong) (?:các )?"
    r"(?:điểm|khoản|tiết|mục)\s+"
    rf"(?P<numbers>{_NUMBER}(?:(?:,| và|;)\s*(?:điểm |khoản )?{_NUMBER})*)"
    r"(?:,?\s*(?:mục|phần|chương)\s+(?P<section>[ivx]+)\b)?"
    r"(?![^.;]{0,40}(?:nghị quyết|nghị định|luật|thông tư|quyết định|chỉ thị|thông báo|công văn)"
    r" (?:số|ngày|\d))"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """An item's number ("1.3.1"), the roman number of its section if said, and whom it is given to."""

    number: str
    section: str | None
    leads: tuple[UnitMention, ...]
    cooperators: tuple[UnitMention, ...]


def find_references(drafts: Iterable[Draft], text: str) -> tuple[Reference, ...]:
    """The items that drafts with a lead of their own give away by number."""
    found = []
    for draft in drafts:
        if draft.leads_inherited:
            continue
        for span in draft.spans:
            words = text[span.start : span.end]
            for match in _REFERENCE.finditer(match_key(words)):
                near = _cooperators(
                    draft, span.start + words.rfind(". ", 0, match.start()), span.start + match.end()
                )
                for number in re.findall(_NUMBER, match["numbers"]):
                    if "." not in number and match["section"] is None:
                        continue  # "khoản 1" alone may be of any article of any act
                    found.append(Reference(number, match["section"], draft.leads, near))
    return tuple(found)


def _cooperators(draft: Draft, start: int, end: int) -> tuple[UnitMention, ...]:
    """The cooperators that the draft names in the sentence of the reference."""
    return tuple(unit for unit in draft.cooperators if start <= unit.span.start < end)


def referred(references: Iterable[Reference], scope: Scope) -> Scope:
    """The scope of a node, with the units that its number is given to; the first reference wins."""
    labels = [match_key(part).removeprefix("khoản ").removeprefix("điểm ") for part in scope.path]
    for one in references:
        if _names(one, labels):
            return replace(scope, leads=one.leads, cooperators=one.cooperators, zone=ClauseRole.TASK)
    return scope


def _names(one: Reference, labels: list[str]) -> bool:
    wanted = re.findall(r"[\d.]*\d|[a-zđ]$", one.number)
    return (
        bool(labels) and labels[-len(wanted) :] == wanted and (one.section is None or one.section in labels)
    )
