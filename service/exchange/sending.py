"""A letter's files and header in, the package that carries it out."""

from __future__ import annotations

import datetime as dt
import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.exchange.opening import file_name
from pipeline.exchange.package import (
    Answered,
    Attachment,
    Code,
    Organ,
    Package,
    Priority,
    Signer,
    Steering,
    Trace,
    day,
)
from pipeline.exchange.writing import write


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands at the head of a letter that goes out; each of `to` is "id=name" or an id."""

    number: str
    subject: str
    issued_on: dt.date
    to: tuple[str, ...]
    signer: str = ""
    priority: int = 0
    kind: str = "Công văn"


def packed(
    letter: Letter,
    office: Organ,
    place: str,
    files: Sequence[Attachment],
    answers: Sequence[Answered] = (),
) -> bytes:
    """The letter as a new, directing document (BussinessDocType 0, SteeringType 2) with its files attached.

    Raises `pipeline.exchange.writing.Incomplete` where something is missing.
    """
    package = Package(
        sender=office,
        receivers=tuple(_organ(one) for one in letter.to),
        code=Code.of(letter.number),
        place=place,
        issued_on=letter.issued_on,
        type_name=letter.kind,
        subject=letter.subject,
        signer=Signer(name=letter.signer),
        priority=Priority(str(letter.priority)),
        answers=tuple(answers),
        steering=Steering.DIRECTIVE,
        traces=(Trace(office.id, f"{day(letter.issued_on)} 00:00:00"),),
        attachments=tuple(files),
    )
    return write(package)


def _organ(given: str) -> Organ:
    identifier, _, name = given.partition("=")
    return Organ(identifier.strip(), name.strip())


def attached(path: Path) -> Attachment:
    """A file as it is carried; raises OSError."""
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Attachment(file_name(path.name), path.read_bytes(), kind)
