"""Old Word files are converted together; what comes out goes along to whichever child reads them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import Unreadable
from pipeline.limits import Limits
from pipeline.read import doc, open_source
from service.child import Child
from service.priming import prime, remember
from service.reader import Part
from service.settings import Settings
from service.spool import Spool


def rtf(text: str) -> Part:
    return Part(f"{text}.rtf", b"{\\rtf1\\ansi\\ansicpg1252\\deff0 " + text.encode() + b"\\par}")


def test_a_file_that_was_converted_before_is_not_converted_again(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "")  # no LibreOffice
    known, unknown = rtf("known"), rtf("unknown")
    remember([replace(known, converted=b"made before"), unknown])
    assert doc.convert(open_source(known.name, known.content), 5.0) == b"made before"
    with pytest.raises(Unreadable):
        doc.convert(open_source(unknown.name, unknown.content), 5.0)


def test_what_needs_no_conversion_has_none():
    assert prime([Part("a.txt", b"Giao"), Part("b.pdf", b"%PDF-1.4")], Limits()) == [None, None]


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_a_child_gives_out_what_it_converted(tmp_path: Path):
    spool = Spool(tmp_path / "spool")
    child = Child(Settings(data_dir=tmp_path), "fake_readers:plain", spool)
    first, text, second = child.prime([rtf("first"), Part("a.txt", b"number: 1"), rtf("second")])
    assert text.converted is None
    assert (first.converted or b"").startswith(b"PK")
    assert (second.converted or b"").startswith(b"PK")
    assert first.converted != second.converted
    child.close()
    spool.close()
