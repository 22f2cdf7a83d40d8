"""Which earlier documents a document carries out: its subject and preface in, relations out (carrying.toml).

Only where the document is named as what is carried out: "V/v triển khai Chỉ thị số 15/CT-TTg", "Thực hiện
Công văn số 88/UBND-NC ngày …, Sở Y tế yêu cầu:". Of the body only the plain paragraphs before the first item
or lead-in count: below them "Thực hiện Chỉ thị số …" is an order. What is merely cited ("theo Công văn số …")
is carried out by nobody.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from pipeline.assignments.citations import Citation, find_citations, item_in
from pipeline.linguistics import split_sentences
from pipeline.text import match_key
from pipeline.types import Block, BlockKind, Directive, Grounded, Relation, RelationKind, Span

_PREFACE = 8  # plain paragraphs at most
_REACH = 700  # characters of a sentence that are looked at
_APART = 200  # characters between two documents that are carried out together
_JOINED = re.compile(r"(?:[;,]|\bvà)\s*(?:các\s*)?$")
_SEGMENT = re.compile(r"(?:^|;)\s*")


def find_carried(directive: Directive, others: tuple[Relation, ...] = ()) -> tuple[Relation, ...]:
    """The relations to what the document carries out, in reading order, each document once; none to itself
    nor to what `others` say that it does something else to."""
    header = directive.header
    own = {_plain(header.number.text)} if header.number else set()
    known = own | {_plain(one.number.text) for one in others if one.number}
    found: list[Relation] = []
    for relation in (*_of_subject(directive), *_of_preface(directive)):
        number = _plain(relation.number.text) if relation.number else ""
        if number not in known:
            known.add(number)
            found.append(relation)
    return tuple(found)


def _of_subject(directive: Directive) -> Iterator[Relation]:
    subject = directive.header.subject
    if subject is None or subject.span is None:
        return
    said = subject.text[:_REACH]
    key = match_key(said)
    for act in _act().finditer(key):
        if _pattern("about").search(key, 0, act.start()):
            return
        carried = list(_carried(said, key, act.end()))
        for one in carried:
            number = Grounded(one.number, subject.span)
            item = item_in(said[act.end() : one.span.start])
            yield _relation(subject.span, number, one, item, "carrying_subject")
        if carried:  # what follows says what that document itself carries out
            return


def _of_preface(directive: Directive) -> Iterator[Relation]:
    text = directive.layout.text
    for block in _preface(directive.root):
        words = text[block.span.start : block.span.end]
        for sentence in split_sentences(words[: 10 * _REACH]):
            end = min(sentence.end, sentence.start + _REACH)
            yield from _of_sentence(
                words[sentence.start : end].replace("\n", " "), block.span.start + sentence.start
            )


def _preface(root: Block) -> Iterator[Block]:
    """The plain paragraphs with which a body begins, with the first that leads into items."""
    for block in root.children[:_PREFACE]:
        if block.kind is not BlockKind.PARAGRAPH or block.grid is not None:
            return
        yield block
        if block.children:
            return


def _of_sentence(said: str, base: int) -> Iterator[Relation]:
    key = match_key(said)
    span = Span(base, base + len(said))
    for segment in _SEGMENT.finditer(key):
        opened = _opened().match(key, segment.end())
        given = _pattern("given").match(key, segment.end())
        start = opened.end() if opened else given.end() if given else None
        if start is None:
            continue
        for one in _carried(said, key, start, linked=not given):
            number = Grounded(one.number, Span(base + one.number_span.start, base + one.number_span.end))
            item = item_in(said[start : one.span.start])
            yield _relation(span, number, one, item, "carrying_given" if given else "carrying_preface")


def _carried(said: str, key: str, start: int, *, linked: bool = True) -> Iterator[Citation]:
    """The documents that are the object of a verb which ends at `start`: the one behind it, and those joined
    to it."""
    last: Citation | None = None
    for one in find_citations(said):
        if one.span.start < start:
            continue
        if last is None:
            direct = not linked or _pattern("link").fullmatch(key, start, one.span.start)
            if not direct and not (linked and one.span.start == start + 1):
                return
        elif one.span.start - last.span.end > _APART or not _JOINED.search(
            key, last.span.end, one.span.start
        ):
            return
        if _pattern("asks_only").match(key, one.span.start):
            return
        last = one
        yield one


def _relation(span: Span, number: Grounded, one: Citation, item: str, rule: str) -> Relation:
    return Relation(RelationKind.CARRIES_OUT, span, number, one.issued_on, item, rule=rule)


@cache
def _table() -> dict[str, str]:
    text = (files("pipeline.assignments") / "carrying.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(match_key(_table()[name]))


@cache
def _act() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_pattern('act').pattern})(?!\w)")


@cache
def _opened() -> re.Pattern[str]:
    return re.compile(rf"{_pattern('opening').pattern}(?:{_pattern('act').pattern})(?!\w)")


def _plain(number: str) -> str:
    return re.sub(r"\s+", "", match_key(number)).replace("–", "-")
