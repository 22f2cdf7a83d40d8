"""The search that the proof stands on finds a word in every spelling, encoding and container: it can fail."""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from pathlib import Path

import papers
import pytest
from databases import database, kept_by, log_position
from sqlalchemy import create_engine, text
from traces import Search, files_below, pieces_of, spellings

WORD = "Zưỡngkhậm"
SEARCH = Search(WORD)


@pytest.mark.parametrize("spelling", spellings(WORD).values(), ids=spellings(WORD))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_a_word_is_found_however_it_is_written(spelling: str, encoding: str):
    assert list(SEARCH.within("x", f"kho dự trữ {spelling} bên sông".encode(encoding)))


@pytest.mark.parametrize("shift", range(5))
def test_a_word_within_base64_is_found_wherever_it_begins(shift: int):
    content = b"x" * shift + f"kho {WORD} bên sông".encode()
    assert list(SEARCH.within("x", base64.b64encode(content)))
    assert list(SEARCH.within("x", content.hex().encode()))


@pytest.mark.parametrize(
    "content",
    [
        papers.docx(WORD),
        papers.pdf(WORD),
        papers.zipped(**{"a.docx": papers.docx(WORD)}),
        papers.zipped(**{f"{WORD}.txt": b"x"}),
        papers.package("x", ("a.docx", papers.docx(WORD))),
        papers.workbook(WORD),
        gzip.compress(papers.text(WORD)),
        b"page\0\0" + zlib.compress(papers.text(WORD)) + b"\0 free",
        json.dumps({"words": WORD}).encode(),
        papers.mail("x", (f"{WORD}.docx", b"x")).as_bytes(),
        papers.mail("x", ("a.docx", papers.docx(WORD))).as_bytes(),
    ],
    ids=["docx", "pdf", "zip", "name", "edxml", "xlsx", "gzip", "zlib", "json", "mail", "attached"],
)
def test_a_word_is_found_in_what_is_packed(content: bytes):
    assert list(SEARCH.within("x", content))
    assert not list(Search("Lúaxợnhương").within("x", content))


def test_bytes_that_only_one_of_two_files_has_are_found_again():
    mine, twin = papers.scan("kho A", "MẬT"), papers.scan("kho A")
    pieces = pieces_of("scan", mine, twin)
    assert pieces
    assert list(Search(WORD, pieces).within("x", b"y" + mine[: len(mine) // 2]))
    assert not list(Search(WORD, pieces).within("x", twin))


def test_names_of_files_are_looked_through(tmp_path: Path):
    (tmp_path / f"kho {WORD}").mkdir()
    assert SEARCH.everywhere(files_below(tmp_path))


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_what_a_database_held_is_found_though_its_row_is_gone(kind: str, tmp_path: Path):
    from service.bootstrap import open_store
    from service.settings import Settings

    with database(kind, tmp_path) as url:
        since = log_position(url)
        store = open_store(Settings(data_dir=tmp_path, database_url=url))
        store.engine.dispose()
        engine = create_engine(url)  # as a careless program would: nothing is overwritten
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE careless (words TEXT)"))
            connection.execute(text("INSERT INTO careless VALUES (:one)"), {"one": WORD})
        with engine.begin() as connection:
            if kind == "sqlite":
                connection.execute(text("PRAGMA secure_delete = OFF"))
            connection.execute(text("DELETE FROM careless"))
        engine.dispose()
        found = {trace.where for trace in SEARCH.everywhere(kept_by(url, since, tmp_path / "backup"))}
    assert any(where.startswith(("file", "log")) for where in found), found
