"""The glossary's table of deadlines says what the grammar reads."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.deadlines import choose, find_deadlines
from pipeline.types import DeadlineKind

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"
ISSUED = dt.date(2024, 3, 1)
ROW = re.compile(r"\| (?P<words>[^|]+) \| `(?P<kind>[a-z]+)` \| (?:`(?P<value>[^`]+)`|–) \|")


def rows() -> Iterator[tuple[str, str, str | None]]:
    table = GLOSSARY.read_text(encoding="utf-8").split("## Normal forms of deadlines")[1]
    for row in ROW.finditer(table):
        for phrase in row["words"].split("; "):
            yield phrase, row["kind"], row["value"]


def test_the_table_shows_every_kind():
    assert {kind for _, kind, _ in rows()} == set(DeadlineKind)


@pytest.mark.parametrize(("phrase", "kind", "value"), rows())
def test_phrase_is_read_as_the_glossary_says(phrase: str, kind: str, value: str | None):
    deadline = choose(find_deadlines(phrase, ISSUED), phrase)
    if kind == DeadlineKind.NONE:
        assert deadline is None or deadline.kind is DeadlineKind.NONE
        return
    assert deadline is not None
    assert deadline.kind == kind
    assert value in (None, deadline.rrule, str(deadline.date))
