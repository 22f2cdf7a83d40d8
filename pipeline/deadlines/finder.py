"""Deadline phrases in a text: chart parse, look-alikes dropped, longest reading wins."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate

from pipeline.deadlines import (
    rules_bounds,
    rules_cells,
    rules_days,
    rules_events,
    rules_periods,
    rules_recurring,
)
from pipeline.deadlines.calendar import FIRST_YEAR, LAST_YEAR
from pipeline.deadlines.choice import choose
from pipeline.deadlines.lexer import Token, key_of, terminals_of, tokens_of
from pipeline.deadlines.lookalikes import lookalike
from pipeline.deadlines.values import Context, Reading
from pipeline.remembered import remembered
from pipeline.rules import Chart, Grammar, Node, grammar
from pipeline.text import nfc
from pipeline.types import Deadline, DeadlineKind, Span

_CUE = re.compile(
    r"ngày|tháng|năm|qu[ýí]|tuần|giờ|\d ?[/.\-–h]|khi|sau|dịp|định k|h[ằà]ng|xuyên|liên tục|hạn|thời|suốt"
    r"|kịp|trước|hôm|lần|họp"
)


_OTHER_EVENT = re.compile(r"(?:theo|cùng với|khi|sau|ngay|trước|kịp|đảm bảo|bảo đảm)\b")
_NO_EVENT = re.compile(r"theo (?:quy định|kế hoạch)$")


LONGEST = 250_000  # characters of a clause that are read; more is no clause
LONGEST_PHRASE = 2_000  # characters of a cell or phrase that is read at all


@cache
def deadline_grammar() -> Grammar:
    """All the rules, compiled once."""
    modules = (rules_days, rules_periods, rules_bounds, rules_recurring, rules_events, rules_cells)
    return grammar(rule for module in modules for rule in module.RULES)


@remembered(1024)
def find_deadlines(text: str, issued_on: dt.date | None) -> tuple[Deadline, ...]:
    """Deadline phrases of a clause, left to right, not overlapping; spans count in `text` (NFC)."""
    text = text[:LONGEST]
    key = key_of(text)
    if len(key) != len(text) or not _CUE.search(key):
        return ()
    return _longest(_true(list(_readings("DEADLINE", text, key, issued_on)), key))


def find_lookalikes(text: str, issued_on: dt.date | None) -> tuple[tuple[Deadline, str], ...]:
    """Readings of a clause that its other words make void, each with its look-alike class."""
    text = text[:LONGEST]
    key = key_of(text)
    found = [] if len(key) != len(text) else list(_readings("DEADLINE", text, key, issued_on))
    named = [(reading, lookalike(reading.rule, key, reading.span)) for reading in found]
    return tuple((reading, name) for reading, name in named if name)


@remembered(1024)
def read_cell(text: str, issued_on: dt.date | None) -> Deadline | None:
    """The deadline that a table cell "Thời hạn" states; spans count in `text`."""
    key = key_of(text[: LONGEST_PHRASE + 1])
    if len(key) != len(text):
        return None
    found = choose(_longest(_readings("CELL", text, key, issued_on)), text)
    stripped = key.strip()
    if found is None and _OTHER_EVENT.match(stripped) and not _NO_EVENT.match(stripped):
        start = len(key) - len(key.lstrip())
        span = Span(start, start + len(stripped))
        words = text[span.start : span.end]
        said = f"sự kiện chưa rõ ngày: {words}"
        return Deadline(span, words, DeadlineKind.EVENT, rule="cell.event", words=said, trigger=words)
    return found


def explain(phrase: str, issued_on: dt.date | None) -> tuple[Deadline, ...]:
    """All readings of the whole phrase, each different value once, as a clause's or else a cell's."""
    if len(phrase) > LONGEST_PHRASE:
        return ()
    phrase = nfc(phrase).strip()
    key = key_of(phrase)
    for symbol in ("DEADLINE", "CELL"):
        found: dict[object, Deadline] = {}
        for reading in _readings(symbol, phrase, key, issued_on):
            if len(reading.span) == len(phrase):
                value = (reading.kind, reading.date, reading.time, reading.rrule, reading.trigger)
                found.setdefault(value, reading)
        if found:
            return tuple(found.values())
    return ()


def _true(readings: list[Deadline], key: str) -> list[Deadline]:
    """Readings without look-alikes; where one is void, so is every part of it by a rule of its group."""
    void: dict[str, list[Span]] = {}
    for reading in readings:
        if lookalike(reading.rule, key, reading.span):
            void.setdefault(_group(reading), []).append(reading.span)
    covers = {group: _Cover(spans) for group, spans in void.items()}
    return [
        reading
        for reading in readings
        if (cover := covers.get(_group(reading))) is None or not cover.covers(reading.span)
    ]


class _Cover:
    """Tells in logarithmic time whether one of many spans covers another."""

    def __init__(self, spans: list[Span]) -> None:
        spans.sort(key=lambda span: span.start)
        self._starts = [span.start for span in spans]
        self._ends = list(accumulate((span.end for span in spans), max))

    def covers(self, span: Span) -> bool:
        before = bisect_right(self._starts, span.start)
        return before > 0 and self._ends[before - 1] >= span.end


def _group(reading: Deadline) -> str:
    """A rule's family; a range ("từ A đến B") and a label are of that of the bounds that they hold."""
    family = reading.rule.partition(".")[0]
    return "until" if family in ("from", "within_range", "label") else family


def _length(reading: Deadline) -> tuple[int, bool, int]:
    return -len(reading.span), reading.kind is DeadlineKind.ONGOING, reading.span.start


def _longest(readings: Iterable[Deadline]) -> tuple[Deadline, ...]:
    starts: list[int] = []
    kept: list[Deadline] = []
    for found in sorted(readings, key=_length):
        at = bisect_right(starts, found.span.start)
        before, after = kept[at - 1 : at] if at else [], kept[at : at + 1]
        if not any(found.span.overlaps(other.span) for other in (*before, *after)):
            starts.insert(at, found.span.start)
            kept.insert(at, found)
    return tuple(kept)


def _readings(symbol: str, text: str, key: str, issued_on: dt.date | None) -> Iterator[Deadline]:
    tokens = tokens_of(key)
    for node in _parse(tokens, key, text, issued_on).nodes(symbol):
        if isinstance(node.value, Reading):
            yield _deadline(node, node.value, _span(node, tokens), text)


def _parse(tokens: list[Token], key: str, text: str, issued_on: dt.date | None) -> Chart:
    rules = deadline_grammar()
    if issued_on is not None and not FIRST_YEAR <= issued_on.year <= LAST_YEAR:
        issued_on = None
    return Chart(rules, terminals_of(tokens, key, text, rules.words), Context(issued_on))


def _span(node: Node, tokens: list[Token]) -> Span:
    """The reading's place, without a closing bracket that was opened before it."""
    inside = [token.text for token in tokens[node.start : node.end]]
    end = node.end - (inside[-1] == ")" and inside.count(")") > inside.count("("))
    return Span(tokens[node.start].start, tokens[end - 1].end)


def _deadline(node: Node, value: Reading, span: Span, text: str) -> Deadline:
    return Deadline(
        span,
        text[span.start : span.end],
        value.kind,
        value.date,
        value.time,
        value.rrule,
        node.rule,
        node.trace(),
        value.words,
        value.flags,
        value.trigger,
    )
