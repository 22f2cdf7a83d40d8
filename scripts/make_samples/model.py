"""The values of the generator: a sample's heading, its blocks in order, its labelled tasks."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the body and in the foot.

    `issuer` holds the left column's lines, parent bodies first; `party` asks for the Party's form
    (a star under the body, no national title). `signature` holds the lines above the name,
    `cosignature` a second signer's lines and name (joint documents; set in PDF only),
    `printed` the number as printed where its figure is added by hand.
    """

    kind: str
    issuer: tuple[str, ...]
    number: str
    place: str
    date: str
    title: str
    subject: str
    addressees: tuple[str, ...]
    recipients: tuple[str, ...]
    signature: tuple[str, ...]
    signer: str
    party: bool = False
    urgency: str = ""
    secrecy: str = ""
    parents: int = -1
    cosignature: tuple[str, ...] = ()
    printed: str = ""

    @property
    def is_letter(self) -> bool:
        """A công văn has no title; its subject stands under the number as V/v."""
        return not self.title


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; `style` is body, italic, centre, heading, note, number or bullet.

    number and bullet are lists that Word numbers itself: the label is not in the text.
    """

    text: str
    style: str = "body"


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; `merge` is "up" or "left" where it belongs to the cell above or before it."""

    text: str
    merge: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: rows of equal length, `widths` in per cent, the first `heads` rows bold."""

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    heads: int = 1


@dataclass(frozen=True, slots=True)
class Mark:
    """A command between blocks: foot, page, landscape or portrait."""

    what: str


Block = Para | Grid | Mark


@dataclass(frozen=True, slots=True)
class Deadline:
    """A labelled deadline in the form of the labelling guide."""

    text: str | None = None
    kind: str = "none"
    date: str | None = None
    time: str | None = None
    rrule: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A labelled task."""

    text: str
    leads: tuple[str, ...]
    cooperators: tuple[str, ...]
    deadline: Deadline
    nature: str
    field: str


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample with all that its files and labels are made of."""

    id: str
    output: str
    level: str
    era: str
    cases: tuple[int, ...]
    note: str
    heading: Heading
    blocks: tuple[Block, ...]
    tasks: tuple[Task, ...]
    execution_clause: bool
    issued_on: str
    type: str
    handwritten: tuple[str, ...] = ()
    demo: bool = False
    options: dict[str, object] = field(default_factory=dict)
