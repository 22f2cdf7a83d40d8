"""A registry gives back what was put in, by the hash of what it is, or says that it cannot."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.registry import BrokenModelError, Card, Registry, identity

CARD = Card("confidence", "d" * 64, "rules-1", "0", "2026-03-02T07:00:00+00:00", taught=("a", "b"))
FILES = {"confidence.json": b"{}"}
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,9}\.(json|npz)", fullmatch=True)


@given(st.dictionaries(NAMES, st.binary(max_size=200), min_size=1, max_size=4))
def test_what_was_put_in_comes_back(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        registry = Registry(Path(folder) / "models")
        model = registry.get(registry.put(files, CARD))
        assert (model.files, model.card) == (files, CARD)
        assert registry.put(files, CARD) == model.id
        assert registry.ids() == [model.id]
        assert registry.named(model.id[:12]) == model.id


@given(
    st.dictionaries(NAMES, st.binary(max_size=9), min_size=1, max_size=3),
    st.dictionaries(NAMES, st.binary(max_size=9), min_size=1, max_size=3),
)
def test_only_the_same_files_have_the_same_id(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    assert (identity("confidence", one) == identity("confidence", other)) == (one == other)
    assert identity("confidence", one) != identity("reader", one)


@given(st.binary(max_size=40).filter(lambda content: content != FILES["confidence.json"]))
def test_a_file_that_was_changed_is_refused(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        registry = Registry(Path(folder))
        made = registry.put(FILES, CARD)
        (Path(folder) / made / "files" / "confidence.json").write_bytes(content)
        with pytest.raises(BrokenModelError, match="do not match"):
            registry.get(made)
        with pytest.raises(BrokenModelError):
            registry.promote("confidence", made)
        assert registry.promoted() == {}
        assert registry.put(FILES, CARD) == made  # put again, it is whole again
        assert registry.get(made).files == FILES


def test_a_file_that_was_added_is_refused(tmp_path: Path) -> None:
    registry = Registry(tmp_path)
    made = registry.put(FILES, CARD)
    (tmp_path / made / "files" / "more.json").write_bytes(b"")
    with pytest.raises(BrokenModelError, match="do not match"):
        registry.get(made)


@pytest.mark.parametrize("card", ["", "[]", "{}", '{"kind": "reader"}'])
def test_a_card_that_is_none_is_refused(tmp_path: Path, card: str) -> None:
    registry = Registry(tmp_path)
    made = registry.put(FILES, CARD)
    (tmp_path / made / "card.json").write_text(card, encoding="utf-8")
    with pytest.raises(BrokenModelError):
        registry.get(made)


@pytest.mark.parametrize("name", ["../a", "/a", "", "a/b", ".a", "a\n"])
def test_files_lie_in_the_model_s_own_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="bad name"):
        Registry(tmp_path).put({name: b""}, CARD)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", "abc", "../..", "f" * 64])
def test_an_unknown_model_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(BrokenModelError):
        Registry(tmp_path).get(name)
    with pytest.raises(BrokenModelError):
        Registry(tmp_path).named(name)


def test_one_model_a_kind_is_in_use(tmp_path: Path) -> None:
    registry = Registry(tmp_path)
    first = registry.put(FILES, CARD)
    second = registry.put({"confidence.json": b"[]"}, CARD)
    assert registry.promoted() == {}
    registry.promote("confidence", first)
    registry.promote("confidence", second)
    assert registry.promoted() == {"confidence": second}
    with pytest.raises(BrokenModelError, match="another kind"):
        registry.promote("reader", first)
    registry.promote("confidence", "")
    assert registry.promoted() == {}


def test_a_list_of_those_in_use_that_cannot_be_read_is_told_and_can_be_made_anew(tmp_path: Path) -> None:
    registry = Registry(tmp_path)
    made = registry.put(FILES, CARD)
    (tmp_path / "promoted.json").write_text(json.dumps([made]), encoding="utf-8")
    with pytest.raises(BrokenModelError):
        registry.promoted()
    registry.promote("confidence", made)
    assert registry.promoted() == {"confidence": made}
