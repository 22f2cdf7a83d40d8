"""Packages written and read again, from senders of all kinds, and from those that mean harm."""

from __future__ import annotations

import base64
import dataclasses
import datetime as dt
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import Reason, Unreadable
from pipeline.exchange.opening import open_package
from pipeline.exchange.package import (
    VIET_NAM,
    Answered,
    Attachment,
    Business,
    Code,
    DocumentId,
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
from pipeline.exchange.writing import NAMESPACE, Incomplete, write, write_status
from pipeline.limits import Limits
from pipeline.read import open_source, read
from pipeline.read.edxml import opened
from pipeline.text import nfc

LIMITS = Limits()
OFFICE = Organ("000.00.01.H99", "Văn phòng UBND tỉnh")
HEALTH = Organ("000.00.12.H99", "Sở Y tế", email="vanthu@example.vn")
URGING = Package(
    sender=OFFICE,
    receivers=(HEALTH,),
    code=Code("45", "VP-TH"),
    place="Nơi ấy",
    issued_on=dt.date(2026, 3, 5),
    type_name="Công văn",
    subject="Đôn đốc thực hiện nhiệm vụ <quá hạn> & sắp đến hạn",
    signer=Signer("", "Chánh Văn phòng", "Trần Văn B"),
    priority=Priority.KHAN,
    answers=(
        Answered("000.00.12.H99", "7/SYT-NV", dt.date(2026, 2, 1), "000.00.12.H99,2026/02/01,7/SYT-NV"),
    ),
    steering=Steering.DIRECTIVE,
    attachments=(Attachment("Công văn đôn đốc.docx", b"PK\3\4 a letter"),),
)

letters = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Cf"))
words = st.text(letters, max_size=20).map(lambda text: nfc(text).strip())
said = words.filter(bool)
days = st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1))
organs = st.builds(Organ, said, said, words, words, words, words, words, words)
staffs = st.builds(Staff, words, words, words, words)
answers = st.builds(Answered, words, words, st.none() | days, words)
replacements = st.builds(Replacement, words, st.lists(said, max_size=2).map(tuple))
businesses = st.builds(
    Business,
    st.sampled_from(Purpose),
    words,
    words,
    staffs,
    st.booleans(),
    st.lists(replacements, max_size=2).map(tuple),
)
attachments = st.builds(
    Attachment,
    st.from_regex(r"[\w][\w -]{0,20}[\w]\.(pdf|docx)", fullmatch=True).map(nfc),
    st.binary(min_size=1, max_size=60),
    st.just("application/pdf"),
    words,
    st.uuids().map(str),
)
packages = st.builds(
    Package,
    sender=organs,
    receivers=st.lists(organs, min_size=1, max_size=3).map(tuple),
    code=st.builds(Code, said, said),
    place=words,
    issued_on=days,
    type=words,
    type_detail=words,
    type_name=words,
    subject=said,
    content=words,
    signer=st.builds(Signer, words, words, words),
    due_on=st.none() | days,
    places=st.lists(said, max_size=3).map(tuple),
    priority=st.sampled_from(Priority),
    sphere=words,
    typist=words,
    copies=words,
    pages=words,
    appendixes=st.lists(said, max_size=2).map(tuple),
    answers=st.lists(answers, max_size=2).map(tuple),
    steering=st.none() | st.sampled_from(Steering),
    document_id=said,
    traces=st.lists(st.builds(Trace, words, words), max_size=2).map(tuple),
    business=businesses,
    attachments=st.lists(attachments, max_size=2).map(tuple),
)
statuses = st.builds(
    Status,
    st.sampled_from(StatusCode),
    st.builds(Answered, words, words, st.none() | days, said),
    organs,
    st.integers(0, 4_000_000_000).map(lambda second: dt.datetime.fromtimestamp(second, VIET_NAM)),
    words,
    staffs,
)


@settings(max_examples=60, deadline=None)
@given(packages)
def test_what_is_written_is_read_again(package):
    assert open_package(write(package), LIMITS) == package


@settings(max_examples=40, deadline=None)
@given(statuses)
def test_an_answer_that_is_written_is_read_again(status):
    assert open_package(write_status(status), LIMITS) == status


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_package_that_was_bent_on_its_way_is_read_or_refused_in_words(data):
    content = bytearray(write(URGING))
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=6)):
        content[at] = data.draw(st.integers(0, 255))
    try:
        open_package(bytes(content[: data.draw(st.integers(1, len(content)))]), LIMITS)
    except Unreadable as error:
        assert error.message


def test_a_package_names_itself_and_spells_as_the_standard_does():
    content = write(URGING).decode()
    assert f'xmlns:edXML="{NAMESPACE}"' in content
    assert "<edXML:BussinessDocType>0</edXML:BussinessDocType>" in content
    assert "<edXML:DocumentId>000.00.01.H99,2026/03/05,45/VP-TH</edXML:DocumentId>" in content
    assert "<edXML:SteeringType>2</edXML:SteeringType>" in content
    assert 'xlink:href="cid:part-1"' in content
    assert content.index("edXMLEnvelope") < content.index("AttachmentEncoded")


def test_an_incomplete_package_is_not_written():
    with pytest.raises(Incomplete, match="To, Subject"):
        write(dataclasses.replace(URGING, receivers=(), subject=""))
    nobody = Status(StatusCode.DONE, Answered(), Organ(), dt.datetime(2026, 3, 5, tzinfo=VIET_NAM))
    with pytest.raises(Incomplete, match="From/OrganId, ResponseFor/DocumentId"):
        write_status(nobody)


def test_characters_that_xml_cannot_hold_are_left_out():
    bent = dataclasses.replace(URGING, subject="Đôn\0 đốc\x0b")
    assert open_package(write(bent), LIMITS).subject == "Đôn đốc"


@pytest.mark.parametrize("namespace", ["http://www.go.vn/eDoc", "http://www.e-doc.vn/Schema/", ""])
def test_other_namespaces_and_the_right_spelling_are_read_alike(namespace):
    wanted = dataclasses.replace(
        URGING, business=Business(Purpose.RECALL, "gửi nhầm", "000.00.01.H99,2026/02/02,9/VP-TH")
    )
    content = write(wanted).decode().replace("Bussiness", "Business")
    if namespace:
        content = content.replace(NAMESPACE, namespace)
    else:
        content = content.replace("edXML:", "").replace(f' xmlns:edXML="{NAMESPACE}"', "")
    found = open_package(content.encode(), LIMITS)
    assert (found.business, found.subject, found.receivers) == (
        wanted.business,
        wanted.subject,
        wanted.receivers,
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "000.00.01.H99,2026/03/05,12/UBND-VX",
            DocumentId("000.00.01.H99", dt.date(2026, 3, 5), "12/UBND-VX"),
        ),
        (" A , 2026-3-5 , 01/2019/QĐ-UBND ", DocumentId("A", dt.date(2026, 3, 5), "01/2019/QĐ-UBND")),
        ("A,2026/02/30,12/UBND", None),
        ("c0ffee-4711", None),
    ],
)
def test_ids_of_documents(text, found):
    assert DocumentId.of(text) == found


def test_what_answers_another_document_is_not_taken_for_its_own():
    package = write(URGING).replace(
        b"<edXML:DocumentId>000.00.01.H99,2026/03/05,45/VP-TH</edXML:DocumentId>", b""
    )
    assert open_package(package, LIMITS).document_id == ""


def bomb(content: bytes) -> bytes:
    entities = (
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hosts">]>'
    )
    head, _, rest = content.partition(b"?>")
    used = b"<edXML:Content>&b;&f;</edXML:Content>"
    return head + b"?>" + entities + rest.replace(b"<edXML:Content/>", used)


@pytest.mark.parametrize("padding", [0, 5000])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_wherever_they_hide(padding, encoding):
    content = bomb(write(URGING).replace(b"?>", b"?><!--" + b"x" * padding + b"-->", 1)).decode()
    content = content.replace("UTF-8", encoding)
    with pytest.raises(Unreadable) as caught:
        open_package(content.encode(encoding), LIMITS)
    assert caught.value.reason is Reason.BOMB


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/cron.d/x.pdf", "x.pdf"),
        ("C:\\Windows\\system32\\a.docx", "a.docx"),
        ("/tmp/..", "attachment"),
        ("a\u202efdp.exe\n.pdf", "afdp.exe.pdf"),
        ("n" * 500, "n" * 200),
    ],
)
def test_names_of_attachments_are_no_paths(given, kept):
    package = dataclasses.replace(URGING, attachments=(Attachment(given, b"x"),))
    (found,) = open_package(write(package), LIMITS).attachments
    assert found.name == kept


def test_words_in_another_encoding_than_the_package_says_are_refused():
    for content in (write(URGING).decode().replace("UTF-8", "windows-1258").encode(), write(URGING)):
        broken = content.replace("Sở".encode(), b"S\xf0\xff")
        try:
            assert open_package(broken, LIMITS).receivers[0].id == HEALTH.id
        except Unreadable as error:
            assert error.reason is Reason.DAMAGED
    with pytest.raises(Unreadable):
        open_package(write(URGING).replace("Sở".encode(), b"S\xf0\xff"), LIMITS)


def test_utf_16_is_read():
    content = write(URGING).decode().replace("UTF-8", "UTF-16").encode("utf-16")
    assert open_package(content, LIMITS) == open_package(write(URGING), LIMITS)


def test_long_attachments_are_read_and_too_long_ones_refused():
    long = dataclasses.replace(URGING, attachments=(Attachment("a.pdf", b"\0" * 12_000_000),))
    content = write(long)
    assert len(open_package(content, LIMITS).attachments[0].content) == 12_000_000
    with pytest.raises(Unreadable) as caught:
        open_package(content, Limits(max_bytes=1_000_000))
    assert caught.value.reason is Reason.TOO_LARGE


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.txt" if content[:2] != b"PK" else f"{name}.zip", content)
    return out.getvalue()


def carrying(*contents: bytes) -> bytes:
    found = tuple(Attachment(f"{at}.zip", content) for at, content in enumerate(contents))
    return write(dataclasses.replace(URGING, attachments=found))


def test_zips_within_zips_are_left_out_and_bombs_refused():
    inner = zipped(a="Phụ lục".encode())
    outer = zipped(cv="Giao Sở Y tế".encode(), b=inner)
    reading = read(open_source("a.edxml", carrying(outer)))
    assert [page.items[0].text for page in reading.pages] == ["Giao Sở Y tế"]
    assert [issue.message.startswith("bỏ qua gói lồng") for issue in reading.issues] == [True]
    with pytest.raises(Unreadable) as caught:
        read(open_source("a.edxml", carrying(zipped(a=b"0" * 40_000_000))))
    assert caught.value.reason is Reason.BOMB


def test_many_zips_share_one_bound():
    one = zipped(a=b"0123456789" * 1000)
    tight = Limits(max_unpacked_bytes=25_000)
    assert len(opened(open_source("a.edxml", carrying(one, one)), tight)[1]) == 2
    with pytest.raises(Unreadable) as caught:
        opened(open_source("a.edxml", carrying(one, one, one)), tight)
    assert caught.value.reason is Reason.BOMB


def test_base64_in_broken_lines_is_read_and_rubbish_refused():
    encoded = base64.b64encode(b"PK\3\4 a letter")
    wrapped = write(URGING).replace(encoded, b"\n  " + encoded[:8] + b"\r\n" + encoded[8:])
    assert open_package(wrapped, LIMITS).attachments == open_package(write(URGING), LIMITS).attachments
    with pytest.raises(Unreadable) as caught:
        open_package(write(URGING).replace(encoded, b"*" + encoded), LIMITS)
    assert caught.value.reason is Reason.DAMAGED


def test_a_recall_without_a_file_is_a_document_all_the_same():
    recall = Business(Purpose.RECALL, "Gửi nhầm nơi nhận", "000.00.01.H99,2026/02/02,9/VP-TH")
    content = write(dataclasses.replace(URGING, attachments=(), business=recall, due_on=dt.date(2026, 3, 7)))
    reading = read(open_source("a.edxml", content))
    words = "\n".join(line.text for page in reading.pages for line in page.items)
    assert "Văn bản số 9/VP-TH ngày 02/02/2026" in words
    assert "Lý do: Gửi nhầm nơi nhận" in words
    exchange = reading.declared.exchange
    assert (exchange.purpose, exchange.due_on) == ("recall", dt.date(2026, 3, 7))
    assert exchange.concerns == (("9/VP-TH", dt.date(2026, 2, 2)),)


def test_an_answer_about_a_document_is_no_document():
    answer = Status(
        StatusCode.RECEIVED, Answered(document_id="x"), OFFICE, dt.datetime(2026, 3, 5, 8, tzinfo=VIET_NAM)
    )
    with pytest.raises(Unreadable) as caught:
        read(open_source("a.edxml", write_status(answer)))
    assert caught.value.reason is Reason.UNSUPPORTED
