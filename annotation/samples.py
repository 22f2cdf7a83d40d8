"""The sample directives that the project ships in data/samples: index, files and labels.

In: the folder. Out: `Sample`s with their checked labels.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from annotation.schema import Label

FOLDER = Path(__file__).parents[1] / "data" / "samples"


@dataclass(frozen=True, slots=True)
class Sample:
    """A row of INDEX.tsv with the file and the label that it names."""

    id: str
    file: Path
    kind: str
    level: str
    era: str
    cases: tuple[int, ...]
    note: str
    label: Label


def samples(folder: Path = FOLDER) -> tuple[Sample, ...]:
    """All samples in the index's order; raises pydantic's ValidationError for a faulty label."""
    with (folder / "INDEX.tsv").open(encoding="utf-8", newline="") as index:
        return tuple(_sample(row, folder) for row in csv.DictReader(index, delimiter="\t"))


def demo(folder: Path = FOLDER) -> tuple[Path, ...]:
    """The files that the demonstration shows, in its order."""
    names = (folder / "demo.txt").read_text(encoding="utf-8").split()
    return tuple(folder / "sources" / name for name in names)


def _sample(row: dict[str, str], folder: Path) -> Sample:
    label = (folder / "labels" / f"{row['id']}.json").read_text(encoding="utf-8")
    return Sample(
        id=row["id"],
        file=folder / "sources" / row["file"],
        kind=row["kind"],
        level=row["level"],
        era=row["era"],
        cases=tuple(int(case) for case in row["cases"].split(",") if case != "-"),
        note=row["note"],
        label=Label.model_validate_json(label),
    )
