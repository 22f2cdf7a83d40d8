"""Reading as a test shows it: each paragraph a string, each table a list of rows of strings."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from pipeline.limits import Limits
from pipeline.read import open_source, read
from pipeline.types import Line, Reading


def paragraphs(lines: tuple[Line, ...]) -> list[str]:
    """The lines joined where a line goes on with the paragraph above."""
    out: list[str] = []
    for line in lines:
        if line.opens or not out:
            out.append(line.text)
        else:
            out[-1] += " " + line.text
    return out


def shown(reading: Reading) -> list[Any]:
    out: list[Any] = []
    lines: list[Line] = []
    for page in reading.pages:
        for item in page.items:
            if isinstance(item, Line):
                lines.append(item)
                continue
            out += paragraphs(tuple(lines))
            lines = []
            out.append([[" / ".join(paragraphs(cell.lines)) for cell in row] for row in item.rows])
    return out + paragraphs(tuple(lines))


@pytest.fixture
def show() -> Callable[..., list[Any]]:
    """Reads bytes under a name and shows what was read."""

    def run(name: str, content: bytes, **limits: int) -> list[Any]:
        return shown(read(open_source(name, content), limits=Limits(**limits)))

    return run


@pytest.fixture
def zipped() -> Callable[[dict[str, bytes]], bytes]:
    """A .zip of members by name."""

    def pack(members: dict[str, bytes]) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        return out.getvalue()

    return pack


@pytest.fixture
def word_file() -> Callable[..., bytes]:
    """A bare .docx around the XML of its body, and other parts by name."""

    def pack(body: str, **parts: str) -> bytes:
        names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        names += ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        names += ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        roots = {"document": f"<w:body>{body}</w:body>", **parts}
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, inner in roots.items():
                root = {"footnotes": "footnotes", "header1": "hdr"}.get(name, name)
                archive.writestr(f"word/{name}.xml", f"<w:{root} {names}>{inner}</w:{root}>")
        return out.getvalue()

    return pack
