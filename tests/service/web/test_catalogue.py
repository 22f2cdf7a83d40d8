"""Every message of the interface has its English; none that is no longer said lingers in the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from service import web, wording
from service.web.pages.review import REASONS

PACKAGE = Path(web.__file__).parent
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]
OPTIONS = {"templates/**.html": {"trimmed": "true"}}


def extracted() -> Iterator[str]:
    found = extract_from_dir(str(PACKAGE), METHODS, OPTIONS, keywords={"_": None})
    for _file, _line, message, _comments, _context in found:
        assert isinstance(message, str)
        yield message


def catalogue() -> dict[str, str]:
    with (PACKAGE.parent / "locale" / "en.po").open("rb") as stream:
        return {str(one.id): str(one.string) for one in read_po(stream) if one.id}


def test_every_message_has_its_english():
    known = catalogue()
    assert sorted({one for one in extracted() if not known.get(one)}) == []


def test_the_catalogue_holds_no_stale_message():
    assert sorted(set(catalogue()) - set(extracted()) - set(from_tables())) == []


def from_tables() -> Iterator[str]:
    """Words that the templates take from tables of keys: `key | words("TABLE")`, and reasons."""
    yield from REASONS.values()
    templates = "".join(path.read_text() for path in (PACKAGE / "templates").glob("*.html"))
    for name in re.findall(r"""words\(["'](\w+)""", templates):
        yield from getattr(wording, name).values()


def test_the_tables_that_pages_show_have_their_english():
    known = catalogue()
    assert sorted({one for one in from_tables() if not known.get(one)}) == []
