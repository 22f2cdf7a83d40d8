"""A run in, its report out: a page or a workbook."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from service.access.viewer import Viewer
from service.runs.sheet import sheet_of
from service.runs.workbook import to_xlsx
from service.store import Store, Work

ENDINGS = (".html", ".xlsx")


def write(store: Store, run: int, targets: Sequence[Path], names: Mapping[str, str] | None = None) -> bool:
    """Writes the report to each of the targets, by their endings; False where there is no such run. `names`
    as for the sheet. Raises OSError where a target cannot be written."""
    for target in targets:
        with store.reading() as work:
            if work.runs.find(run) is None:
                return False
            with target.open("wb") as out:
                written(work, run, out, target.suffix.lower().removeprefix("."), None, names)
    return True


def written(
    work: Work,
    run: int,
    out: IO[bytes],
    kind: str,
    viewer: Viewer | None,
    names: Mapping[str, str] | None = None,
) -> None:
    """Writes the report of a run that is there, as "html" or "xlsx"; the rest as for the sheet."""
    from service.report.run import page

    told = work.runs.find(run)
    assert told
    sheet = sheet_of(work, told, viewer, names)
    if kind == "xlsx":
        to_xlsx(sheet, out)
        return
    text = io.TextIOWrapper(out, encoding="utf-8", newline="\n")
    text.writelines(page(sheet))
    text.flush()
    text.detach()  # it stays open
