"""The store in, what keeps this process from working out: nothing, once it is ready."""

from __future__ import annotations

import tempfile
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from service.migrations import HEAD, version


def failing(engine: Engine, folder: Path) -> tuple[str, ...]:
    """Of "database" (it does not answer), "schema" (not that of this version) and "data-folder" (not to be
    written to), those that are so; tries each anew."""
    return (*_of_database(engine), *_of_folder(folder))


def _of_database(engine: Engine) -> tuple[str, ...]:
    try:
        return () if version(engine) == HEAD else ("schema",)
    except SQLAlchemyError:
        return ("database",)


def _of_folder(folder: Path) -> tuple[str, ...]:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder) as tried:
            tried.write(b"x")
            tried.flush()
    except OSError:
        return ("data-folder",)
    return ()
