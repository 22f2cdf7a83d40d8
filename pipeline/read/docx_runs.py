"""A Word paragraph in, its words out: runs joined, fields and deleted text dropped, breaks kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pipeline.encodings import Encoding, decode, mend_capitals
from pipeline.read.docx_styles import RunLook, Styles, W, run_look
from pipeline.read.flow import POINTS, Piece, Stretch, stretches_of
from pipeline.text import nfc

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
BOX = W + "txbxContent"
_THROUGH = {
    W + name for name in ("hyperlink", "smartTag", "ins", "moveTo", "sdt", "sdtContent", "fldSimple", "bdo")
} | {W + "dir", W + "customXml"}
_TOKEN = re.compile(r"[^\S\xa0]|\xa0|[^\s\xa0]+")
_TEXT, _TAB, _BREAK, _CR, _HYPHEN, _SYMBOL = (
    W + name for name in ("t", "tab", "br", "cr", "noBreakHyphen", "sym")
)
_FIELD, _DRAWN = W + "fldChar", {W + "drawing", W + "pict", W + "object", _MC + "AlternateContent"}
PAGE = "\f"


@dataclass(slots=True)
class Run:
    """Text with one look; breaks stand in it as "\n" (line) and "\f" (page)."""

    text: str
    look: RunLook
    legacy: tuple[Encoding, bool] | None = None

    @property
    def decoded(self) -> str:
        """The text in Unicode, as shown."""
        text = self.text
        if text.isascii() and self.legacy is None and not self.look.caps:
            return text
        if self.legacy is not None:
            text = decode(text, self.legacy[0], capitals=self.legacy[1])
        text = nfc(text.replace("\xad", ""))
        return text.upper() if self.look.caps else text


@dataclass(slots=True)
class RunReader:
    """Reads paragraphs' runs; fields may begin in one paragraph and end in another."""

    styles: Styles
    instructions: list[bool] = field(default_factory=list)  # one a field: still in its instruction?
    boxes: list[Any] = field(default_factory=list)  # text boxes met, to be set after the paragraph
    legacy: dict[str, tuple[Encoding, bool]] = field(default_factory=dict)  # fonts to decode, and how
    texts: dict[str, list[str]] = field(default_factory=dict)  # by font, what is beyond ASCII

    def runs(self, parent: Any, base: RunLook) -> Iterator[Run]:
        """The visible runs below `parent`, each with its look over `base`."""
        for child in parent:
            if child.tag == W + "r":
                yield from self._run(child, base)
            elif child.tag in _THROUGH:
                yield from self.runs(child, base)
            elif child.tag == _MC + "AlternateContent":
                self.boxes.extend(_boxes(child))

    def _run(self, run: Any, base: RunLook) -> Iterator[Run]:
        properties = run.find(W + "rPr")
        look = run_look(properties)
        named = None if properties is None else properties.find(W + "rStyle")
        if named is not None:
            look = look.over(self.styles.character(named.get(W + "val", "")))
        look = look.over(base)
        text = "".join(self._texts(run))
        if not text or look.hidden:
            return
        if not text.isascii():
            self.texts.setdefault(look.font or "", []).append(text)
        yield Run(text, look, self.legacy.get(look.font or ""))

    def _texts(self, run: Any) -> Iterator[str]:
        for child in run:
            tag = child.tag
            if tag == _FIELD:
                self._field(child.get(W + "fldCharType"))
            elif tag in _DRAWN:
                self.boxes.extend(_boxes(child))
            elif any(self.instructions):
                continue
            elif tag == _TEXT:
                yield (child.text or "").replace("\n", " ").replace("\r", " ").replace("\f", " ")
            elif tag == _TAB:
                yield "\t"
            elif tag == _BREAK:
                yield PAGE if child.get(W + "type") == "page" else "\n"
            elif tag == _CR:
                yield "\n"
            elif tag == _HYPHEN:
                yield "-"
            elif tag == W + "softHyphen":
                yield "\xad"  # the letter ư in TCVN3, nothing elsewhere
            elif tag == _SYMBOL:
                yield _symbol(child.get(W + "char", ""))

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self.instructions.append(True)
        elif kind == "separate" and self.instructions:
            self.instructions[-1] = False
        elif kind == "end" and self.instructions:
            self.instructions.pop()


def _boxes(parent: Any) -> list[Any]:
    """Outermost text boxes in a drawing; of two alternatives the first that has any."""
    found: list[Any] = []
    for child in [parent] if parent.tag == _MC + "AlternateContent" else parent:
        if child.tag == _MC + "AlternateContent":
            found += next((boxes for choice in child if (boxes := _boxes(choice))), [])
        elif child.tag == BOX:
            found.append(child)
        elif isinstance(child.tag, str):
            found += _boxes(child)
    return found


def _symbol(code: str) -> str:
    try:
        char = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return {"\uf02d": "-", "\uf02b": "+", "\uf0be": "-"}.get(
        char, "•" if "\ue000" <= char <= "\uf8ff" else char
    )


def stretches(runs: list[Run]) -> tuple[Stretch, ...]:
    """The words of a paragraph's runs, cut at line breaks."""
    lines: list[list[Piece]] = [[]]
    joined: list[Run] = []
    tabs = spaces = 0

    def flush() -> None:
        nonlocal tabs, spaces
        if joined and (text := _text(joined)):
            lines[-1].append(_piece(text, joined, tabs, spaces if lines[-1] or tabs else min(spaces, 40)))
            tabs = spaces = 0
        joined.clear()

    for run in runs:
        for match in _TOKEN.finditer(run.text):
            found = match.group()
            if found.isspace():
                flush()
                tabs, spaces = tabs + (found == "\t"), spaces + (found not in "\t\n\f")
                if found in "\n\f":
                    lines.append([])
                    tabs = spaces = 0
            else:
                joined.append(Run(found, run.look, run.legacy))
    flush()
    return stretches_of(lines, broken=True)


def _text(parts: list[Run]) -> str:
    if len(parts) == 1:
        return mend_capitals(parts[0].decoded)
    return mend_capitals(nfc("".join(part.decoded for part in parts)))


def _piece(text: str, parts: list[Run], tabs: int, spaces: int) -> Piece:
    written = "".join(part.text for part in parts)
    longest = max(parts, key=lambda part: len(part.text)).look
    raw = None if text == written else written
    size = longest.size or POINTS
    return Piece(text, size, bool(longest.bold), bool(longest.italic), raw, None, tabs, spaces)
