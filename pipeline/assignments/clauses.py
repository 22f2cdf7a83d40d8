"""What a clause is when nobody has to do it: the walk's clauses in, each with its class out (clauses.toml).

The walk decides what is a task and says by which rule; here what is none gets its name. No clause becomes a
task here, and none ceases to be one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.assignments.lexicon import lexicon
from pipeline.text import match_key
from pipeline.types import Clause, ClauseRole, Header, Span

_REACH = 600  # characters of a clause that are looked at: what it does is said at its beginning
_INITIALS = 4  # a shorter line of capitals may be a unit's abbreviation
_KEPT = {ClauseRole.TASK, ClauseRole.LEAD_IN, ClauseRole.HEADING}
_ZONE = "zone_"


@dataclass(frozen=True, slots=True)
class _Class:
    role: ClauseRole
    rule: str
    pattern: re.Pattern[str]
    of: frozenset[ClauseRole]
    zones: bool


@cache
def _content() -> dict[str, Any]:
    text = (files("pipeline.assignments") / "clauses.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _by_rule() -> dict[str, ClauseRole]:
    """Roles that the rule of the walk says by itself."""
    return {rule: ClauseRole(role) for rule, role in _content()["by_rule"].items()}


@cache
def _classes() -> tuple[_Class, ...]:
    return tuple(
        _Class(
            ClauseRole(row["role"]),
            row["rule"],
            re.compile(match_key(row["pattern"])),
            frozenset(ClauseRole(role) for role in row.get("of", ["other"])),
            row.get("zones", False),
        )
        for row in _content()["class"]
    )


def named(clauses: Iterable[Clause], text: str) -> tuple[Clause, ...]:
    """The clauses, each that is no task with its class; `text` is Layout.text."""
    return tuple(
        clause if clause.role in _KEPT else _named(clause, text[clause.span.start : clause.span.end])
        for clause in clauses
    )


def distribution(header: Header) -> tuple[Clause, ...]:
    """The foot's list of recipients as a clause: who is told, none of whom has to do anything by it."""
    spans = [one.span for one in header.recipients if one.span is not None]
    if not spans:
        return ()
    whole = Span(min(span.start for span in spans), max(span.end for span in spans))
    return (Clause(whole, "", ClauseRole.DISTRIBUTION, "recipients"),)


def _named(clause: Clause, words: str) -> Clause:
    key = match_key(words[:_REACH].replace("\n", " ")).strip()
    zone = _zone(clause.rule)
    if words.isupper() and len(words) > _INITIALS:
        return replace(clause, role=ClauseRole.HEADING, rule="title_line")
    for one in _classes():
        if clause.role not in one.of or (zone is not None and not one.zones):
            continue
        if one.pattern.match(key):
            return replace(clause, role=one.role, rule=one.rule)
    if zone is not None and clause.role is ClauseRole.OTHER:
        return replace(clause, role=ClauseRole.FORM if zone is ClauseRole.OTHER else zone)
    if clause.role is ClauseRole.OTHER and clause.rule in _by_rule():
        return replace(clause, role=_by_rule()[clause.rule])
    if clause.role is ClauseRole.OTHER and clause.rule in ("no_doer", "no_order") and _orders(key):
        return replace(clause, role=ClauseRole.AIM, rule="order_without_doer")
    return clause


def _zone(rule: str) -> ClauseRole | None:
    """The kind of section that left a clause out ("zone_aim"), if one did."""
    return ClauseRole(rule.removeprefix(_ZONE)) if rule.startswith(_ZONE) else None


def _orders(key: str) -> bool:
    """Whether a clause says what is to be done without saying by whom ("Đẩy mạnh tuyên truyền …")."""
    return lexicon().action.match(key) is not None
