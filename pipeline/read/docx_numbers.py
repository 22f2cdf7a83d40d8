"""Word's generated list numbers: numbering.xml and the paragraphs in order in, "1.", "a)", "-" out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pipeline.read.docx_styles import VAL, ParagraphLook, W, number, paragraph_look

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
# Symbol and Wingdings glyphs stand for bullets whatever they show; a dash keeps its meaning.
_DASHES = set("-–—−‐‑\uf02d\uf0be")
_PLUSES = set("+\uf02b")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered, and how its paragraphs stand."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False
    restart: int | None = None
    look: ParagraphLook = field(default_factory=ParagraphLook)
    style: str | None = None


class Numbers:
    """The lists of a document; `label` counts, so it must see the paragraphs in document order."""

    def __init__(self, root: Any) -> None:
        self._lists: dict[str, dict[int, Level]] = {}
        self._nums: dict[str, tuple[str, dict[int, Level], dict[int, int]]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._styled: dict[str, tuple[str, int]] = {}
        if root is not None:
            self._load(root)

    def _load(self, root: Any) -> None:
        links: dict[str, str] = {}
        by_style: dict[str, str] = {}
        for abstract in root.iter(W + "abstractNum"):
            name = abstract.get(W + "abstractNumId", "")
            self._lists[name] = dict(_level(found) for found in abstract.iter(W + "lvl"))
            link, named = abstract.find(W + "numStyleLink"), abstract.find(W + "styleLink")
            if link is not None:
                links[name] = link.get(VAL, "")
            if named is not None:
                by_style[named.get(VAL, "")] = name
        for num in root.iter(W + "num"):
            abstract = num.find(W + "abstractNumId")
            name = "" if abstract is None else abstract.get(VAL, "")
            name = by_style.get(links.get(name, ""), name)
            levels, starts = _overrides(num)
            list_id = num.get(W + "numId", "")
            self._nums[list_id] = (name, levels, starts)
            for index, level in {**self._lists.get(name, {}), **levels}.items():
                if level.style:
                    self._styled.setdefault(level.style, (list_id, index))

    def level(self, look: ParagraphLook, style: str | None) -> tuple[str, int, Level] | None:
        """List, level's index and level of a paragraph; None where it has no generated number."""
        list_id, index = look.list_id, look.level
        if style in self._styled and index is None:
            styled_list, styled_index = self._styled[style]
            index = styled_index if list_id in (None, styled_list) else 0
            list_id = list_id or styled_list
        if list_id is None or list_id == "0" or list_id not in self._nums:
            return None
        index = min(max(index or 0, 0), _LEVELS - 1)
        name, own, _ = self._nums[list_id]
        level = own.get(index) or self._lists.get(name, {}).get(index)
        return (list_id, index, level) if level else None

    def label(self, list_id: str, index: int) -> str:
        """Counts one paragraph on and gives its label, "" where the level shows none."""
        name, own, starts = self._nums[list_id]
        levels = {**self._lists.get(name, {}), **own}
        counts = self._counts.setdefault(name, [None] * _LEVELS)
        for at, start in starts.items():
            if (list_id, at) not in self._begun and at <= index:
                self._begun.add((list_id, at))
                counts[at] = start - 1 if at == index else counts[at]
        level = levels[index]
        before = counts[index]
        counts[index] = level.start if before is None else before + 1
        for at in range(index + 1, _LEVELS):
            restart = levels[at].restart if at in levels else None
            if restart is None or (restart and index < restart):
                counts[at] = None
        return _show(levels, counts, index)


def _overrides(num: Any) -> tuple[dict[int, Level], dict[int, int]]:
    levels: dict[int, Level] = {}
    starts: dict[int, int] = {}
    for override in num.iter(W + "lvlOverride"):
        at = int(number(override.get(W + "ilvl")) or 0)
        found = override.find(W + "lvl")
        if found is not None:
            levels[at] = _level(found)[1]
        start = override.find(W + "startOverride")
        if start is not None:
            starts[at] = int(number(start.get(VAL)) or 0)
    return levels, starts


def _level(found: Any) -> tuple[int, Level]:
    def value(tag: str) -> str | None:
        child = found.find(W + tag)
        return None if child is None else child.get(VAL)

    legal = found.find(W + "isLgl")
    restart = number(value("lvlRestart"))
    start = number(value("start"))
    level = Level(
        format=value("numFmt") or "decimal",
        text=value("lvlText") or "",
        start=1 if start is None else int(start),
        legal=legal is not None and legal.get(VAL, "1") not in ("0", "false"),
        restart=None if restart is None else int(restart),
        look=paragraph_look(found.find(W + "pPr")),
        style=value("pStyle"),
    )
    return int(number(found.get(W + "ilvl")) or 0), level


def _show(levels: dict[int, Level], counts: list[int | None], index: int) -> str:
    level = levels[index]
    if level.format == "bullet":
        return _bullet(level.text)
    if level.format == "none":
        return _PLACE.sub("", level.text).strip()

    def place(match: re.Match[str]) -> str:
        at = int(match.group(1)) - 1
        shown = levels.get(at, Level())
        count = counts[at] if at < len(counts) else None
        count = shown.start if count is None else count
        style = "decimal" if level.legal and at < index else shown.format
        return _FORMATS.get(style, str)(count)

    return _PLACE.sub(place, level.text).strip()


def _bullet(text: str) -> str:
    if not text.strip():
        return ""
    char = text.strip()[0]
    if char in _DASHES:
        return "-"
    return "+" if char in _PLUSES else "•"


def _letters(count: int) -> str:
    if count < 1:
        return ""
    repeat, letter = divmod(count - 1, 26)
    return chr(ord("a") + letter) * (repeat + 1)


def _roman(count: int) -> str:
    if not 0 < count < 4000:
        return str(count)
    out = ""
    for size, sign in _ROMAN:
        out += sign * (count // size)
        count %= size
    return out


_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda count: f"{count:02d}",
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
    "none": lambda count: "",
}
