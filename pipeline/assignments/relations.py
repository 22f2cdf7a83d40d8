"""What a document does to earlier ones (extends, amends, replaces, revokes): its blocks in, relations out.

Only what the document itself does counts: "Gia hạn … tại mục 3 Thông báo số 45/TB-UBND", "Quyết định này thay
thế …". An order to amend is a task, a document that is merely cited ("theo Công văn số …") nothing at all.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from pipeline.assignments.citations import Citation, find_citations, item_in
from pipeline.assignments.relation_phrases import Act, act_of, acts, any_act, phrase
from pipeline.assignments.scope import moved_deadline
from pipeline.deadlines import choose, find_deadlines, read_cell
from pipeline.linguistics import split_sentences
from pipeline.text import match_key
from pipeline.types import (
    Block,
    Clause,
    ClauseRole,
    Deadline,
    DeadlineKind,
    Directive,
    DocumentType,
    Grounded,
    Relation,
    RelationKind,
    Span,
)

_REACH = 1200  # characters of a sentence that are looked at
_JOINED = re.compile(r"(?:[;,]|\bvà)\s*(?:các\s*)?$")
_DECIDES = {DocumentType.QUYET_DINH, DocumentType.NGHI_QUYET}
_PASSIVES = (
    ("passive_extends", RelationKind.EXTENDS),
    ("passive_amends", RelationKind.AMENDS),
    ("passive_replaces", RelationKind.REPLACES),
    ("passive_revokes", RelationKind.REVOKES),
)
_TIMED = {RelationKind.EXTENDS, RelationKind.AMENDS}


@dataclass(frozen=True, slots=True)
class _Deed:
    """An act within a sentence: where what it is done to begins, or the citation that stands before it."""

    act: Act
    end: int
    before: Citation | None = None


@cache
def _opened() -> re.Pattern[str]:
    return re.compile(phrase("opening").pattern + any_act().pattern)


@cache
def _by_this() -> re.Pattern[str]:
    kinds = phrase("document").pattern
    return re.compile(rf"(?:{kinds}) này\b[^.;]{{0,160}}?(?<!\w){any_act().pattern}")


def amends_only(text: str) -> bool:
    """Whether a clause does no more than amend, extend or revoke what was assigned before."""
    said = text[:_REACH].strip()
    key = match_key(said)
    opened = _opened().match(key)
    if opened is None or phrase("asks").search(key) or len(split_sentences(said)) > 1:
        return False
    return bool(_done(_Deed(act_of(opened), opened.end()), said, None))


def find_relations(directive: Directive, clauses: Iterable[Clause]) -> tuple[Relation, ...]:
    """The relations that a document states, in reading order, each document and act once."""
    issued_on = directive.header.issued_on or directive.header.issued_about
    text = directive.layout.text
    tasks = sorted(clause.span.start for clause in clauses if clause.role is ClauseRole.TASK)
    ends = {clause.span.start: clause.span.end for clause in clauses if clause.role is ClauseRole.TASK}
    found: dict[tuple[RelationKind, str, str], Relation] = {}
    for relation, at in _stated(directive.root, text, None, issued_on):
        nearest = bisect_right(tasks, at) - 1
        if nearest >= 0 and at < ends[tasks[nearest]]:
            continue  # an order to do so
        found.setdefault(_key(relation), relation)
    for relation in _of_subject(directive, issued_on):
        if relation.kind not in {one.kind for one in found.values()}:
            found.setdefault(_key(relation), relation)
    return tuple(found.values())


def _key(relation: Relation) -> tuple[RelationKind, str, str]:
    number = relation.number.text if relation.number else str(relation.span.start)
    return (relation.kind, number, relation.item)


def _stated(
    block: Block, text: str, handed: Act | None, issued_on: dt.date | None
) -> Iterator[tuple[Relation, int]]:
    """Relations of a node and those below it with the place of the act; `handed` is the act of a lead-in
    ("Bãi bỏ các văn bản sau:")."""
    if block.grid is not None:
        return
    words = text[block.span.start : block.span.end]
    key = match_key(words)
    below: Act | None = None
    if any_act().search(key) or any(phrase(name).search(key) for name, _ in _PASSIVES):
        for sentence in split_sentences(words[: 20 * _REACH]):
            yield from _of_sentence(words, sentence, block.span.start, issued_on)
        opened = _opened().match(key) or _by_this().match(key)
        if opened and key.rstrip().endswith(":") and not find_citations(words):
            below = act_of(opened)
    elif handed is not None:
        deed = _Deed(replace(handed, reach=0), 0)
        span = Span(block.span.start, block.span.start + min(len(words), _REACH))
        for relation in _done(deed, words[:_REACH], issued_on):
            yield _placed(relation, span), span.start
    for child in block.children:
        yield from _stated(child, text, below, issued_on)


def _of_sentence(
    words: str, sentence: Span, base: int, issued_on: dt.date | None
) -> Iterator[tuple[Relation, int]]:
    end = min(sentence.end, sentence.start + _REACH)
    said = words[sentence.start : end].replace("\n", " ")
    deed = _deed(said)
    if deed is None:
        return
    span = Span(base + sentence.start, base + end)
    for relation in _done(deed, said, issued_on):
        yield _placed(relation, span), span.start


def _deed(said: str) -> _Deed | None:
    """The act that a sentence does, if it does one."""
    key = match_key(said)
    found = _opened().match(key) or _by_this().match(key)
    if found:
        return _Deed(act_of(found), found.end())
    cited = find_citations(said)
    if (
        not cited
        or cited[0].span.start > len("các ")
        or not phrase("document").match(key, cited[0].span.start)
    ):
        return None
    for name, kind in _PASSIVES:
        passive = phrase(name).search(key, cited[0].span.end)
        if passive:
            act = next(act for act in acts() if act.kind is kind)
            return _Deed(act, passive.end(), before=cited[0])
    return None


def _of_subject(directive: Directive, issued_on: dt.date | None) -> Iterator[Relation]:
    """What the subject says that the whole document does; of a letter only what is no order."""
    header = directive.header
    subject = header.subject
    if subject is None or subject.span is None:
        return
    said = subject.text[:_REACH]
    key = match_key(said)
    prefix = phrase("subject").match(key)
    found = _opened().match(key, prefix.end() if prefix else 0)
    if found is None or (act_of(found).weak and header.type not in _DECIDES):
        return
    for relation in _done(_Deed(act_of(found), found.end()), said, issued_on):
        number = replace(relation.number, span=subject.span) if relation.number else None
        yield replace(relation, span=subject.span, number=number, deadline=None)


def _done(deed: _Deed, said: str, issued_on: dt.date | None) -> tuple[Relation, ...]:
    """What a sentence does: a relation for each document that it is done to, with its own offsets."""
    key = match_key(said)
    if deed.act.weak and phrase("orders").search(key, deed.end):
        return ()
    cites = phrase("cites").search(key, deed.end)
    stop = cites.start() if cites else len(said)
    cited = (deed.before,) if deed.before else _targets(deed, said, key, stop)
    deadline = _deadline(deed, said, key, issued_on) if deed.act.kind in _TIMED else None
    whole = Span(0, len(said))
    if not cited:
        about_time = deadline is not None and phrase("time").search(key, 0, stop) is not None
        if not about_time:
            return ()
        return (
            Relation(
                deed.act.kind, whole, None, item=item_in(said[:stop]), deadline=deadline, rule=deed.act.rule
            ),
        )
    item = item_in(said[: cited[0].span.start]) or item_in(said[cited[-1].span.end : stop])
    return tuple(
        Relation(
            deed.act.kind,
            whole,
            Grounded(one.number, one.number_span),
            one.issued_on,
            item if one is cited[0] else "",
            deadline,
            deed.act.rule,
        )
        for one in cited
    )


def _targets(deed: _Deed, said: str, key: str, stop: int) -> tuple[Citation, ...]:
    """The documents to which the act is done: the first within its reach, and those joined to it."""
    found: list[Citation] = []
    for one in find_citations(said[:stop]):
        if one.span.start < deed.end:
            continue
        if not found:
            between = key[deed.end : one.span.start]
            taken = deed.act.kind is RelationKind.REVOKES and phrase("things").search(between)
            if taken or len(between) > deed.act.reach + len("các "):
                return ()
            found.append(one)
        elif _JOINED.search(key, found[-1].span.end, one.span.start):
            found.append(one)
    return tuple(found)


def _deadline(deed: _Deed, said: str, key: str, issued_on: dt.date | None) -> Deadline | None:
    """The new deadline that an extension or amendment sets; dates of cited documents are none."""
    asks = phrase("asks").search(key, deed.end)
    end = asks.start() if asks else len(said)
    start = deed.end
    blank = list(said)
    for one in find_citations(said):
        blank[one.span.start : one.span.end] = " " * len(one.span)
    words = "".join(blank)[start:end]
    moved = phrase("moved").search(key, start, end)
    if moved:
        tail = re.split(r"[;.,](?:\s|$)", "".join(blank)[moved.end() : end], maxsplit=1)[0]
        new = read_cell(tail, issued_on)
        return moved_deadline(new, moved.end()) if new else None
    new = choose(find_deadlines(words, issued_on), words)
    return moved_deadline(new, start) if new and new.kind is not DeadlineKind.NONE else None


def _placed(relation: Relation, span: Span) -> Relation:
    """A relation with its offsets counted in the document."""
    by = span.start
    number = relation.number
    if number and number.span:
        number = replace(number, span=Span(number.span.start + by, number.span.end + by))
    deadline = moved_deadline(relation.deadline, by) if relation.deadline else None
    return replace(relation, span=span, number=number, deadline=deadline)
