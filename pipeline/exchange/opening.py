"""A package's bytes in, what it says out: tolerant of senders, bounded against hostile ones."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from enum import StrEnum
from typing import Any, TypeVar

from pipeline.errors import Reason, Unreadable
from pipeline.exchange.elements import date, each, first, name_of, said, text
from pipeline.exchange.package import (
    VIET_NAM,
    Answered,
    Attachment,
    Business,
    Code,
    Organ,
    Package,
    Priority,
    Purpose,
    Replacement,
    Signer,
    Staff,
    Status,
    StatusCode,
    Steering,
    Trace,
)
from pipeline.limits import Limits
from pipeline.read.markup import parse_large_xml

_Choice = TypeVar("_Choice", bound=StrEnum)
_UNFIT = '<>:"|?*'  # in names of files, on some systems


def open_package(content: bytes, limits: Limits) -> Package | Status:
    """What the bytes hold: a document on its way, or an answer about one.

    Raises `Unreadable`: too large, declares entities, broken XML or base64.
    """
    if len(content) > limits.max_bytes:
        raise Unreadable(Reason.TOO_LARGE, "gói edXML quá lớn (package too large)")
    root = parse_large_xml(content)
    status = first(root, "Status")
    if status is not None and text(status, "StatusCode"):
        return _status(status)
    return _package(root)


def file_name(given: str) -> str:
    """A name without folders and without what a file system or a terminal may stumble over."""
    last = given.replace("\\", "/").rstrip("/").rpartition("/")[2]
    clean = "".join(char for char in last if char.isprintable() and char not in _UNFIT)
    return clean.strip(" .")[:200] or "attachment"


def _package(root: Any) -> Package:
    header = first(root, "MessageHeader")
    other = first(header, "OtherInfo")
    document_type = first(header, "DocumentType")
    places, signer = first(header, "ToPlaces"), first(header, "SignerInfo")
    return Package(
        sender=_organ(first(header, "From")),
        receivers=tuple(_organ(one) for one in each(header, "To")),
        code=Code(text(header, "CodeNumber"), text(header, "CodeNotation")),
        place=text(first(header, "PromulgationInfo"), "Place"),
        issued_on=date(text(header, "PromulgationDate")),
        type=text(document_type, "Type"),
        type_detail=text(document_type, "TypeDetail"),
        type_name=text(document_type, "TypeName") or text(header, "TypeName"),
        subject=text(header, "Subject"),
        content=text(header, "Content"),
        signer=Signer(text(signer, "Competence"), text(signer, "Position"), text(signer, "FullName")),
        due_on=date(text(header, "DueDate")),
        places=_texts(places, "Place"),
        priority=_choice(Priority, text(other, "Priority")) or Priority.NORMAL,
        sphere=text(other, "SphereOfPromulgation"),
        typist=text(other, "TyperNotation"),
        copies=text(other, "PromulgationAmount"),
        pages=text(other, "PageAmount"),
        appendixes=_texts(other, "Appendix"),
        answers=tuple(_answered(one) for one in each(header, "ResponseFor")),
        steering=_choice(Steering, text(header, "SteeringType")),
        document_id=text(header, "DocumentId"),
        traces=tuple(
            Trace(text(one, "OrganId"), text(one, "Timestamp")) for one in each(root, "TraceHeader")
        ),
        business=_business(first(root, "Bussiness")),
        attachments=_attachments(root),
    )


def _status(element: Any) -> Status:
    code = _choice(StatusCode, text(element, "StatusCode").zfill(2))
    if code is None:
        raise Unreadable(Reason.UNSUPPORTED, "mã trạng thái lạ trong gói edXML (unknown status code)")
    written = text(element, "Timestamp")
    at = _moment(written)
    if at is None:
        raise Unreadable(Reason.DAMAGED, "trạng thái edXML không có thời điểm (status without a time)")
    return Status(
        code=code,
        answered=_answered(first(element, "ResponseFor")),
        sender=_organ(first(element, "From")),
        at=at,
        description=text(element, "Description"),
        staff=_staff(first(element, "StaffInfo")),
    )


def _moment(written: str) -> dt.datetime | None:
    try:
        at = dt.datetime.fromisoformat(written.replace("/", "-"))
    except ValueError:
        return None
    return at.astimezone(VIET_NAM) if at.tzinfo else at.replace(tzinfo=VIET_NAM)


def _organ(element: Any) -> Organ:
    return Organ(
        id=text(element, "OrganId"),
        name=text(element, "OrganName"),
        in_charge=text(element, "OrganizationInCharge"),
        address=text(element, "OrganAdd"),
        email=text(element, "Email"),
        telephone=text(element, "Telephone"),
        fax=text(element, "Fax"),
        website=text(element, "Website"),
    )


def _answered(element: Any) -> Answered:
    return Answered(
        organ=text(element, "OrganId"),
        code=text(element, "Code"),
        issued_on=date(text(element, "PromulgationDate")),
        document_id=text(element, "DocumentId"),
    )


def _business(element: Any) -> Business:
    replacements = tuple(
        Replacement(text(one, "DocumentId"), _texts(first(one, "OrganIdList"), "OrganId"))
        for one in each(element, "ReplacementInfo")
    )
    own = () if element is None else element
    return Business(
        purpose=_choice(Purpose, text(element, "BussinessDocType")) or Purpose.NEW,
        reason=text(element, "BussinessDocReason"),
        document_id=next((said(one) for one in own if name_of(one) == "DocumentId"), ""),
        staff=_staff(first(element, "StaffInfo")),
        paper=text(element, "Paper") in ("1", "true"),
        replacements=replacements,
    )


def _staff(element: Any) -> Staff:
    return Staff(
        text(element, "Department"), text(element, "Staff"), text(element, "Mobile"), text(element, "Email")
    )


def _attachments(root: Any) -> tuple[Attachment, ...]:
    named = {text(one, "ContentId"): one for one in each(root, "Reference")}
    found = []
    for element in each(root, "Attachment"):
        reference = named.get(text(element, "ContentId"))
        content = _decoded(first(element, "ContentTransferEncoded"))
        if content:
            found.append(
                Attachment(
                    name=file_name(text(element, "AttachmentName") or text(reference, "AttachmentName")),
                    content=content,
                    media_type=text(element, "ContentType") or "application/octet-stream",
                    description=text(element, "Description") or text(reference, "Description"),
                    content_id=text(element, "ContentId"),
                )
            )
    return tuple(found)


def _decoded(element: Any) -> bytes:
    encoded = "" if element is None else "".join("".join(element.itertext()).split())
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Unreadable(Reason.DAMAGED, "tệp kèm trong gói edXML hỏng (broken base64)") from error


def _texts(parent: Any, name: str) -> tuple[str, ...]:
    return tuple(words for one in each(parent, name) if (words := said(one)))


def _choice(kind: type[_Choice], value: str) -> _Choice | None:
    return next((one for one in kind if one.value == value), None)
