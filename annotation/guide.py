"""The labelling guide with its examples: what docs/labelling.md quotes comes from the rules' corpora.

A line `<!-- CORPUS: WORDS -->` names an example by the corpus and words that it holds; below it stands the
example as the corpus has it today. `python -m annotation.guide` writes them anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.assignments.corpus import ASSIGNMENTS, DISMISSALS, SPLITS, Assigns, Dismisses, Splits
from pipeline.assignments.corpus_clauses import CLASSES
from pipeline.assignments.corpus_conditions import CONDITIONS, Conditional
from pipeline.deadlines.corpus import EXAMPLES, NEGATIVES
from pipeline.deadlines.corpus_form import Example, Negative

GUIDE = Path(__file__).parents[1] / "docs" / "labelling.md"
_MARKER = re.compile(r"^<!-- (\w+): (.+) -->$")
_QUOTE = "> "


class Drifted(ValueError):  # noqa: N818 - says what happened
    """The guide names an example that no corpus holds."""


def rendered(guide: str) -> str:
    """The guide with the examples that its markers name; raises `Drifted`."""
    lines: list[str] = []
    below_marker = False
    for line in guide.splitlines():
        if found := _MARKER.match(line):
            lines += [line, _QUOTE + _shown(*found.groups())]
        elif not (below_marker and line.startswith(_QUOTE)):
            lines.append(line)
        below_marker = bool(found)
    return "\n".join(lines) + "\n"


def main() -> None:
    """Writes the guide's examples anew."""
    GUIDE.write_text(rendered(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")


def _shown(corpus: str, words: str) -> str:
    if corpus not in _CORPORA:
        raise Drifted(f"{corpus}: no corpus of this name")
    examples, text_of, show = _CORPORA[corpus]
    for example in examples:
        if words == text_of(example):
            return show(example)
    for example in examples:
        if words in text_of(example):
            return show(example)
    raise Drifted(f"{corpus}: no example holds “{words}”")


def _assigns(example: Assigns) -> str:
    told = f"lead: {'; '.join(example.leads) or 'handed down'}"
    helping = f" · cooperates: {'; '.join(example.cooperators)}" if example.cooperators else ""
    return f"{example.text} → {told}{helping}"


def _dismisses(example: Dismisses) -> str:
    return f"{example.text} → no task ({_words(example.role.value)})"


def _splits(example: Splits) -> str:
    parts = " / ".join(f"“{part} …”" for part in example.parts)
    return f"{example.text} → {len(example.parts)} task{'s' if len(example.parts) > 1 else ''}: {parts}"


def _deadline(example: Example) -> str:
    value = example.value
    facts: Sequence[Any] = (value.date, value.time and value.time.strftime("%H:%M"), value.rrule)
    said = " ".join([f"`{value.kind.value}`", *(f"{one}" for one in facts if one)])
    issued = f", of a document of {example.issued_on}" if example.issued_on else ", of a document without day"
    return f"“{example.phrase}”{issued} → {said}"


def _nothing(example: Negative) -> str:
    return f"{example.text} → no deadline"


def _condition(example: Conditional) -> str:
    return f"{example.text} → holds under: {'; '.join(example.conditions)}"


def _words(key: str) -> str:
    return key.replace("_", " ")


_NO_TASKS = (*DISMISSALS, *(Dismisses(text, role) for role, texts in CLASSES.items() for text in texts))
_CORPORA: Mapping[str, tuple[Sequence[Any], Callable[[Any], str], Callable[[Any], str]]] = {
    "assigns": (ASSIGNMENTS, lambda one: one.text, _assigns),
    "dismisses": (_NO_TASKS, lambda one: one.text, _dismisses),
    "splits": (SPLITS, lambda one: one.text, _splits),
    "deadline": (EXAMPLES, lambda one: one.phrase, _deadline),
    "nothing": (NEGATIVES, lambda one: one.text, _nothing),
    "condition": (CONDITIONS, lambda one: one.text, _condition),
}


if __name__ == "__main__":
    main()
