"""What docs/classes.md says of the classes, and what the sample directives are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from annotation.samples import Sample, samples
from pipeline.extract import extract_from
from pipeline.labels import ASSIGNERS, CLAUSE_ROLES, ENGLISH, PRODUCTS, TASK_SOURCES, TIMINGS, URGENCIES
from pipeline.read import open_source, read
from pipeline.types import Classified, ClauseRole, Extraction, TaskCandidate

PAGE = (Path(__file__).parents[2] / "docs" / "classes.md").read_text(encoding="utf-8")
ROW = re.compile(r"(?m)^\| `(\w+)` \| ([^|]+?) \| ([^|]+?) \|")
SECTIONS = {
    "Timing": ("timing", TIMINGS),
    "Source": ("source", TASK_SOURCES),
    "Level of the assigner": ("assigner", ASSIGNERS),
    "Urgency": ("urgency", URGENCIES),
    "Expected product": ("product", PRODUCTS),
    "Clauses that are no task": ("clause", CLAUSE_ROLES),
}


@pytest.mark.parametrize("title", SECTIONS)
def test_the_page_lists_each_key_with_its_words(title: str):
    name, labels = SECTIONS[title]
    section = PAGE.split(f"## {title} ")[1].split("\n## ")[0]
    assert ROW.findall(section) == [(key, said, ENGLISH[name][key]) for key, said in labels.items()]


def test_every_role_of_a_clause_has_words():
    assert set(CLAUSE_ROLES) == set(ClauseRole)


# sample → source, level of the assigner, urgency; by its head as a clerk reads it
EXPECTED = {
    "s01-de-dieu": ("directive", "provincial_committee", "normal"),
    "s02-giai-phong-mat-bang": ("directive", "provincial_committee", "normal"),
    "s03-cong-dien-bao": ("directive", "ministry", "hoa_toc"),
    "s04-ket-luan-dau-tu-cong": ("conclusion", "provincial_chair", "normal"),
    "s05-kiem-soat-thu-tuc": ("work_programme", "provincial_chair", "normal"),
    "s07-ke-hoach-xa": ("work_programme", "local_committee", "normal"),
    "s14-ke-hoach-lien-nganh": ("work_programme", "department", "normal"),
    "s17-quy-hoach-ha-tang-so": ("directive", "provincial_committee", "khan"),
    "s25-an-toan-duong-bo": ("directive", "ministry", "normal"),
    "s26-gia-han": ("directive", "provincial_chair", "normal"),
    "s28-ket-luan-phuong": ("conclusion", "local_chair", "normal"),
    "s29-nghi-quyet-chinh-phu": ("directive", "government", "normal"),
    "s30-bao-cao-dinh-ky": ("directive", "department", "normal"),
    "s31-bon-kieu-han": ("directive", "provincial_chair", "normal"),
    "s33-phe-duyet-de-an": ("work_programme", "prime_minister", "normal"),
    "s35-tach-dau": ("directive", "local_committee", "normal"),
    "s38-nghi-quyet-hdnd": ("directive", "provincial_council", "normal"),
    "s41-ke-hoach-bo": ("work_programme", "ministry", "normal"),
    "s42-ket-luan-dai": ("conclusion", "provincial_chair", "normal"),
    "s46-thong-bao-tinh-uy": ("conclusion", "party", "normal"),
}


def extracted(sample: Sample) -> Extraction:
    reading = read(open_source(sample.file.name, sample.file.read_bytes()))
    classified = Classified("carry_out", "other", 1.0, 1.0)
    return extract_from(reading, classify=lambda document, tasks: tuple(classified for _ in tasks))


CASES = [pytest.param(one, id=one.id) for one in samples() if one.id in EXPECTED]


@pytest.mark.parametrize("sample", CASES)
def test_a_sample_has_its_source_assigner_and_urgency(sample: Sample):
    found = extracted(sample)
    assert {(task.source, task.assigner, task.urgency) for task in found.tasks} == {EXPECTED[sample.id]}
    assert all(any(one.startswith("Cấp giao: ") for one in task.reasons) for task in found.tasks)
    assert all(in_place(task, found.directive.layout.text) for task in found.tasks)
    assert [one.role for one in found.clauses].count(ClauseRole.DISTRIBUTION) == 1


def in_place(task: TaskCandidate, text: str) -> bool:
    """Whether the words of the product stand where they say, and there are some if there is a product."""
    if task.output is None or task.output.span is None:
        return task.product == "none"
    span = task.output.span
    return " ".join(text[span.start : span.end].split()) == " ".join(task.output.text.split())
