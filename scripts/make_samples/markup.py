"""Reads a sample's TOML with its marked-up body; gives a `Sample`.

The body is one paragraph a line. Line openings: `> ` italic, `# ` centred bold, `## ` bold, `~ `
centred italic, `*1 ` and `*- ` lists numbered by Word, `|` a table row (`|=` a head row), `!widths`,
`!page`, `!landscape`, `!portrait`; `===` is where the signature block stands.

A task is written `[[words]]{n=nature f=field L=key,key C=key D=key}`. Inside it, `{L:words}`,
`{C:words}` and `{D:words @ value}` mark its lead, cooperator and deadline; `{key:words}` marks
words for tasks elsewhere, and `{L,key:words}` does both; `words => Name` gives another name to
file. In a table row, L, C and D outside the task belong to it too. A deadline's value is an ISO
date (with T and the hour), `R` and a recurrence rule, or relative, event, ongoing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from scripts.make_samples.model import Block, Cell, Deadline, Grid, Heading, Mark, Para, Sample, Task

_T = TypeVar("_T")
_TOKEN = re.compile(r"\[\[|\]\]\{[^}]*\}|\{[A-Za-z0-9,]+:[^}]*\}")
_STYLES = (
    ("## ", "heading"),
    ("# ", "centre"),
    ("> ", "italic"),
    ("~ ", "note"),
    ("*1 ", "number"),
    ("*- ", "bullet"),
)
_KINDS = {"relative", "event", "ongoing"}


class MarkupError(Exception):
    """A text that breaks the markup's rules, with the sample's id and the words concerned."""


def deadline(text: str, value: str) -> Deadline:
    """The deadline that the mark `text @ value` stands for."""
    if value in _KINDS:
        return Deadline(text, value)
    if value.startswith("R"):
        return Deadline(text, "recurring", rrule=value[1:].strip() or None)
    date, _, time = value.partition("T")
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", date):
        raise MarkupError(f"no such deadline value: {value!r}")
    return Deadline(text, "date", date=date, time=time or None)


class _Open:
    """A task while its words are being read."""

    def __init__(self) -> None:
        self.words = ""
        self.marks: list[tuple[str, str]] = []
        self.attributes: dict[str, str] = {}


class BodyReader:
    """Reads lines of marked-up text into plain words, and collects the tasks in them."""

    def __init__(self, sample: str, field: str, units: dict[str, str]) -> None:
        self.sample, self.field = sample, field
        self.units = dict(units)
        self.deadlines: dict[str, Deadline] = {}
        self.tasks: list[Task] = []
        self._open: _Open | None = None
        self._closed: list[_Open] = []
        self._row_marks: list[tuple[str, str]] = []

    def line(self, text: str) -> str:
        """The plain words of a line; tasks that end in it are filed."""
        plain = self._words(text)
        self._file(())
        if self._open:
            self._open.words += " "
        return plain

    def row(self, cells: list[str]) -> list[str]:
        """The plain words of a table row; marks outside the task belong to the row's tasks."""
        self._row_marks = []
        plain = [self._words(cell) for cell in cells]
        self._file(tuple(self._row_marks))
        return plain

    def _words(self, text: str) -> str:
        out, at = "", 0
        for token in _TOKEN.finditer(text):
            out += self._add(text[at : token.start()])
            out += self._sign(token.group())
            at = token.end()
        return out + self._add(text[at:])

    def _add(self, words: str) -> str:
        if self._open:
            self._open.words += words
        return words

    def _sign(self, sign: str) -> str:
        if sign == "[[":
            if self._open:
                raise MarkupError(f"{self.sample}: task within a task")
            self._open = _Open()
            return ""
        if sign.startswith("]]"):
            return self._close(sign[3:-1])
        keys, _, rest = sign[1:-1].partition(":")
        words, _, value = rest.partition(" @ ")
        words, _, alias = words.partition(" => ")
        for key in keys.split(","):
            if value:
                self._mark_deadline(key, deadline(words, value))
            else:
                self._mark_unit(key, alias or words)
        return self._add(words)

    def _mark_deadline(self, key: str, known: Deadline) -> None:
        slot = f"D#{len(self.deadlines)}" if key == "D" else key
        self.deadlines[slot] = known
        if key == "D":
            self._here().append(("D", slot))

    def _mark_unit(self, key: str, name: str) -> None:
        if key in ("L", "C"):
            self._here().append((key, name))
        else:
            self.units[key] = name

    def _here(self) -> list[tuple[str, str]]:
        """Where marks belong now: the open task, else the table row."""
        return self._open.marks if self._open else self._row_marks

    def _close(self, attributes: str) -> str:
        if not self._open:
            raise MarkupError(f"{self.sample}: end of no task: {attributes}")
        self._open.attributes = dict(part.split("=", 1) for part in attributes.split())
        self._closed.append(self._open)
        self._open = None
        return ""

    def _file(self, row: tuple[tuple[str, str], ...]) -> None:
        for task in self._closed:
            self.tasks.append(self._task(task, row))
        self._closed = []

    def _task(self, task: _Open, row: tuple[tuple[str, str], ...]) -> Task:
        given = task.attributes
        text = " ".join(task.words.split())
        if unknown := set(given) - {"n", "f", "L", "C", "D"}:
            raise MarkupError(f"{self.sample}: unknown attributes {unknown} at {text[:60]!r}")
        if "n" not in given:
            raise MarkupError(f"{self.sample}: no nature at {text[:60]!r}")
        marks = task.marks + [m for m in row if m[0] not in {k for k, _ in task.marks} | set(given)]
        due = [self.deadlines[slot] for key, slot in marks if key == "D"]
        if given.get("D", "-") != "-":
            due.append(self._known(self.deadlines, given["D"], text))
        if len(due) > 1:
            raise MarkupError(f"{self.sample}: two deadlines at {text[:60]!r}")
        return Task(
            text=text,
            leads=self._roles("L", marks, given, text),
            cooperators=self._roles("C", marks, given, text),
            deadline=due[0] if due else Deadline(),
            nature=given["n"],
            field=given.get("f", self.field),
        )

    def _roles(
        self, role: str, marks: list[tuple[str, str]], given: dict[str, str], text: str
    ) -> tuple[str, ...]:
        own = [name for key, name in marks if key == role]
        handed = [key for key in given.get(role, "").split(",") if key not in ("", "-")]
        return tuple(own + [self._known(self.units, key, text) for key in handed])

    def _known(self, names: dict[str, _T], key: str, text: str) -> _T:
        if key not in names:
            raise MarkupError(f"{self.sample}: unknown key {key!r} at {text[:60]!r}")
        return names[key]


def _grid(lines: list[str], widths: tuple[int, ...], reader: BodyReader) -> Grid:
    rows, heads = [], 0
    for line in lines:
        heads += line.startswith("|=")
        raw = [cell.strip() for cell in line.lstrip("|=").strip().rstrip("|").split(" | ")]
        plain = reader.row(raw)
        rows.append(tuple(_cell(text) for text in plain))
    if len({len(row) for row in rows} | {len(widths)}) != 1:
        raise MarkupError(
            f"{reader.sample}: rows of {sorted({len(r) for r in rows})} cells for {len(widths)} widths"
        )
    return Grid(tuple(rows), widths, heads)


def _cell(text: str) -> Cell:
    text = text.strip()
    if text == "^^":
        return Cell("", "up")
    if text == "<<":
        return Cell("", "left")
    return Cell("" if text == "." else text)


def _blocks(body: str, reader: BodyReader) -> Iterator[Block]:
    widths: tuple[int, ...] = ()
    table: list[str] = []
    for line in [*body.strip().splitlines(), ""]:
        if line.startswith("|"):
            table.append(line)
            continue
        if table:
            yield _grid(table, widths, reader)
            table = []
        if line.startswith("!widths"):
            widths = tuple(int(part) for part in line.split()[1:])
        elif line.startswith("!"):
            yield Mark(line[1:].strip())
        elif line.strip() == "===":
            yield Mark("foot")
        elif line.strip():
            yield _para(line.strip(), reader)


def _para(line: str, reader: BodyReader) -> Para:
    for opening, style in _STYLES:
        if line.startswith(opening):
            return Para(reader.line(line[len(opening) :]), style)
    return Para(reader.line(line))


def _heading(data: dict[str, Any]) -> Heading:
    return Heading(
        kind=data["type"],
        issuer=tuple(data["issuer"]),
        number=data["number"],
        place=data["place"],
        date=data["date_line"],
        title=data.get("title", ""),
        subject=data["subject"],
        addressees=tuple(data.get("addressees", ())),
        recipients=tuple(data.get("recipients", ())),
        signature=tuple(data.get("signature", ())),
        signer=data.get("signer", ""),
        party=data.get("party", False),
        urgency=data.get("urgency", ""),
        secrecy=data.get("secrecy", ""),
        parents=data.get("parents", -1),
        printed=data.get("printed", ""),
        cosignature=tuple(data.get("cosignature", ())),
    )


def read_sample(path: Path) -> Sample:
    """The sample that a TOML file describes; raises MarkupError with the file's name."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    reader = BodyReader(path.stem, data.get("field", "other"), data.get("units", {}))
    year, month, day = data["issued_on"].split("-")
    pad_month = month if int(month) < 3 else str(int(month))
    data.setdefault("date_line", f"ngày {day} tháng {pad_month} năm {year}")
    blocks = list(_blocks(data["body"], reader))
    if Mark("foot") not in blocks:
        blocks.append(Mark("foot"))
    return Sample(
        id=path.stem,
        output=data["output"],
        level=data["level"],
        era=data["era"],
        cases=tuple(data.get("cases", ())),
        note=data["note"],
        heading=_heading(data),
        blocks=tuple(blocks),
        tasks=tuple(reader.tasks),
        execution_clause=data.get("execution_clause", False),
        issued_on=data["issued_on"],
        type=data["type"],
        handwritten=tuple(data.get("handwritten", ())),
        demo=data.get("demo", False),
        options=data.get("options", {}),
    )
