"""A folder of labelled documents: what is faulty is named, the others go on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cases import gold, label

from annotation.evaluation.gold import NoGold, read_gold


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("labels", "sources"):
        (tmp_path / name).mkdir()
    for name in ("a", "b"):
        (tmp_path / "labels" / f"{name}.json").write_text(
            json.dumps(gold(label(), id=name)), encoding="utf-8"
        )
        (tmp_path / "sources" / f"{name}.txt").write_text("x", encoding="utf-8")
    return tmp_path


def test_labels_and_sources_meet_by_id(folder: Path):
    (folder / "sources" / "b.pdf").write_bytes(b"")
    found = read_gold(folder)
    assert list(found.labels) == ["a", "b"]
    assert [path.name for path in found.sources["b"]] == ["b.pdf", "b.txt"]
    assert found.troubles == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "JSON"),
        (b"\xff\xfe", "UTF-8"),
        (b"[]", "faulty"),
        (b'{"document": {}}', "tasks"),
        (b'{"tasks": [{"leads": []}]}', "tasks, 1"),
        (b'{"tasks": [{"text": "a", "leads": "x"}]}', "tasks, 1"),
    ],
)
def test_a_broken_label_is_named_and_the_others_go_on(folder: Path, content: bytes, said: str):
    (folder / "labels" / "b.json").write_bytes(content)
    found = read_gold(folder)
    assert list(found.labels) == ["a"]
    (trouble,) = found.troubles
    assert trouble.startswith("b.json: ")
    assert said in trouble


def test_a_missing_label_and_a_missing_source_are_named(folder: Path):
    (folder / "labels" / "a.json").unlink()
    (folder / "sources" / "b.txt").unlink()
    found = read_gold(folder)
    assert [line.partition(":")[0] for line in found.troubles] == ["a.txt", "b"]
    assert list(found.labels) == ["b"]


@pytest.mark.parametrize("missing", ["labels", "sources"])
def test_a_folder_of_something_else_is_refused(tmp_path: Path, missing: str):
    for name in {"labels", "sources"} - {missing}:
        (tmp_path / name).mkdir()
    with pytest.raises(NoGold, match=f"{missing}/"):
        read_gold(tmp_path)
