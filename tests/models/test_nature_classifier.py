"""The nature of a task: examples of each, the product before the steps to it, shipped weights.

None of these sentences is among those that the model learned from.
"""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from models.nature_classifier import WEIGHTS, NatureWeightsChangedError, digest_path, load, nature_of
from models.nature_features import theme_of
from pipeline.labels import NATURES


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        ("Sở Y tế rà soát, xây dựng kế hoạch tiêm nhắc lại, báo cáo UBND tỉnh.", "document"),
        ("Tham mưu trình UBND tỉnh ban hành quy định về quản lý nghĩa trang.", "document"),
        ("Hoàn thiện đề án thoát nước thành phố, trình thẩm định trước ngày 10/5.", "document"),
        ("Tổng hợp tình hình thiệt hại, báo cáo về Ban Chỉ huy trước 17 giờ.", "report"),
        ("Thực hiện chế độ báo cáo tuần theo mẫu.", "report"),
        ("Tăng cường kiểm tra, xử lý nghiêm các quán bán rượu không phép.", "inspect"),
        ("Giao Thanh tra Sở theo dõi, đôn đốc việc thực hiện văn bản này.", "inspect"),
        ("Đẩy mạnh tuyên truyền phòng ngộ độc nấm trong đồng bào.", "communicate"),
        ("Tổ chức tập huấn phần mềm kế toán cho các trường.", "communicate"),
        ("Bố trí kinh phí mua xuồng cứu hộ cho các xã ven sông.", "resources"),
        ("Chuẩn bị đủ vật tư, phương tiện hộ đê.", "resources"),
        ("Phối hợp với Sở Giáo dục trong việc khám mắt cho học sinh.", "coordinate"),
        ("Cử đại diện tham gia tổ thẩm định, cung cấp thông tin liên quan.", "coordinate"),
        ("Giải quyết dứt điểm khiếu nại của các hộ nuôi tôm.", "handle"),
        ("Nghiên cứu kiến nghị của Hội Nông dân, xử lý theo thẩm quyền.", "handle"),
        ("Không được thu thêm khoản nào ngoài học phí.", "prohibit"),
        ("Nghiêm cấm đốt nương trong mùa khô.", "prohibit"),
        (
            "Thực hiện nghiêm Quy định số 14-QĐ/TU: không dùng xe công đi lễ; không tổ chức liên hoan;"
            " nghiêm cấm tặng quà cấp trên.",
            "prohibit",
        ),
        (
            "Quán triệt quy chế chi tiêu: không mua quà tặng, không tổ chức tham quan, không chi vượt.",
            "prohibit",
        ),
        ("Xây dựng hệ thống đèn chiếu sáng tuyến đường ven hồ.", "carry_out"),
        ("Thực hiện nghiêm Chỉ thị số 03/CT-UBND về tăng cường kiểm tra an toàn đập.", "carry_out"),
    ],
)
def test_the_nature_of_a_task(text: str, nature: str) -> None:
    assert nature_of(text)[0] == nature


def test_a_report_that_follows_the_work_does_not_count() -> None:
    work = "Kiểm tra các bến đò ngang"
    assert nature_of(f"{work}; báo cáo kết quả về UBND huyện.")[0] == nature_of(f"{work}.")[0] == "inspect"


def test_who_leads_does_the_work_and_who_cooperates_takes_part() -> None:
    work = "phối hợp với Bộ Tư pháp trong việc thực hiện Đề án này"
    assert nature_of(f"Bộ Y tế chủ trì, {work}.")[0] == "carry_out"
    assert nature_of(f"Bộ Y tế có trách nhiệm {work}.")[0] == "coordinate"


@pytest.mark.parametrize(
    ("row", "subject", "nature"),
    [
        ("Huyện Mộc Sơn", "Ban hành Kế hoạch kiểm tra công tác văn thư", "inspect"),
        ("Luật Phòng bệnh", "Ban hành Kế hoạch phổ biến, giáo dục pháp luật", "communicate"),
        ("Nghị định về quản lý bến thủy", "Danh mục văn bản giao chủ trì soạn thảo", "document"),
    ],
)
def test_a_row_that_names_a_thing_takes_what_its_document_is_about(
    row: str, subject: str, nature: str
) -> None:
    assert nature_of(row, subject)[0] == nature


def test_the_annex_tells_more_than_the_document() -> None:
    path = ("DANH MỤC VĂN BẢN CẦN TUYÊN TRUYỀN, PHỔ BIẾN", "II", "4")
    assert nature_of("Luật Phòng bệnh", "Ban hành Kế hoạch công tác năm", path)[0] == "communicate"


def test_what_a_title_is_about() -> None:
    assert theme_of("Về việc ban hành Kế hoạch thanh tra chuyên đề") == "inspect"
    assert theme_of("Về việc ban hành Quy chế làm việc") == ""


def test_a_clear_task_is_surer_than_one_of_many_acts() -> None:
    clear = nature_of("Kiểm tra, giám sát việc cấp phép.")[1]
    mixed = nature_of("Công bố quy hoạch, huy động nguồn lực; phối hợp với các sở tổ chức thực hiện.")[1]
    assert clear > 0.8 > mixed


def test_the_model_knows_only_known_labels() -> None:
    assert set(load().labels) == set(NATURES)


def test_each_nature_has_invented_examples() -> None:
    lines = (files("models.training") / "natures.tsv").read_text(encoding="utf-8").split("\n")
    natures = [line.split("\t")[0] for line in lines[2:] if line]
    assert min(natures.count(nature) for nature in NATURES) >= 30


def test_changed_weights_are_refused(tmp_path: Path) -> None:
    changed = tmp_path / WEIGHTS.name
    shutil.copy(digest_path(WEIGHTS), digest_path(changed))
    changed.write_bytes(WEIGHTS.read_bytes() + b"\0")
    with pytest.raises(NatureWeightsChangedError):
        load(changed)


def test_the_weights_are_small() -> None:
    assert WEIGHTS.stat().st_size < 2**20
