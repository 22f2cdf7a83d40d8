"""Nature and field of a task together: clear cases, the closed label sets."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.task_classifier import classify
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
