"""What speaks for and against a task: a draft and its document in, named numbers out.

The numbers are facts, not judgements: how the task was found, what its words hold that no field took up, how
legible they are. models/confidence.py learned what they are worth.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.assignments import Draft
from pipeline.assignments.dismissals import dismiss
from pipeline.assignments.roles import begins_action
from pipeline.text import match_key
from pipeline.types import Classified, Clause, ClauseRole, Directive, Span, UnitKind, UnitMention
from pipeline.units import find_units, resolve
from pipeline.whence import Whence

Facts = dict[str, float]

_READ = 3000  # characters of a task that are looked at
_TIME_WORDS = re.compile(
    r"\b(?:trước|trong|đến|hết|chậm nhất|hạn|sau|xong)\b[^.;]{0,25}?(?:ngày|tháng|quý|năm)\b"
)
_WITH = re.compile(r"\b(?:phối hợp|cùng với|tham gia)\b")
_IN_CHARGE = re.compile(r"\b(?:chủ trì|đầu mối|chịu trách nhiệm)\b")
_CHANGES = re.compile(r"[;.]\s+(?=\S)")
_LONG_NAME = 8  # words


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all tasks of a document share: `about` are facts of the document, `issuer` is the name by which
    its units are resolved, `whence` tells where a value stands."""

    directive: Directive
    about: Facts
    issuer: str
    whence: Whence


def surroundings(directive: Directive, drafts: Sequence[Draft], clauses: Sequence[Clause]) -> Surroundings:
    """The document's part of the facts, made once."""
    header = directive.header
    kind = header.type.value if header.type else "unknown"
    tasks = sum(clause.role is ClauseRole.TASK for clause in clauses)
    others = sum(
        clause.role not in (ClauseRole.TASK, ClauseRole.LEAD_IN, ClauseRole.HEADING) for clause in clauses
    )
    sure = [place.confidence for place in directive.layout.places if place.confidence is not None]
    about = {
        f"type_{kind}": 1.0,
        "tasks": math.log1p(len(drafts)),
        "share_of_tasks": tasks / (tasks + others) if tasks + others else 0.0,
        "addressed": float(bool(header.addressees)),
        "header_missing": float(sum(not one for one in (header.number, header.issued_on, header.issuer))),
        "ocr": float(bool(sure)),
        "page_illegible": 1 - sum(sure) / len(sure) if sure else 0.0,
    }
    issuer = " ".join(one.text for one in (header.parent, header.issuer) if one)
    return Surroundings(directive, about, issuer, Whence(directive, clauses))


def facts(
    draft: Draft, text: str, classified: Classified, flags: Sequence[str], around: Surroundings
) -> Facts:
    """The facts of one task; `text` is its text as filed. A name that is absent counts as 0."""
    read = text[:_READ]
    key = match_key(read)
    return {
        **around.about,
        f"rule_{draft.rule}": 1.0,
        "illegible": 1 - legibility(around.directive, draft.spans),
        "depth": float(len(draft.path)),
        "annex": float(bool(draft.path) and match_key(draft.path[0]).startswith(("phụ lục", "biểu"))),
        "nature_odds": _odds(classified.nature_probability),
        "field_odds": _odds(classified.field_probability),
        **{f"flag_{flag}": 1.0 for flag in flags},
        **_of_words(draft, read, key),
        **_of_leads(draft, around),
        **_of_others(draft, read, key),
        **_of_deadline(draft, key),
    }


def _odds(probability: float) -> float:
    bounded = min(0.99, max(0.01, probability))
    return math.log(bounded / (1 - bounded))


def _of_words(draft: Draft, read: str, key: str) -> Facts:
    words = len(read.split())
    against = dismiss(read)
    return {
        "words": math.log1p(words),
        "short": float(words < 6),
        "pieces": math.log(max(1, len(draft.spans))),
        "joints": math.log1p(len(_CHANGES.findall(key))),
        "begins_action": float(begins_action(read)),
        "begins_small": float(read[:1].islower()),
        "unfinished": float(read.rstrip().endswith((":", ","))),
        "dismissable": float(against is not None),
        "in_charge": float(bool(_IN_CHARGE.search(key))),
    }


def _of_leads(draft: Draft, around: Surroundings) -> Facts:
    leads = draft.leads
    header = around.directive.header
    found = [resolve(one.name, around.issuer, header.issued_on, header.place or "") for one in leads]
    return {
        "leads": math.log(max(1, len(leads))),
        "leads_inherited": float(draft.leads_inherited),
        "leads_unknown": found.count(None) / len(leads) if leads else 1.0,
        "leads_fuzzy": float(any(one is not None and "fuzzy" in one.flags for one in found)),
        "leads_long": float(any(len(lead.name.split()) > _LONG_NAME for lead in leads)),
        **{f"lead_{kind.value}": float(any(lead.kind is kind for lead in leads)) for kind in UnitKind},
    }


def _of_others(draft: Draft, read: str, key: str) -> Facts:
    said = bool(_WITH.search(key))
    taken = {match_key(unit.name) for unit in (*draft.leads, *draft.cooperators)}
    left = sum(match_key(unit.name) not in taken for unit in find_units(read))
    return {
        "cooperators": math.log1p(len(draft.cooperators)),
        "cooperators_inherited": float(draft.cooperators_inherited),
        "cooperation_unread": float(said and not draft.cooperators),
        "cooperators_long": float(_any_long(draft.cooperators)),
        "units_left": math.log1p(left),
    }


def _any_long(units: Iterable[UnitMention]) -> bool:
    return any(len(unit.name.split()) > _LONG_NAME for unit in units)


def _of_deadline(draft: Draft, key: str) -> Facts:
    deadline = draft.deadline
    times = len(_TIME_WORDS.findall(key))
    return {
        f"due_{deadline.kind.value if deadline else 'none'}": 1.0,
        "due_inherited": float(draft.deadline_inherited),
        "time_unread": float(times > 0 and deadline is None),
        "times": math.log1p(times),
    }


def legibility(directive: Directive, spans: Sequence[Span]) -> float:
    """Mean confidence of the OCR in these ranges' words; 1.0 for words of a text layer."""
    places = directive.layout.places
    read: list[float] = []
    for span in spans:
        first = bisect_left(places, span.start, key=lambda place: place.span.start)
        for place in places[first:]:
            if place.span.start >= span.end:
                break
            if place.confidence is not None:
                read.append(place.confidence)
    return sum(read) / len(read) if read else 1.0
