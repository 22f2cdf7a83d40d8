"""Writes a sample as an edXML message (QCVN 102:2016/BTTTT) and as a packet of files."""

from __future__ import annotations

import base64
import io
import zipfile
from html import escape

from openpyxl import Workbook

from scripts.make_samples.model import Block, Grid, Mark, Para, Sample
from scripts.make_samples.word import fixed_zip

_NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
_PRIORITY = {"": "0", "KHẨN": "1", "THƯỢNG KHẨN": "2", "HỎA TỐC": "3"}


def _organ(tag: str, code: str, name: str) -> str:
    inside = f"<edXML:OrganId>{code}</edXML:OrganId><edXML:OrganName>{escape(name)}</edXML:OrganName>"
    return f"<edXML:{tag}>{inside}</edXML:{tag}>"


def edxml(sample: Sample, attachment: bytes, name: str) -> bytes:
    """The message with the document as its only attachment; DueDate is a sender's default."""
    head = sample.heading
    number, _, notation = head.number.partition("/")
    issued = sample.issued_on.replace("-", "/")
    issuer = escape(" ".join(head.issuer))
    header = "".join(
        (
            _organ("From", "000.00.00.H01", " ".join(head.issuer)),
            *(_organ("To", f"000.00.{index:02}.H01", to) for index, to in enumerate(head.addressees, 10)),
            f"<edXML:Code><edXML:CodeNumber>{number}</edXML:CodeNumber>"
            f"<edXML:CodeNotation>{escape(notation)}</edXML:CodeNotation></edXML:Code>",
            f"<edXML:PromulgationInfo><edXML:Place>{escape(head.place)}</edXML:Place>"
            f"<edXML:PromulgationDate>{issued}</edXML:PromulgationDate></edXML:PromulgationInfo>",
            "<edXML:DocumentType><edXML:Type>2</edXML:Type><edXML:TypeDetail>18</edXML:TypeDetail>"
            "<edXML:TypeName>Công văn</edXML:TypeName></edXML:DocumentType>",
            f"<edXML:Subject>{escape(head.subject)}</edXML:Subject><edXML:Content></edXML:Content>",
            f"<edXML:SignerInfo><edXML:Competence>{escape(head.signature[0])}</edXML:Competence>"
            f"<edXML:Position>{escape(head.signature[-1])}</edXML:Position>"
            f"<edXML:FullName>{escape(head.signer)}</edXML:FullName></edXML:SignerInfo>",
            f"<edXML:DueDate>{issued}</edXML:DueDate>",
            "<edXML:ToPlaces>" + "".join(f"<edXML:Place>{escape(p)}</edXML:Place>" for p in head.recipients),
            f"</edXML:ToPlaces><edXML:OtherInfo><edXML:Priority>{_PRIORITY[head.urgency]}</edXML:Priority>"
            "<edXML:PageAmount>1</edXML:PageAmount></edXML:OtherInfo><edXML:SteeringType>2</edXML:SteeringType>",
            f"<edXML:DocumentId>000.00.00.H01,{issued},{escape(head.number)}</edXML:DocumentId>",
        )
    )
    encoded = base64.encodebytes(attachment).decode("ascii")
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<edXML xmlns:edXML="{_NAMESPACE}" '
        'xmlns:xlink="http://www.w3.org/1999/xlink"><edXML:edXMLEnvelope><edXML:edXMLHeader>'
        f"<edXML:MessageHeader>{header}</edXML:MessageHeader>"
        f"<edXML:TraceHeaderList><edXML:TraceHeader>{_trace(issued)}</edXML:TraceHeader>"
        "<edXML:Bussiness><edXML:BussinessDocType>0</edXML:BussinessDocType></edXML:Bussiness>"
        "</edXML:TraceHeaderList></edXML:edXMLHeader><edXML:edXMLBody><edXML:edXMLManifest>"
        f'<edXML:Reference xlink:href="cid:part-1"><edXML:ContentId>part-1</edXML:ContentId>'
        f"<edXML:Description>{issuer}</edXML:Description><edXML:AttachmentName>{name}</edXML:AttachmentName>"
        "</edXML:Reference></edXML:edXMLManifest></edXML:edXMLBody></edXML:edXMLEnvelope>"
        "<edXML:AttachmentEncoded><edXML:Attachment><edXML:ContentType>application/octet-stream</edXML:ContentType>"
        "<edXML:ContentId>part-1</edXML:ContentId>"
        "<edXML:Description>Toàn văn</edXML:Description>"
        f"<edXML:ContentTransferEncoded>{encoded}</edXML:ContentTransferEncoded>"
        f"<edXML:AttachmentName>{name}</edXML:AttachmentName>"
        "</edXML:Attachment></edXML:AttachmentEncoded></edXML>\n"
    ).encode()


def _trace(issued: str) -> str:
    return f"<edXML:OrganId>000.00.00.H01</edXML:OrganId><edXML:Timestamp>{issued} 08:00:00</edXML:Timestamp>"


def split_annex(sample: Sample) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The sample's blocks up to and with the signature, and those after it."""
    at = sample.blocks.index(Mark("foot"))
    return sample.blocks[: at + 1], sample.blocks[at + 1 :]


def workbook(blocks: tuple[Block, ...]) -> bytes:
    """Annex blocks as an .xlsx sheet: title lines above, then the table with its merged cells."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title, line = "Phụ lục", 0
    for block in blocks:
        if isinstance(block, Grid):
            line = _rows(sheet, block, line)
        elif isinstance(block, Para):
            line += 1
            sheet.cell(line, 1, block.text)
    out = io.BytesIO()
    book.save(out)
    return fixed_zip(out.getvalue())


def _rows(sheet: object, grid: Grid, line: int) -> int:
    for row, cells in enumerate(grid.rows, 1):
        for column, cell in enumerate(cells, 1):
            if not cell.merge:
                sheet.cell(line + row, column, cell.text or None)  # type: ignore[attr-defined]
                down = row
                while down < len(grid.rows) and grid.rows[down][column - 1].merge == "up":
                    down += 1
                if down > row:
                    sheet.merge_cells(None, line + row, column, line + down, column)  # type: ignore[attr-defined]
    return line + len(grid.rows)


def packet(members: dict[str, bytes]) -> bytes:
    """A .zip of the named files with fixed times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, content)
    return out.getvalue()
