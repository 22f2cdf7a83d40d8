"""The formatting part of WordprocessingML: styles.xml in, what a run or paragraph looks like out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Self

from pipeline.read.flow import Align

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = W + "val"
_TWIPS = 20.0  # twentieths of a point
_ALIGN = {"center": Align.CENTRE, "right": Align.RIGHT, "end": Align.RIGHT}


class _Layered:
    """Formatting in layers: what the upper one leaves unset (None) shows from below."""

    __slots__ = ()
    __dataclass_fields__: ClassVar[dict[str, Any]]

    def over(self, below: Self) -> Self:
        """These settings laid over `below`."""
        return type(self)(
            *(
                above if (above := getattr(self, name)) is not None else getattr(below, name)
                for name in self.__dataclass_fields__
            )
        )


@dataclass(frozen=True, slots=True)
class RunLook(_Layered):
    """A run's formatting; size in points."""

    bold: bool | None = None
    italic: bool | None = None
    size: float | None = None
    font: str | None = None
    hidden: bool | None = None
    caps: bool | None = None


@dataclass(frozen=True, slots=True)
class ParagraphLook(_Layered):
    """A paragraph's formatting; measures in points. `list_id` and `level` name a generated number."""

    align: Align | None = None
    indent: float | None = None
    first: float | None = None
    list_id: str | None = None
    level: int | None = None
    page_before: bool | None = None
    stops: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """A named style with everything it inherits."""

    run: RunLook
    paragraph: ParagraphLook
    borders: bool | None = None  # of a table style


def on(parent: Any, tag: str) -> bool | None:
    """A toggle property (w:b, w:vanish…); None where it is not set."""
    found = parent.find(W + tag)
    if found is None:
        return None
    return found.get(VAL, "1") not in ("0", "false", "off", "none")


def number(text: str | None) -> float | None:
    """A measure as a float, None where it is missing or no number."""
    try:
        return float(text) if text else None
    except ValueError:
        return None


def run_look(properties: Any) -> RunLook:
    """What a w:rPr sets."""
    if properties is None:
        return RunLook()
    size = properties.find(W + "sz")
    half_points = number(size.get(VAL)) if size is not None else None
    fonts = properties.find(W + "rFonts")
    font = None if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or fonts.get(W + "cs")
    return RunLook(
        bold=on(properties, "b"),
        italic=on(properties, "i"),
        size=min(max(half_points / 2, 4.0), 72.0) if half_points else None,
        font=font,
        hidden=on(properties, "vanish"),
        caps=on(properties, "caps"),
    )


def paragraph_look(properties: Any) -> ParagraphLook:
    """What a w:pPr sets."""
    if properties is None:
        return ParagraphLook()
    align = properties.find(W + "jc")
    indent, first = _indents(properties.find(W + "ind"))
    list_id = level = None
    numbering = properties.find(W + "numPr")
    if numbering is not None:
        found = numbering.find(W + "numId")
        list_id = None if found is None else found.get(VAL)
        found = numbering.find(W + "ilvl")
        level = int(number(found.get(VAL)) or 0) if found is not None else None
    return ParagraphLook(
        align=None if align is None else _ALIGN.get(align.get(VAL, ""), Align.LEFT),
        indent=indent,
        first=first,
        list_id=list_id,
        level=level,
        page_before=on(properties, "pageBreakBefore"),
        stops=_stops(properties.find(W + "tabs")),
    )


def _indents(found: Any) -> tuple[float | None, float | None]:
    if found is None:
        return None, None
    left = number(found.get(W + "left") or found.get(W + "start"))
    first = number(found.get(W + "firstLine"))
    hanging = number(found.get(W + "hanging"))
    if hanging is not None:
        first = -hanging
    return (
        None if left is None else left / _TWIPS,
        None if first is None else first / _TWIPS,
    )


def _stops(found: Any) -> tuple[float, ...] | None:
    if found is None:
        return None
    places = [number(tab.get(W + "pos")) for tab in found if tab.get(VAL) != "clear"]
    return tuple(sorted(place / _TWIPS for place in places if place and place > 0))


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: Any) -> None:
        self._found: dict[str, Any] = {}
        self._done: dict[str, Style] = {}
        self._whole: dict[str, Style] = {}  # paragraph styles over the defaults
        self._default: dict[str, str] = {}
        self._root = root
        for style in () if root is None else root.iter(W + "style"):
            name = style.get(W + "styleId", "")
            self._found[name] = style
            if style.get(W + "default") in ("1", "true", "on"):
                self._default[style.get(W + "type", "")] = name

    @cached_property
    def base(self) -> Style:
        """The document's defaults."""
        run, paragraph = RunLook(size=10.0), ParagraphLook()
        defaults = None if self._root is None else self._root.find(W + "docDefaults")
        if defaults is not None:
            run = run_look(defaults.find(f"{W}rPrDefault/{W}rPr")).over(run)
            paragraph = paragraph_look(defaults.find(f"{W}pPrDefault/{W}pPr"))
        return Style(run, paragraph)

    def paragraph(self, name: str | None) -> Style:
        """A paragraph style over the defaults; the default paragraph style where `name` is None."""
        name = name or self._default.get("paragraph", "")
        if name not in self._whole:
            style = self._style(name)
            self._whole[name] = Style(
                style.run.over(self.base.run), style.paragraph.over(self.base.paragraph)
            )
        return self._whole[name]

    def character(self, name: str) -> RunLook:
        """A character style alone."""
        return self._style(name).run

    def bordered(self, name: str | None) -> bool | None:
        """Whether a table style draws rules; None where it does not say."""
        return self._style(name).borders if name else None

    def _style(self, name: str, depth: int = 0) -> Style:
        if name in self._done:
            return self._done[name]
        found = self._found.get(name)
        if found is None or depth > 20:
            return Style(RunLook(), ParagraphLook())
        run = run_look(found.find(W + "rPr"))
        paragraph = paragraph_look(found.find(W + "pPr"))
        borders = has_borders(found.find(f"{W}tblPr/{W}tblBorders"))
        parent = found.find(W + "basedOn")
        if parent is not None:
            below = self._style(parent.get(VAL, ""), depth + 1)
            run, paragraph = run.over(below.run), paragraph.over(below.paragraph)
            borders = below.borders if borders is None else borders
        self._done[name] = Style(run, paragraph, borders)
        return self._done[name]


def has_borders(found: Any) -> bool | None:
    """Whether a w:tblBorders or w:tcBorders draws a line; None where there is none or it says nothing."""
    if found is None or not len(found):
        return None
    return any(side.get(VAL) not in (None, "nil", "none") for side in found)
