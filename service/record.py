"""An Extraction in, the JSON object of `dondoc extract` out; docs/record.md tells its fields.

Offsets count characters of the record's own `text`; boxes are points from the page's top left.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import PurePosixPath
from typing import Any

from pipeline.reasons import clause_reason
from pipeline.types import (
    Clause,
    Deadline,
    DeadlineKind,
    Extraction,
    Grounded,
    Header,
    Issue,
    Origin,
    Reading,
    Relation,
    Span,
    TaskCandidate,
    UnitMention,
    UnitRole,
)
from pipeline.units.register import Register, Resolution, builtin
from service.evidence import Proof

Record = dict[str, Any]
Look = Callable[[str], Resolution | None]


def record(extraction: Extraction, identifier: str | None = None, register: Register | None = None) -> Record:
    """All that a document yields; `id` is the file's stem unless given; units are those of `register`, else
    the listed ones."""
    proof = Proof(extraction.directive.layout)
    header = extraction.directive.header
    text = extraction.directive.layout.text
    look = _look(header, register or builtin())
    return {
        "id": identifier or PurePosixPath(extraction.reading.source.name).stem,
        "source": _source(extraction.reading),
        "document": _document(extraction, proof),
        "tasks": [_task(task, look, proof) | _second(task, text, look, proof) for task in extraction.tasks],
        "relations": [_relation(relation, text, proof) for relation in extraction.relations],
        "clauses": [_clause(clause, text, proof) for clause in extraction.clauses],
        "issues": [_issue(issue, proof) for issue in extraction.issues],
        "text": text,
        "version": extraction.version,
    } | _exchange(extraction.reading)


def _source(reading: Reading) -> Record:
    source = reading.source
    return {
        "name": source.name,
        "sha256": source.sha256,
        "media_type": source.media_type,
        "pages": len(reading.pages),
        "ocr_pages": [page.number for page in reading.pages if page.origin is Origin.OCR],
        "page_sizes": [[round(side, 2) for side in page.size_in_file] for page in reading.pages],
        "signatures": [
            {"signer": one.signer, "signed_at": one.signed_at.isoformat() if one.signed_at else None}
            for one in reading.signatures
        ],
    }


def _exchange(reading: Reading) -> Record:
    """How it came by the exchange, for what came so; the sender's `due_on` is no deadline."""
    told = reading.declared.exchange if reading.declared else None
    if told is None:
        return {}
    concerns = [{"number": number, "issued_on": on.isoformat()} for number, on in told.concerns]
    due_on = told.due_on.isoformat() if told.due_on else None
    return {"exchange": asdict(told) | {"concerns": concerns, "due_on": due_on}}


def _document(extraction: Extraction, proof: Proof) -> Record:
    header = extraction.directive.header
    return {
        "number": _text(header.number),
        "issued_on": header.issued_on.isoformat() if header.issued_on else None,
        "place": header.place,
        "issuer": _text(header.issuer),
        "parent": _text(header.parent),
        "type": header.type.value if header.type else None,
        "subject": _text(header.subject),
        "signer": _signer(header),
        "urgency": header.urgency.value,
        "secrecy": header.secrecy.value,
        "addressees": [one.text for one in header.addressees],
        "recipients": [one.text for one in header.recipients],
        "execution_clause": extraction.execution_clause,
        "doubtful": list(header.doubtful),
        "evidence": _header_evidence(header, proof),
    }


def _signer(header: Header) -> Record | None:
    if not (header.signer or header.signer_position):
        return None
    return {
        "name": _text(header.signer),
        "position": _text(header.signer_position),
        "authority": _text(header.signer_authority),
    }


def _header_evidence(header: Header, proof: Proof) -> Record:
    """Field → where it stands; a field from outside the text (a signature, an envelope) has none."""
    fields: dict[str, tuple[Grounded | None, ...]] = {
        "number": (header.number,),
        "issued_on": (header.issued_at,),
        "issuer": (header.issuer,),
        "subject": (header.subject,),
        "signer": (header.signer,),
        "signer_position": (header.signer_position,),
        "addressees": header.addressees,
        "recipients": header.recipients,
    }
    found = {
        name: proof.of(one.span for one in values if one and one.span) for name, values in fields.items()
    }
    return {name: places for name, places in found.items() if places}


def _task(task: TaskCandidate, look: Look, proof: Proof) -> Record:
    return {
        "id": task.id,
        "text": task.text,
        "path": task.path,
        "leads": [_unit(unit, look, proof) for unit in task.leads],
        "cooperators": [_unit(unit, look, proof) for unit in task.cooperators],
        "deadline": _deadline(task.deadline, task.deadline_inherited, proof),
        "other_deadlines": [
            _deadline(other, not any(span.covers(other.span) for span in task.spans), proof)
            for other in task.other_deadlines
        ],
        "output": _text(task.output),
        "output_evidence": proof.of((task.output.span,) if task.output and task.output.span else ()),
        "product": task.product,
        "nature": task.nature,
        "field": task.field,
        "timing": task.timing,
        "source": task.source,
        "assigner": task.assigner,
        "urgency": task.urgency,
        "confidence": task.confidence,
        "probabilities": asdict(task.probabilities) if task.probabilities else None,
        "reasons": list(task.reasons),
        "rule": task.rule,
        "flags": list(task.flags),
        "marks": list(task.marks),
        "conditions": [_grounded(one, proof) for one in task.conditions],
        "evidence": proof.of(task.spans),
    }


def _second(task: TaskCandidate, text: str, look: Look, proof: Proof) -> Record:
    """What a second reader read otherwise, in the task's own form; nothing where it read the same."""
    seen = task.second
    if seen is None:
        return {}

    def inherited(one: Deadline | UnitMention) -> bool:
        return not any(span.covers(one.span) for span in seen.spans)

    read: Record = {}
    if "text" in task.differs:
        words = " ".join(_squeezed(text, span) for span in seen.spans)
        read |= {"text": words, "evidence": proof.of(seen.spans)}
    for role, units in (("leads", seen.leads), ("cooperators", seen.cooperators)):
        if role in task.differs:
            read[role] = [_unit(UnitRole(unit, inherited(unit)), look, proof) for unit in units]
    if "deadline" in task.differs:
        due = seen.deadline
        read["deadline"] = _deadline(due, due is not None and inherited(due), proof)
    return {"second": read}


def _look(header: Header, register: Register) -> Look:
    """The register as this document uses it: with its issuer, day and place."""
    issuer = " ".join(text for text in (_text(header.parent), _text(header.issuer)) if text)
    return lambda name: register.resolve(name, issuer, header.issued_on, header.place or "")


def _unit(unit: UnitRole, look: Look, proof: Proof) -> Record:
    mention = unit.mention
    known = look(mention.name)
    return {
        "text": mention.name,  # as written; what a list shares is supplied, or "Y tế" would stand alone
        "name": mention.name,
        "unit_id": known.unit.id if known else None,
        "unit": _known(known) if known else None,
        "kind": mention.kind.value,
        "inherited": unit.inherited,
        "evidence": proof.of((mention.span,)),
    }


def _known(found: Resolution) -> Record:
    """What the register says of a unit: who it is, how surely, whether it existed then, who followed it."""
    return {
        "name": found.unit.name,
        "level": found.unit.level,
        "similarity": found.similarity,
        "valid": found.valid,
        "successors": [{"id": one.id, "name": one.name} for one in found.successors],
        "flags": list(found.flags),
    }


_NO_DEADLINE: Record = {
    "text": None,
    "kind": DeadlineKind.NONE.value,
    "date": None,
    "time": None,
    "rrule": None,
    "trigger": None,
    "inherited": False,
    "rule": "",
    "words": "",
    "flags": [],
    "evidence": [],
}


def _deadline(deadline: Deadline | None, inherited: bool, proof: Proof) -> Record:
    """A task without deadline has one of the kind "none"."""
    if deadline is None:
        return {key: [] if value == [] else value for key, value in _NO_DEADLINE.items()}
    return {
        "text": deadline.text,
        "kind": deadline.kind.value,
        "date": deadline.date.isoformat() if deadline.date else None,
        "time": deadline.time.isoformat("minutes") if deadline.time else None,
        "rrule": deadline.rrule,
        "trigger": deadline.trigger,
        "inherited": inherited,
        "rule": deadline.rule,
        "words": deadline.words,
        "flags": list(deadline.flags),
        "evidence": proof.of((deadline.span,)),
    }


def _relation(relation: Relation, text: str, proof: Proof) -> Record:
    """What the document does to an earlier one; `evidence` is the clause that says so."""
    number = relation.number
    return {
        "kind": relation.kind.value,
        "number": _text(number),
        "issued_on": relation.issued_on.isoformat() if relation.issued_on else None,
        "item": relation.item or None,
        "deadline": _deadline(relation.deadline, False, proof) if relation.deadline else None,
        "text": _squeezed(text, relation.span),
        "rule": relation.rule,
        "number_evidence": proof.of((number.span,)) if number and number.span else [],
        "evidence": proof.of((relation.span,)),
    }


def _clause(clause: Clause, text: str, proof: Proof) -> Record:
    """A piece of the body with what it does and by which rule: why it is a task, or none."""
    return {
        "text": _squeezed(text, clause.span),
        "path": clause.path,
        "role": clause.role.value,
        "rule": clause.rule,
        "reason": clause_reason(clause.rule, clause.role.value),
        "evidence": proof.of((clause.span,)),
    }


def _issue(issue: Issue, proof: Proof) -> Record:
    said: Record = {"stage": issue.stage, "message": issue.message}
    if issue.span:
        said["evidence"] = proof.of((issue.span,))
    return said


def _squeezed(text: str, span: Span) -> str:
    return " ".join(text[span.start : span.end].split())


def _grounded(value: Grounded, proof: Proof) -> Record:
    return {"text": value.text, "evidence": proof.of((value.span,) if value.span else ())}


def _text(value: Grounded | None) -> str | None:
    return value.text if value else None
