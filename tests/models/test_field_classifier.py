"""The field of a task: its own theme, else its document's; weights and examples that are sound."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.field_classifier import WEIGHTS, FieldWeightsChangedError, digest_path, fields, load
from models.field_features import theme_terms
from models.training.field_sources import carriers, invented, phrases, subjects
from pipeline.labels import FIELDS
from pipeline.text import match_key
from pipeline.types import DocumentContext, TaskContext


def field_of(text: str, subject: str = "", issuer: str = "", neighbours: tuple[str, ...] = ()) -> str:
    tasks = [TaskContext(text), *map(TaskContext, neighbours)]
    return fields(DocumentContext("chi_thi", subject, issuer), tasks)[0][0]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Xét nghiệm, cách ly người mắc bệnh, chuẩn bị giường điều trị.", "health"),
        ("Gia cố bờ bao, đưa dân rời vùng ngập trước khi bão vào.", "disaster_safety"),
        ("Cho vay với lãi suất thấp, xử lý nợ xấu của các ngân hàng.", "banking"),
        ("Tu sửa cầu, đặt biển báo, giảm tai nạn trên quốc lộ.", "transport"),
        ("Tuyển quân, huấn luyện dân quân tự vệ.", "defence"),
        ("Đăng ký khai sinh, công chứng, hòa giải ở cơ sở.", "justice_legal"),
    ],
)
def test_a_task_with_a_theme_has_its_own_field(text: str, field: str) -> None:
    assert field_of(text) == field


def test_a_task_without_a_theme_takes_the_subject_of_its_document() -> None:
    plain = "Nghiêm túc thực hiện nội dung trên."
    assert field_of(plain, subject="Về phòng, chống dịch tả lợn châu Phi trên đàn vật nuôi") == (
        "agriculture_rural"
    )
    assert field_of(plain, subject="Về chuẩn bị năm học mới và tuyển sinh lớp 10") == "education"


def test_a_task_without_a_theme_follows_the_tasks_beside_it() -> None:
    others = ("Trùng tu di tích, kiểm kê hiện vật bảo tàng.", "Quản lý lễ hội, biểu diễn nghệ thuật.")
    assert field_of("Tổng hợp, báo cáo kết quả thực hiện.", neighbours=others) == "culture_sport_tourism"


def test_an_own_theme_outweighs_the_document() -> None:
    text = "Bố trí kinh phí từ ngân sách, hướng dẫn quyết toán, kiểm soát chi qua kho bạc."
    assert field_of(text, subject="Về công tác phổ biến, giáo dục pháp luật") == "finance_budget"


def test_a_unit_that_is_only_named_is_no_theme() -> None:
    assert "y tế" not in theme_terms("Giao Sở Y tế tổng hợp số liệu.")
    assert "số liệu" in theme_terms("Giao Sở Y tế tổng hợp số liệu.")


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=120), max_size=4), st.text(max_size=60), st.text(max_size=60))
def test_every_answer_is_a_label_with_a_probability(texts: list[str], subject: str, issuer: str) -> None:
    found = fields(DocumentContext("", subject, issuer), [TaskContext(text) for text in texts])
    assert len(found) == len(texts)
    assert all(field in FIELDS and 0.0 < probability <= 1.0 for field, probability in found)


def test_changed_weights_are_refused(tmp_path: Path) -> None:
    changed = tmp_path / WEIGHTS.name
    shutil.copy(digest_path(WEIGHTS), digest_path(changed))
    changed.write_bytes(WEIGHTS.read_bytes() + b"\0")
    with pytest.raises(FieldWeightsChangedError):
        load(changed)


def test_the_weights_are_small_and_know_every_field() -> None:
    assert WEIGHTS.stat().st_size < 4 * 2**20
    assert set(load().labels) == set(FIELDS)


def test_each_field_has_its_invented_tasks() -> None:
    counts = Counter(field for field, _ in invented())
    assert set(counts) == set(FIELDS)
    assert min(counts.values()) >= 40


def test_no_invented_task_is_repeated() -> None:
    texts = [match_key(text) for _, text in invented()] + [match_key(text) for text in carriers()]
    assert [text for text, count in Counter(texts).items() if count > 1] == []


def test_each_field_has_its_phrases_and_none_twice() -> None:
    named = [(field, match_key(phrase)) for field, phrase in phrases()]
    assert {field for field, _ in named} == set(FIELDS)
    assert [pair for pair, count in Counter(named).items() if count > 1] == []


def test_the_codification_s_subjects_have_known_fields() -> None:
    assert set(subjects().values()) <= set(FIELDS)
