"""A layout in, its parts out: header, body, annexes (`Parts`).

The body is what stands between head and foot; what follows the foot is annexes, each with its own heading:
many decisions carry the plan with all its tasks there.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.structure.entries import Entry, entries_of
from pipeline.structure.foot import find_foot
from pipeline.structure.framing import Mark
from pipeline.structure.header import header_of
from pipeline.structure.heading import find_heading
from pipeline.types import Grid, Layout, Paragraph, Parts, Reading

_DROPPED = {Mark.RULE, Mark.MOTTO, Mark.SIGNED}
_TITLES = {Mark.ANNEX, Mark.TYPE}
_SPECKS = 60  # characters: less than this after a scanned foot, on its page, is a stamp's remains


def take_apart(layout: Layout, reading: Reading) -> Parts:
    """The parts of an act; never raises, whatever the pages hold."""
    entries = entries_of(layout)
    heading = find_heading(entries)
    foot = find_foot(entries, heading.end)
    end = foot.start if foot else len(entries)
    body = [entry for entry in entries[heading.end : end] if _is_content(entry)]
    rest = entries[foot.end :] if foot else []
    if foot is not None and _is_remains(rest, entries[foot.start].page):
        rest = []
    header = header_of(heading, foot, layout, reading, entries[0] if entries else None)
    annexes = tuple(items for annex in _annexes(rest) if (items := _items(annex)))
    return Parts(header, _items(body), annexes)


def _items(entries: Sequence[Entry]) -> tuple[Paragraph | Grid, ...]:
    return tuple(entry.item for entry in entries)


def _is_content(entry: Entry) -> bool:
    """Whether an entry says something: no rule between head and body, no second "QUYẾT ĐỊNH:"."""
    return entry.grid or (entry.mark not in _DROPPED and entry.mark is not Mark.TYPE)


def _is_remains(entries: Sequence[Entry], page: int) -> bool:
    specks = all(not entry.grid and entry.page == page and entry.sure < 1 for entry in entries)
    return specks and sum(len(entry.text) for entry in entries) < _SPECKS


def _annexes(entries: Sequence[Entry]) -> list[list[Entry]]:
    """What follows the foot, cut where a new annex begins; each without its own signature."""
    annexes: list[list[Entry]] = []
    for at, entry in enumerate(entries):
        if not annexes or _begins_annex(entries, at):
            annexes.append([])
        annexes[-1].append(entry)
    return [_unsigned(annex) for annex in annexes]


def _begins_annex(entries: Sequence[Entry], at: int) -> bool:
    """ "PHỤ LỤC …", or the title of an attached plan or regulation at the top of its page."""
    entry = entries[at]
    if entry.mark not in _TITLES or entries[at - 1].mark in (*_TITLES, Mark.MOTTO, Mark.RULE):
        return False
    following = entries[at + 1 : at + 6]
    attached = any(other.mark is Mark.ATTACHED for other in following)
    return entry.mark is Mark.ANNEX or attached


def _unsigned(annex: Sequence[Entry]) -> list[Entry]:
    """An annex without signature blocks and rules; nothing after them is lost."""
    kept: list[Entry] = []
    at = 0
    while at < len(annex):
        foot = find_foot(annex, at)
        end = foot.start if foot else len(annex)
        kept += [entry for entry in annex[at:end] if entry.grid or entry.mark not in _DROPPED]
        at = max(foot.end, foot.start + 1) if foot else end
    return kept
