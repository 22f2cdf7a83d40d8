"""Files that cannot or must not be read: one plain line says why, whatever the bytes are."""

import io
import struct
import zipfile

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.errors import Reason, Unreadable
from pipeline.limits import Limits
from pipeline.read import open_source, read, sniff

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(name: str, content: bytes, limits: Limits | None = None) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read(open_source(name, content), limits=limits or Limits())
    assert "\n" not in caught.value.message
    return caught.value


def word() -> bytes:
    document = docx.Document()
    document.add_paragraph("Giao Sở Y tế báo cáo trước ngày 15/6.")
    document.add_table(rows=2, cols=2).cell(0, 0).merge(document.tables[0].cell(0, 1))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["STT", "Nhiệm vụ", "Hạn"])
    book.active.merge_cells("A2:B2")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def compound(*streams: str, flags: int = 0) -> bytes:
    """A compound file with large streams of these names; the first begins with `flags` in a Word FIB."""
    header = bytearray(512)
    header[:8] = OLE
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFE, *[0xFFFFFFFF] * 125)
    directory = bytearray(512)
    for index, name in enumerate(streams):
        encoded = name.encode("utf-16-le") + b"\0\0"
        directory[index * 128 : index * 128 + len(encoded)] = encoded
        struct.pack_into("<HB", directory, index * 128 + 64, len(encoded), 2)
        struct.pack_into("<II", directory, index * 128 + 116, 2, 8192)
    stream = bytearray(8192)
    struct.pack_into("<H", stream, 10, flags)
    return bytes(header) + fat + bytes(directory) + bytes(stream)


def overlay(content: bytes, name: str, new: bytes) -> bytes:
    """The zip with one member replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for member in old.namelist():
            archive.writestr(member, new if member == name else old.read(member))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", Reason.EMPTY),
        ("a.docx", b" \n\0", Reason.EMPTY),
        ("a.txt", bytes(range(256)) * 9, Reason.UNSUPPORTED),
        ("a.exe", b"MZ\x90\0\3\0\0\0" * 40, Reason.UNSUPPORTED),
        ("a.docx", word()[:900], Reason.TRUNCATED),
        ("a.docx", compound("EncryptedPackage", "EncryptionInfo"), Reason.ENCRYPTED),
        ("a.doc", compound("WordDocument", flags=0x0100), Reason.ENCRYPTED),
        ("a.doc", compound("WordDocument")[:900], Reason.TRUNCATED),
        ("a.xls", compound("Workbook"), Reason.UNSUPPORTED),
        ("a.msi", compound("Anything"), Reason.UNSUPPORTED),
        ("a.xml", b"<?xml version='1.0'?><a/>", Reason.UNSUPPORTED),
        ("a.html", b"<html><script>only()</script></html>", Reason.NO_PAGES),
        ("a.docx", overlay(word(), "word/document.xml", b"<w:document"), Reason.DAMAGED),
        ("a.xlsx", overlay(workbook(), "xl/worksheets/sheet1.xml", b"<worksheet"), Reason.DAMAGED),
    ],
)
def test_reasons(name, content, reason):
    assert refusal(name, content).reason is reason


@pytest.mark.parametrize("flag", [1])
def test_a_zip_with_a_password(zipped, flag):
    content = bytearray(zipped({"a.txt": b"x"}))
    content[6] |= flag
    content[content.index(b"PK\1\2") + 8] |= flag
    assert refusal("a.zip", bytes(content)).reason is Reason.ENCRYPTED


def test_content_wins_over_the_extension_and_an_issue_says_so():
    reading = read(open_source("a.pdf", word()))
    assert reading.pages
    assert "phần mở rộng" in reading.issues[0].message


def test_a_right_extension_is_no_issue():
    assert read(open_source("a.docx", word())).issues == ()


ENTITIES = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]>'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", overlay(word(), "word/document.xml", ENTITIES + b"<a>&c;</a>")),
        ("a.docx", overlay(word(), "word/document.xml", b"<a/>" + b" " * 90 * 2**20)),
        ("a.xlsx", overlay(workbook(), "xl/workbook.xml", ENTITIES + b"<a>&c;</a>")),
        ("a.xlsx", overlay(workbook(), "xl/worksheets/sheet1.xml", b"<a/>" + b" " * 90 * 2**20)),
        ("a.edxml", b"<?xml version='1.0'?>" + ENTITIES + b"<edXML>&c;</edXML>"),
    ],
    ids=["docx entities", "docx zeros", "xlsx entities", "xlsx zeros", "edxml entities"],
)
def test_bombs(name, content):
    assert refusal(name, content).reason is Reason.BOMB


def test_a_zip_that_lies_about_its_sizes(zipped):
    content = bytearray(zipped({"a.txt": b"0" * 60 * 2**20}))
    size = struct.pack("<I", 60 * 2**20)
    lying = bytes(content).replace(size, struct.pack("<I", 10))
    assert lying != bytes(content)
    assert refusal("a.zip", lying).reason in (Reason.BOMB, Reason.DAMAGED)


def test_a_zip_with_an_endless_directory(zipped):
    content = bytearray(zipped({"a.txt": b"x"}))
    end = content.rindex(b"PK\5\6")
    content[end + 12 : end + 16] = struct.pack("<I", 2**31)
    assert refusal("a.zip", bytes(content)).reason is Reason.BOMB


def test_tables_beyond_reason(word_file):
    row = "<w:tr><w:tc><w:tcPr><w:gridSpan w:val='200'/></w:tcPr><w:p/></w:tc></w:tr>"
    assert refusal("a.docx", word_file(f"<w:tbl>{row * 2600}</w:tbl>")).reason is Reason.TOO_LARGE
    cell = "<tr><td colspan=200 rowspan=9999>x"
    assert refusal("a.html", f"<html><table>{cell * 2600}</table>".encode()).reason is Reason.TOO_LARGE


def test_bounds_are_settings():
    assert refusal("a.txt", b"x" * 100, Limits(max_bytes=99)).reason is Reason.TOO_LARGE
    assert refusal("a.txt", b"x\n" * 500, Limits(max_pages=3)).reason is Reason.TOO_MANY_PAGES
    assert refusal("a.docx", word(), Limits(max_unpacked_bytes=1000)).reason is Reason.BOMB


def test_tables_nested_beyond_reason(word_file):
    body = "<w:p/>"
    for _ in range(60):
        body = f"<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>"
    assert refusal("a.docx", word_file(body)).reason is Reason.DAMAGED


def test_messages_hold_nothing_of_the_document(word_file):
    for content in (word_file("<w:p><w:t>bí mật riêng</w:p>"), "bí mật riêng".encode() + b"\0" * 99):
        assert "riêng" not in refusal("a.docx", content).message


def reads_or_refuses(name: str, content: bytes) -> None:
    source = open_source(name, content)
    if source.media_type in (sniff.DOC, sniff.RTF, sniff.ODT, sniff.WORD_XML):
        return  # each would start LibreOffice; see test_doc.py
    try:
        assert read(source).pages
    except Unreadable as error:
        assert error.reason is not Reason.INTERNAL


NAMES = st.sampled_from(["a.txt", "a.md", "a.html", "a.docx", "a.xlsx", "a.zip", "a.edxml"])


@given(NAMES, st.binary(max_size=400))
@example("a.zip", b"PK\5\6" + b"\0" * 18)
@example("a.txt", b"\xff\xfea")
@example("a.html", b"<html><table><td></table></td><tr>x")
def test_any_bytes_are_read_or_refused(name, content):
    reads_or_refuses(name, content)


@given(NAMES, st.text(max_size=400))
def test_any_text_is_read_or_refused(name, text):
    reads_or_refuses(name, text.encode())


TAGS = st.sampled_from(
    [
        *("<table>", "<tr>", "<td>", "<td colspan=3>", "<td rowspan=9>", "</td>", "</tr>", "</table>"),
        *("<p>", "<ol>", "<li>", "<br>", "&#x110;", "a"),
    ]
)


@given(st.lists(TAGS, max_size=40))
def test_any_mess_of_tags_is_read_or_refused(tags):
    reads_or_refuses("a.html", ("<html>" + "".join(tags)).encode())


PARTS = {
    "a.docx": ["word/document.xml", "word/styles.xml", "word/numbering.xml"],
    "a.xlsx": ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"],
}


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from(sorted(PARTS)), st.data())
def test_mutated_files_are_read_or_refused(name, data):
    whole = word() if name == "a.docx" else workbook()
    part = data.draw(st.sampled_from(PARTS[name]))
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        content = bytearray(archive.read(part))
    start = data.draw(st.integers(0, len(content) - 1))
    end = min(start + data.draw(st.integers(0, 60)), len(content))
    content[start:end] = data.draw(st.sampled_from([b"", b'"', b"9999999999", b"-1", b"<w:tc>", b"/>"]))
    reads_or_refuses(name, overlay(whole, part, bytes(content)))


@settings(deadline=None)
@given(st.sampled_from([word(), workbook()]), st.integers(0, 10_000), st.binary(max_size=20))
def test_zips_overwritten_anywhere_are_read_or_refused(whole, at, scrap):
    at %= len(whole)
    reads_or_refuses("a.docx", whole[:at] + scrap + whole[at + len(scrap) :])


@pytest.mark.parametrize("name", ["a.json", "a.CSV", "a.py"])
def test_text_of_programs_is_no_document(name):
    assert refusal(name, b'{"text": "no directive"}').reason is Reason.UNSUPPORTED


@pytest.mark.parametrize("name", ["a.txt", "a", "15.TB", "Số 3.ubnd"])
def test_any_other_text_may_be_a_letter(name):
    assert read(open_source(name, "Giao Sở Y tế báo cáo.".encode())).pages
