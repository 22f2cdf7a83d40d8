"""A record in, what the report says beside the pages out: header fields, a card a task, what is no task."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from service.wording import (
    CLAUSE_ROLES,
    DEADLINE_KINDS,
    DOCUMENT_TYPES,
    FLAGS,
    HEADER_FIELDS,
    MARKS,
    PURPOSES,
    RELATIONS,
    URGENCIES,
    Say,
    classes,
    linked,
    plain,
    product,
    words,
)

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Proved:
    """Something said on a card with where it stands: `ref` ties it to its marks."""

    ref: str
    kind: str
    title: str
    evidence: Sequence[Record]


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A header field."""

    ref: str
    name: str
    value: str
    missing: str
    proofs: tuple[Proved, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A unit on a card."""

    ref: str
    kind: str
    name: str
    note: str
    proved: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A task, or a clause that is none (then `why` says what it is)."""

    ref: str
    number: int
    text: str
    path: str
    leads: tuple[Chip, ...] = ()
    cooperators: tuple[Chip, ...] = ()
    due: str = ""
    due_ref: str = ""
    due_text: str = ""
    due_words: str = ""
    facts: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    why: str = ""
    rule: str = ""
    proofs: tuple[Proved, ...] = ()


def fields_of(record: Record, ref: str, say: Say = plain) -> tuple[FieldRow, ...]:
    """The header's fields that have a value, or that are there but could not be read."""
    document = record["document"]
    values = {
        "number": document["number"],
        "issued_on": day(document["issued_on"]),
        "issuer": document["issuer"],
        "type": say(words(DOCUMENT_TYPES, document["type"])),
        "subject": document["subject"],
        "signer": _signer(document["signer"]),
        "addressees": "; ".join(document["addressees"]),
        "recipients": "; ".join(document["recipients"]),
        "urgency": say(words(URGENCIES, document["urgency"])) if document["urgency"] != "normal" else "",
    }
    rows = []
    for name, value in values.items():
        own = f"{ref}h-{name}"
        missing = (
            say("có trên trang nhưng máy không đọc được, cần gõ tay") if name in document["doubtful"] else ""
        )
        evidence = document["evidence"].get(name, [])
        if name == "signer":
            evidence = [*document["evidence"].get("signer_position", []), *evidence]
        title = say(words(HEADER_FIELDS, name))
        if value or missing:
            proofs = (Proved(own, "header", title, evidence),) if evidence else ()
            rows.append(FieldRow(own, title, value or "", missing, proofs))
    return (*rows, *_exchange_rows(record, ref, say))


def _exchange_rows(record: Record, ref: str, say: Say) -> Iterator[FieldRow]:
    """What the envelope of a package says; the sender's due date is told as such, it is no deadline."""
    exchange = record.get("exchange") or {}
    about = "; ".join(f"{one['number']} ({day(one['issued_on'])})" for one in exchange.get("concerns", ()))
    values = {"exchange": exchange.get("sender") or exchange.get("organ")}
    if purpose := PURPOSES.get(exchange.get("purpose", "")):
        values["purpose"] = " · ".join(filter(None, (say(purpose), about, exchange["reason"])))
    if exchange.get("due_on"):
        values["sender_due"] = day(exchange["due_on"]) + " · " + say("không phải thời hạn của nhiệm vụ")
    for name, value in values.items():
        if value:
            yield FieldRow(f"{ref}h-{name}", say(words(HEADER_FIELDS, name)), value, "", ())


def _signer(signer: Record | None) -> str:
    if not signer:
        return ""
    return " · ".join(signer[part] for part in ("name", "position") if signer[part])


def cards_of(record: Record, ref: str, say: Say = plain) -> tuple[Card, ...]:
    """A card a task."""
    return tuple(
        _card(task, f"{ref}t{number}", number, say) for number, task in enumerate(record["tasks"], 1)
    )


_NONE: Record = {"kind": "none", "text": None, "date": None, "words": "", "inherited": False, "evidence": []}


def _card(task: Record, ref: str, number: int, say: Say) -> Card:
    leads = _chips(task["leads"], f"{ref}l", "lead", say)
    cooperators = _chips(task["cooperators"], f"{ref}c", "cooperator", say)
    deadline = task["deadline"] or _NONE
    stated = deadline["kind"] != "none"
    proofs = [Proved(ref, "task", say("Nhiệm vụ {number}").format(number=number), task["evidence"])]
    for chips, units, kind in (
        (leads, task["leads"], "lead"),
        (cooperators, task["cooperators"], "cooperator"),
    ):
        label = say("Chủ trì") if kind == "lead" else say("Phối hợp")
        proofs += [
            Proved(chip.ref, kind, f"{label}: {chip.name}", unit["evidence"])
            for chip, unit in zip(chips, units, strict=True)
        ]
    if stated:
        proofs.append(
            Proved(f"{ref}d", "deadline", say("Thời hạn") + f": {due(deadline, say)}", deadline["evidence"])
        )
    return Card(
        ref=ref,
        number=number,
        text=task["text"],
        path=task["path"],
        leads=leads,
        cooperators=cooperators,
        due=due(deadline, say) if stated else "",
        due_ref=f"{ref}d" if stated else "",
        due_text=_quoted(deadline, say),
        due_words=deadline["words"] or "",
        facts=_facts(task, say),
        flags=tuple(say(words(FLAGS, flag)) for flag in task["flags"]),
        reasons=tuple(map(say, task.get("reasons") or ())),
        proofs=tuple(proofs),
    )


def _chips(units: Sequence[Record], ref: str, kind: str, say: Say) -> tuple[Chip, ...]:
    return tuple(
        Chip(
            f"{ref}{place}",
            kind,
            unit["name"],
            "; ".join(_notes(unit, say)),
            bool(unit["evidence"]),
        )
        for place, unit in enumerate(units)
    )


def _notes(unit: Record, say: Say) -> Iterator[str]:
    """What a reviewer should see of a unit: where from, what a misspelt name is taken for, who followed."""
    if unit["inherited"]:
        yield say("từ câu dẫn")
    known = unit.get("unit")
    if known and known["similarity"] < 1:
        yield f"≈ {known['name']} ({round(100 * known['similarity'])}%)"
    if known and known["successors"]:
        after, *rest = (one["name"] for one in known["successors"])
        others = f" + {len(rest)} " + say("đơn vị khác") if rest else ""
        yield say("nay") + f": {after}{others}"


def _quoted(deadline: Record, say: Say) -> str:
    note = " (" + say("từ câu dẫn") + ")" if deadline["inherited"] else ""
    return f"“{deadline['text']}”{note}" if deadline["text"] else ""


def _facts(task: Record, say: Say) -> tuple[str, ...]:
    known = classes(task, say)
    facts = [said for _, said in known[:2]]
    facts += [f"{name}: {said}" for name, said in known[2:]]
    facts += [say(words(MARKS, mark)) for mark in task.get("marks", ()) if mark != "conditional"]
    facts += [say("Điều kiện") + f": “{one['text']}”" for one in task.get("conditions", ())]
    if product(task):
        facts.append(say("Sản phẩm") + f": {product(task, say)}")
    facts.append(say("Độ tin cậy") + f" {round(100 * task['confidence'])}%")
    return tuple(facts)


def omitted_of(record: Record, ref: str, say: Say = plain) -> tuple[Card, ...]:
    """What is no task, with what it is instead; headings are left out, they say nothing."""
    rest = [clause for clause in record["clauses"] if clause["role"] not in ("task", "heading", "lead_in")]
    return tuple(
        Card(
            ref=f"{ref}n{number}",
            number=number,
            text=clause["text"],
            path=clause["path"],
            why=say(words(CLAUSE_ROLES, clause["role"])),
            rule=say(clause.get("reason") or clause["rule"]),
            proofs=(
                Proved(
                    f"{ref}n{number}", "clause", say(words(CLAUSE_ROLES, clause["role"])), clause["evidence"]
                ),
            ),
        )
        for number, clause in enumerate(rest, 1)
    )


def relations_of(record: Record, ref: str, say: Say = plain) -> tuple[Card, ...]:
    """What the document does to earlier ones, a card each."""
    return tuple(
        Card(
            ref=f"{ref}r{number}",
            number=number,
            text=linked(relation, say),
            path="",
            why=say(words(RELATIONS, relation["kind"])),
            rule=relation["rule"],
            proofs=(Proved(f"{ref}r{number}", "header", linked(relation, say), relation["evidence"]),),
        )
        for number, relation in enumerate(record.get("relations", ()), 1)
    )


def due(deadline: Record, say: Say = plain) -> str:
    """A deadline's value in few words: its day and hour, or its kind."""
    if deadline["date"]:
        return " ".join(filter(None, (deadline["time"], day(deadline["date"]))))
    return say(words(DEADLINE_KINDS, deadline["kind"]))


def day(iso: str | None) -> str:
    """2019-03-15 → 15/03/2019."""
    return "/".join(reversed(iso.split("-"))) if iso else ""
