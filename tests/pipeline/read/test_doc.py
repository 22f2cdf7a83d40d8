"""Old Word files, through LibreOffice; without it these skip and say so."""

import io
import shutil
import subprocess

import docx
import pytest

from pipeline.errors import Reason, Unreadable
from pipeline.read import doc, open_source, read, sniff
from pipeline.types import Table

pytestmark = [pytest.mark.slow]
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="needs libreoffice-writer-nogui")


@pytest.fixture(autouse=True)
def forgetful():
    doc._remembered.clear()
    yield
    doc._remembered.clear()


@pytest.fixture(scope="module")
def old_word(tmp_path_factory) -> bytes:
    """A .doc with a list, a ruled table and a deadline."""
    document = docx.Document()
    document.add_paragraph("Rà soát quy định", style="List Number")
    document.add_paragraph("Báo cáo trước ngày 15/6", style="List Number")
    table = document.add_table(rows=2, cols=3, style="Table Grid")
    for cell, text in zip(table.rows[0].cells, ("STT", "Nhiệm vụ", "Chủ trì"), strict=True):
        cell.text = text
    table.cell(1, 1).merge(table.cell(1, 2)).text = "Lập đề án"
    document.add_paragraph("Nơi nhận:")
    folder = tmp_path_factory.mktemp("doc")
    document.save(str(folder / "a.docx"))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "doc", "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "a.docx")], check=True, capture_output=True, timeout=120)
    return (folder / "a.doc").read_bytes()


@needs_office
def test_numbers_and_tables_of_an_old_word_file(show, old_word):
    assert sniff.media_type(old_word) == sniff.DOC
    assert show("a.doc", old_word) == [
        "1. Rà soát quy định",
        "2. Báo cáo trước ngày 15/6",
        [["STT", "Nhiệm vụ", "Chủ trì"], ["", "Lập đề án", "Lập đề án"]],
        "Nơi nhận:",
    ]


@needs_office
def test_a_file_that_spoils_the_batch_loses_only_itself(old_word):
    good, bad = open_source("a.doc", old_word), open_source("b.doc", old_word[:512] + b"\xff" * 3000)
    got = doc.convert_many([bad, good])
    assert isinstance(got[good.sha256], bytes)
    assert got[bad.sha256].reason is Reason.DAMAGED


@needs_office
def test_a_conversion_is_remembered(old_word, monkeypatch):
    source = open_source("a.doc", old_word)
    first = doc.convert(source, 60)
    monkeypatch.setattr(doc, "_office", lambda *_: pytest.fail("LibreOffice was started again"))
    assert doc.convert(source, 60) == first


@needs_office
def test_a_conversion_ends_at_its_time_limit(old_word):
    with pytest.raises(Unreadable) as caught:
        doc.convert(open_source("a.doc", old_word), 0.05)
    assert caught.value.reason is Reason.TIMEOUT


@needs_office
def test_rich_text_keeps_its_table(show):
    rich = (
        rb"{\rtf1\ansi Giao S\u7903? Y t\u7871?\par\trowd\cellx3000\cellx6000 a\intbl\cell b\intbl\cell\row}"
    )
    found = show("a.rtf", rich)
    assert found[0] == "Giao Sở Y tế"
    assert [["a", "b"]] in found


def test_without_libreoffice_the_package_is_named(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    source = open_source("a.doc", b"{\\rtf1 x}")
    with pytest.raises(Unreadable) as caught:
        doc.convert(source, 5)
    assert caught.value.reason is Reason.MISSING_PROGRAM
    assert "libreoffice-writer-nogui" in caught.value.message


def test_without_libreoffice_rich_text_gives_its_words(monkeypatch, show):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    content = rb"{\rtf1\ansi\ansicpg1252 Giao S\u7903? Y t\u7871?\par b\'e1o c\'e1o}"
    assert show("a.rtf", content) == ["Giao Sở Y tế", "báo cáo"]
    reading = read(open_source("a.rtf", content))
    assert not any(isinstance(item, Table) for item in reading.pages[0].items)
    assert "LibreOffice" in reading.issues[0].message


def test_a_word_file_named_doc_needs_no_libreoffice(monkeypatch, show):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph("Giao Sở Y tế")
    document.save(out)
    assert show("a.doc", out.getvalue()) == ["Giao Sở Y tế"]
