"""Models on disk: `ID/files…` beside `ID/card.json`, the id being the hash of what the model is.

A model is a kind and named files; nothing in it is ever executed or unpickled here. Whoever loads one gets
the bytes that were put in, or `BrokenModelError`. `promoted.json` says which model of each kind is in use.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

CARD, FILES, PROMOTED = "card.json", "files", "promoted.json"
_ID = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")
_LEAST = 4  # letters by which a model may be named


class BrokenModelError(ValueError):
    """A model on disk is not what was put there, or not there; the message says which, in words."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a model. `data` is the hash of what taught it, `taught` the keys of the documents
    that it must not be measured on, `parent` the one in use before; `slices` are figures by slice, `note`
    what else must be known."""

    kind: str
    data: str
    code: str
    seed: str
    trained_at: str
    parent: str = ""
    documents: int = 0
    tasks: int = 0
    taught: tuple[str, ...] = field(default=(), repr=False)
    slices: Mapping[str, Mapping[str, float]] = field(default_factory=dict, repr=False)
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """The form that `card_of` reads."""
        return json.loads(json.dumps(asdict(self)))  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Model:
    """A model with its card."""

    id: str
    files: Mapping[str, bytes] = field(repr=False)
    card: Card


def card_of(told: Mapping[str, Any]) -> Card:
    """The card of its JSON form; `BrokenModelError` where that is none."""
    try:
        known = {name: told[name] for name in Card.__dataclass_fields__ if name in told}
        return Card(**known | {"taught": tuple(told.get("taught", ()))})
    except (TypeError, ValueError) as error:
        raise BrokenModelError("thẻ mô hình không đọc được (faulty card)") from error


def manifest(kind: str, files: Mapping[str, bytes]) -> bytes:
    """What an id is the hash of: the kind, and the hash of each file by name."""
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    return json.dumps({"files": hashes, "kind": kind}, sort_keys=True, separators=(",", ":")).encode()


def identity(kind: str, files: Mapping[str, bytes]) -> str:
    """A model's id."""
    return hashlib.sha256(manifest(kind, files)).hexdigest()


class Registry:
    """The folder of models; putting the same model twice keeps it once, with its first card."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, files: Mapping[str, bytes], card: Card) -> str:
        """Keeps a model, on the disk for good when this returns; its id. `ValueError` for names that are no
        plain names of files."""
        if not files or not all(_NAME.fullmatch(name) for name in files):
            raise ValueError("tên tệp của mô hình không hợp lệ (bad name of a file)")
        made = identity(card.kind, files)
        if self._kept(made):
            return made
        self._root.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = Path(tempfile.mkdtemp(dir=self._root, prefix=".new-"))
        try:
            (draft / FILES).mkdir()
            for name, content in files.items():
                _write(draft / FILES / name, content)
            _write(draft / CARD, _pretty(card.as_json()))
            if (self._root / made).exists():  # a broken one is replaced by what it should be
                shutil.rmtree(self._root / made)
            draft.rename(self._root / made)
            _settle(self._root)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        return made

    def get(self, identifier: str) -> Model:
        """The model of a full id; `BrokenModelError` where it is not there or not what it was."""
        folder = self._root / identifier
        if not _ID.fullmatch(identifier) or not folder.is_dir():
            raise BrokenModelError(f"{identifier[:12]}: không có mô hình này trên đĩa (no such model)")
        try:
            card = card_of(json.loads((folder / CARD).read_text(encoding="utf-8")))
            files = {path.name: path.read_bytes() for path in sorted((folder / FILES).iterdir())}
        except (OSError, ValueError, AttributeError) as error:
            raise BrokenModelError(f"{identifier[:12]}: mô hình không đọc được (cannot be read)") from error
        if identity(card.kind, files) != identifier:
            raise BrokenModelError(
                f"{identifier[:12]}: tệp mô hình đã bị thay đổi, không dùng (files do not match the id)"
            )
        return Model(identifier, files, card)

    def ids(self) -> list[str]:
        """All that lie there, whether whole or not."""
        if not self._root.is_dir():
            return []
        return sorted(path.name for path in self._root.iterdir() if _ID.fullmatch(path.name))

    def named(self, name: str) -> str:
        """The id that begins so; `BrokenModelError` where there is none, or more than one."""
        found = [one for one in self.ids() if one.startswith(name.lower())] if len(name) >= _LEAST else []
        if len(found) != 1:
            why = "nhiều mô hình (several models)" if found else "không có mô hình (no model)"
            raise BrokenModelError(f"{name}: {why}")
        return found[0]

    def promoted(self) -> dict[str, str]:
        """Kind → id of the model in use; a kind that is not named uses the shipped one."""
        try:
            told = json.loads((self._root / PROMOTED).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise BrokenModelError(f"{PROMOTED} không đọc được (cannot be read)") from error
        if not isinstance(told, dict):
            raise BrokenModelError(f"{PROMOTED} không đọc được (cannot be read)")
        return {str(kind): str(identifier) for kind, identifier in told.items()}

    def promote(self, kind: str, identifier: str) -> None:
        """Has a model used from now on; "" the shipped one. `BrokenModelError` where it cannot be used."""
        if identifier and self.get(identifier).card.kind != kind:
            raise BrokenModelError(f"{identifier[:12]}: không phải loại {kind} (another kind)")
        try:
            told = self.promoted()
        except BrokenModelError:
            told = {}  # what cannot be read promotes nothing
        told[kind] = identifier
        self._root.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, draft = tempfile.mkstemp(dir=self._root, prefix=".new-")
        os.close(handle)
        try:
            _write(Path(draft), _pretty({name: one for name, one in told.items() if one}))
            Path(draft).replace(self._root / PROMOTED)
            _settle(self._root)
        finally:
            Path(draft).unlink(missing_ok=True)

    def _kept(self, identifier: str) -> bool:
        with contextlib.suppress(BrokenModelError):
            return bool(self.get(identifier))
        return False


def _pretty(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
