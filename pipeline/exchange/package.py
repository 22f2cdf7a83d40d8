"""What a package of the exchange says, as values; names of elements are those of QCVN 102:2016/BTTTT."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from enum import StrEnum

from pipeline.text import nfc

VIET_NAM = dt.timezone(dt.timedelta(hours=7))
"""The time that packages are stamped in; they name no zone."""
_ID = re.compile(r"\s*([^,]+?)\s*,\s*(\d{4})[-/](\d{1,2})[-/](\d{1,2})\s*,\s*(.+?)\s*", re.DOTALL)


class Purpose(StrEnum):
    """BussinessDocType: what a package is sent for."""

    NEW = "0"
    RECALL = "1"
    UPDATE = "2"
    REPLACE = "3"


class Steering(StrEnum):
    """SteeringType: whether the document directs."""

    NONE = "1"
    DIRECTIVE = "2"
    REPORT = "3"


class Priority(StrEnum):
    """OtherInfo/Priority."""

    NORMAL = "0"
    KHAN = "1"
    THUONG_KHAN = "2"
    HOA_TOC = "3"
    HOA_TOC_TIMED = "4"


class StatusCode(StrEnum):
    """What is answered to the sender of a document; 13 to 16 belong to recalls and updates."""

    ARRIVED = "01"
    REFUSED = "02"
    RECEIVED = "03"
    ASSIGNED = "04"
    IN_PROGRESS = "05"
    DONE = "06"
    RECALL_ASKED = "13"
    CHANGE_AGREED = "15"
    CHANGE_REFUSED = "16"


@dataclass(frozen=True, slots=True)
class Code:
    """A document's number and notation."""

    number: str = ""
    notation: str = ""

    def __str__(self) -> str:
        return "/".join(part.strip("/") for part in (self.number, self.notation) if part)

    @classmethod
    def of(cls, text: str) -> Code:
        """From "12/UBND-VX"; what follows the first stroke is the notation."""
        number, _, notation = nfc(text).strip().partition("/")
        return cls(number.strip(), notation.strip())


@dataclass(frozen=True, slots=True)
class DocumentId:
    """`organ,yyyy/MM/dd,number/notation`: by what systems name a document to each other."""

    organ: str
    issued_on: dt.date
    code: str

    def __str__(self) -> str:
        return f"{self.organ},{day(self.issued_on)},{self.code}"

    @classmethod
    def of(cls, text: str) -> DocumentId | None:
        """The parts of an id; None where it has another form, as some senders' have."""
        match = _ID.fullmatch(nfc(text))
        if match is None:
            return None
        organ, year, month, date, code = match.groups()
        try:
            return cls(organ, dt.date(int(year), int(month), int(date)), code)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Organ:
    """A sender or receiver."""

    id: str = ""
    name: str = ""
    in_charge: str = ""
    address: str = ""
    email: str = ""
    telephone: str = ""
    fax: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """SignerInfo: `competence` is "TM.", "KT." …"""

    competence: str = ""
    position: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Staff:
    """StaffInfo: who sends."""

    department: str = ""
    name: str = ""
    mobile: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """ResponseFor: the document that is answered."""

    organ: str = ""
    code: str = ""
    issued_on: dt.date | None = None
    document_id: str = ""


@dataclass(frozen=True, slots=True)
class Replacement:
    """ReplacementInfo: a document that this one takes the place of, and at whom."""

    document_id: str
    organs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """TraceHeader: a station on the way; the time as it is written."""

    organ: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Business:
    """What a package is sent for and which documents that concerns (the element is spelt Bussiness)."""

    purpose: Purpose = Purpose.NEW
    reason: str = ""
    document_id: str = ""
    staff: Staff = Staff()
    paper: bool = False
    replacements: tuple[Replacement, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as it is carried, a zipped one still zipped; `name` is no path."""

    name: str
    content: bytes = field(repr=False)
    media_type: str = "application/octet-stream"
    description: str = ""
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """A document on its way. `due_on` is what the sender wrote as DueDate: often a default, never a deadline
    of what the document asks for."""

    sender: Organ = Organ()
    receivers: tuple[Organ, ...] = ()
    code: Code = Code()
    place: str = ""
    issued_on: dt.date | None = None
    type: str = ""
    type_detail: str = ""
    type_name: str = ""
    subject: str = ""
    content: str = ""
    signer: Signer = Signer()
    due_on: dt.date | None = None
    places: tuple[str, ...] = ()
    priority: Priority = Priority.NORMAL
    sphere: str = ""
    typist: str = ""
    copies: str = ""
    pages: str = ""
    appendixes: tuple[str, ...] = ()
    answers: tuple[Answered, ...] = ()
    steering: Steering | None = None
    document_id: str = ""
    traces: tuple[Trace, ...] = ()
    business: Business = Business()
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """An answer to the sender of a document: how it fares here since when."""

    code: StatusCode
    answered: Answered
    sender: Organ
    at: dt.datetime
    description: str = ""
    staff: Staff = Staff()


def day(date: dt.date) -> str:
    """A day as the exchange writes it: yyyy/MM/dd."""
    return f"{date.year:04}/{date.month:02}/{date.day:02}"
