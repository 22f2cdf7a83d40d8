"""An edXML package (QCVN 102:2016/BTTTT) in; what its envelope declares and the files it carries out.

Senders fill DueDate with defaults, so it is never read as a deadline. A package that recalls a document may
carry no file: what it says is then the document.
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.errors import Reason, Unreadable
from pipeline.exchange.opening import open_package
from pipeline.exchange.package import DocumentId, Package, Priority, Purpose, Status
from pipeline.limits import Limits
from pipeline.read import sniff
from pipeline.types import Declared, Exchanged, SourceDocument

_URGENCY = {
    Priority.KHAN: "khan",
    Priority.THUONG_KHAN: "thuong_khan",
    Priority.HOA_TOC: "hoa_toc",
    Priority.HOA_TOC_TIMED: "hoa_toc",
}
_PURPOSES = {Purpose.RECALL: "recall", Purpose.UPDATE: "update", Purpose.REPLACE: "replace"}
_TITLES = {
    Purpose.RECALL: "THU HỒI VĂN BẢN",
    Purpose.UPDATE: "CẬP NHẬT VĂN BẢN",
    Purpose.REPLACE: "THAY THẾ VĂN BẢN",
}


def opened(source: SourceDocument, limits: Limits) -> tuple[Declared, tuple[SourceDocument, ...]]:
    """What the envelope declares and its attachments in order, a zipped one unpacked."""
    package = open_package(source.content, limits)
    if isinstance(package, Status):
        raise Unreadable(Reason.UNSUPPORTED, "gói edXML báo trạng thái, không phải văn bản (a status answer)")
    attachments = _attachments(package, limits)
    if not attachments and package.business.purpose in _TITLES:
        attachments = [_told(package)]
    if not attachments:
        raise Unreadable(Reason.NO_PAGES, "gói edXML không kèm tệp nào (edXML without attachments)")
    return _declared(package), tuple(attachments)


def _declared(package: Package) -> Declared:
    return Declared(
        number=str(package.code) or None,
        issued_on=package.issued_on,
        issuer=package.sender.name or None,
        kind=package.type_name or None,
        subject=package.subject or None,
        signer=package.signer.name or None,
        urgency=_URGENCY.get(package.priority),
        exchange=Exchanged(
            sender=package.sender.name,
            organ=package.sender.id,
            document_id=package.document_id,
            purpose=_PURPOSES.get(package.business.purpose, "new"),
            reason=package.business.reason,
            concerns=tuple((one.code, one.issued_on) for one in concerned(package)),
            due_on=package.due_on,
        ),
    )


def concerned(package: Package) -> tuple[DocumentId, ...]:
    """The documents that a recall, an update or a replacement is about; a package that names none is about
    the document whose id it bears itself."""
    business = package.business
    if business.purpose is Purpose.NEW:
        return ()
    named = [business.document_id, *(one.document_id for one in business.replacements)]
    found = [DocumentId.of(one) for one in named if one] or [DocumentId.of(package.document_id)]
    return tuple(dict.fromkeys(one for one in found if one is not None))


def _told(package: Package) -> SourceDocument:
    """The words of an envelope that carries nothing, as a page to be shown and filed."""
    from pipeline.read import open_source

    lines = [package.sender.name, f"Số: {package.code}", _TITLES[package.business.purpose]]
    lines += [f"Văn bản số {one.code} ngày {one.issued_on:%d/%m/%Y}" for one in concerned(package)]
    lines += [package.subject, package.content]
    lines.append(f"Lý do: {package.business.reason}" if package.business.reason else "")
    return open_source("edxml.txt", "\n\n".join(line for line in lines if line).encode())


def _attachments(package: Package, limits: Limits) -> list[SourceDocument]:
    from pipeline.read import open_source
    from pipeline.read.packet import members

    found: list[SourceDocument] = []
    left = limits.max_unpacked_bytes
    for one in package.attachments:
        source = open_source(one.name, one.content)
        if source.media_type != sniff.ZIP:
            found.append(source)
            continue
        unpacked = members(source, replace(limits, max_unpacked_bytes=max(left, 0)))
        left -= sum(len(member.content) for member in unpacked)
        found += unpacked
    return found
