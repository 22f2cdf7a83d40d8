"""Vietnamese in the encodings of the 1990s, and what wrong readings of UTF-8 leave behind."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.encodings import Encoding, decode, decode_bytes, detect, encode, fonts, mend_capitals, of_font
from pipeline.encodings.syllables import is_syllable, spelling

LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
TEXT = (
    "Thực hiện chỉ đạo của Thủ tướng, các sở, ban, ngành tổ chức rà soát những nội dung còn vướng mắc, "
    "tổng hợp kết quả gửi về trước ngày 15 tháng 6 để xử lý, giải quyết kịp thời theo đúng quy định."
)
COMPLETE = [Encoding.VNI, Encoding.VISCII]


@pytest.mark.parametrize("encoding", Encoding)
@given(st.text(alphabet=LETTERS + " ,.0123456789bcdghklmnpqrstvx"))
def test_small_letters_survive_every_encoding(encoding, text):
    assert decode(encode(text, encoding), encoding) == text


@pytest.mark.parametrize("encoding", COMPLETE)
@given(st.text(alphabet=LETTERS.upper() + " BCDGHKLMNPQRSTVX"))
def test_capitals_survive_the_complete_ones(encoding, text):
    assert decode(encode(text, encoding), encoding) == text


@given(st.text(alphabet=LETTERS + " bcdghklmnpqrstvx"))
def test_tcvn3_shows_capitals_by_its_fonts(text):
    assert decode(encode(text, Encoding.TCVN3), Encoding.TCVN3, capitals=True) == text.upper()


@pytest.mark.parametrize(
    ("shown", "encoding", "text"),
    [
        ("QuyÕt ®Þnh", Encoding.TCVN3, "Quyết định"),
        ("Quyeát ñònh", Encoding.VNI, "Quyết định"),
        ("UÛY BAN NHAÂN DAÂN", Encoding.VNI, "ỦY BAN NHÂN DÂN"),
        ("Quyªt ð¸nh", Encoding.VISCII, "Quyết định"),
        ("kyø, kyû, kî, kyï", Encoding.VNI, "kỳ, kỷ, kỵ, kỵ"),
        ("§¹i h\xadíng", Encoding.TCVN3, "Đại hướng"),
    ],
)
def test_known_words(shown, encoding, text):
    assert decode(shown, encoding) == text


@pytest.mark.parametrize("encoding", Encoding)
def test_a_whole_document_tells_its_encoding(encoding):
    assert detect(encode(TEXT, encoding)) is encoding


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT + " “ ” … – ’ " * 99,
        "",
        "Chỉ thị",
        "Le général a été nommé à Saïgon.",
        "QuyÕt ®Þnh",
        "© 2024 – 5 µm ± 2 %",
    ],
)
def test_unicode_foreign_and_short_texts_are_left_alone(text):
    assert detect(text) is None


@pytest.mark.parametrize(
    ("font", "expected"),
    [
        (".VnTime", (Encoding.TCVN3, False)),
        (".VnTimeH", (Encoding.TCVN3, True)),
        (".VnArial NarrowH", (Encoding.TCVN3, True)),
        ("VNI-Times", (Encoding.VNI, False)),
        ("Times New Roman", None),
        ("", None),
        (None, None),
    ],
)
def test_fonts_name_their_encoding(font, expected):
    assert of_font(font) == expected


def test_fonts_of_a_document():
    legacy, unicode = encode(TEXT, Encoding.TCVN3), TEXT
    assert fonts({".VnTime": legacy, "Arial": unicode}) == {".VnTime": (Encoding.TCVN3, False)}
    assert fonts({".VnTime": unicode}) == {}
    assert fonts({"Arial": legacy}) == {"Arial": (Encoding.TCVN3, False)}


def as_windows_1258(text: str) -> bytes:
    """Windows-1258 writes tones as marks after the letter."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    out = ""
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        letter = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        out += letter + "".join(part for part in parts if part in tones)
    return out.encode("cp1258")


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        unicodedata.normalize("NFD", TEXT).encode(),
        as_windows_1258(TEXT),
        TEXT.encode().decode("latin-1").encode(),
        encode(TEXT, Encoding.VNI).encode("cp1252"),
        encode(TEXT, Encoding.TCVN3).encode("latin-1"),
        encode(TEXT, Encoding.TCVN3).encode(),
    ],
    ids=[
        *("utf-8", "bom", "utf-16", "utf-16-le", "utf-16-be", "nfd"),
        *("cp1258", "mojibake", "vni", "tcvn3", "tcvn3-in-utf-8"),
    ],
)
def test_bytes_are_decoded(content):
    assert unicodedata.normalize("NFC", decode_bytes(content)) == TEXT


def test_a_text_cut_within_a_letter_is_still_utf_8():
    assert decode_bytes("Chỉ thị".encode()[:-1]) == "Chỉ th"


@given(st.binary(max_size=300))
def test_any_bytes_give_some_text(content):
    assert isinstance(decode_bytes(content), str)


@pytest.mark.parametrize(
    ("word", "mended"),
    [
        ("CHủ", "CHỦ"),
        ("TịCH", "TỊCH"),
        ("Chủ", "Chủ"),
        ("Là", "Là"),
        ("UBNDtỉnh", "UBNDtỉnh"),
        ("ĐHQG", "ĐHQG"),
    ],
)
def test_capitals_lost_by_a_conversion(word, mended):
    assert mend_capitals(word) == mended


@pytest.mark.parametrize(
    "word", ["quyết", "giữa", "nghiêng", "thuở", "gì", "uỷ", "khuỷu", "xoong", "Ủy", "ĐẢNG"]
)
def test_syllables(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["QuyÕt", "nh©n", "été", "đưc", "àá", "tHử", "Khoả"[::-1]])
def test_no_syllables(word):
    assert not is_syllable(word)


def test_spelling_counts_marked_words():
    assert (spelling("Giao Sở Y tế été 2024").good, spelling("Giao Sở Y tế été 2024").bad) == (2, 1)
