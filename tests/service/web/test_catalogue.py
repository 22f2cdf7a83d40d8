"""Every message of the interface has its English; none that is no longer said lingers in the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract, extract_from_dir
from babel.messages.pofile import read_po

from pipeline.reasons import phrases
from service import web, wording
from service.web import words

PACKAGE = Path(web.__file__).parent
CARDS = (
    PACKAGE.parent / "report" / "cards.py",
    PACKAGE.parent / "wording.py",
    PACKAGE / "pages" / "budget.py",
)
"""Modules whose words are said by `say`: those of the review screen, and of the chart of the budget."""
TABLES = ("DEADLINE_KINDS", "DOCUMENT_TYPES", "HEADER_FIELDS", "RELATIONS", "NATURES", "FIELDS", "TIMINGS")
TABLES += ("TASK_SOURCES", "ASSIGNERS", "URGENCIES", "PRODUCTS", "CLAUSE_ROLES", "MARKS", "FLAGS", "PURPOSES")
"""Tables that the same modules take words from."""
SENTENCES = ("task", "lead", "cooperator", "deadline", "assigner", "doubt", "second", "field", "clause")
"""Tables of pipeline/reasons.toml whose sentences a record holds."""
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]
OPTIONS = {"templates/**.html": {"trimmed": "true"}}


def extracted() -> Iterator[str]:
    found = extract_from_dir(str(PACKAGE), METHODS, OPTIONS, keywords={"_": None})
    for _file, _line, message, _comments, _context in found:
        assert isinstance(message, str)
        yield message
    for module in CARDS:
        with module.open("rb") as stream:
            yield from (str(one[1]) for one in extract("python", stream, keywords={"say": None}))


def catalogue() -> dict[str, str]:
    with (PACKAGE.parent / "locale" / "en.po").open("rb") as stream:
        return {str(one.id): str(one.string) for one in read_po(stream) if one.id}


def known_to_pages() -> dict[str, str]:
    return words.catalogue("en")


def test_every_message_has_its_english():
    known = known_to_pages()
    assert sorted({one for one in extracted() if not known.get(one)}) == []


def test_the_catalogue_holds_no_stale_message():
    assert sorted(set(catalogue()) - set(extracted()) - set(from_tables())) == []


def from_tables() -> Iterator[str]:
    """Words that the templates take from tables of keys: `key | words("TABLE")`, and reasons."""
    yield from (name for name, *_ in wording.CLASSES)
    for name in SENTENCES:
        yield from phrases()[name].values()
    for name in TABLES:
        yield from getattr(wording, name).values()
    templates = "".join(path.read_text() for path in (PACKAGE / "templates").glob("*.html"))
    for name in re.findall(r"""words\(["'](\w+)""", templates):
        yield from getattr(wording, name).values()


def test_the_tables_that_pages_show_have_their_english():
    known = known_to_pages()
    assert sorted({one for one in from_tables() if not known.get(one)}) == []


def test_labels_have_their_english_in_one_place():
    """But where one Vietnamese name stands for two things, of which the pages say another."""
    labels = {name for table in words.LABELS.values() for name in table.values()}
    assert labels & set(catalogue()) == {"Báo cáo", "Nơi nhận", "Nhiệm vụ"}
