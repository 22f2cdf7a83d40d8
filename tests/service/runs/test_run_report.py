"""The report of a run: every file that was walked once, in one outcome, on the page and in the workbook."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import openpyxl

from service.runs.following import Following
from service.runs.report import write
from service.store import Store
from service.walk import walk

Runner = Callable[..., Following]


class Rows(HTMLParser):
    """The cells of the last table of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._cell = False
        self.feed(page[page.rindex("<tbody>") :])

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        elif tag == "td":
            self.rows[-1].append("")
            self._cell = True
        elif tag == "small":
            self._cell = False

    def handle_data(self, data):
        if self.rows and self.rows[-1] and self._cell:
            self.rows[-1][-1] += data

    def handle_endtag(self, tag):
        if tag == "small":
            self._cell = True


def report(store: Store, done: Following, folder: Path, names: dict[str, str]) -> tuple[str, list[tuple]]:
    page, book = folder / "run.html", folder / "run.xlsx"
    assert write(store, done.run, [page, book], names)
    found = openpyxl.load_workbook(book, read_only=True)
    return page.read_text(), list(found["Tệp"].iter_rows(min_row=2, values_only=True))


def test_every_file_stands_once_in_one_outcome(run: Runner, store: Store, archive: Path, tmp_path: Path):
    done = run(archive)
    walked = {str(path) for group in walk([archive]) for path in group.paths}
    names = {done.digest(Path(path)): path for path in walked if "hop-dong" in path or "large" in path}
    names |= {done.digest(archive / "gone.txt"): str(archive / "gone.txt")}
    page, book = report(store, done, tmp_path, names)
    secret = str(archive / "ke-hoach-tac-chien.txt")
    for shown in ([row[1] for row in Rows(page).rows], [row[1] for row in book]):
        assert len(shown) == len(walked)
        (refused,) = set(shown) - walked
        assert re.fullmatch("[0-9a-f]{64}", refused)
        assert walked - set(shown) == {secret}
    outcomes = {"xong": 3, "trùng tệp đã có": 1, "cần xem lại": 1, "từ chối: văn bản mật": 1, "lỗi": 3}
    assert Counter(row[2] for row in book) == outcomes
    assert Counter(row[2].strip() for row in Rows(page).rows) == outcomes


def test_later_what_failed_is_told_by_its_hash(run: Runner, store: Store, archive: Path, tmp_path: Path):
    page, book = report(store, run(archive), tmp_path, {})
    for name in ("ke-hoach-tac-chien", "hop-dong-kin", "large.txt", "gone.txt"):
        assert name not in page
        assert not any(name in str(cell) for row in book for cell in row)
    why = {row[3] for row in book if row[2] == "lỗi"}
    assert any("có mật khẩu" in one for one in why)


def test_the_page_loads_nothing_and_escapes_names(run: Runner, store: Store, tmp_path: Path):
    folder = tmp_path / "kho"
    folder.mkdir()
    (folder / "=<script>alert(1)<b>.txt").write_text("number: 9/CT-UBND\nSở Y tế; làm; \n")
    page, book = report(store, run(folder), tmp_path, {})
    assert page.count("<script") == 1
    assert not re.search(r'(src|href)="(?!#)', page)
    assert book[0][1].endswith("=<script>alert(1)<b>.txt")


def test_no_text_becomes_a_formula_or_an_error(run: Runner, store: Store, archive: Path, tmp_path: Path):
    done, book = run(archive), tmp_path / "run.xlsx"
    names = {done.digest(archive / "gone.txt"): "=SUM(A1)", done.digest(archive / "large.txt"): "#N/A"}
    write(store, done.run, [book], names)
    cells = [row[1] for row in openpyxl.load_workbook(book)["Tệp"].iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {"=SUM(A1)", "#N/A"} <= {cell.value for cell in cells}


def test_there_is_no_report_of_a_run_that_never_was(store: Store, tmp_path: Path):
    assert not write(store, 7, [tmp_path / "a.html"])
    assert not (tmp_path / "a.html").exists()
