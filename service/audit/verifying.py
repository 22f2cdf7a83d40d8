"""The audit against its key: the faults of chain, values and signatures, and of the key being gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from service.audit.heads import HeadBook
from service.audit.keys import Signer
from service.audit.log import Audit, Fault


def verified(audit: Audit, key: Path) -> Iterator[Fault]:
    """Every fault; where there is no key to vouch for entries, that alone, as of entry 0. An audit that has
    neither entries nor heads needs no key yet."""
    noted = HeadBook.beside(key).heads()
    if key.exists():
        yield from audit.faults(Signer(key), noted)
    elif audit.head()[0] or noted:
        yield Fault(0, f"Không có khóa ký (no key): {key}")
