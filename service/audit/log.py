"""The audit as seen from one transaction: entries join the chain together with the change they tell of."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, or_, select, text
from sqlalchemy.orm import Session

from service.audit.chain import FIRST, Entry, digest, entry_hash
from service.audit.keys import Signer
from service.database import now
from service.tables import AuditEntry, AuditHead, AuditValue

_LOCK = 7_304_113  # any number, the same for all dondoc processes on one PostgreSQL database


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where the chain does not hold, and how."""

    seq: int
    why: str


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


class Audit:
    """Adds to the chain and checks it, inside the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, actor: str, action: str, subject: str, values: Mapping[str, Any], version: str = "") -> int:
        """The number of the new entry; nobody else can add one until this transaction ends."""
        if self._session.get_bind().dialect.name == "postgresql":  # SQLite has but one writer
            self._session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        seq, previous = self.head()
        at = float(self._session.scalar(select(now())) or 0.0)
        salt = secrets.token_hex(16)
        entry = Entry(seq + 1, at, actor, action, subject, version, digest(salt, values), previous)
        fields = {name: getattr(entry, name) for name in Entry.__slots__}
        self._session.execute(insert(AuditEntry).values(**fields, hash=entry_hash(entry)))
        self._session.execute(insert(AuditValue).values(seq=entry.seq, salt=salt, values=dict(values)))
        return entry.seq

    def head(self) -> tuple[int, str]:
        """The last entry's number and hash."""
        query = select(AuditEntry.seq, AuditEntry.hash).order_by(AuditEntry.seq.desc()).limit(1)
        row = self._session.execute(query).first()
        return (row[0], row[1]) if row else (0, FIRST)

    def sign(self, signer: Signer) -> None:
        """Signs the present head, unless it is signed already."""
        seq, head = self.head()
        if seq and self._session.get(AuditHead, seq) is None:
            signature = signer.sign(seq, head)
            self._session.execute(insert(AuditHead).values(seq=seq, hash=head, signature=signature, at=now()))

    def erase(self, subject: str) -> int:
        """Erases the values of all entries of a subject and what belongs to it; their hashes stay and the
        chain holds. How many."""
        below = AuditEntry.subject.startswith(f"{subject}/", autoescape=True)
        which = select(AuditEntry.seq).where(or_(AuditEntry.subject == subject, below))
        found = self._session.scalar(
            select(func.count()).select_from(AuditValue).where(AuditValue.seq.in_(which))
        )
        self._session.execute(delete(AuditValue).where(AuditValue.seq.in_(which)))
        return found or 0

    def of(self, subject: str) -> list[Told]:
        """What was done to a subject and all that belongs to it, oldest first."""
        below = AuditEntry.subject.startswith(f"{subject}/", autoescape=True)
        query = (
            select(AuditEntry, AuditValue.values)
            .outerjoin(AuditValue, AuditValue.seq == AuditEntry.seq)
            .where(or_(AuditEntry.subject == subject, below))
            .order_by(AuditEntry.seq)
        )
        return [
            Told(one.seq, one.at, one.actor, one.action, one.subject, one.version, values)
            for one, values in self._session.execute(query).tuples()
        ]

    def faults(self, signer: Signer) -> Iterator[Fault]:
        """Every place where the chain, its values or its signed heads do not hold."""
        hashes: dict[int, str] = {}
        heads = {head.seq: head for head in self._session.scalars(select(AuditHead))}
        before, previous = 0, FIRST
        query = select(AuditEntry, AuditValue).outerjoin(AuditValue, AuditValue.seq == AuditEntry.seq)
        rows = self._session.execute(query.order_by(AuditEntry.seq).execution_options(yield_per=1000))
        for entry, values in rows.tuples():
            yield from _faults_of(entry, values, before, previous)
            before, previous = entry.seq, entry.hash
            if entry.seq in heads:
                hashes[entry.seq] = entry.hash
        for seq, head in sorted(heads.items()):
            if not signer.holds(seq, head.hash, head.signature):
                yield Fault(seq, "chữ ký không đúng (bad signature)")
            elif hashes.get(seq) != head.hash:
                yield Fault(seq, "chuỗi không còn đúng với chữ ký (signed head is gone or changed)")


def _faults_of(entry: AuditEntry, values: AuditValue | None, before: int, previous: str) -> Iterator[Fault]:
    if entry.seq != before + 1:
        yield Fault(entry.seq, f"thiếu mục sau số {before} (entries are missing)")
    plain = Entry(*(getattr(entry, name) for name in Entry.__slots__))
    if entry.previous != previous or entry_hash(plain) != entry.hash:
        yield Fault(entry.seq, "mục bị sửa (entry was changed)")
    if values is not None and digest(values.salt, values.values) != entry.digest:
        yield Fault(entry.seq, "giá trị bị sửa (values were changed)")
