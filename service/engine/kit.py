"""What a reader on another machine needs of this office: how to read, its own units, the models in use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.registry import PROMOTED, BrokenModelError, Registry
from pipeline.limits import Limits
from service.learning.promoted import SHIPPED
from service.settings import Settings

_READING = {
    *("files_per_child", "child_memory_mb", "child_file_mb", "child_cpu_seconds", "child_wall_seconds"),
    *("confidence_model", "reader_model", "import_rows"),
    *Limits.__dataclass_fields__,
}  # no database, no password


@dataclass(frozen=True, slots=True)
class Kit:
    """Settings by name, and files by their path in a data folder."""

    settings: dict[str, Any]
    files: dict[str, bytes] = field(repr=False)

    def laid_out(self, folder: Path) -> Settings:
        """The settings of a reader whose data folder this is, after the files were put there."""
        for name, content in self.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            (folder / name).write_bytes(content)
        return Settings(data_dir=folder, **self.settings)


def kit_of(settings: Settings) -> Kit:
    """The kit as of now; what is promoted or imported later is in the next one."""
    found = {path: path.read_bytes() for path in _files(settings) if path.is_file()}
    files = {path.relative_to(settings.data_dir).as_posix(): content for path, content in found.items()}
    return Kit(settings.model_dump(mode="json", include=_READING), files)


def mark_of(settings: Settings) -> tuple[int, ...]:
    """Changes where another kit is due: units were imported, a model promoted."""
    watched = (settings.units_file, settings.models_dir / PROMOTED)
    return tuple(path.stat().st_mtime_ns if path.is_file() else 0 for path in watched)


def _files(settings: Settings) -> Iterator[Path]:
    yield settings.units_file
    yield settings.models_dir / PROMOTED
    for identifier in _used(settings):
        yield from (settings.models_dir / identifier).rglob("*")


def _used(settings: Settings) -> set[str]:
    try:
        promoted = Registry(settings.models_dir).promoted()
    except BrokenModelError:
        promoted = {}  # told by each document that is read
    return {*promoted.values(), settings.confidence_model, settings.reader_model} - {"", SHIPPED}
