"""Old encodings: TCVN3 as .rtf with .VnTime fonts, VNI and VISCII as bare text; and .doc by LibreOffice."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import unicodedata
from pathlib import Path

from scripts.make_samples.model import Grid, Heading, Mark, Para, Sample
from scripts.make_samples.pdf import issuer_lines

# Each vowel with its tones in the order: none, huyền, hỏi, ngã, sắc, nặng. TCVN 5712:1993 VN3.
_TCVN3 = {
    "a": "a\xb5\xb6\xb7\xb8\xb9",
    "ă": "\xa8\xbb\xbc\xbd\xbe\xc6",
    "â": "\xa9\xc7\xc8\xc9\xca\xcb",
    "e": "e\xcc\xce\xcf\xd0\xd1",
    "ê": "\xaa\xd2\xd3\xd4\xd5\xd6",
    "i": "i\xd7\xd8\xdc\xdd\xde",
    "o": "o\xdf\xe1\xe2\xe3\xe4",
    "ô": "\xab\xe5\xe6\xe7\xe8\xe9",
    "ơ": "\xac\xea\xeb\xec\xed\xee",
    "u": "u\xef\xf1\xf2\xf3\xf4",
    "ư": "\xad\xf5\xf6\xf7\xf8\xf9",
    "y": "y\xfa\xfb\xfc\xfd\xfe",
}
_TCVN3_CAPITALS = dict(zip("ĂÂÊÔƠƯĐ", "\xa1\xa2\xa3\xa4\xa5\xa6\xa7", strict=True))
# VISCII 1.1 (RFC 1456): the letters of the codes 80 to FF in order, and six among the controls.
_VISCII_UPPER = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_VISCII = {letter: 0x80 + at for at, letter in enumerate(_VISCII_UPPER)} | {
    "Ẳ": 0x02,
    "Ẵ": 0x05,
    "Ẫ": 0x06,
    "Ỷ": 0x14,
    "Ỹ": 0x19,
    "Ỵ": 0x1E,
}
_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
# VNI writes the base letter and after it one sign for hat and tone together.
_VNI_SIGNS = {
    "": ["", "\xf8", "\xfb", "\xf5", "\xf9", "\xef"],
    "^": list("\xe2\xe0\xe5\xe3\xe1\xe4"),
    "(": list("\xea\xe8\xfa\xfc\xe9\xeb"),
}
_VNI_BASE = {
    "a": ("a", ""),
    "ă": ("a", "("),
    "â": ("a", "^"),
    "e": ("e", ""),
    "ê": ("e", "^"),
    "o": ("o", ""),
    "ô": ("o", "^"),
    "ơ": ("\xf4", ""),
    "u": ("u", ""),
    "ư": ("\xf6", ""),
    "y": ("y", ""),
}
_VNI_WHOLE = {"đ": "\xf1", "ì": "\xec", "ỉ": "\xe6", "ĩ": "\xf3", "í": "\xed", "ị": "\xf2", "ỵ": "\xee"}


def _letters() -> dict[str, str]:
    table = {"đ": "\xae"}
    for base, codes in _TCVN3.items():
        for tone, code in zip(_TONES, codes, strict=True):
            table[unicodedata.normalize("NFC", base + tone)] = code
    return table


def _vni() -> dict[str, str]:
    table = dict(_VNI_WHOLE)
    for base, (letter, hat) in _VNI_BASE.items():
        for tone, sign in zip(_TONES, _VNI_SIGNS[hat], strict=True):
            table.setdefault(unicodedata.normalize("NFC", base + tone), letter + sign)
    return table | {low.upper(): code.upper() for low, code in table.items()}


_LOW = _letters()
_VNI = _vni()
_PUNCTUATION = str.maketrans({"–": "-", "“": '"', "”": '"', "…": "..."})


def tcvn3_runs(text: str) -> list[tuple[str, bool]]:
    """`text` as TCVN3 code units (latin-1 characters) with, for each run, whether it needs the
    font of capitals (.VnTimeH), where small letters' codes show capitals."""
    runs: list[tuple[str, bool]] = []
    for piece in re.findall(r"\w+|\W+", text.translate(_PUNCTUATION)):
        if len(piece) > 1 and piece.isupper() and not piece.isascii():
            runs.append(("".join(_LOW.get(c, c) for c in piece.lower()), True))
            continue
        for char in piece:
            if char in _LOW or char.isascii():
                runs.append((_LOW.get(char, char), False))
            elif char in _TCVN3_CAPITALS:
                runs.append((_TCVN3_CAPITALS[char], False))
            else:
                runs.append((_LOW[char.lower()], True))
    return runs


def vni_text(text: str) -> bytes:
    """`text` in the VNI encoding for Windows."""
    return "".join(_VNI.get(char, char) for char in text.translate(_PUNCTUATION)).encode("latin-1")


def viscii_text(text: str) -> bytes:
    """`text` in VISCII."""
    return bytes(_VISCII.get(char, ord(char)) for char in text.translate(_PUNCTUATION))


def _rtf(text: str) -> str:
    out, font = "", False
    for codes, capitals in tcvn3_runs(text):
        if capitals != font:
            out, font = out + ("\\f1 " if capitals else "\\f0 "), capitals
        out += "".join(c if c.isascii() and c not in "\\{}" else f"\\'{ord(c):02x}" for c in codes)
    return out + ("\\f0 " if font else "")


def _paragraph(text: str, look: str) -> str:
    return f"\\pard\\plain\\f0\\fs28{look} {_rtf(text)}\\par\n"


def _row(left: list[str], right: list[str]) -> str:
    cells = []
    for lines in (left, right):
        cells.append(
            "\\pard\\intbl\\qc\\plain\\f0\\fs26 " + "\\line ".join(_rtf(line) for line in lines) + "\\cell\n"
        )
    return "\\trowd\\trgaph70\\cellx4000\\cellx9400\n" + "".join(cells) + "\\row\n"


def _opening(head: Heading) -> str:
    thin, bold = issuer_lines(head)
    left = [*thin, *bold, f"Số: {head.number}"] + ([f"V/v {head.subject}"] if head.is_letter else [])
    right = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        f"{head.place}, {head.date}",
    ]
    out = _row(left, right)
    if not head.is_letter:
        out += _paragraph(head.title, "\\qc\\b") + _paragraph(head.subject, "\\qc\\b")
    if head.addressees:
        out += _paragraph("Kính gửi: " + "; ".join(head.addressees), "\\qc")
    return out


def tcvn3_rtf(sample: Sample) -> bytes:
    """The sample as .rtf in TCVN3 with the fonts .VnTime and .VnTimeH."""
    out = "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\froman .VnTime;}{\\f1\\froman .VnTimeH;}}\n"
    out += _opening(sample.heading)
    for block in sample.blocks:
        if isinstance(block, Para):
            look = {"italic": "\\qj\\i", "heading": "\\qj\\b", "centre": "\\qc\\b", "note": "\\qc\\i"}
            out += _paragraph(block.text, look.get(block.style, "\\qj\\fi567"))
        elif block == Mark("foot"):
            head = sample.heading
            out += _row(["Nơi nhận:", *head.recipients], [*head.signature, "", "", head.signer])
        elif isinstance(block, Grid):
            raise NotImplementedError("no tables in TCVN3 samples")
    return (out + "}\n").encode("ascii")


class OfficeMissingError(Exception):
    """LibreOffice is not installed."""


def to_doc(content: bytes, suffix: str) -> bytes:
    """A .docx or .rtf as a Word 97 .doc, by LibreOffice; not byte for byte the same each time."""
    program = shutil.which("soffice")
    if not program:
        raise OfficeMissingError("soffice is missing: apt-get install libreoffice-writer-nogui")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"sample{suffix}"
        source.write_bytes(content)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        subprocess.run(  # noqa: S603 - a fixed program on our own file
            [
                program,
                profile,
                "--headless",
                "--convert-to",
                "doc:MS Word 97",
                "--outdir",
                folder,
                str(source),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
        return source.with_suffix(".doc").read_bytes()
