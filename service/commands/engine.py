"""The options that say where documents are read, as settings."""

from __future__ import annotations

from typing import Annotated, Any

import typer

Engine = Annotated[
    str | None,
    typer.Option(metavar="ENGINE", help="Nơi đọc (where files are read): inline, processes:N, dask://…."),
]
Workers = Annotated[
    int | None,
    typer.Option(min=1, max=256, help="Viết gọn của (short for) --engine processes:N; all cores."),
]


def chosen(engine: str | None, workers: int | None) -> dict[str, Any]:
    """The settings that the options replace; beside another engine `--workers` is how many at a time."""
    if workers is not None and engine is None:
        engine = f"processes:{workers}"
    given = {"engine": engine, "workers": workers}
    return {name: value for name, value in given.items() if value is not None}
