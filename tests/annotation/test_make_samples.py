"""The generator gives the same bytes again, and old encodings decode to the text they came from."""

import io
import zipfile

import pytest

from scripts.make_samples import legacy, pdf, plain, scan, word
from scripts.make_samples.__main__ import BUILDERS, TEXTS
from scripts.make_samples.fonts import FontsMissingError, typeface
from scripts.make_samples.markup import read_sample
from scripts.make_samples.model import Sample

NAMES = [path.stem for path in sorted(TEXTS.glob("*.toml"))]


def sample(name: str) -> Sample:
    return read_sample(TEXTS / f"{name}.toml")


@pytest.fixture(scope="module")
def font():
    try:
        return typeface()
    except FontsMissingError as missing:
        pytest.skip(str(missing))


@pytest.mark.parametrize("name", ["s18-goi-phu-luc", "s26-gia-han", "s17-quy-hoach-ha-tang-so"])
def test_office_files_come_out_the_same(name: str):
    made = sample(name)
    build = BUILDERS[made.output][1]
    assert build(made) == build(made)


@pytest.mark.slow
def test_pages_and_scans_come_out_the_same(font):
    made = sample("s06-bo-nhiem")
    typeset = pdf.typeset(made)
    assert typeset == pdf.typeset(made)
    first, second = (scan.pictures(made, typeset) for _ in range(2))
    assert [page.tobytes() for page in first] == [page.tobytes() for page in second]


def test_a_stamp_reddens_the_signature(font):
    made = sample("s06-bo-nhiem")
    (page,) = scan.pictures(made, pdf.typeset(made))
    red = sum(1 for r, g, b in page.resize((200, 280)).getdata() if r > g + 60 and r > b + 50)
    assert red > 100


@pytest.mark.parametrize("name", NAMES)
def test_vni_and_tcvn3_write_every_letter(name: str):
    text = plain.text(sample(name))
    assert legacy.vni_text(text)
    assert all(ord(char) < 256 for codes, _ in legacy.tcvn3_runs(text) for char in codes)


def test_capitals_take_the_font_of_capitals():
    runs = legacy.tcvn3_runs("QUYẾT định")
    assert [capitals for _, capitals in runs if _.strip()][:2] == [True, False]


def test_a_secrecy_mark_is_printed_in_word_files():
    with zipfile.ZipFile(io.BytesIO(word.write(sample("s44-toi-mat")))) as package:
        assert "TỐI MẬT" in package.read("word/document.xml").decode()
