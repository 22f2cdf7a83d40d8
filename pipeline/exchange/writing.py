"""Values in, the bytes of a valid package out: the namespace, names and order of QCVN 102:2016/BTTTT.

Packages are not signed: the exchange's own gateway does that with the agency's certificate.
"""

from __future__ import annotations

import base64
import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from pipeline.exchange.package import (
    VIET_NAM,
    Answered,
    Attachment,
    Business,
    DocumentId,
    Organ,
    Package,
    Staff,
    Status,
    day,
)

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
_XLINK = "http://www.w3.org/1999/xlink"
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_Parts = tuple[str, Any]  # an element's name with its text, or with the elements in it


class Incomplete(ValueError):  # noqa: N818 - says what is missing
    """A package that lacks what the standard demands; the words name the elements."""


def write(package: Package) -> bytes:
    """The package; its DocumentId is made of its own fields unless it is given. Raises `Incomplete`."""
    lacks = missing(package)
    if lacks:
        raise Incomplete(", ".join(lacks))
    attachments = [(one.content_id or f"part-{at}", one) for at, one in enumerate(package.attachments, 1)]
    trace = [("TraceHeader", [("OrganId", one.organ), ("Timestamp", one.at)]) for one in package.traces]
    trace.append(("Bussiness", _business(package.business)))
    header = [("MessageHeader", _header(package)), ("TraceHeaderList", trace)]
    manifest = [_reference(name, one) for name, one in attachments]
    body = [("edXMLManifest", manifest)]
    envelope = [("edXMLHeader", header), ("edXMLBody", body)]
    encoded = [("Attachment", _encoded(name, one)) for name, one in attachments]
    return _document([("edXMLEnvelope", envelope), ("AttachmentEncoded", encoded)])


def write_status(status: Status) -> bytes:
    """The answer. Raises `Incomplete` where it names no document or sender."""
    lacks = [] if status.sender.id else ["From/OrganId"]
    if not status.answered.document_id:
        lacks.append("ResponseFor/DocumentId")
    if lacks:
        raise Incomplete(", ".join(lacks))
    parts = [
        ("ResponseFor", _answered(status.answered)),
        ("From", _organ(status.sender)),
        ("StatusCode", status.code.value),
        ("Description", status.description),
        ("Timestamp", _moment(status.at)),
        ("StaffInfo", _staff(status.staff)),
    ]
    return _document([("edXMLEnvelope", [("edXMLHeader", [("Status", parts)]), ("edXMLBody", [])])])


def missing(package: Package) -> list[str]:
    """The elements that the standard demands and the package lacks."""
    demanded = {
        "From/OrganId": package.sender.id,
        "From/OrganName": package.sender.name,
        "To": package.receivers and all(one.id for one in package.receivers),
        "Code": package.code.number and package.code.notation,
        "PromulgationDate": package.issued_on,
        "Subject": package.subject,
    }
    return [name for name, given in demanded.items() if not given]


def _header(package: Package) -> list[_Parts]:
    assert package.issued_on is not None
    own = DocumentId(package.sender.id, package.issued_on, str(package.code))
    signer = package.signer
    return [
        ("From", _organ(package.sender)),
        *(("To", _organ(one)) for one in package.receivers),
        ("Code", [("CodeNumber", package.code.number), ("CodeNotation", package.code.notation)]),
        ("PromulgationInfo", [("Place", package.place), ("PromulgationDate", day(package.issued_on))]),
        (
            "DocumentType",
            [("Type", package.type), ("TypeDetail", package.type_detail), ("TypeName", package.type_name)],
        ),
        ("Subject", package.subject),
        ("Content", package.content),
        (
            "SignerInfo",
            [("Competence", signer.competence), ("Position", signer.position), ("FullName", signer.name)],
        ),
        *([("DueDate", day(package.due_on))] if package.due_on else []),
        ("ToPlaces", [("Place", one) for one in package.places]),
        ("OtherInfo", _other(package)),
        *(("ResponseFor", _answered(one)) for one in package.answers),
        *([("SteeringType", package.steering.value)] if package.steering else []),
        ("DocumentId", package.document_id or str(own)),
    ]


def _other(package: Package) -> list[_Parts]:
    return [
        ("Priority", package.priority.value),
        ("SphereOfPromulgation", package.sphere),
        ("TyperNotation", package.typist),
        ("PromulgationAmount", package.copies),
        ("PageAmount", package.pages),
        ("Appendixes", [("Appendix", one) for one in package.appendixes]),
    ]


def _organ(organ: Organ) -> list[_Parts]:
    return [
        ("OrganId", organ.id),
        ("OrganizationInCharge", organ.in_charge),
        ("OrganName", organ.name),
        ("OrganAdd", organ.address),
        ("Email", organ.email),
        ("Telephone", organ.telephone),
        ("Fax", organ.fax),
        ("Website", organ.website),
    ]


def _answered(one: Answered) -> list[_Parts]:
    return [
        ("OrganId", one.organ),
        ("Code", one.code),
        ("PromulgationDate", day(one.issued_on) if one.issued_on else ""),
        ("DocumentId", one.document_id),
    ]


def _business(business: Business) -> list[_Parts]:
    parts: list[_Parts] = [
        ("BussinessDocType", business.purpose.value),
        ("BussinessDocReason", business.reason),
        ("DocumentId", business.document_id),
        ("StaffInfo", _staff(business.staff)),
        ("Paper", "1" if business.paper else "0"),
    ]
    if business.replacements:
        replaced = [
            (
                "ReplacementInfo",
                [
                    ("DocumentId", one.document_id),
                    ("OrganIdList", [("OrganId", organ) for organ in one.organs]),
                ],
            )
            for one in business.replacements
        ]
        parts.append(("ReplacementInfoList", replaced))
    return parts


def _staff(staff: Staff) -> list[_Parts]:
    return [
        ("Department", staff.department),
        ("Staff", staff.name),
        ("Mobile", staff.mobile),
        ("Email", staff.email),
    ]


def _reference(name: str, one: Attachment) -> _Parts:
    parts = [
        ("ContentId", name),
        ("ContentType", one.media_type),
        ("Description", one.description),
        ("AttachmentName", one.name),
    ]
    return ("Reference", [("xlink:href", f"cid:{name}"), *parts])


def _encoded(name: str, one: Attachment) -> list[_Parts]:
    return [
        ("ContentType", one.media_type),
        ("ContentId", name),
        ("Description", one.description),
        ("ContentTransferEncoded", base64.b64encode(one.content).decode("ascii")),
        ("AttachmentName", one.name),
    ]


def _moment(at: dt.datetime) -> str:
    local = at.astimezone(VIET_NAM)
    return f"{day(local)} {local:%H:%M:%S}"


def _document(parts: Iterable[_Parts]) -> bytes:
    from lxml import etree

    root = etree.Element(f"{{{NAMESPACE}}}edXML", nsmap={"edXML": NAMESPACE, "xlink": _XLINK})
    _fill(root, parts)
    out: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return out


def _fill(parent: Any, parts: Iterable[_Parts]) -> None:
    from lxml import etree

    for name, value in parts:
        if name == "xlink:href":
            parent.set(f"{{{_XLINK}}}href", value)
            continue
        element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
        if isinstance(value, str):
            element.text = _UNFIT.sub("", value)
        else:
            _fill(element, value)
