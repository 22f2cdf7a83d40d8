"""A walk meets every document once, and tells what it cannot look into."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from service.walk import Group, Unopened, printable, walk


def names(*roots: Path) -> list[str]:
    return [path.name for one in walk(roots) if isinstance(one, Group) for path in one.paths]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("b.pdf", "a.docx", "năm 2020/c.doc", "năm 2020/sâu/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path


def test_all_files_below_in_order(tree: Path):
    assert names(tree) == ["a.docx", "b.pdf", "c.doc", "d.txt"]


@pytest.mark.parametrize(
    "name", [".ẩn.pdf", "~$a.docx", ".~lock.a.docx#", "x.tmp", "Thumbs.db", ".git/x.pdf"]
)
def test_hidden_and_temporary_files_are_left_out(tree: Path, name: str):
    (tree / name).parent.mkdir(exist_ok=True)
    (tree / name).write_text("x")
    assert names(tree) == ["a.docx", "b.pdf", "c.doc", "d.txt"]


@pytest.mark.parametrize("name", ["VB-2015.bak", "~cu", "2019.tmp"])
def test_a_folder_is_never_temporary(tree: Path, name: str):
    (tree / name).mkdir()
    (tree / name / "e.txt").write_text("e")
    assert sorted(names(tree)) == ["a.docx", "b.pdf", "c.doc", "d.txt", "e.txt"]


def test_it_is_told_what_is_left_out(tree: Path):
    for name in (".git", "$RECYCLE.BIN"):
        (tree / name).mkdir()
        (tree / name / "x.pdf").write_text("x")
    for name in ("~$a.docx", "năm 2020/x.tmp"):
        (tree / name).write_text("x")
    heard: list[Path] = []
    list(walk([tree], heard.append))
    assert [path.name for path in heard] == ["$RECYCLE.BIN", ".git", "~$a.docx", "x.tmp"]


@pytest.mark.parametrize("number", [errno.EACCES, errno.ESTALE, errno.EIO])
def test_an_entry_that_cannot_be_looked_into_is_told_and_the_walk_goes_on(
    tree: Path, monkeypatch: pytest.MonkeyPatch, number: int
):
    shut, look = tree / "năm 2020", Path.stat

    def stat(path: Path, **how: Any) -> os.stat_result:
        if path == shut:
            raise OSError(number, os.strerror(number))
        return look(path, **how)

    monkeypatch.setattr(Path, "stat", stat)
    assert names(tree) == ["a.docx", "b.pdf"]
    assert [one.path for one in walk([tree]) if isinstance(one, Unopened)] == [shut]


def test_links_in_a_circle_end(tree: Path):
    (tree / "năm 2020" / "lại").symlink_to(tree)
    (tree / "vòng").symlink_to(tree / "vòng")
    (tree / "z.pdf").symlink_to(tree / "b.pdf")
    assert names(tree) == ["a.docx", "b.pdf", "c.doc", "d.txt"]
    assert [one.path.name for one in walk([tree]) if isinstance(one, Unopened)] == ["vòng"]


def test_roots_that_overlap_give_each_file_once(tree: Path):
    assert names(tree / "năm 2020", tree / "b.pdf", tree) == ["c.doc", "d.txt", "b.pdf", "a.docx"]


def test_a_hidden_root_is_meant(tree: Path):
    (tree / ".kho").mkdir()
    (tree / ".kho" / "x.pdf").write_text("x")
    assert names(tree / ".kho") == ["x.pdf"]


def test_a_name_cannot_steer_the_terminal_nor_break_the_line():
    assert printable("đỏ \x1b[31m\n.pdf") == r"đỏ \x1b[31m\n.pdf"
    assert printable("thư \u202efdp.exe") == r"thư \u202efdp.exe"  # would be shown as "thư exe.pdf"
