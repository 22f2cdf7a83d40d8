"""A row whose bullets have leads or deadlines of their own in, a draft for each out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from pipeline.assignments.cells import Party, has_bullet, read_party, without_bullet
from pipeline.assignments.roles import find_subject
from pipeline.assignments.rows import Row
from pipeline.assignments.scope import Draft, moved, moved_deadline
from pipeline.assignments.table_lexicon import table_pattern
from pipeline.deadlines import read_cell
from pipeline.text import match_key
from pipeline.types import Deadline, GridCell, Paragraph, Span, UnitMention


@dataclass(frozen=True, slots=True)
class Told:
    """A bullet of a lead cell that says what its unit does; `span` is None where that is only that it does
    the row's work."""

    leads: tuple[UnitMention, ...]
    span: Span | None


def assigned_in_lead(cell: GridCell | None, *, text: str) -> tuple[Told, ...]:
    """What the bullets of a lead cell assign; empty unless there are several and each is a sentence."""
    if cell is None or len(cell.paragraphs) < 2:
        return ()
    told = []
    for paragraph in cell.paragraphs:
        span = without_bullet(paragraph, text)
        words = text[span.start : span.end]
        found = find_subject(words)
        if found is None or found.cue != "subject" or not found.leads:
            return ()
        said = words[found.end :]
        if len(said.split()) < 2:
            return ()
        generic = table_pattern("generic").match(match_key(said))
        told.append(Told(tuple(moved(m, span.start) for m in found.leads), None if generic else span))
    return tuple(told)


def split_bullets(
    row: Row, draft: Draft, told: tuple[Told, ...], text: str, issued_on: dt.date | None
) -> tuple[Draft, ...]:
    """The drafts of a row: one for each bullet of the lead cell that assigns, or for each bullet of the work
    that has a lead or a deadline of its own."""
    if told:
        with_ = _paired(row.cooperator, len(told))
        return tuple(
            _led_by(
                replace(
                    draft,
                    spans=(one.span,) if one.span else draft.spans,
                    cooperators=_everybody(with_[at], text) if with_ else draft.cooperators,
                ),
                one.leads,
            )
            for at, one in enumerate(told)
        )
    bullets = [p for p in row.work if has_bullet(p, text)]
    if len(bullets) < 2:
        return (_trimmed(draft, row, text),)
    leads = _bullet_leads(row, bullets, text)
    times = _bullet_times(row, len(bullets), text, issued_on)
    if not leads and not times:
        return (_trimmed(draft, row, text),)
    parts = [replace(draft, spans=(without_bullet(p, text),)) for p in bullets]
    if times:
        parts = [replace(part, deadline=time) for part, time in zip(parts, times, strict=True)]
    if leads:
        parts = [_led_by(part, own or draft.leads) for part, own in zip(parts, leads, strict=True)]
    return tuple(parts)


def _paired(cell: GridCell | None, count: int) -> tuple[Paragraph, ...]:
    """A cell's paragraphs where there is one for each bullet."""
    return cell.paragraphs if cell is not None and len(cell.paragraphs) == count else ()


def _bullet_leads(row: Row, bullets: list[Paragraph], text: str) -> tuple[tuple[UnitMention, ...], ...]:
    """The leads of each bullet: the lead cell has a bullet for each, or each bullet names its doer."""
    pairs = _paired(row.lead, len(bullets))
    if not pairs:
        return ()
    if not all(has_bullet(p, text) for p in pairs) and not all(_names_doer(p, text) for p in bullets):
        return ()
    return tuple(read_party((paragraph,), text).leads for paragraph in pairs)


def _bullet_times(row: Row, count: int, text: str, issued_on: dt.date | None) -> tuple[Deadline | None, ...]:
    """The deadline of each bullet, where the time cell has one for each and they differ."""
    found: list[Deadline | None] = []
    for paragraph in _paired(row.time, count):
        span = without_bullet(paragraph, text)
        reading = read_cell(text[span.start : span.end], issued_on)
        if reading is None:
            return ()
        found.append(moved_deadline(reading, span.start))
    dues = {(one.kind, one.date, one.rrule) for one in found if one}
    return tuple(found) if len(dues) > 1 else ()


def _everybody(paragraph: Paragraph, text: str) -> tuple[UnitMention, ...]:
    party: Party = read_party((paragraph,), text)
    return (*party.leads, *party.cooperators)


def _names_doer(paragraph: Paragraph, text: str) -> bool:
    span = without_bullet(paragraph, text)
    found = find_subject(text[span.start : span.end])
    return found is not None and bool(found.leads)


def _trimmed(draft: Draft, row: Row, text: str) -> Draft:
    """The draft without the bullet before its first words."""
    if not row.work:
        return draft
    return replace(draft, spans=(without_bullet(row.work[0], text), *draft.spans[1:]))


def _led_by(draft: Draft, leads: tuple[UnitMention, ...]) -> Draft:
    """The draft with these leads; a lead does not cooperate with itself."""
    named = {match_key(lead.name) for lead in leads}
    cooperators = tuple(c for c in draft.cooperators if match_key(c.name) not in named)
    return replace(draft, leads=leads, leads_inherited=False, cooperators=cooperators)
