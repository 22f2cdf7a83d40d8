"""A directive with its annexes: as files side by side, in a .zip, in an edXML envelope."""

import base64
import datetime as dt
import shutil
from collections import OrderedDict
from pathlib import Path

import pytest

from pipeline.errors import Reason, Unreadable
from pipeline.limits import Limits
from pipeline.read import doc, open_source, read
from pipeline.read.packet import Packet, bundle, group, members
from pipeline.types import Secrecy

OLD_WORD = Path(__file__).parents[3] / "data" / "samples" / "sources" / "s37-tcvn3-doc.doc"


def packets(*names: str) -> list[tuple[str, ...]]:
    return [tuple(path.name for path in packet.paths) for packet in group([Path("in") / n for n in names])]


def test_files_beside_the_directive_they_name_are_its_annexes():
    assert packets(
        "123-QD-UBND_phuluc1.docx",
        "123-QD-UBND.pdf",
        "123-QD-UBND PL10.xlsx",
        "123-QD-UBND-PL2.xlsx",
        "Phụ lục kèm theo 123-QĐ-UBND.docx",
        "77.signed.pdf",
        "77_PhuLuc.signed.pdf",
    ) == [
        (
            "123-QD-UBND.pdf",
            "Phụ lục kèm theo 123-QĐ-UBND.docx",
            "123-QD-UBND_phuluc1.docx",
            "123-QD-UBND-PL2.xlsx",
            "123-QD-UBND PL10.xlsx",
        ),
        ("77.signed.pdf", "77_PhuLuc.signed.pdf"),
    ]


@pytest.mark.parametrize(
    "names",
    [
        ("124-QD-UBND.pdf", "124-QD-UBND.doc"),
        ("12-CV.pdf", "123-CV.pdf"),
        ("PL1.docx", "Phu luc.docx"),
        ("05-CV_phuluc.docx", "06-CV.docx"),
        ("12-CV.pdf", "12-CV bao cao.pdf"),
        ("cong van.pdf", "cong van phu luc.pdf"),
    ],
)
def test_other_files_stay_documents_of_their_own(names):
    assert packets(*names) == [(name,) for name in names]


def test_an_annex_is_looked_for_in_its_own_folder():
    paths = [Path("a/12-CV.pdf"), Path("b/12-CV_PL.pdf")]
    assert group(paths) == (Packet(paths[0]), Packet(paths[1]))


def test_a_zip_is_read_directive_first(zipped):
    content = zipped(
        {
            "ho so/PL2 - 12-UBND.txt": "Phụ lục hai".encode(),
            "ho so/12-UBND.txt": "Công văn\f".encode(),
            "ho so/PL1 - 12-UBND.txt": "Phụ lục một".encode(),
            "__MACOSX/ho so/._12-UBND.txt": b"\0\1",
            "ho so/Thumbs.db": b"\0\1",
        }
    )
    reading = read(open_source("ho so.zip", content))
    assert [(p.part, p.number, p.items[0].text) for p in reading.pages] == [
        (0, 1, "Công văn"),
        (1, 2, "Phụ lục một"),
        (2, 3, "Phụ lục hai"),
    ]


def test_a_bundle_keeps_the_given_order_and_depends_on_its_files_alone():
    sources = [open_source(f"in/{name}.txt", name.encode()) for name in ("zz", "aa", "mm")]
    packet = bundle(sources)
    assert packet == bundle(sources)
    assert packet.name == "zz.zip"
    assert [member.content for member in members(packet, Limits())] == [b"zz", b"aa", b"mm"]


def test_an_annex_that_cannot_be_read_is_named_and_the_rest_is_kept(zipped):
    content = zipped({"12-UBND.txt": b"Cong van", "12-UBND_PL.docx": b"PK\3\4broken"})
    reading = read(open_source("a.zip", content))
    assert len(reading.pages) == 1
    assert [issue.message.startswith("bỏ qua gói lồng") for issue in reading.issues] == [True]
    damaged = zipped({"12-UBND.txt": b"Cong van", "12-UBND_PL.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9})
    (issue,) = read(open_source("a.zip", damaged)).issues
    assert issue.message.startswith("không đọc được tệp kèm thứ 2")


def test_an_annex_that_only_a_missing_program_could_read_fails_the_packet(zipped, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(doc, "_remembered", OrderedDict())
    content = zipped({"13-UBND.txt": b"Cong van", "13-UBND_PL.doc": OLD_WORD.read_bytes()})
    with pytest.raises(Unreadable) as caught:
        read(open_source("a.zip", content))
    assert caught.value.reason is Reason.MISSING_PROGRAM


def test_a_secret_annex_makes_the_packet_secret(zipped):
    content = zipped({"1.txt": "Công văn".encode(), "1_PL.txt": "TUYỆT MẬT\nPhụ lục".encode()})
    assert read(open_source("a.zip", content)).secrecy is Secrecy.TUYET_MAT


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        ({}, Reason.NO_PAGES),
        ({"../../etc/cron.d/x.txt": b"x"}, Reason.DAMAGED),
        ({"/etc/x.txt": b"x"}, Reason.DAMAGED),
        ({"C:\\x.txt": b"x"}, Reason.DAMAGED),
    ],
)
def test_zips_that_are_refused(zipped, names, reason):
    with pytest.raises(Unreadable) as caught:
        read(open_source("a.zip", zipped(names)))
    assert caught.value.reason is reason


def test_a_zip_within_a_zip_is_left_out(zipped):
    inner = zipped({"1.txt": b"trong"})
    with pytest.raises(Unreadable) as caught:
        read(open_source("a.zip", zipped({"b.zip": inner})))
    assert caught.value.reason is Reason.UNSUPPORTED
    assert len(read(open_source("a.zip", zipped({"b.zip": inner, "1.txt": b"ngoai"}))).pages) == 1


def envelope(*attachments: tuple[str, bytes]) -> bytes:
    attached = "".join(
        f"<edXML:Attachment><edXML:AttachmentName>{name}</edXML:AttachmentName>"
        f"<edXML:ContentTransferEncoded>{base64.b64encode(content).decode()}</edXML:ContentTransferEncoded>"
        "</edXML:Attachment>"
        for name, content in attachments
    )
    return f"""<?xml version="1.0" encoding="utf-8"?>
<edXML:edXML xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016"><edXML:edXMLEnvelope>
<edXML:edXMLHeader><edXML:MessageHeader>
<edXML:From><edXML:OrganName>Ủy ban nhân dân tỉnh X</edXML:OrganName></edXML:From>
<edXML:To><edXML:OrganName>Sở Y tế</edXML:OrganName></edXML:To>
<edXML:Code><edXML:CodeNumber>12</edXML:CodeNumber><edXML:CodeNotation>UBND-VX</edXML:CodeNotation></edXML:Code>
<edXML:PromulgationInfo><edXML:PromulgationDate>2024/04/03</edXML:PromulgationDate></edXML:PromulgationInfo>
<edXML:DocumentType><edXML:TypeName>Công văn</edXML:TypeName></edXML:DocumentType>
<edXML:Subject>V/v kiểm tra</edXML:Subject><edXML:DueDate>2024/04/05</edXML:DueDate>
<edXML:SignerInfo><edXML:FullName>Trần Văn B</edXML:FullName></edXML:SignerInfo>
<edXML:OtherInfo><edXML:Priority>2</edXML:Priority></edXML:OtherInfo>
</edXML:MessageHeader></edXML:edXMLHeader></edXML:edXMLEnvelope>
<edXML:AttachmentEncoded>{attached}</edXML:AttachmentEncoded></edXML:edXML>""".encode()


def test_an_envelope_declares_and_carries(zipped):
    zip_file = zipped({"PL.txt": "Phụ lục".encode()})
    content = envelope(("12.txt", "Giao Sở Y tế".encode()), ("kem.zip", zip_file))
    reading = read(open_source("a.edxml", content))
    assert [(page.part, page.items[0].text) for page in reading.pages] == [
        (0, "Giao Sở Y tế"),
        (1, "Phụ lục"),
    ]
    declared = reading.declared
    assert (declared.number, declared.issued_on) == ("12/UBND-VX", dt.date(2024, 4, 3))
    assert (declared.issuer, declared.kind) == ("Ủy ban nhân dân tỉnh X", "Công văn")
    assert (declared.subject, declared.signer, declared.urgency) == (
        "V/v kiểm tra",
        "Trần Văn B",
        "thuong_khan",
    )
    assert "2024-04-05" not in repr(declared)


def test_an_envelope_without_files_or_with_broken_ones():
    for content, reason in (
        (envelope(), Reason.NO_PAGES),
        (envelope(("a.txt", b"abc")).replace(b"YWJj", b"Y?W"), Reason.DAMAGED),
        (envelope(("a.txt", b"abc"))[:-40], Reason.DAMAGED),
    ):
        with pytest.raises(Unreadable) as caught:
            read(open_source("a.edxml", content))
        assert caught.value.reason is reason
