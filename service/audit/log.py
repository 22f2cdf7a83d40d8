"""The audit as seen from one transaction: entries join the chain together with the change they tell of."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, insert, or_, select, text
from sqlalchemy.orm import Session

from service.audit.chain import FIRST, Entry, digest, entry_hash
from service.audit.heads import Head
from service.audit.keys import Signer
from service.database import now
from service.tables import AuditEntry, AuditHead, AuditValue

_LOCK = 7_304_113  # any number, the same for all dondoc processes on one PostgreSQL database
PURGE = "purge"
"""The only action after which the values of a subject may be gone."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where the chain does not hold, and how."""

    seq: int
    why: str


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, before it has its place in the chain."""

    action: str
    subject: str
    values: Mapping[str, Any]
    version: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """An entry with its values; None where they were erased."""

    seq: int
    at: float
    actor: str
    action: str
    subject: str
    version: str
    values: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Asked:
    """Which entries: of a subject and what belongs to it, of one who acted, of an action ("" for all);
    `before` is the number of the last entry of the page before."""

    subject: str = ""
    actor: str = ""
    action: str = ""
    before: int | None = None


class Audit:
    """Adds to the chain and checks it, inside the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, actor: str, action: str, subject: str, values: Mapping[str, Any], version: str = "") -> int:
        """The number of the new entry; nobody else can add one until this transaction ends."""
        return self.add_all(actor, [Done(action, subject, values, version)])

    def add_all(self, actor: str, several: Sequence[Done]) -> int:
        """The same of many things that one did; the number of the last."""
        self.alone()
        seq, previous = self.head()
        at = float(self._session.scalar(select(now())) or 0.0)
        entries, kept = [], []
        for one in several:
            seq += 1
            salt = secrets.token_hex(16)
            entry = Entry(
                seq, at, actor, one.action, one.subject, one.version, digest(salt, one.values), previous
            )
            previous = entry_hash(entry)
            entries.append({name: getattr(entry, name) for name in Entry.__slots__} | {"hash": previous})
            kept.append({"seq": seq, "salt": salt, "values": dict(one.values)})
        if entries:
            self._session.execute(insert(AuditEntry), entries)
            self._session.execute(insert(AuditValue), kept)
        return seq

    def head(self) -> tuple[int, str]:
        """The last entry's number and hash."""
        query = select(AuditEntry.seq, AuditEntry.hash).order_by(AuditEntry.seq.desc()).limit(1)
        row = self._session.execute(query).first()
        return (row[0], row[1]) if row else (0, FIRST)

    def sign(self, signer: Signer) -> Head | None:
        """Signs the present head, unless it is signed already; None where there is no entry yet."""
        self.alone()
        seq, head = self.head()
        if not seq:
            return None
        known = self._session.get(AuditHead, seq)
        if known is not None:
            return Head(seq, known.hash, known.signature)
        signature = signer.sign(seq, head)
        self._session.execute(insert(AuditHead).values(seq=seq, hash=head, signature=signature, at=now()))
        return Head(seq, head, signature)

    def erase(self, subject: str) -> int:
        """Erases the values of all entries of a subject and what belongs to it; their hashes stay and the
        chain holds. How many."""
        which = select(AuditEntry.seq).where(_of(subject))
        found = self._session.scalar(
            select(func.count()).select_from(AuditValue).where(AuditValue.seq.in_(which))
        )
        self._session.execute(delete(AuditValue).where(AuditValue.seq.in_(which)))
        return found or 0

    def of(self, subject: str) -> list[Told]:
        """What was done to a subject and all that belongs to it, oldest first."""
        return self._told(_entries().where(_of(subject)).order_by(AuditEntry.seq))

    def page(self, asked: Asked, most: int) -> list[Told]:
        """The entries that are asked for, newest first."""
        query = _entries()
        if asked.subject:
            query = query.where(_of(asked.subject))
        if asked.actor:
            query = query.where(AuditEntry.actor == asked.actor)
        if asked.action:
            query = query.where(AuditEntry.action == asked.action)
        if asked.before is not None:
            query = query.where(AuditEntry.seq < asked.before)
        return self._told(query.order_by(AuditEntry.seq.desc()).limit(most))

    def faults(self, signer: Signer, noted: Iterable[Head] = ()) -> Iterator[Fault]:
        """Every place where the chain, its values or its signed heads do not hold; `noted` are heads that
        were written down outside the database."""
        heads = [Head(one.seq, one.hash, one.signature) for one in self._session.scalars(select(AuditHead))]
        signed = sorted({*heads, *noted})
        wanted = {one.seq for one in signed}
        hashes: dict[int, str] = {}
        purged = self._purged()
        before, previous = 0, FIRST
        query = select(AuditEntry, AuditValue).outerjoin(AuditValue, AuditValue.seq == AuditEntry.seq)
        rows = self._session.execute(query.order_by(AuditEntry.seq).execution_options(yield_per=1000))
        for entry, values in rows.tuples():
            yield from _faults_of(entry, values, before, previous)
            if values is None and purged.get(entry.subject.partition("/")[0], 0) <= entry.seq:
                yield Fault(
                    entry.seq, "giá trị bị mất mà không có lệnh xóa (values are gone without a purge)"
                )
            before, previous = entry.seq, entry.hash
            if entry.seq in wanted:
                hashes[entry.seq] = entry.hash
        for one in signed:
            if not signer.holds(one.seq, one.hash, one.signature):
                yield Fault(one.seq, "chữ ký không đúng (bad signature)")
            elif hashes.get(one.seq) != one.hash:
                yield Fault(one.seq, "chuỗi không còn đúng với chữ ký (signed head is gone or changed)")

    def _purged(self) -> dict[str, int]:
        """The last purge of each subject."""
        query = select(AuditEntry.subject, func.max(AuditEntry.seq)).where(AuditEntry.action == PURGE)
        return dict(iter(self._session.execute(query.group_by(AuditEntry.subject)).tuples()))

    def _told(self, query: Select[tuple[AuditEntry, dict[str, Any] | None]]) -> list[Told]:
        return [
            Told(one.seq, one.at, one.actor, one.action, one.subject, one.version, values)
            for one, values in self._session.execute(query).tuples()
        ]

    def alone(self) -> None:
        """Nobody else writes to the chain until this transaction ends; SQLite has but one writer anyway."""
        if self._session.get_bind().dialect.name == "postgresql":
            self._session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def _entries() -> Select[tuple[AuditEntry, dict[str, Any] | None]]:
    query: Any = select(AuditEntry, AuditValue.values)
    joined: Select[tuple[AuditEntry, dict[str, Any] | None]] = query.outerjoin(
        AuditValue, AuditValue.seq == AuditEntry.seq
    )
    return joined


def _of(subject: str) -> ColumnElement[bool]:
    """Entries of a subject and of what belongs to it ("document:17/task:3f2a" to "document:17")."""
    below = AuditEntry.subject.startswith(f"{subject}/", autoescape=True)
    return or_(AuditEntry.subject == subject, below)


def _faults_of(entry: AuditEntry, values: AuditValue | None, before: int, previous: str) -> Iterator[Fault]:
    if entry.seq != before + 1:
        yield Fault(entry.seq, f"thiếu mục sau số {before} (entries are missing)")
    plain = Entry(*(getattr(entry, name) for name in Entry.__slots__))
    if entry.previous != previous or entry_hash(plain) != entry.hash:
        yield Fault(entry.seq, "mục bị sửa (entry was changed)")
    if values is not None and digest(values.salt, values.values) != entry.digest:
        yield Fault(entry.seq, "giá trị bị sửa (values were changed)")
