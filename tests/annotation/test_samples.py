"""The shipped samples are whole, their labels true to their own texts, and every hard case is there."""

import re
import unicodedata
from pathlib import Path

import pytest

from annotation.samples import FOLDER, Sample, demo, samples
from annotation.schema import DeadlineLabel, Label
from pipeline.types import DeadlineKind
from scripts.make_samples.__main__ import TEXTS, file_name
from scripts.make_samples.labels import label_json
from scripts.make_samples.markup import MarkupError, read_sample
from scripts.make_samples.plain import text as plain_text

ALL = samples()
HARD_CASES = set(range(1, 42))
LARGEST = 12 * 2**20


def squeezed(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def source_text(sample: Sample) -> str:
    return squeezed(plain_text(read_sample(TEXTS / f"{sample.id}.toml")))


by_id = pytest.mark.parametrize("sample", ALL, ids=[sample.id for sample in ALL])


@by_id
def test_labels_are_those_of_the_marked_up_text(sample: Sample):
    made = read_sample(TEXTS / f"{sample.id}.toml")
    shipped = (FOLDER / "labels" / f"{sample.id}.json").read_text(encoding="utf-8")
    assert shipped == label_json(made), "run: python -m scripts.make_samples"
    assert sample.file.name == file_name(made)


@by_id
def test_every_labelled_word_stands_in_the_sample(sample: Sample):
    text = source_text(sample)
    words = set(re.findall(r"[\w&-]+", text.lower()))
    for task in sample.label.tasks:
        assert squeezed(task.text) in text
        if task.deadline.text:
            assert task.deadline.text in text
        for unit in (*task.leads, *task.cooperators):
            # A head that a list shares is written out: "các Bộ: Công an, Y tế" holds "Bộ Y tế".
            assert unit.lower() in text.lower() or set(re.findall(r"[\w&-]+", unit.lower())) <= words


@by_id
def test_header_fields_stand_in_the_sample(sample: Sample):
    if sample.label.document.secrecy != "none":
        return
    text, document = source_text(sample), sample.label.document
    for value in (document.number, document.issuer, document.subject, document.signer):
        assert value is None or value in text
    assert document.number and document.issued_on and document.type


@by_id
def test_every_task_has_a_lead_and_no_date_before_the_document(sample: Sample):
    issued = sample.label.document.issued_on
    for task in sample.label.tasks:
        assert task.leads
        assert not set(task.leads) & set(task.cooperators)
        if task.deadline.date and issued:
            assert task.deadline.date >= issued


@by_id
def test_file_is_there(sample: Sample):
    assert sample.file.stat().st_size > 500


def test_all_hard_cases_are_covered():
    shown = {case for sample in ALL for case in sample.cases}
    assert shown == HARD_CASES


def test_all_kinds_levels_eras_and_forms_are_there():
    assert {s.kind for s in ALL} == {
        *("chi_thi", "cong_van", "cong_dien", "thong_bao", "quyet_dinh", "ke_hoach", "nghi_quyet", "other"),
    }
    assert {s.level for s in ALL} >= {"central", "province", "district", "commune"}
    assert {s.era for s in ALL} == {"before-2025", "after-2025"}
    assert {s.file.suffix for s in ALL} >= {
        *(".pdf", ".docx", ".doc", ".rtf", ".txt", ".md", ".html", ".png", ".tiff", ".edxml", ".zip"),
    }


def test_there_are_enough_samples_and_enough_that_assign_nothing():
    assert len(ALL) >= 36
    assert sum(s.label.expected == "no_tasks" for s in ALL) >= 5
    assert {s.label.document.secrecy for s in ALL if s.label.expected == "refused_secret"} == {
        "mat",
        "toi_mat",
    }


def test_the_folder_holds_nothing_else_and_stays_small():
    files = set((FOLDER / "sources").iterdir())
    assert files == {s.file for s in ALL}
    assert {path.stem for path in (FOLDER / "labels").iterdir()} == {s.id for s in ALL}
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < LARGEST


def test_demo_shows_some_samples_of_different_kinds():
    shown = demo()
    assert 6 <= len(shown) <= 8
    assert all(path.is_file() for path in shown)


@pytest.mark.parametrize(
    "deadline",
    [
        {"kind": "date", "text": "trước ngày 3/4"},
        {"kind": "event", "text": "sau khi họp", "date": "2024-01-01"},
        {"kind": "date", "date": "2024-01-01"},
        {"kind": "none", "text": "khẩn trương"},
        {"kind": "recurring", "text": "hằng tháng", "rrule": "FREQ=MOONLY"},
    ],
    ids=["no day", "day of an event", "no words", "words of none", "no rule"],
)
def test_schema_refuses_deadlines_that_contradict_themselves(deadline: dict[str, str]):
    with pytest.raises(ValueError, match="validation error"):
        DeadlineLabel.model_validate(deadline)


def test_schema_refuses_unknown_fields():
    with pytest.raises(ValueError, match="leaders"):
        Label.model_validate({"id": "x", "document": {}, "tasks": [], "leaders": []})


BODY = """
id = "t"
output = "txt"
type = "cong_van"
level = "province"
era = "after-2025"
note = "-"
issuer = ["SỞ Y TẾ"]
number = "1/SYT-VP"
place = "Huế"
issued_on = "2025-08-01"
subject = "trực Tết"
signer = "Lê An"
body = '''
%s
'''
"""


def marked(tmp_path: Path, body: str):
    path = tmp_path / "t.toml"
    path.write_text(BODY % body, encoding="utf-8")
    return read_sample(path)


def test_markup_hands_down_lead_and_deadline(tmp_path: Path):
    made = marked(
        tmp_path,
        "Giao {a:Sở Nội vụ} làm {d1:trước ngày 5/9 @ 2025-09-05}:\n- [[Lập đề án]]{L=a D=d1 n=document}",
    )
    (task,) = made.tasks
    assert (task.text, task.leads, task.deadline.date) == ("Lập đề án", ("Sở Nội vụ",), "2025-09-05")


def test_markup_gives_a_row_its_cells(tmp_path: Path):
    made = marked(
        tmp_path,
        "!widths 50 25 25\n|= Việc | Chủ trì | Hạn |\n"
        "| [[Lập đề án]]{n=document} | {L:Sở Y tế} | {D:Hằng quý @ R FREQ=MONTHLY;INTERVAL=3} |",
    )
    (task,) = made.tasks
    assert task.leads == ("Sở Y tế",)
    assert task.deadline.kind == DeadlineKind.RECURRING
    assert task.deadline.rrule == "FREQ=MONTHLY;INTERVAL=3"


@pytest.mark.parametrize(
    "body", ["[[a [[b]]{n=x}", "a]]{n=x}", "[[a]]{L=z n=x}", "[[a]]{L=z}", "{D:a @ soon}"]
)
def test_markup_refuses_what_it_cannot_read(tmp_path: Path, body: str):
    with pytest.raises(MarkupError):
        marked(tmp_path, body)
