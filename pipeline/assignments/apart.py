"""Items that a sentence elsewhere times otherwise: drafts in, out the same with those days.

"… xong trước ngày 30/5; riêng nội dung b xong trước ngày 15/5:" over items, or in a paragraph below: an item
so named takes that day in place of the one handed down to all; a day in its own words stays.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.assignments.scope import Draft, moved_deadline, overridden
from pipeline.deadlines import choose, find_deadlines
from pipeline.text import match_key
from pipeline.types import Deadline

_LABEL = r"(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ])"
_APART = re.compile(
    r"riêng(?: đối với)?(?: (?:các|những))?"
    r" (?:(?:nội dung|nhiệm vụ|công việc|việc|phần|ý|điểm|mục|khoản|tiết)(?: nêu)?(?: tại| ở)? ){1,2}"
    rf"(?P<labels>{_LABEL}\)?(?:(?:,| và)\s(?:điểm |mục |khoản )?{_LABEL}\)?)*)(?=[\s,])"
)
_REACH = 300  # characters behind the named items within which their day stands
_END = re.compile(r"[;:]\s|\.\s|[.:;]?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Apart:
    label: str
    deadline: Deadline
    at: int
    ahead: bool


def before_apart(words: str) -> str:
    """The words of a lead-in up to where it times some items otherwise."""
    match = _APART.search(match_key(words))
    return words[: match.start()] if match else words


def sets_apart(words: str) -> bool:
    """Whether a paragraph only times some items otherwise ("Riêng nội dung b …")."""
    return _APART.match(match_key(words)) is not None


def timed_apart(drafts: Sequence[Draft], text: str, issued_on: dt.date | None) -> tuple[Draft, ...]:
    """The drafts, each item that is named with a day of its own due on that day; `text` is Layout.text."""
    found = list(drafts)
    for one in _found(text, issued_on):
        places = [i for i, draft in enumerate(found) if _is_named(draft, one)]
        if not places:
            continue
        at = places[0] if one.ahead else places[-1]
        if found[at].deadline is None or found[at].deadline_inherited:
            others = overridden(one.deadline, found[at].deadline)
            found[at] = replace(
                found[at], deadline=one.deadline, deadline_inherited=True, other_deadlines=others
            )
    return tuple(found)


def _found(text: str, issued_on: dt.date | None) -> Iterator[_Apart]:
    key = match_key(text)
    for match in _APART.finditer(key):
        stop = _END.search(key, match.end(), match.end() + _REACH)
        end = stop.start() if stop else min(match.end() + _REACH, len(text))
        words = text[match.end() : end]
        deadline = choose(find_deadlines(words, issued_on), words)
        if deadline is None:
            continue
        due = moved_deadline(deadline, match.end())
        ahead = key[end : end + 1] == ":"
        for label in re.findall(rf"(?<!\w){_LABEL}(?!\w)", match["labels"]):
            yield _Apart(label, due, match.start(), ahead)


def _is_named(draft: Draft, one: _Apart) -> bool:
    """Whether a draft is an item of this label, on the side of the sentence where its items stand."""
    start = draft.spans[0].start
    if (start > one.at) is not one.ahead or not draft.path:
        return False
    return match_key(draft.path[-1]).split()[-1] == one.label
