"""The zip of a .docx in, its parts as trees out: document, styles, numbering, notes, headers, pictures."""

from __future__ import annotations

import re
from typing import Any

from pipeline.errors import Reason, Unreadable
from pipeline.limits import Limits
from pipeline.read.archive import Archive
from pipeline.read.docx_styles import W
from pipeline.read.markup import parse_xml

_MAIN = re.compile(r"word/document\d*\.xml$")
_HEADER = re.compile(r"word/header\d*\.xml$")
_PICTURE = re.compile(r"word/media/.+\.(?:png|jpe?g|tiff?)$", re.IGNORECASE)
# "Strict" files name the same elements by another namespace.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"


class Package:
    """An opened .docx; parts that are missing are None."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        self._archive = Archive(content, limits)
        main = next((name for name in self._archive.names if _MAIN.match(name)), None)
        if main is None:
            raise Unreadable(Reason.DAMAGED, "tệp .docx thiếu phần văn bản (no document part)")
        self.body = self._part(main).find(W + "body")
        if self.body is None:
            raise Unreadable(Reason.DAMAGED, "tệp .docx không có thân văn bản (no body)")
        self.styles = self._part("word/styles.xml")
        self.numbering = self._part("word/numbering.xml")
        self.notes = [self._part("word/footnotes.xml"), self._part("word/endnotes.xml")]
        self.headers = [self._part(name) for name in self._archive.names if _HEADER.match(name)]

    def _part(self, name: str) -> Any:
        if name not in self._archive:
            return None
        return parse_xml(self._archive.read(name).replace(_STRICT, W[1:-1].encode()))

    def pictures(self) -> list[bytes]:
        """The pictures that the file holds, in the order of their names' numbers."""
        names = [name for name in self._archive.names if _PICTURE.match(name)]
        names.sort(key=lambda name: [int(digits) for digits in re.findall(r"\d+", name)])
        return [self._archive.read(name) for name in names]
