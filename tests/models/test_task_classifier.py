"""Nature and field of a task: clear cases, the closed label sets, weights that must be the shipped ones."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.task_classifier import WEIGHTS, WeightsChangedError, classify, digest_path, load
from models.task_features import action_of, field_prior, lexicon
from pipeline.labels import FIELDS, NATURES
from pipeline.types import Classified, DocumentContext, TaskContext


def classified(text: str, document_type: str = "chi_thi", subject: str = "") -> Classified:
    return classify(DocumentContext(document_type, subject), [TaskContext(text)])[0]


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        ("Sở Nội vụ xây dựng kế hoạch tuyển dụng, trình UBND tỉnh ban hành.", "document"),
        ("Tăng cường kiểm tra, giám sát và xử lý nghiêm các vi phạm.", "inspect"),
        ("Đẩy mạnh tuyên truyền, phổ biến pháp luật đến người dân.", "communicate"),
        ("Định kỳ hằng quý tổng hợp, báo cáo kết quả thực hiện về Sở Tài chính.", "report"),
        ("Bố trí kinh phí thực hiện từ nguồn ngân sách địa phương.", "resources"),
    ],
)
def test_the_nature_of_clear_cases(text: str, nature: str) -> None:
    assert classified(text).nature == nature


@pytest.mark.parametrize(
    ("text", "subject", "field"),
    [
        ("Tiêm phòng đàn trâu bò, phòng dịch tả lợn ở các xã vùng cao.", "", "agriculture_rural"),
        ("Bảo đảm thuốc và giường bệnh, tổ chức khám chữa bệnh.", "", "health"),
        ("Rà soát trường lớp, chuẩn bị năm học mới cho học sinh.", "", "education"),
        ("Thực hiện nghiêm nội dung trên.", "Tăng cường bảo đảm trật tự an toàn giao thông", "transport"),
        ("Vận động đồng bào dân tộc thiểu số, chức sắc tôn giáo.", "", "ethnic_religion"),
    ],
)
def test_the_field_of_clear_cases(text: str, subject: str, field: str) -> None:
    assert classified(text, subject=subject).field == field


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["", "chi_thi", "thong_bao"]), st.text(max_size=60))
def test_every_answer_is_a_label(text: str, document_type: str, subject: str) -> None:
    found = classified(text, document_type, subject)
    assert found.nature in NATURES
    assert found.field in FIELDS
    assert 0.0 < found.nature_probability <= 1.0
    assert 0.0 < found.field_probability <= 1.0


def test_a_document_without_tasks_has_no_classes() -> None:
    assert classify(DocumentContext("chi_thi", ""), []) == ()


def test_the_units_that_open_a_task_are_not_its_action() -> None:
    action, cooperates = action_of("Giao Sở Y tế chủ trì, phối hợp với Công an tỉnh rà soát cơ sở khám bệnh.")
    assert action.strip().startswith("rà soát")
    assert not cooperates
    assert action_of("Phối hợp với Sở Y tế rà soát.")[1]


def test_an_addressed_unit_does_not_set_the_field() -> None:
    prior = field_prior("Báo cáo tình hình khám chữa bệnh về Sở Tài chính.", "")
    assert prior["health"] > prior["finance_budget"]


def test_the_lexicon_speaks_only_of_known_labels() -> None:
    assert {words.label for words in lexicon("nature")} == set(NATURES)
    assert {words.label for words in lexicon("field")} == set(FIELDS)


def test_the_models_know_only_known_labels() -> None:
    nature, field = load()
    assert set(nature.labels) <= set(NATURES)
    assert set(field.labels) <= set(FIELDS)


def test_changed_weights_are_refused(tmp_path: Path) -> None:
    changed = tmp_path / WEIGHTS.name
    shutil.copy(digest_path(WEIGHTS), digest_path(changed))
    changed.write_bytes(WEIGHTS.read_bytes() + b"\0")
    with pytest.raises(WeightsChangedError):
        load(changed)


def test_the_weights_are_small() -> None:
    assert WEIGHTS.stat().st_size < 3 * 2**20
