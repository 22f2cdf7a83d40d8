"""The stage: a document's parts in, drafts and labelled clauses out."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.assignments.audience import audience
from pipeline.assignments.dismissals import attachment_zone, regulates
from pipeline.assignments.references import Reference, find_references
from pipeline.assignments.scope import Draft, Scope
from pipeline.assignments.walk import Walk
from pipeline.types import Block, BlockKind, Clause, ClauseRole, Directive, DocumentType

_WITH_YEAR = re.compile(r"/(?:19|20)\d\d/")


def find_drafts(directive: Directive) -> tuple[tuple[Draft, ...], tuple[Clause, ...]]:
    """Walk body and annexes; drafts and clauses in reading order.

    Where drafts give numbered items of the document to somebody, the walk is made again with that known.
    """
    walk = _walked(directive, ())
    references = find_references(walk.drafts, directive.layout.text)
    if references:
        walk = _walked(directive, references)
    return tuple(walk.drafts), tuple(walk.clauses)


def _walked(directive: Directive, references: tuple[Reference, ...]) -> Walk:
    header = directive.header
    issued = header.issued_on or header.issued_about  # a legible month still tells a deadline's year
    walk = Walk(directive.layout.text, header, issued, audience=audience(directive), references=references)
    body = tuple(child for child in directive.root.children if child.kind is not BlockKind.ANNEX)
    walk.visit_children(replace(directive.root, children=body), Scope(zone=_body_zone(directive)))
    for annex in directive.root.children:
        if annex.kind is BlockKind.ANNEX:
            title = _title(annex, directive.layout.text)
            zone = attachment_zone(title) or ClauseRole.TASK
            path = (title[:60],) if title else ("Phụ lục",)
            statute = zone is ClauseRole.FUNCTION
            walk.visit_children(annex, Scope(zone=zone, path=path, statute=statute))
    return walk


def _body_zone(directive: Directive) -> ClauseRole:
    """FUNCTION where the act itself is a regulation: by its subject ("quy định chức năng …", "ban hành
    Quy chế …"), or a legal document by its number with the year (Luật Ban hành văn bản QPPL)."""
    header = directive.header
    if header.type is not DocumentType.QUYET_DINH and header.type is not DocumentType.OTHER:
        return ClauseRole.TASK
    subject = header.subject.text if header.subject else ""
    number = header.number.text if header.number else ""
    return ClauseRole.FUNCTION if regulates(subject) or _WITH_YEAR.search(number) else ClauseRole.TASK


def _title(annex: Block, text: str) -> str:
    """The annex's title: its first paragraph that is no mere "Phụ lục I" or note in brackets."""
    for child in annex.children[:4]:
        words = text[child.span.start : child.span.end].strip()
        if (
            words
            and not words.startswith("(")
            and not words.lower().startswith(("phụ lục", "cộng hòa", "độc lập"))
        ):
            return words
    return ""
