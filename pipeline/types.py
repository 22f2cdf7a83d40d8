"""The values that travel down the path, one type per stage; standard library only.

bytes → SourceDocument → Reading → Layout → Directive → Clause → Extraction

All are frozen: a stage takes one and returns a new value of the next type. Coordinates are PDF
points (1/72 inch) with the origin at the page's top left, y downwards. Offsets (`Span`) count
characters of `Layout.text`, which is NFC; `Place` leads from there back to the page and to the
source's own characters.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

# ---------------------------------------------------------------- in: a file


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """One file as it came: bytes unchanged, `sha256` their hex digest, `media_type` by content."""

    name: str
    sha256: str
    media_type: str
    content: bytes = field(repr=False)


# ---------------------------------------------------------------- read: pages


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of characters."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether a character lies in both."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Box:
    """Rectangle in points, origin top left."""

    x0: float
    y0: float
    x1: float
    y1: float

    def union(self, other: Box) -> Box:
        """The smallest box around both."""
        return Box(
            self.x0 if self.x0 < other.x0 else other.x0,  # not min and max: every word of a page comes here
            self.y0 if self.y0 < other.y0 else other.y0,
            self.x1 if self.x1 > other.x1 else other.x1,
            self.y1 if self.y1 > other.y1 else other.y1,
        )


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without spaces, as read.

    `text` is NFC Unicode; `raw` is what the source holds where that differs (legacy encodings,
    NFD), else None. `source` is the range in the source's own text where it has one (a text file,
    a PDF page's characters). `confidence` is the OCR engine's, 0 to 1; None for a text layer.
    """

    text: str
    box: Box
    size: float = 0.0
    bold: bool = False
    italic: bool = False
    raw: str | None = None
    source: Span | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one line, left to right.

    `opens` is True or False where the format itself says whether a paragraph begins here (docx,
    text), None where that must be seen from the layout (PDF, OCR). `number` is a list number that
    the format generates and does not store as text ("1.", "a)", "-"): it is already put in
    `words` as the first word. `centred` likewise is None where the format does not say.
    """

    words: tuple[Word, ...]
    opens: bool | None = None
    centred: bool | None = None

    @property
    def text(self) -> str:
        """The words, one space between."""
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        """The box around all words."""
        box = self.words[0].box
        for word in self.words[1:]:
            box = box.union(word.box)
        return box


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its lines and its rectangle; a merged cell is repeated in each row and column
    that it covers, with `merged` True on the repetitions."""

    lines: tuple[Line, ...]
    box: Box | None = None
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells, every row equally long. `ruled` is False for tables that only lay text out
    (the two-column heading of a .docx): structure reads those as columns."""

    rows: tuple[tuple[Cell, ...], ...]
    box: Box | None = None
    ruled: bool = True


class Origin(StrEnum):
    """Where a page's words come from."""

    TEXT = "text"  # a PDF's own text layer
    OCR = "ocr"
    FLOW = "flow"  # a format without pages (docx, text): typeset by us on A4


@dataclass(frozen=True, slots=True)
class Page:
    """One page, its lines and tables in reading order; `number` counts from 1.

    `part` counts the files of a packet (0: the directive, 1…: annexes). `turned` are the degrees
    clockwise by which a scan that lay on its side or head was turned to be read: size and boxes are
    those of the page so turned, and `in_file` leads back.
    """

    number: int
    width: float
    height: float
    origin: Origin
    items: tuple[Line | Table, ...]
    part: int = 0
    turned: int = 0

    @property
    def size_in_file(self) -> tuple[float, float]:
        """Width and height of the page as the file shows it."""
        return (self.height, self.width) if self.turned in (90, 270) else (self.width, self.height)

    def in_file(self, box: Box) -> Box:
        """Where a box stands on the page as the file shows it."""
        if self.turned == 90:
            return Box(box.y0, self.width - box.x1, box.y1, self.width - box.x0)
        if self.turned == 180:
            return Box(self.width - box.x1, self.height - box.y1, self.width - box.x0, self.height - box.y0)
        if self.turned == 270:
            return Box(self.height - box.y1, box.x0, self.height - box.y0, box.x1)
        return box


@dataclass(frozen=True, slots=True)
class Signature:
    """A digital signature of the file: who signed, when (with time zone), as the file claims."""

    signer: str
    signed_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """Something a stage could not do, for the reviewer; never a reason to stop."""

    stage: str
    message: str
    span: Span | None = None


class Secrecy(StrEnum):
    """Levels of Luật Bảo vệ bí mật nhà nước; NONE where no mark is seen."""

    NONE = "none"
    MAT = "mat"
    TOI_MAT = "toi_mat"
    TUYET_MAT = "tuyet_mat"


@dataclass(frozen=True, slots=True)
class Reading:
    """A document's pages. `secrecy` is what the first page's picture or text shows as a mark;
    `annotations` are texts stamped on the PDF (number, date)."""

    source: SourceDocument
    pages: tuple[Page, ...]
    secrecy: Secrecy = Secrecy.NONE
    signatures: tuple[Signature, ...] = ()
    annotations: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
    declared: Declared | None = None


@dataclass(frozen=True, slots=True)
class Declared:
    """Header fields that an envelope (edXML) states in so many words."""

    number: str | None = None
    issued_on: dt.date | None = None
    issuer: str | None = None
    kind: str | None = None
    subject: str | None = None
    signer: str | None = None
    urgency: str | None = None
    exchange: Exchanged | None = None


@dataclass(frozen=True, slots=True)
class Exchanged:
    """How a document came by the exchange: from whom (`organ` is the sender's id there), by which id, for
    what purpose ("new", "recall", "update", "replace") and about which documents, by number and day.
    `due_on` is the sender's DueDate, often a default: to be shown, never a deadline."""

    sender: str
    organ: str
    document_id: str
    purpose: str
    reason: str
    concerns: tuple[tuple[str, dt.date], ...]
    due_on: dt.date | None


# ---------------------------------------------------------------- structure: directive


@dataclass(frozen=True, slots=True)
class Place:
    """Where a range of `Layout.text` stands: page, rectangle, and the source's own characters."""

    span: Span
    page: int
    box: Box
    source: Span | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of `Layout.text`. `indent` is the first line's distance from the text's left
    edge in points (0.0 if unknown); `bold` and `italic` hold when most characters are so."""

    span: Span
    page: int
    bold: bool = False
    italic: bool = False
    centred: bool = False
    indent: float = 0.0


@dataclass(frozen=True, slots=True)
class GridCell:
    """A table cell's paragraphs; `merged` marks the repetition of a merged cell."""

    paragraphs: tuple[Paragraph, ...]
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table joined over its pages, every row equally long."""

    span: Span
    page: int
    rows: tuple[tuple[GridCell, ...], ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole document as one text in reading order, columns kept apart.

    Paragraphs are separated by one newline in `text`, words by one space. `places` are sorted.
    """

    text: str
    places: tuple[Place, ...]
    items: tuple[Paragraph | Grid, ...]


class DocumentType(StrEnum):
    """Kinds of directive that the labels tell apart."""

    CHI_THI = "chi_thi"
    CONG_VAN = "cong_van"
    CONG_DIEN = "cong_dien"
    THONG_BAO = "thong_bao"
    QUYET_DINH = "quyet_dinh"
    KE_HOACH = "ke_hoach"
    NGHI_QUYET = "nghi_quyet"
    OTHER = "other"


class Urgency(StrEnum):
    """Urgency marks of Nghị định 30/2020/NĐ-CP, component 10b."""

    NORMAL = "normal"
    KHAN = "khan"
    THUONG_KHAN = "thuong_khan"
    HOA_TOC = "hoa_toc"


@dataclass(frozen=True, slots=True)
class Grounded:
    """A value as written and where it stands; `span` is None for a value from outside the text
    (a signature, an envelope)."""

    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """The parts of Nghị định 30/2020/NĐ-CP, box by box; None where the text does not show one.

    `issuer` joins all lines of the heading's left column (parent first); `parent` is the line
    above the issuing body, if any. `addressees` are the units of "Kính gửi"; `recipients` the lines
    of "Nơi nhận". `doubtful` names fields that are there but could not be read (handwriting).
    `issued_about` is the first day of the month that is legible where the day is not (else of `issued_on`).
    """

    number: Grounded | None = None
    issued_on: dt.date | None = None
    issued_about: dt.date | None = None
    issued_at: Grounded | None = None
    place: str | None = None
    issuer: Grounded | None = None
    parent: Grounded | None = None
    type: DocumentType | None = None
    subject: Grounded | None = None
    addressees: tuple[Grounded, ...] = ()
    recipients: tuple[Grounded, ...] = ()
    signer: Grounded | None = None
    signer_position: Grounded | None = None
    signer_authority: Grounded | None = None
    urgency: Urgency = Urgency.NORMAL
    secrecy: Secrecy = Secrecy.NONE
    doubtful: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parts:
    """A layout cut into head, body, foot and annexes, in `Layout.items` terms."""

    header: Header
    body: tuple[Paragraph | Grid, ...]
    annexes: tuple[tuple[Paragraph | Grid, ...], ...] = ()


class BlockKind(StrEnum):
    """Levels of the body, outermost first, and what has no number."""

    ROOT = "root"
    PHAN = "phan"
    CHUONG = "chuong"
    MUC = "muc"
    DIEU = "dieu"
    ITEM = "item"  # numbered or bulleted: I., 1., 1.1., a), -, +
    PARAGRAPH = "paragraph"
    TABLE = "table"
    ANNEX = "annex"


@dataclass(frozen=True, slots=True)
class Block:
    """A node of the body's tree.

    `label` is the number or bullet as printed ("Điều 2", "1.", "a)", "-"), `marker` its class
    ("dieu", "roman", "arabic", "decimal", "letter", "dash", "plus"), `span` the node's own text
    without label and children.
    """

    kind: BlockKind
    span: Span
    label: str = ""
    marker: str = ""
    children: tuple[Block, ...] = ()
    grid: Grid | None = None
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Directive:
    """A document read and taken apart."""

    layout: Layout
    header: Header
    root: Block


# ---------------------------------------------------------------- find: mentions


class UnitKind(StrEnum):
    """What a mention of a unit stands for."""

    UNIT = "unit"
    GROUP = "group"  # "các sở, ban, ngành": kept as written
    PERSON = "person"  # "Giám đốc Sở Y tế"
    REFERENCE = "reference"  # "các đơn vị nêu tại mục 2", "đơn vị này"


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A unit in a text. `name` is the name to file: as written, the head supplied where a list
    shares it ("các Bộ: Công an, Y tế" → "Bộ Công an", "Bộ Y tế")."""

    span: Span
    text: str
    name: str
    kind: UnitKind = UnitKind.UNIT


class DeadlineKind(StrEnum):
    """Kinds of deadline (docs/glossary.md)."""

    DATE = "date"
    RECURRING = "recurring"
    RELATIVE = "relative"
    EVENT = "event"
    ONGOING = "ongoing"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A reading of a time phrase; normal forms as in docs/glossary.md.

    `span` and `text` are the words that set it; `trigger` those of the event from which a relative or event
    deadline counts ("kể từ ngày nhận được hồ sơ" → "nhận được hồ sơ"), None where none is named; `rule` the
    rule that read them and `parts` the rules below it (derivation, outermost first); `words` says the
    reading in Vietnamese ("ký 05/03/2024 + 15 ngày làm việc → 26/03/2024"); `flags` name doubts
    ("before_issue", "year_assumed").
    """

    span: Span
    text: str
    kind: DeadlineKind
    date: dt.date | None = None
    time: dt.time | None = None
    rrule: str | None = None
    rule: str = ""
    parts: tuple[str, ...] = ()
    words: str = ""
    flags: tuple[str, ...] = ()
    trigger: str | None = None


# ---------------------------------------------------------------- assemble: tasks


class ClauseRole(StrEnum):
    """What a clause does; every one but TASK is left out of the book, and shown as such."""

    TASK = "task"
    LEAD_IN = "lead_in"
    HEADING = "heading"
    RECITAL = "recital"
    REPORTED = "reported"
    RESULT = "result"
    FUNCTION = "function"
    AIM = "aim"
    TARGET = "target"
    PRINCIPLE = "principle"
    PROHIBITION = "prohibition"
    AMENDMENT = "amendment"
    PERMISSION = "permission"
    IN_FORCE = "in_force"
    TRANSMISSION = "transmission"
    EXECUTION = "execution"
    CONTACT = "contact"
    DISTRIBUTION = "distribution"
    PROMULGATION = "promulgation"
    FUNDING = "funding"
    FORM = "form"
    IDLE = "idle"  # of a document whose kind assigns nothing: an invitation, a report, a submission
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of the body with its place in the tree and what it does, by which rule."""

    span: Span
    path: str
    role: ClauseRole
    rule: str


@dataclass(frozen=True, slots=True)
class UnitRole:
    """A unit in its role in a task; `inherited` when handed down from a lead-in."""

    mention: UnitMention
    inherited: bool = False


class RelationKind(StrEnum):
    """What a document does to a task or document assigned earlier."""

    EXTENDS = "extends"  # gia hạn
    AMENDS = "amends"  # sửa đổi, điều chỉnh, bổ sung
    REPLACES = "replaces"  # thay thế
    REVOKES = "revokes"  # thu hồi, hủy bỏ, bãi bỏ
    CARRIES_OUT = "carries_out"  # thực hiện, triển khai


@dataclass(frozen=True, slots=True)
class Relation:
    """A link to an earlier document: its `number` and `issued_on` as written there, the `item` of it that
    is meant ("mục 3"), and the new `deadline` of an extension. `span` is the clause that says so."""

    kind: RelationKind
    span: Span
    number: Grounded | None
    issued_on: dt.date | None = None
    item: str = ""
    deadline: Deadline | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Probabilities:
    """How likely each field of a task is right, 0 to 1; `task` that it is one at all, `complete` that a
    clerk need not touch it. Calibrated on documents that no rule was written against (docs/evaluation.md)."""

    task: float
    text: float
    leads: float
    cooperators: float
    deadline: float
    nature: float
    field: float
    complete: float


@dataclass(frozen=True, slots=True)
class DocumentContext:
    """What a document says of all its tasks' classes; empty where it does not show it."""

    type: str = ""
    subject: str = ""
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class TaskContext:
    """A task to classify: its words, its leads' names and the headings that it stands under."""

    text: str
    leads: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Classified:
    """A task's nature and field (keys of pipeline/labels.py), each with its probability, 0 to 1."""

    nature: str
    field: str
    nature_probability: float
    field_probability: float


@dataclass(frozen=True, slots=True)
class TaskCandidate:
    """An assigned task. `id` derives from the source's hash, path and order, so that reruns meet
    earlier reviews. `spans` are the ranges of `Layout.text` that make its text, in order.

    `timing`, `source`, `assigner` and `urgency` are classes derived from the deadline and the document,
    `product` that of the words in `output` (pipeline/classes, docs/classes.md). `flags` are doubts; `marks`
    tell its sort (conditional, prohibition, reporting_duty, chain, group_lead). `conditions` are the words
    under which it holds ("nếu vượt thẩm quyền"); `other_deadlines` further ones of the same item, and one
    handed down that its own overrides.
    `reasons` say in Vietnamese why it is a task and where its values come from. `second` is what a second
    reader saw of it, where that differs: in which of "text", "leads", "cooperators" and "deadline", says
    `differs`.
    """

    id: str
    text: str
    path: str
    spans: tuple[Span, ...]
    leads: tuple[UnitRole, ...]
    cooperators: tuple[UnitRole, ...]
    deadline: Deadline | None
    deadline_inherited: bool
    output: Grounded | None
    nature: str
    field: str
    confidence: float
    rule: str
    flags: tuple[str, ...] = ()
    timing: str = "undated"
    source: str = "other"
    assigner: str = "other"
    urgency: str = "normal"
    product: str = "none"
    marks: tuple[str, ...] = ()
    conditions: tuple[Grounded, ...] = ()
    other_deadlines: tuple[Deadline, ...] = ()
    probabilities: Probabilities | None = None
    reasons: tuple[str, ...] = ()
    second: SeenTask | None = None
    differs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SeenTask:
    """A task as a second reader sees it: its words' places in `Layout.text`, who does it with whom, until
    when, and how likely it is one at all (0 to 1, not calibrated)."""

    spans: tuple[Span, ...]
    leads: tuple[UnitMention, ...]
    cooperators: tuple[UnitMention, ...]
    deadline: Deadline | None
    likely: float


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one document yields. `clauses` label also what is no task; `relations` link to earlier
    documents."""

    reading: Reading
    directive: Directive
    tasks: tuple[TaskCandidate, ...]
    clauses: tuple[Clause, ...]
    execution_clause: bool
    issues: tuple[Issue, ...]
    version: str
    relations: tuple[Relation, ...] = ()
