"""Why, in Vietnamese: a draft and what is known of it in, a few sentences out.

Likewise for a clause that is no task and for a time phrase that sets no deadline. The sentences are in
reasons.toml, here is only which of them fit.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.agreement import Agreement
from pipeline.assignments import Draft
from pipeline.assignments.dismissals import dismiss
from pipeline.labels import ASSIGNERS, CLAUSE_ROLES, FLAGS
from pipeline.text import match_key
from pipeline.types import Deadline, Probabilities, Span, UnitKind, UnitMention
from pipeline.whence import Stand, Whence

MOST = 8  # sentences; a reviewer reads no more
_QUOTED = 70  # characters of a quotation
_LOOKED_AT = 3000  # characters of a task's text
_LEGIBLE = 0.85  # below this share the engine's doubt is told
_NAMED = 3  # units of another reading that are named
_SURE = 0.85  # below this the least likely field is named
_PARTS = ("task", "text", "leads", "cooperators", "deadline")
_TOLD = ("cooperation_unread", "time_unread", "leads_fuzzy", "type_other")  # facts that have a sentence each


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads((files("pipeline") / "reasons.toml").read_text(encoding="utf-8"))


def phrases() -> Mapping[str, Mapping[str, str]]:
    """The sentences by table and key."""
    return _content()


def clause_reason(rule: str, role: str = "") -> str:
    """Why a clause got its role, by the rule that said so; "" where the rule has no words."""
    table = phrases()["clause"]
    return table.get(f"{role}_{rule}") or table.get(rule, "")


def assigner_reason(level: str, by: str, words: str) -> str:
    """Why the assigner is of this level, by what shows it (`Assigned` of pipeline/classes/assigner.py); ""
    where nothing does."""
    sentence = phrases()["assigner"].get(by, "")
    return sentence.format(level=ASSIGNERS.get(level, ""), said=_short(words))


def lookalike_reason(name: str) -> str:
    """Why a time phrase of this look-alike class sets no deadline."""
    return phrases()["lookalike"].get(name, phrases()["lookalike"]["unread"])


def nothing_reason(phrase: str, *, vague: bool) -> str:
    """Why a phrase sets no deadline, by what its words and numbers look like; "" where nothing fits."""
    key = match_key(phrase[:_LOOKED_AT])
    rows = (row for row in _content()["nothing"] if row.get("vague", False) == vague)
    return next((str(row["words"]) for row in rows if re.search(match_key(row["pattern"]), key)), "")


def reasons(
    draft: Draft,
    text: str,
    known: Mapping[str, float],
    likely: Probabilities | None,
    whence: Whence,
    agreed: Agreement | None = None,
) -> tuple[str, ...]:
    """Why a draft is a task, where its values come from, what speaks against it. `text` is Layout.text,
    `known` the facts of pipeline/facts.py."""
    found = list(dict.fromkeys([*_said(draft, text, whence), *_doubts(draft, text, known, likely)]))
    weakest = _weakest(likely)
    last = [*_other_reading(agreed, likely), *([weakest] if weakest else [])]
    if last:
        found[MOST - len(last) :] = last
    return tuple(found[:MOST])


def _said(draft: Draft, text: str, whence: Whence) -> Iterator[str]:
    lead = _stand(draft.leads, draft, whence)
    yield _why(draft, text, lead)
    if lead is not None and (draft.rule in ("table_row", "other") or lead.kind == "elsewhere"):
        told = lead.kind == "column" and not draft.leads_inherited
        if not told:
            yield _filled("lead", lead, text, draft.leads)
    helpers = _stand(draft.cooperators, draft, whence)
    if helpers is not None:
        yield _filled("cooperator", helpers, text, draft.cooperators)
    yield _due(draft.deadline, draft, whence)


def _why(draft: Draft, text: str, lead: Stand | None) -> str:
    """The sentence for the draft's rule, in its longer form where the place of the lead has one."""
    table = phrases()["task"]
    sentence = table.get(draft.rule, table["other"])
    if lead is not None:
        sentence = table.get(f"{draft.rule}_{lead.kind}", sentence)
    return sentence.format(
        rule=draft.rule,
        said=_quoted(draft, text, lead),
        where=_capital(lead.path) if lead else "",
        head=lead.head if lead else "",
    )


def _quoted(draft: Draft, text: str, lead: Stand | None) -> str:
    """The words that name the lead: from the beginning of their clause to the last unit."""
    if not draft.leads:
        return ""
    first, last = draft.leads[0].span, draft.leads[-1].span
    own = next((span for span in draft.spans if span.covers(first)), None)
    begin = lead.span if lead and lead.span else own
    start = begin.start if begin else first.start
    return _cut(text, Span(min(start, first.start), max(first.end, last.end)), first)


def _stand(units: Sequence[UnitMention], draft: Draft, whence: Whence) -> Stand | None:
    return whence.of(units[0].span, draft.spans) if units else None


def _filled(role: str, stand: Stand, text: str, units: Sequence[UnitMention]) -> str:
    first = units[0].span
    said = _cut(text, Span(stand.span.start, max(first.end, units[-1].span.end)), first) if stand.span else ""
    return phrases()[role][stand.kind].format(where=stand.path, head=stand.head, said=said)


def _due(deadline: Deadline | None, draft: Draft, whence: Whence) -> str:
    table = phrases()["deadline"]
    if deadline is None:
        return table["none"]
    stand = whence.of(deadline.span, draft.spans)
    sentence = table.get(stand.kind, table["elsewhere"])
    reading = deadline.words or deadline.text
    return sentence.format(said=_short(deadline.text), reading=reading, where=stand.path, head=stand.head)


def _doubts(
    draft: Draft, text: str, known: Mapping[str, float], likely: Probabilities | None
) -> Iterator[str]:
    table = phrases()["doubt"]
    for flag, words in FLAGS.items():
        if known.get(f"flag_{flag}"):
            yield table["flag"].format(flag=_small(words))
    for fact in _TOLD:
        if known.get(fact):
            yield table[fact]
    if 1 - known.get("illegible", 0.0) < _LEGIBLE:
        yield table["illegible"].format(percent=round(100 * (1 - known["illegible"])))
    if known.get("leads_unknown") and not draft.leads_inherited and draft.rule != "addressee":
        names = [one.name for one in draft.leads if one.kind is UnitKind.UNIT]
        if len(names) == 1 == len(draft.leads):
            yield table["unknown_lead"].format(name=_short(names[0]))
    if known.get("dismissable"):
        said = " ".join(text[span.start : span.end] for span in draft.spans)[:_LOOKED_AT]
        against = dismiss(said)
        if against is not None:
            yield table["looks_like"].format(role=_small(CLAUSE_ROLES[against.role.value]))


def _other_reading(agreed: Agreement | None, likely: Probabilities | None) -> Iterator[str]:
    """How a second reader read it, where that differs and this reading is in doubt."""
    if agreed is None or likely is None:
        return
    table = phrases()["second"]
    if agreed.seen is None:
        if likely.task < _SURE:
            yield table["task"]
        return
    names = {"leads": agreed.seen.leads, "cooperators": agreed.seen.cooperators}
    for part, units in names.items():
        if not getattr(agreed, part) and getattr(likely, part) < _SURE:
            said = ", ".join(_short(unit.name) for unit in units[:_NAMED])
            yield table[part].format(said=said) if said else table[f"no_{part}"]
    if not agreed.deadline and likely.deadline < _SURE:
        due = agreed.seen.deadline
        yield table["deadline"].format(said=_short(due.text)) if due else table["no_deadline"]


def _weakest(likely: Probabilities | None) -> str:
    """The field that is least likely right, where any is in doubt."""
    if likely is None:
        return ""
    values = asdict(likely)
    name = min(_PARTS, key=lambda part: values[part])
    if values[name] >= _SURE:
        return ""
    return phrases()["doubt"]["weakest"].format(
        field=phrases()["field"][name], percent=round(100 * values[name])
    )


def _cut(text: str, span: Span, kept: Span) -> str:
    """The words of a range, shortened around `kept`."""
    before = " ".join(text[max(span.start, kept.start - _QUOTED) : kept.start].split())
    rest = " ".join(text[kept.start : min(span.end, kept.start + 2 * _QUOTED)].split())
    room = max(0, _QUOTED - len(rest))
    if len(before) > room or kept.start - _QUOTED > span.start:
        before = "…" + before[len(before) - room :].partition(" ")[2] if room else "…"
    return _short(f"{before} {rest}".strip())


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _QUOTED + 2 else words[:_QUOTED].rpartition(" ")[0] + " …"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _small(words: str) -> str:
    return match_key(words[:1]) + words[1:]
