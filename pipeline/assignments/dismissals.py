"""What a clause does when it assigns nothing: its text in, role and rule out (patterns: dismissals.toml)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.assignments.lexicon import lexicon
from pipeline.assignments.relations import amends_only
from pipeline.remembered import remembered
from pipeline.text import fold, match_key
from pipeline.types import ClauseRole

_REPORTS = re.compile(
    r"(?<!theo )báo cáo|(?<!tiền )gửi|xây dựng (?:\w+ ){0,2}kế hoạch|trước ngày|chậm nhất|tổng hợp"
)


# set formulas are known without their marks too, as OCR leaves them ("thị hành Quyêt định này")
_FORMULAS = {ClauseRole.EXECUTION, ClauseRole.IN_FORCE}


@dataclass(frozen=True, slots=True)
class Dismissal:
    """Why a clause is no task."""

    role: ClauseRole
    rule: str


@dataclass(frozen=True, slots=True)
class _Pattern:
    found: Dismissal
    pattern: re.Pattern[str]
    folded: re.Pattern[str]
    at_start: bool
    unless_request: bool
    unless_report: bool
    unless_verb: bool
    only_articles: bool
    only_loose: bool


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("pipeline.assignments") / "dismissals.toml").read_text(encoding="utf-8"))


@cache
def _dismissals() -> tuple[_Pattern, ...]:
    return tuple(
        _Pattern(
            Dismissal(ClauseRole(rule["role"]), rule["rule"]),
            re.compile(match_key(rule["pattern"])),
            re.compile(fold(rule["pattern"])),
            rule["at"] == "start",
            rule.get("unless_request", False),
            rule.get("unless_report", False),
            rule.get("unless_verb", False),
            rule.get("only_articles", False),
            rule.get("only_loose", False),
        )
        for rule in _table()["dismissal"]
    )


@remembered(1024)
def dismiss(text: str, *, article: bool = False, led: bool = False) -> Dismissal | None:
    """Why `text` is no task, or None; `article` when it is an Điều of its own, `led` when it stands under
    a lead-in that names who acts."""
    if not led and amends_only(text):
        return Dismissal(ClauseRole.AMENDMENT, "amendment")
    key = match_key(text).strip()
    folded = fold(key)
    for rule in _dismissals():
        match = rule.pattern.match(key) if rule.at_start else rule.pattern.search(key)
        if match is None and rule.found.role in _FORMULAS:
            match = rule.folded.search(folded)
        if match is None or (rule.only_articles and not article) or (rule.only_loose and led):
            continue
        if rule.unless_request and lexicon().asks.search(key):
            continue
        if rule.unless_report and _REPORTS.search(key):
            continue
        if rule.unless_verb and lexicon().action.match(key):
            continue
        return rule.found
    return None


@cache
def _title_pattern(name: str) -> re.Pattern[str]:
    """A pattern of [titles]: what a heading, title or lead-in says of what stands below it."""
    return re.compile(match_key(_table()["titles"][name]))


@cache
def _zones() -> tuple[tuple[ClauseRole, re.Pattern[str]], ...]:
    return tuple((ClauseRole(z["role"]), re.compile(match_key(z["pattern"]))) for z in _table()["zone"])


def zone_of(heading: str) -> ClauseRole | None:
    """What a section with this heading holds (TASK, AIM, RESULT, FUNCTION), or None if it does not say."""
    key = match_key(heading).strip(" .:;")
    return next((role for role, pattern in _zones() if pattern.match(key)), None)


def titles_results(words: str) -> bool:
    """Whether a line titles an account of what was done ("I. ĐÁNH GIÁ CHUNG") and orders none."""
    ends = words.rstrip().endswith((".", ";", ":"))
    titled = words.isupper() or lexicon().action.match(match_key(words)) is None
    return titled and not ends and zone_of(words) is ClauseRole.RESULT


def reopens(heading: str, *, statute: bool) -> bool:
    """Whether a section of a regulation assigns after all: "Tổ chức thực hiện", and "Trách nhiệm của …" in a
    decision's own articles, but not in a `statute` that it issues (there they are standing duties)."""
    key = match_key(heading).strip(" .:;")
    names = ["reopens"] if statute else ["reopens", "reopens_decision"]
    return any(_title_pattern(name).match(key) for name in names)


def carries_act(words: str) -> bool:
    """Whether a clause is about carrying out the act that it stands in."""
    return _title_pattern("carries_act").search(match_key(words)) is not None


def gives(words: str) -> bool:
    """Whether a clause gives something to somebody in so many words ("Giao Cục A …")."""
    return _matches("gives", words)


def binds_once(words: str) -> bool:
    """Whether a clause of a regulation puts a duty with a day on somebody: a transition, no standing duty."""
    return _title_pattern("binds_once").search(match_key(words)) is not None


def outlines(words: str) -> bool:
    """Whether a lead-in announces the contents of a report or plan, no tasks ("gồm các nội dung sau:")."""
    return _title_pattern("outline").search(match_key(words).strip()) is not None


def names_ways(words: str) -> bool:
    """Whether a lead-in announces ways of handing in ("bằng một trong các hình thức sau:")."""
    return _title_pattern("ways").search(match_key(words).strip()) is not None


def regulates(subject: str) -> bool:
    """Whether an act with this subject lays down standing rules ("quy định chức năng, nhiệm vụ …")."""
    return _title_pattern("regulates").search(match_key(subject)) is not None


def is_law(line: str) -> bool:
    """Whether a line of a heading is the kind of a legal act."""
    return _matches("law", line)


def is_nobody(name: str) -> bool:
    """Whether a name means whoever has the power ("cơ quan có thẩm quyền"), nobody who could be asked."""
    return _matches("nobody", name)


def announces(words: str) -> bool:
    """Whether a paragraph only leads over to the tasks after it ("…, cụ thể các giải pháp như sau:")."""
    return _title_pattern("announces").search(match_key(words).strip()) is not None


def is_idle(line: str) -> bool:
    """Whether a line of a heading names a kind of document that assigns nothing (an invitation, a report)."""
    return _matches("idle", line)


def is_form(line: str) -> bool:
    """Whether a line at the head of an annex shows a form to be filled in ("Mẫu số 2", "Kính gửi: ……")."""
    return _title_pattern("form").match(match_key(line).strip()) is not None


def is_plan(line: str) -> bool:
    """Whether a line is the title of an attachment that assigns (a plan, a programme)."""
    return _matches("plan", line)


def is_frame(line: str) -> bool:
    """Whether a line of an annex's heading is no title: the motto, an issuer, "Phụ lục I"."""
    return _matches("frame", line)


def _matches(name: str, line: str) -> bool:
    return _title_pattern(name).match(match_key(line).strip(" .:;")) is not None


def attachment_zone(title: str) -> ClauseRole | None:
    """FUNCTION for an attached regulation, OTHER for a form, list or outline, None for a plan."""
    key = match_key(title).strip()
    if _title_pattern("function").match(key):
        return ClauseRole.FUNCTION
    return ClauseRole.OTHER if _title_pattern("none").match(key) else None
